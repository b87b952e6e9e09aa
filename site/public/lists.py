"""What the address of a list asks, and the addresses of the lists beside it. Filters live in the address, readable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import NoReturn, TypeVar
from urllib.parse import urlencode

from flask import request

from zuofang.rules.sentences import Sentence, say
from zuofang.site.errors import refuse
from zuofang.site.locales import local
from zuofang.traceability.queries.paging import BadFilter, Facet, key_in

LONGEST = 60
"""Characters of a filter; no name in any register is longer where it matters."""
AFTER = "after"
NAMES = {
    "q": say("名称"),
    "kind": say("种类"),
    "certificate": say("证书"),
    "state": say("状态"),
    "category": say("类别"),
    "district": say("地区"),
    "zone": say("加工区"),
    "workshop": say("作坊"),
    "outcome": say("结论和处罚"),
    "item": say("检验项目"),
    "violation": say("违法行为"),
    "term": say("公示期类别"),
    "honour": say("退出的荣誉"),
    "year": say("年份"),
    "since": say("起"),
    "until": say("止"),
    "order": say("排序"),
}
"""What the filters are called."""

Member = TypeVar("Member", bound=StrEnum)
Place = TypeVar("Place")
Option = tuple[object, int, str, bool]
"""Text, count, address and whether it is chosen."""
Group = tuple[Sentence, list[Option]]
"""The title of a filter and its options: what ``components/facets.html`` draws."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters that an address names and fills, as typed, in the order in which the list knows them."""

    path: str
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The text of a filter, empty where the address does not ask for it."""
        return self.values.get(name, "")

    def href(self, **changes: str | None) -> str:
        """The address of this list with other filters; a change begins again at the first page."""
        values = {name: value for name, value in {**self.values, **changes}.items() if value}
        if AFTER not in changes:
            values.pop(AFTER, None)
        return local(f"{self.path}?{urlencode(values)}" if values else self.path)

    def member(self, name: str, kind: type[Member]) -> Member | None:
        """The member of an enumeration that a filter names; a name that is none ends the request."""
        if not self[name]:
            return None
        try:
            return kind(self[name])
        except ValueError:
            self.refuse(name)

    def key(self, name: str) -> int | None:
        """The key of a row that a filter names; what is no key ends the request."""
        key = key_in(self[name])
        if key is None and self[name]:
            self.refuse(name)
        return key

    def insist(self, name: str, facets: Iterable[Facet]) -> None:
        """End the request where a filter asks for what is in no row; a state without rows is still a state."""
        if self[name] and self[name] not in {facet.value for facet in facets}:
            self.refuse(name)

    def after(self, read: Callable[[str], Place]) -> Place | None:
        """The place where the page begins; one that cannot be read ends the request."""
        try:
            return read(self[AFTER]) if self[AFTER] else None
        except BadFilter as bad:
            refuse(HTTPStatus.BAD_REQUEST, bad.sentence)

    def refuse(self, name: str) -> NoReturn:
        """End the request, because the filter has no such value."""
        told = say(
            "筛选条件“%(name)s”没有“%(value)s”这一项，请从列表里选择。", name=NAMES.get(name, name), value=self[name]
        )
        refuse(HTTPStatus.BAD_REQUEST, told)

    def group(self, name: str, facets: Iterable[Facet], word: Callable[[Facet], object] | None = None) -> Group:
        """The values of a filter as a reader can choose them; the chosen one takes itself away again."""
        return NAMES[name], [
            (
                word(facet) if word else facet.name,
                facet.count,
                self.href(**{name: None if chosen else facet.value}),
                chosen,
            )
            for facet in facets
            for chosen in (facet.value == self[name],)
        ]

    @property
    def kept(self) -> dict[str, str]:
        """The filters beside the name, for the search field to keep."""
        return {name: value for name, value in self.values.items() if name not in ("q", AFTER)}


def asked(path: str, *names: str, longest: int = LONGEST) -> Asked:
    """Read the filters with these names, and the place where the page begins, out of the address.

    Others are passed over, because messengers hang words of their own onto every address they carry.
    """
    values = {name: _plain(request.args.get(name, "")) for name in (*names, AFTER)}
    for name, value in values.items():
        if len(value) > longest:
            told = say("“%(name)s”最多 %(longest)s 个字，请缩短后再查。", name=NAMES.get(name, name), longest=longest)
            refuse(HTTPStatus.BAD_REQUEST, told)
    return Asked(path, {name: value for name, value in values.items() if value})


def _plain(text: str) -> str:
    """Typed text without control characters and with single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
