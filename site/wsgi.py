"""Opening the public site in the process that serves it, for example with granian or waitress."""

from __future__ import annotations

import time

from flask import Blueprint

from zuofang.rules.book import read_rules
from zuofang.site.app import create_public_app, settle_memory
from zuofang.site.public import batches, credit, health, home, label, scan, texts, wellknown, workshops, zones
from zuofang.site.rendering import BilingualFlask
from zuofang.site.window import Window
from zuofang.storage.acts import Clock, system_clock
from zuofang.storage.database import open_database
from zuofang.storage.keys import read_label_keys
from zuofang.storage.settings import Settings, read_settings
from zuofang.storage.version import watch
from zuofang.traceability.codes import LabelKeyring
from zuofang.traceability.scans import ScanLog

PAGES: tuple[Blueprint, ...] = (
    home.pages,
    label.pages,
    batches.pages,
    workshops.pages,
    credit.pages,
    zones.pages,
    scan.pages,
    texts.pages,
    health.pages,
    wellknown.pages,
)
"""Every page of the public site beside the shell."""


def open_public_site(settings: Settings, clock: Clock = system_clock) -> BilingualFlask:
    """The public site of an installation, with its database open; call it after the process has forked."""
    database = open_database(settings.database)
    secrets = read_label_keys(settings.keys)
    seconds = time.time if clock is system_clock else lambda: clock().timestamp()
    window = Window(
        database=database,
        keyring=LabelKeyring(secrets, max(secrets)),
        rules=read_rules(),
        scans=ScanLog(settings.scans, seconds),
        version=watch(database),
        clock=clock,
    )
    return create_public_app(settings, PAGES, window)


def application() -> BilingualFlask:
    """The public site by the settings of the environment, ready to be served by a worker."""
    site = open_public_site(read_settings())
    settle_memory()
    return site
