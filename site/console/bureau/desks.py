"""Every page of the desk of officers and reviewers that stands in a module of its own."""

from __future__ import annotations

from flask import Blueprint

from zuofang.site.console.bureau import (
    around,
    calendar,
    campaign_places,
    campaigns,
    disputes,
    meetings,
    orders,
    papers,
    quarters,
    register,
    samples,
    visits,
)

PAGES: tuple[Blueprint, ...] = (
    papers.pages,
    meetings.pages,
    around.pages,
    disputes.pages,
    visits.pages,
    register.pages,
    orders.pages,
    calendar.pages,
    samples.pages,
    quarters.pages,
    campaigns.pages,
    campaign_places.pages,
)
