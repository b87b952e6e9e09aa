"""The desks of those who handle reports: case officers, the custodian of identities, and finance."""

from flask import Blueprint

from zuofang.site.console.reports import case, exchange, identities, letters, lists, payments, rewards, supervision

BLUEPRINTS: tuple[Blueprint, ...] = (
    lists.pages, letters.pages, case.pages, exchange.pages, rewards.pages, identities.pages, payments.pages,
    supervision.pages,
)  # fmt: skip
"""Every page of these desks."""
