"""Whose record a row is: by certificate, then credit code, then name with address; what is unsure is left to a person.

The decision is a function of what the table says and of the operators in question. Nothing is matched across counties,
a name that is masked never matches by itself, and a name alone never does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, or_, select

from zuofang.credit.importing.parties import Named, responsible
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import Certificate, Workshop

MASKS = "*＊╳×※●〇"
_MASKED = re.compile(rf"[{re.escape(MASKS)}]|某")
_SIGNS = re.compile(r"[\s,.;:、，。；：·\-—_#()（）\[\]【】\"'“”]")
SOLE_TRADER = "（个体工商户）"
_SOLE_TRADER = re.compile(r"[(（]个体(?:工商户|经营)?[)）]$")
_DIVISION = re.compile(
    r"(?:中国)?(?:[^省市县区]{1,8}(?:省|自治区))?(?:[^市县区]{1,8}(?:市|自治州|地区|盟))?(?:[^市县区]{1,8}[市县区旗])?"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A registered operator, as far as a table can name one."""

    id: int
    name: str
    address: str
    district: str
    credit_code: str | None
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The operator a record belongs to, or why it is nobody's yet and who it might be."""

    workshop: Known | None
    party: Named | None
    reason: Sentence
    candidates: tuple[Known, ...] = ()


@dataclass(slots=True)
class Register:
    """The operators that may be meant, by everything that names one; ``counties`` are names with their codes."""

    counties: Mapping[str, str] = field(default_factory=dict)
    by_number: dict[str, Known] = field(default_factory=dict)
    by_code: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    by_address: dict[str, list[Known]] = field(default_factory=dict)

    def add(self, operators: Iterable[Known]) -> None:
        """Take in operators; one that is known already stays as it is."""
        for one in operators:
            if one in self.by_name.get(fold_name(one.name), ()):
                continue
            self.by_name.setdefault(fold_name(one.name), []).append(one)
            self.by_address.setdefault(fold(one.address), []).append(one)
            self.by_number.update(dict.fromkeys(one.numbers, one))
            if one.credit_code:
                self.by_code[one.credit_code] = one

    def district_of(self, party: Named) -> str:
        """The county a party is in: as stated, or the first one that its address names; empty where neither says."""
        if party.district:
            return party.district
        found = [
            (party.address.index(name), -len(name), code)
            for name, code in self.counties.items()
            if name in party.address
        ]
        return min(found)[2] if found else ""


def fold(text: str) -> str:
    """A text as it is compared: ordinary signs, no blanks, no punctuation."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()


def fold_name(name: str) -> str:
    """A name as it is compared; 个体工商户 in brackets behind it makes no difference."""
    return fold(_SOLE_TRADER.sub("", name.strip()))


def is_masked(name: str) -> bool:
    """Whether part of a name was hidden by whoever published it."""
    return bool(_MASKED.search(name))


def decide(parties: tuple[Named, ...], register: Register) -> Match:
    """Whose record it is, from all parties a row names."""
    meant = _everywhere(responsible(parties), parties)
    found = [match(party, register) for party in meant]
    sure = {one.workshop.id: one for one in found if one.workshop is not None}
    if len(sure) == 1:
        return next(iter(sure.values()))
    if sure:
        both = tuple(one.workshop for one in sure.values() if one.workshop is not None)
        return Match(None, None, say("这一行写了几家都已登记的生产者。"), both)
    if doubtful := [one for one in found if one.candidates]:
        return Match(None, None, doubtful[0].reason, _together(doubtful))
    return _beside(parties, meant, register)


def _everywhere(meant: tuple[Named, ...], parties: tuple[Named, ...]) -> tuple[Named, ...]:
    """The same names wherever the row prints them: a maker sampled at home may stand there with two addresses."""
    names = {fold_name(party.name) for party in meant}
    return meant + tuple(party for party in parties if party not in meant and fold_name(party.name) in names)


def _beside(parties: tuple[Named, ...], meant: tuple[Named, ...], register: Register) -> Match:
    """Operators named in another role, such as the shop in which somebody else's product was sampled."""
    spoken = {party.name for party in meant}
    others = [match(party, register) for party in parties if party.name not in spoken]
    if people := _together(others):
        return Match(None, None, say("登记的单位不是这一行的生产者，请核对由谁负责。"), people)
    return Match(None, None, say("没有登记这个名称的单位。"))


def _together(found: Iterable[Match]) -> tuple[Known, ...]:
    people = [one for each in found for one in ((each.workshop,) if each.workshop else each.candidates)]
    return tuple({one.id: one for one in people}.values())


