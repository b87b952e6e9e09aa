"""Opening the public site in the process that serves it, for example with granian or waitress."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint

from zuofang.rules.book import RuleBook, read_rules
from zuofang.search.synonyms import read_synonyms
from zuofang.site.app import create_public_app
from zuofang.site.current import keep_current
from zuofang.site.public import (
    batches,
    brands,
    credit,
    disclosure_feeds,
    disclosures,
    health,
    home,
    label,
    open_data,
    pictures,
    programmes,
    report,
    report_check,
    report_follow,
    report_uploads,
    rewards,
    scan,
    texts,
    verify,
    verify_check,
    wellknown,
    workshops,
    zones,
    zones_compared,
)
from zuofang.site.public.report_desk import open_report_desk
from zuofang.site.rendering import BilingualFlask
from zuofang.site.searching import finder_of
from zuofang.site.window import Window, open_window, opened_window, seconds_of
from zuofang.site.worker import in_worker
from zuofang.storage.acts import Clock, system_clock
from zuofang.storage.database import open_database
from zuofang.storage.keys import read_answer_keys, read_label_keys
from zuofang.storage.settings import Settings
from zuofang.storage.version import watch
from zuofang.traceability.codes import LabelKeyring
from zuofang.traceability.scans import ScanLog

PAGES: tuple[Blueprint, ...] = (
    home.pages,
    label.pages,
    batches.pages,
    workshops.pages,
    credit.pages,
    disclosures.pages,
    disclosure_feeds.pages,
    open_data.pages,
    zones.pages,
    zones_compared.pages,
    brands.pages,
    pictures.pages,
    programmes.pages,
    scan.pages,
    report.pages,
    report_follow.pages,
    report_check.pages,
    report_uploads.pages,
    rewards.pages,
    verify.pages,
    verify_check.pages,
    texts.pages,
    health.pages,
    wellknown.pages,
)
"""Every page of the public site beside the shell."""


def open_public_site(settings: Settings, clock: Clock = system_clock) -> BilingualFlask:
    """The public site of an installation, with its database open; call it after the process has forked."""
    database = open_database(settings.database)
    secrets, rules = read_label_keys(settings.keys), read_rules()
    window = Window(
        database=database,
        keyring=LabelKeyring(secrets, max(secrets)),
        rules=rules,
        scans=ScanLog(settings.scans, seconds_of(clock)),
        version=watch(database),
        finder=finder_of(settings),
        synonyms=read_synonyms(rules),
        clock=clock,
        answers=read_answer_keys(settings.keys),
    )
    app = create_public_app(settings, PAGES, window)
    keep_current(app, database, lambda: window.version, partial(_renew, app), for_readers=True)
    open_report_desk(app, settings, database)
    return app


def _renew(app: BilingualFlask, rules: RuleBook, _settings: Settings) -> None:
    """Let the window answer by these rules."""
    open_window(app, replace(opened_window(app), rules=rules, synonyms=read_synonyms(rules)))


def application() -> BilingualFlask:
    """The public site by the settings of the environment, ready to be served by a worker.

    Raises:
        click.ClickException: a command is replacing the files of this installation.
    """
    return in_worker(open_public_site)
