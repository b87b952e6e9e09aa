"""The settings of one installation: a few named values, read once, refused at start when they cannot be right.

Each setting is read from the environment (``ZUOFANG_DATA``, ``ZUOFANG_BASE_URL``, …), else from ``zuofang.toml`` in the
data folder, else from its default. ``docs/settings.md`` describes every one.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "ZUOFANG_"
DATABASES = ("sqlite:///", "postgresql+psycopg://")

NO_ENGINE = "database"
SPREAD_ENGINE = "sphinxql"
SEARCH_ENGINES = ("whoosh", "tantivy", SPREAD_ENGINE, NO_ENGINE)


SERVER = re.compile(r"[A-Za-z0-9.-]+:[0-9]{1,5}|/[^\s,:]+")
SECURITY_CONTACTS = ("mailto:", "tel:", "https:")
PATH_DATA = re.compile(r"[MmLlHhVvCcSsQqTtZz0-9 ,.\-]{0,4000}")
TILES = re.compile(r"https://[A-Za-z0-9.\-]+(:[0-9]{1,5})?/[A-Za-z0-9./_\-?=&%{}]*")
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,6})?")
POLAR = 85.0
"""Degrees of latitude beyond which the Mercator projection has no tiles."""
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class BadSetting(Exception):
    """A setting cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator decides. Every field is a setting of the same name."""

    data: Path = field(
        default=Path("var"), metadata={"about": "folder of database, keys, pictures, scan logs and printed labels"}
    )
    database_url: str = field(
        default="", metadata={"about": "SQLAlchemy address; empty means SQLite in the data folder"}
    )
    base_url: str = field(
        default="http://127.0.0.1:8000",
        metadata={"about": "the address printed in every code; never taken from a request"},
    )
    console_url: str = field(
        default="http://localhost:8001",
        metadata={"about": "the address of the desks, on a host name of its own; passkeys are bound to it"},
    )
    site_name: str = field(default="作坊码", metadata={"about": "name of the site in Chinese"})
    bureau: str = field(default="市场监督管理局", metadata={"about": "the authority that runs the site"})
    contact: str = field(
        default="", metadata={"about": "telephone, address or mail at which people reach the bureau, shown on /about"}
    )
    security_contact: str = field(
        default="", metadata={"about": "where holes in the site are reported: a mailto:, tel: or https: address"}
    )
    province: str = field(default="33", metadata={"about": "two-digit code of the province whose rules apply"})
    map_outline: str = field(
        default="",
        metadata={
            "about": "outline and rivers on the map of zones: SVG path data, 0–1000 from the west and from the north"
        },
    )
    map_tiles: str = field(
        default="",
        metadata={
            "about": "address of the tiles of a real map under the zones, https with {z}, {x} and {y}; whoever opens "
            "/zones/ asks that server for them, and the page says so"
        },
    )
    map_bounds: str = field(
        default="",
        metadata={
            "about": "what the map of zones spans, with map_tiles: west,south,east,north in degrees, about 17 wide to "
            "10 high on the ground"
        },
    )
    label_font: Path = field(
        default=Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
        metadata={"about": "TrueType font with Chinese glyphs, embedded in printed labels"},
    )
    search_engine: str = field(
        default="whoosh",
        metadata={"about": "what answers searches: whoosh, tantivy (larger), sphinxql (servers), database (no index)"},
    )
    search_servers: str = field(
        default="",
        metadata={"about": "host:port of each server of sphinxql, commas between; only this site may reach them"},
    )
    development: bool = field(default=False, metadata={"about": "serve /styleguide and reload templates"})

    def __post_init__(self) -> None:
        for name in ("base_url", "console_url"):
            _check_address(name, getattr(self, name))
        for name, (fits, wanted) in PLAIN.items():
            if not fits(getattr(self, name)):
                raise BadSetting(f"{name} must {wanted}")
        _check_search(self.search_engine, self.servers)
        if self.map_tiles:
            _check_tiles(self.map_tiles, self.map_bounds)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the map of zones, in degrees; only with ``map_tiles``."""
        west, south, east, north = map(float, self.map_bounds.split(","))
        return west, south, east, north

    @property
    def servers(self) -> tuple[str, ...]:
        """The servers of the search, in the order in which they hold its shards."""
        return tuple(filter(None, (one.strip() for one in self.search_servers.split(","))))

    def public(self, path: str = "") -> str:
        """The whole address of a page of the public site; of the site itself where no path is given."""
        return self.base_url.rstrip("/") + path

    @property
    def console_host(self) -> str:
        """Host name of the desks, in lower case."""
        return (urlsplit(self.console_url).hostname or "").lower()

    @property
    def database(self) -> str:
        """The database address in use."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'zuofang.db'}"

    @property
    def keys(self) -> Path:
        """Folder of the secret keys."""
        return self.data / "keys"

    @property
    def heads(self) -> Path:
        """File beside the database that notes every signed head of the journal."""
        return self.data / "heads.log"

    @property
    def scans(self) -> Path:
        """Folder of the scan logs and their counter database."""
        return self.data / "scans"

    @property
    def indexes(self) -> Path:
        """Folder of the search index."""
        return self.data / "search"

    @property
    def pictures(self) -> Path:
        """Folder of the pictures of zones and brands."""
        return self.data / "pictures"

    @property
    def printed(self) -> Path:
        """Folder of the files of printed labels."""
        return self.data / "labels"

    @property
    def errands(self) -> Path:
        """Folder of the files of errands: how far they have come, and what they made."""
        return self.data / "errands"

    @property
    def host(self) -> str:
        """Host name of the public site, in lower case."""
        return (urlsplit(self.base_url).hostname or "").lower()


def _is_private(url: str) -> bool:
    """Whether nobody on the way reads what is sent there: it is encrypted, or never leaves this machine."""
    return url.startswith("https:") or urlsplit(url).hostname in THIS_MACHINE


PLAIN: dict[str, tuple[Callable[[str], bool], str]] = {
    "console_url": (_is_private, "begin with https: unless it names this machine"),
    "site_name": (lambda text: bool(text.strip()), "not be empty; it stands on every page"),
    "bureau": (lambda text: bool(text.strip()), "not be empty; it stands on every page"),
    "database_url": (
        lambda url: not url or url.startswith(DATABASES),
        f"begin with {' or '.join(DATABASES)}, or be left empty",
    ),
    "security_contact": (
        lambda contact: not contact or contact.startswith(SECURITY_CONTACTS),
        f"begin with {' or '.join(SECURITY_CONTACTS)}, or be left empty",
    ),
    "province": (lambda code: len(code) == 2 and code.isdigit(), "be the two-digit code of a province"),
    "map_outline": (
        lambda path: PATH_DATA.fullmatch(path) is not None,
        "be SVG path data, at most 4000 letters of curves and numbers",
    ),
}
"""What a text must be, by its setting, and how that is said. What was given is not quoted: it may hold a password."""


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this installation.

    Raises:
        BadSetting: a value cannot be read, or the file names a setting that does not exist.
    """
    given = os.environ if environment is None else environment
    data = Path(given.get(PREFIX + "DATA", "var"))
    values: dict[str, Any] = _from_file(data / "zuofang.toml")
    for setting in fields(Settings):
        if (text := given.get(PREFIX + setting.name.upper())) is not None:
            values[setting.name] = text
    values["data"] = data
    return Settings(**{name: _typed(name, value) for name, value in values.items()})


