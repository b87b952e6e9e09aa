"""Answering a list against the register: a fixed number of statements, however many lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from zuofang.credit.verification.answers import Candidate, Judged, LineAnswer, Standing, Supplier, What, judge
from zuofang.credit.verification.labels import answer_label, forged, label_shelf
from zuofang.credit.verification.lines import Line, bare, looks_like_number
from zuofang.credit.verification.names import Listed, NameBook
from zuofang.credit.verification.suppliers import suppliers_of
from zuofang.rules.book import RuleBook
from zuofang.traceability.codes import LabelCode, LabelKeyring, NotOurCode, canonical, read
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.models import Certificate, Workshop
from zuofang.traceability.queries.districts import district_names

_NAMES = select(Workshop.id, Workshop.name, Workshop.credit_code, Workshop.district_code)
_PAPERS = select(Certificate.number, Certificate.workshop_id).where(
    Certificate.number.in_(bindparam("numbers", expanding=True))
)
LONGEST_NUMBER = 100
"""Characters of a certificate number; a longer line names no certificate."""


@dataclass(frozen=True, slots=True)
class Register:
    """What lines are looked up in: the names of the register, what reads label codes, the day and its rules."""

    names: NameBook
    keyring: LabelKeyring
    address: LabelAddress
    on: date
    rules: RuleBook


@dataclass(frozen=True, slots=True)
class Meant:
    """A line with what it names: a code of ours, or an operator, or neither."""

    line: Line
    what: What
    code: LabelCode | None = None
    workshop: int | None = None
    candidates: tuple[Listed, ...] = ()


def name_book(connection: Connection) -> NameBook:
    """The names of the whole register. One statement."""
    return NameBook(Listed(*row) for row in connection.execute(_NAMES))


def answer_lines(connection: Connection, lines: Sequence[Line], register: Register) -> tuple[LineAnswer, ...]:
    """Answer every line, in order. Seventeen statements, however many lines."""
    on, rules = register.on, register.rules
    meant = read_lines(connection, lines, register)
    shelf = label_shelf(connection, (one.code for one in meant if one.code))
    asked = {one.workshop for one in meant if one.workshop} | shelf.workshops
    suppliers = suppliers_of(connection, asked, on, rules)
    judged = {key: judge(supplier, on, rules) for key, supplier in suppliers.items()}
    districts = district_names(connection, (of.district_code for one in meant for of in one.candidates), on)

    def answered(one: Meant) -> LineAnswer:
        if one.code is not None:
            return answer_label(one.line, one.code, shelf, suppliers, on, rules)
        if one.workshop is not None:
            return _about_operator(one, suppliers[one.workshop], judged[one.workshop])
        return forged(one.line) if one.what is What.forged_label else _unanswered(one, districts)

    return tuple(map(answered, meant))


def read_lines(connection: Connection, lines: Sequence[Line], register: Register) -> tuple[Meant, ...]:
    """What every line names. One statement."""
    numbers = _certificates(connection, lines)
    return tuple(_meant(line, numbers, register) for line in lines)


def _certificates(connection: Connection, lines: Iterable[Line]) -> dict[str, int]:
    """The operators whose certificates carry one of the lines as their number."""
    texts = (line.text for line in lines if len(line.text) <= LONGEST_NUMBER)
    asked = {spelling for text in texts for spelling in (text, bare(text))}
    rows = connection.execute(_PAPERS, {"numbers": sorted(asked)})
    return {bare(row.number): row.workshop_id for row in rows}


def _meant(line: Line, numbers: dict[str, int], register: Register) -> Meant:
    """What a line names. A number is looked up as every kind of number before it is called unknown."""
    typed = register.address.code_in(line.text) or line.text
    try:
        return Meant(line, What.label, code=read(register.keyring, typed))
    except NotOurCode:
        pass
    if (workshop := numbers.get(bare(line.text))) is not None:
        return Meant(line, What.certificate, workshop=workshop)
    if (listed := register.names.with_code(line.text)) is not None:
        return Meant(line, What.credit_code, workshop=listed.workshop)
    if looks_like_number(line.text) and not register.names.named(line.text):
        return Meant(line, What.forged_label if _has_the_form_of_a_code(typed) else What.unknown)
    return _meant_by_name(line, register.names)


def _meant_by_name(line: Line, names: NameBook) -> Meant:
    """An operator with exactly this name where there is one alone; else those that may be meant."""
    named = names.named(line.text)
    if len(named) == 1:
        return Meant(line, What.name, workshop=named[0].workshop)
    offered = tuple(named or names.candidates(line.text))
    return Meant(line, What.unclear if offered else What.unknown, candidates=offered)


def _has_the_form_of_a_code(text: str) -> bool:
    try:
        canonical(text)
    except NotOurCode:
        return False
    return True


def _about_operator(one: Meant, supplier: Supplier, judged: Judged) -> LineAnswer:
    return LineAnswer(
        number=one.line.number, text=one.line.text, what=one.what, standing=judged.standing, workshop=supplier.workshop,
        name=supplier.name, paper=judged.paper, points=judged.points, honours=judged.honours,
    )  # fmt: skip


def _unanswered(one: Meant, districts: dict[str, str]) -> LineAnswer:
    standing = Standing.unclear if one.what is What.unclear else Standing.unknown
    offered = tuple(Candidate(of.workshop, of.name, districts.get(of.district_code)) for of in one.candidates)
    return LineAnswer(
        number=one.line.number, text=one.line.text, what=one.what, standing=standing, candidates=offered
    )  # fmt: skip