def match(party: Named, register: Register) -> Match:
    """The operator one party is."""
    numbered = _by_numbers(party, register)
    if numbered is not None:
        return numbered
    if is_masked(party.name):
        return Match(None, None, say("名称隐去了一部分，不能自动匹配。"), tuple(_fitting(party, register)))
    return _by_name(party, register)


def _by_numbers(party: Named, register: Register) -> Match | None:
    by_number, by_code = register.by_number.get(party.certificate), register.by_code.get(party.credit_code)
    found = by_number or by_code
    if found is None:
        return None
    if by_number and by_code and by_number.id != by_code.id:
        return Match(None, None, say("登记证编号和统一社会信用代码属于两家不同的单位。"), (by_number, by_code))
    if register.district_of(party) not in ("", found.district):
        return Match(None, None, say("编号相同，但在另一个县（市、区）。"), (found,))
    differs = fold_name(party.name) != fold_name(found.name) and not is_masked(party.name)
    if by_code is None and differs and not same_address(party.address, found.address, within=True):
        return Match(None, None, say("登记证编号相同，但名称和地址都不同。"), (found,))
    return Match(found, party, say("按登记证编号或者统一社会信用代码匹配。"))


def _by_name(party: Named, register: Register) -> Match:
    district = register.district_of(party)
    named = [one for one in register.by_name.get(fold_name(party.name), ()) if district in ("", one.district)]
    here = [one for one in named if same_address(party.address, one.address, within=bool(district))]
    if len(here) == 1 and party.credit_code and here[0].credit_code not in (None, party.credit_code):
        return Match(None, None, say("名称和地址相同，但登记的是另一个统一社会信用代码。"), (here[0],))
    if len(here) == 1:
        return Match(here[0], party, say("按名称和地址匹配。"))
    if here:
        return Match(None, None, say("同一地址有几家同名的单位。"), tuple(here))
    if named:
        return Match(None, None, say("有同名的单位，但地址不同或者没有写。"), tuple(named))
    return Match(None, None, say("没有登记这个名称的单位。"))


def same_address(printed: str, registered: str, *, within: bool) -> bool:
    """Whether two addresses are the same place; ``within`` one county, divisions before it may be left out."""
    one, other = fold(printed), fold(registered)
    if not one or not other:
        return False
    if one == other or not within:
        return one == other
    short, long = sorted((one, other), key=len)
    return long.endswith(short) and bool(_DIVISION.fullmatch(long.removesuffix(short)))


def _fitting(party: Named, register: Register) -> Iterator[Known]:
    """Operators at the same address whose names fit around what is hidden."""
    hidden = re.sub(rf"[{re.escape(MASKS)}某]", "\0", unicodedata.normalize("NFKC", _SOLE_TRADER.sub("", party.name)))
    pattern = re.sub("\0+", ".+", re.escape(_SIGNS.sub("", hidden).lower()))
    for one in register.by_address.get(fold(party.address), ()):
        if re.fullmatch(pattern, fold_name(one.name)):
            yield one


def spellings(name: str) -> set[str]:
    """The spellings under which the register may hold a name that a table prints."""
    plain = unicodedata.normalize("NFKC", name).strip()
    wide = plain.replace("(", "（").replace(")", "）")
    both = {name.strip(), plain, wide, "".join(plain.split()), "".join(wide.split())}
    bare = {_SOLE_TRADER.sub("", one) for one in both}
    return both | bare | {one + SOLE_TRADER for one in bare}


def read_operators(connection: Connection, parties: Iterable[Named]) -> list[Known]:
    """Every operator that shares a number, a code, a name, or with a masked name the address. One statement."""
    asked = list(parties)
    masked = {one.address for one in asked if is_masked(one.name) and one.address}
    named = {name for one in asked if not is_masked(one.name) for name in spellings(one.name)}
    codes = {one.credit_code for one in asked if one.credit_code}
    numbers = {one.certificate for one in asked if one.certificate}
    holders = select(Certificate.workshop_id).where(Certificate.number.in_(numbers))
    meant = [Workshop.name.in_(named), Workshop.credit_code.in_(codes), Workshop.id.in_(holders)]
    if masked:
        meant.append(Workshop.address.in_(masked))
    columns = Workshop.id, Workshop.name, Workshop.address, Workshop.district_code, Workshop.credit_code
    statement = select(*columns, Certificate.number).outerjoin(Certificate).where(or_(*meant)).order_by(Workshop.id)
    found: dict[int, Known] = {}
    for key, name, address, district, code, number in connection.execute(statement):
        one = found.get(key) or Known(key, name, address, district, code, frozenset())
        found[key] = replace(one, numbers=one.numbers | {number}) if number else one
    return list(found.values())