def _check_address(name: str, value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise BadSetting(f"{name} must be a scheme and a host such as https://zf.example.cn, not {value!r}")


def _check_search(engine: str, servers: tuple[str, ...]) -> None:
    if engine not in SEARCH_ENGINES:
        raise BadSetting(f"search_engine must be one of {', '.join(SEARCH_ENGINES)}, not {engine!r}")
    if engine == SPREAD_ENGINE and not servers:
        raise BadSetting("search_engine is sphinxql: name its servers in search_servers")
    if wrong := [one for one in servers if not SERVER.fullmatch(one)]:
        raise BadSetting(f"search_servers must name each server as host:port or /folder/socket, not {wrong[0]!r}")


def _check_tiles(tiles: str, bounds: str) -> None:
    if not TILES.fullmatch(tiles) or not all(one in tiles for one in ("{z}", "{x}", "{y}")) or "{" in _bare(tiles):
        raise BadSetting(f"map_tiles must be an https address with {{z}}, {{x}} and {{y}}, not {tiles!r}")
    degrees = bounds.replace(" ", "").split(",")
    if len(degrees) != 4 or not all(map(DEGREES.fullmatch, degrees)):
        raise BadSetting(f"map_bounds must be west,south,east,north in degrees, not {bounds!r}")
    west, south, east, north = map(float, degrees)
    if not (-180 <= west < east <= 180 and -POLAR <= south < north <= POLAR):
        raise BadSetting(f"map_bounds must span something between west and east, south and north, unlike {bounds!r}")


def _bare(tiles: str) -> str:
    return tiles.replace("{z}", "").replace("{x}", "").replace("{y}", "")


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise BadSetting(f"{path}: {failure}") from failure
    if "data" in values:
        raise BadSetting(f"{path}: the file stands in the data folder and cannot name another; set ZUOFANG_DATA")
    known = {setting.name for setting in fields(Settings)}
    for name in values:
        if name not in known:
            raise BadSetting(f"{path}: there is no setting {name!r}; known are {', '.join(sorted(known))}")
    return values


def _typed(name: str, value: Any) -> Any:
    if name in ("data", "label_font"):
        return Path(value)
    if name == "development":
        return _truth(name, value)
    return str(value)


def _truth(name: str, value: Any) -> bool:
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
    try:
        return known[str(value).lower()]
    except KeyError:
        raise BadSetting(f"{name} must be true or false, not {value!r}") from None
