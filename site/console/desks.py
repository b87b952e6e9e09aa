"""Every page of the desks, room by room."""

from __future__ import annotations

from flask import Blueprint

from zuofang.site.console import home
from zuofang.site.console.bureau import calendar as bureau_calendar
from zuofang.site.console.bureau import imports as bureau_imports
from zuofang.site.console.bureau import laboratories as bureau_laboratories
from zuofang.site.console.bureau import orders as bureau_orders
from zuofang.site.console.bureau import products as bureau_products
from zuofang.site.console.bureau import quarters as bureau_quarters
from zuofang.site.console.bureau import register as bureau_register
from zuofang.site.console.campaigns import desk as campaigns_desk
from zuofang.site.console.campaigns import places as campaigns_places
from zuofang.site.console.entrance import own, signing_in
from zuofang.site.console.laboratory import desk as laboratory_desk
from zuofang.site.console.laboratory import label_runs as laboratory_label_runs
from zuofang.site.console.laboratory import recalls as laboratory_recalls
from zuofang.site.console.laboratory import sheets as laboratory_sheets
from zuofang.site.console.office import errands as office_errands
from zuofang.site.console.office import journal as office_journal
from zuofang.site.console.office import settings as office_settings
from zuofang.site.console.office import state as office_state
from zuofang.site.console.office import users as office_users
from zuofang.site.console.owner import desk as owner_desk
from zuofang.site.console.owner import honours as owner_honours
from zuofang.site.console.owner import materials as owner_materials
from zuofang.site.console.owner import records as owner_records
from zuofang.site.console.papers import entry as papers_entry
from zuofang.site.console.papers import measures as papers_measures
from zuofang.site.console.papers import meetings as papers_meetings
from zuofang.site.console.papers import samples as papers_samples
from zuofang.site.console.records import around as records_around
from zuofang.site.console.records import cases as records_cases
from zuofang.site.console.records import desk as records_desk
from zuofang.site.console.records import disputes as records_disputes
from zuofang.site.console.records import matching as records_matching
from zuofang.site.console.records import visits as records_visits
from zuofang.site.console.reports import case as reports_case
from zuofang.site.console.reports import exchange as reports_exchange
from zuofang.site.console.reports import identities as reports_identities
from zuofang.site.console.reports import letters as reports_letters
from zuofang.site.console.reports import lists as reports_lists
from zuofang.site.console.reports import payments as reports_payments
from zuofang.site.console.reports import rewards as reports_rewards
from zuofang.site.console.reports import supervision as reports_supervision
from zuofang.site.console.sampling import desk as sampling_desk
from zuofang.site.console.zone import deciding as zone_deciding
from zuofang.site.console.zone import desk as zone_desk
from zuofang.site.console.zone import members as zone_members

DESKS: tuple[Blueprint, ...] = (
    home.pages,
    signing_in.pages,
    own.pages,
    laboratory_desk.pages,
    laboratory_sheets.pages,
    laboratory_recalls.pages,
    laboratory_label_runs.pages,
    owner_desk.pages,
    owner_materials.pages,
    owner_records.pages,
    owner_honours.pages,
    zone_desk.pages,
    zone_members.pages,
    zone_deciding.pages,
    records_desk.pages,
    records_around.pages,
    records_cases.pages,
    records_disputes.pages,
    records_visits.pages,
    records_matching.pages,
    papers_entry.pages,
    papers_measures.pages,
    papers_meetings.pages,
    papers_samples.pages,
    sampling_desk.pages,
    campaigns_desk.pages,
    campaigns_places.pages,
    bureau_register.pages,
    bureau_laboratories.pages,
    bureau_products.pages,
    bureau_orders.pages,
    bureau_calendar.pages,
    bureau_quarters.pages,
    bureau_imports.pages,
    reports_lists.pages,
    reports_letters.pages,
    reports_case.pages,
    reports_exchange.pages,
    reports_rewards.pages,
    reports_identities.pages,
    reports_payments.pages,
    reports_supervision.pages,
    office_users.pages,
    office_errands.pages,
    office_settings.pages,
    office_journal.pages,
    office_state.pages,
)
