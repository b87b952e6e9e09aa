"""Editions: what the bureau itself decides and everybody sees, such as who runs the site or a rule file of its own.

An edition is proposed by one person and adopted by another; from then on it is in force, until a newer one is or its
adoption is undone. What was in force before comes back then, and at the beginning stands what the program brings along.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Connection, Index, String, func, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, Session, mapped_column

from zuofang.rules.book import RuleBook, rules_with
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Office, Refused
from zuofang.storage.base import Base, stored
from zuofang.storage.database import Database
from zuofang.storage.types import Id, Moment, UtcDateTime

IDENTITY = "identity"
RULES = ".csv"
"""What the name of a rule file ends with; an edition of any other subject is no rule file."""
Mark = tuple[int, int]
"""Differs whenever another edition is in force: how many are adopted, and the newest of them."""


class EditionState(StrEnum):
    """提出、采用、退回、撤回、撤销采用."""

    proposed = "proposed"
    adopted = "adopted"
    sent_back = "sent_back"
    withdrawn = "withdrawn"
    undone = "undone"


class Edition(Base):
    """One text for one subject, with who proposed it and who decided."""

    __tablename__ = "edition"
    __table_args__ = (
        Index("ix_edition_about_state", "about", "state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by OR state = 'withdrawn'", name="four_eyes"),
    )

    id: Mapped[Id]
    about: Mapped[str] = mapped_column(String(60), comment="identity, or the name of a rule file")
    content: Mapped[str] = mapped_column(LongText, comment="the whole text: JSON of the identity, or the rule file")
    state: Mapped[EditionState] = mapped_column(stored(EditionState))
    proposed_by: Mapped[str] = mapped_column(String(60), comment="name of the account")
    proposed_at: Mapped[Moment]
    decided_by: Mapped[str | None] = mapped_column(String(60), comment="name of the account")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


def propose(desk: Desk, about: str, content: str, why: str) -> Edition:
    """Propose a text; the opposite is :func:`withdraw`.

    Raises:
        Refused: another proposal for the same subject waits, or the text is the one in force.
    """
    waiting = select(Edition.id).filter_by(about=about, state=EditionState.proposed)
    if desk.session.scalar(waiting.limit(1)) is not None:
        raise Refused(say("这一项已有一个提议在等人审核，请先处理它。"))
    if in_force(desk.session.connection()).get(about) == content:
        raise Refused(say("与现在用的一样，没有要改的。"))
    edition = Edition(
        about=about, content=content, state=EditionState.proposed, proposed_by=desk.who, proposed_at=desk.now
    )
    desk.session.add(edition)
    desk.record("edition.propose", edition, why, about=about)
    return edition


def withdraw(desk: Desk, edition: Edition, why: str) -> None:
    """Take one's own proposal back.

    Raises:
        Refused: it is somebody else's, or no longer open.
    """
    _require(edition, EditionState.proposed)
    if edition.proposed_by != desk.who:
        raise Refused(say("只有提出的人可以撤回。"))
    _decide(desk, edition, EditionState.withdrawn, "edition.withdraw", why)


def send_back(desk: Desk, edition: Edition, why: str) -> None:
    """Refuse a proposal; the person may propose again.

    Raises:
        Refused: it is one's own, or no longer open.
    """
    _require(edition, EditionState.proposed)
    _by_another(desk, edition)
    _decide(desk, edition, EditionState.sent_back, "edition.send_back", why)


def adopt(desk: Desk, edition: Edition, why: str) -> None:
    """Put a proposal in force; the opposite is :func:`undo_adoption`.

    Raises:
        Refused: it is one's own, or no longer open.
    """
    _require(edition, EditionState.proposed)
    _by_another(desk, edition)
    _decide(desk, edition, EditionState.adopted, "edition.adopt", why)


def undo_adoption(desk: Desk, edition: Edition, why: str) -> None:
    """Put what was in force before an edition back.

    Raises:
        Refused: it is one's own proposal, or not the one in force.
    """
    _require(edition, EditionState.adopted)
    _by_another(desk, edition)
    newest = select(func.max(Edition.id)).filter_by(about=edition.about, state=EditionState.adopted)
    if desk.session.scalar(newest) != edition.id:
        raise Refused(say("后来又采用了别的，请先撤销后来的。"))
    _decide(desk, edition, EditionState.undone, "edition.undo_adoption", why)


def _require(edition: Edition, state: EditionState) -> None:
    if edition.state is not state:
        raise Refused(say("这一项已经处理过。"))


def _by_another(desk: Desk, edition: Edition) -> None:
    if edition.proposed_by == desk.who:
        raise Refused(say("要由另一个人决定。"))


def _decide(desk: Desk, edition: Edition, state: EditionState, act: str, why: str) -> None:
    edition.state, edition.decided_by, edition.decided_at = state, desk.who, desk.now
    desk.record(act, edition, why, about=edition.about)


def in_force(connection: Connection) -> dict[str, str]:
    """The text in force for each subject that has an edition."""
    newest = select(func.max(Edition.id)).where(Edition.state == EditionState.adopted).group_by(Edition.about)
    rows = connection.execute(select(Edition.about, Edition.content).where(Edition.id.in_(newest)))
    return {row.about: row.content for row in rows}


def mark(connection: Connection) -> Mark:
    """What tells whether another edition is in force; one short statement."""
    statement = select(func.count(), func.coalesce(func.max(Edition.id), 0))
    counted, newest = connection.execute(statement.where(Edition.state == EditionState.adopted)).one()
    return counted, newest


def rules_of(texts: Mapping[str, str]) -> RuleBook:
    """The rules that the program brings along, with the files that the bureau replaced."""
    return rules_with(tuple(sorted((name, text) for name, text in texts.items() if name.endswith(RULES))))


def standing_rules(database: Database) -> RuleBook:
    """The rules in force."""
    with database.read.connect() as connection:
        return rules_of(in_force(connection))


def rules_beside(session: Session, edition: Edition) -> RuleBook:
    """The rules as they would be with an edition.

    Raises:
        RuleFileError: its text cannot be read.
    """
    return rules_of(in_force(session.connection()) | {edition.about: edition.content})


def current(office: Office) -> Office:
    """An office that goes by the rules in force; the same one where they are its own."""
    rules = standing_rules(office.database)
    if rules.fingerprint == office.rules.fingerprint:
        return office
    return Office(office.database, office.keys, rules, office.clock, office.heads)
