"""Tiles of a real map under the zones, where the operator names a server and what part of the world the map spans.

The map of zones counts 0–1000 from the west and from the north of that part. Tiles are squares of the Mercator
projection, as every public and most city servers cut them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import count, takewhile
from urllib.parse import urlsplit

from zuofang.storage.settings import Settings

SPAN = 1000
"""Units of the map of zones from one side to the other."""
MOST = 12
"""Tiles of one map, so that a slow phone is not kept waiting."""
FINEST = 18
"""Zoom beyond which servers have nothing finer."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of the map: its address, its place and its size in units of the map of zones."""

    href: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class MapTiles:
    """The tiles of a map and the host they come from."""

    host: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """What the map shows at one zoom, counted in tiles from the date line and from the north."""

    west: float
    north: float
    east: float
    south: float

    @property
    def columns(self) -> range:
        return range(math.floor(self.west), math.ceil(self.east))

    @property
    def rows(self) -> range:
        return range(math.floor(self.north), math.ceil(self.south))

    def place(self, href: str, column: int, row: int) -> Tile:
        """A tile of this window, where it lies on the map."""
        across, down = SPAN / (self.east - self.west), SPAN / (self.south - self.north)
        x, y = (column - self.west) * across, (row - self.north) * down
        return Tile(href, *(round(one, 2) for one in (x, y, across, down)))


@cache
def tiles_of(settings: Settings) -> MapTiles | None:
    """The tiles under the map of this installation, as fine as may be; nothing where no server is named."""
    if not settings.map_tiles:
        return None
    windows = (_window(settings.bounds, zoom) for zoom in count())
    fitting = takewhile(lambda one: len(one.columns) * len(one.rows) <= MOST, windows)
    zoom, window = max(zip(range(FINEST + 1), fitting, strict=False), key=lambda one: one[0])
    tiles = tuple(
        window.place(settings.map_tiles.format(z=zoom, x=column, y=row), column, row)
        for row in window.rows
        for column in window.columns
    )
    return MapTiles(urlsplit(settings.map_tiles).netloc, tiles)


def _window(bounds: tuple[float, float, float, float], zoom: int) -> _Window:
    west, south, east, north = bounds
    return _Window(_across(west, zoom), _down(north, zoom), _across(east, zoom), _down(south, zoom))


def _across(longitude: float, zoom: int) -> float:
    return (longitude + 180) / 360 * (1 << zoom)


def _down(latitude: float, zoom: int) -> float:
    return (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * (1 << zoom)
