"""Editions: proposed by one, put in force by another, and taken back to what was there before."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from zuofang.rules.book import SHIPPED, read_rules
from zuofang.rules.tables import RuleFileError
from zuofang.storage import editions
from zuofang.storage.acts import Office, Refused
from zuofang.storage.editions import IDENTITY, Edition

WHY = "测试"
CALENDAR = (SHIPPED / "calendar.csv").read_text(encoding="utf-8")


def proposed(office: Office, content: str, about: str = IDENTITY) -> int:
    """A proposal of an editor."""
    with office.writing("editor") as desk:
        return editions.propose(desk, about, content, WHY).id


def decide(office: Office, who: str, act: str, key: int) -> None:
    """Let somebody decide on an edition."""
    with office.writing(who) as desk:
        getattr(editions, act)(desk, desk.session.get_one(Edition, key), WHY)


def in_force(office: Office) -> dict[str, str]:
    """The texts in force."""
    with office.database.read.connect() as connection:
        return editions.in_force(connection)


def test_an_edition_is_in_force_from_its_adoption_to_its_undoing(office: Office) -> None:
    first = proposed(office, "one")
    assert in_force(office) == {}
    decide(office, "administrator", "adopt", first)
    second = proposed(office, "two")
    decide(office, "administrator", "adopt", second)
    assert in_force(office) == {IDENTITY: "two"}
    decide(office, "administrator", "undo_adoption", second)
    assert in_force(office) == {IDENTITY: "one"}
    decide(office, "administrator", "undo_adoption", first)
    assert in_force(office) == {}


@pytest.mark.parametrize(
    ("who", "act", "words"),
    [
        ("editor", "adopt", "另一个人"),
        ("editor", "send_back", "另一个人"),
        ("administrator", "withdraw", "只有提出的人"),
        ("administrator", "undo_adoption", "已经处理过"),
    ],
)
def test_nobody_decides_on_what_they_proposed_nor_takes_back_what_others_did(
    office: Office, who: str, act: str, words: str
) -> None:
    key = proposed(office, "one")
    with pytest.raises(Refused, match=words):
        decide(office, who, act, key)


def test_one_proposal_waits_at_a_time_and_says_something_new(office: Office) -> None:
    key = proposed(office, "one")
    with pytest.raises(Refused, match="在等人审核"):
        proposed(office, "two")
    decide(office, "administrator", "adopt", key)
    with pytest.raises(Refused, match="与现在用的一样"):
        proposed(office, "one")
    withdrawn = proposed(office, "two")
    decide(office, "editor", "withdraw", withdrawn)
    assert in_force(office) == {IDENTITY: "one"}


def test_a_rule_file_in_force_replaces_the_shipped_one_and_an_office_follows(office: Office) -> None:
    more = CALENDAR + "".join(f"{year}-01-01,off,元旦,测试通知\n" for year in (2027, 2028, 2029))
    key = proposed(office, more, "calendar.csv")
    assert editions.current(office) is office
    decide(office, "administrator", "adopt", key)
    follows = editions.current(office)
    assert follows.rules.calendar.known_through.year == 2029
    assert follows.rules.fingerprint != office.rules.fingerprint == read_rules().fingerprint
    assert editions.current(follows) is follows


def test_a_rule_file_that_cannot_be_is_named_with_its_line(office: Office) -> None:
    key = proposed(office, f"{CALENDAR}2027-01-01,holiday,元旦,通知\n", "calendar.csv")
    with Session(office.database.read) as session, pytest.raises(RuleFileError) as refused:
        editions.rules_beside(session, session.get_one(Edition, key))
    assert refused.value.line == len(CALENDAR.splitlines()) + 1
