"""The search of an installation: which engine, in which folder, and a finder for the process that serves."""

from __future__ import annotations

from zuofang.search.engines import Engine, engine_named
from zuofang.search.finder import Finder
from zuofang.search.generations import Shelf
from zuofang.storage.settings import NO_ENGINE, Settings


def shelf_of(settings: Settings) -> Shelf:
    """Where the index of an installation lies."""
    return Shelf(settings.indexes)


def engine_of(settings: Settings) -> Engine | None:
    """The engine that the operator chose; none where the database answers alone."""
    return None if settings.search_engine == NO_ENGINE else engine_named(settings.search_engine, settings.servers)


def finder_of(settings: Settings) -> Finder:
    """What pages find with."""
    return Finder(shelf_of(settings), engine_of(settings))
