"""The desks of those who handle reports: case officers, the custodian of identities, and finance."""

from flask import Blueprint

from zuofang.site.console.reports import case, exchange, letters, lists

BLUEPRINTS: tuple[Blueprint, ...] = (lists.pages, letters.pages, case.pages, exchange.pages)
"""Every page of these desks."""
