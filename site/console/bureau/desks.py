"""Every page of the desk of officers and reviewers that stands in a module of its own."""

from __future__ import annotations

from flask import Blueprint

from zuofang.site.console.bureau import (
    around,
    calendar,
    disputes,
    meetings,
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
    calendar.pages,
    samples.pages,
    quarters.pages,
)
