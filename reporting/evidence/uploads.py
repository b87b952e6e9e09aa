"""Files on their way: sealed piece by piece as they arrive, under a key that only the open form knows.

A connection that breaks goes on where it stopped; a form that comes back with an error still has its files; and nobody
who takes the database can look at a file that was never handed in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from zuofang.reporting.evidence.budget import MEBIBYTE, SHIPPED, Budget
from zuofang.reporting.evidence.copies import TOLD, Lack
from zuofang.reporting.evidence.kinds import FileKind, Unfit
from zuofang.reporting.evidence.worker import Crowded, Examined, examine
from zuofang.reporting.forms import LIFE, RETRY, FormToken
from zuofang.reporting.models import EvidenceChunk, EvidenceFile, ReportEvidence
from zuofang.reporting.sealing import close, open_closed
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.database import Database

PURPOSE = "upload"
LONGEST_NAME = 100
NOT_IN_ORDER = say("上传的次序不对。请重新选择这个文件。")
TOO_LARGE = say(
    "一个文件最多 %(limit)s MB。请把视频剪短，或者在手机上选较低的清晰度再传。", limit=SHIPPED.file // MEBIBYTE
)
TOO_MANY = say("一次最多 %(files)s 个文件、一共 %(total)s MB。", files=SHIPPED.files, total=SHIPPED.total // MEBIBYTE)


@dataclass(frozen=True, slots=True)
class About:
    """What a finished file is: its name as its sender calls it, kind, size in bytes and SHA-256.

    Of a document also: the bytes of each drawn page, how many pages it has, and why nothing of it could be drawn.
    """

    name: str
    kind: FileKind
    size: int
    sha256: str
    pages: tuple[int, ...] = ()
    of: int = 0
    lack: Lack | None = None

    @property
    def remark(self) -> Sentence | None:
        """What its sender should know of it."""
        return TOLD[self.lack] if self.lack else None


@dataclass(frozen=True, slots=True)
class Uploads:
    """The place where files wait until their form is handed in."""

    database: Database
    budget: Budget = SHIPPED

    def begin(self, form: FormToken, ticket: bytes, declared: int, now: datetime) -> int:
        """Announce a file of so many bytes, or ask how much of it has arrived.

        Raises:
            Unfit: the form would hold too many files or too many bytes.
        """
        if not 0 < declared <= self.budget.file:
            raise Unfit(TOO_LARGE)
        with Session(self.database.write) as session:
            session.connection()
            found = _find(session, form, ticket)
            if found is None:
                self._refuse_excess(session, form, declared)
                found = _announced(form, ticket, declared, now)
                session.add(found)
                session.commit()
            return found.received

    def add(self, form: FormToken, ticket: bytes, start: int, piece: bytes) -> int:
        """Take the piece that begins at byte ``start``; answers how much has arrived. A piece sent twice counts once.

        Raises:
            Unfit: the file was not announced, or the piece is not the next one.
        """
        with Session(self.database.write) as session:
            session.connection()
            found = _find(session, form, ticket)
            if found is None:
                raise Unfit(NOT_IN_ORDER)
            if start + len(piece) <= found.received:
                return found.received
            last = start + len(piece) == found.declared
            if start != found.received or not (len(piece) == self.budget.piece or last):
                raise Unfit(NOT_IN_ORDER)
            key = form.file_key(found.ticket)
            number = start // self.budget.piece
            _keep(session, found, key, number, piece, is_copy=False)
            found.received += len(piece)
            session.commit()
            return found.received

    def finish(self, form: FormToken, ticket: bytes, name: str) -> About:
        """Look at a file that has arrived, make its viewing copy, and seal what is known of it.

        Raises:
            Crowded: its turn did not come; what has arrived of it stays.
            Unfit: it has not arrived, or is not taken; then it is gone.
        """
        with Session(self.database.read) as session:
            found = _find(session, form, ticket)
            if found is None or found.received != found.declared:
                raise Unfit(NOT_IN_ORDER)
            if found.about is not None:
                return _about(found, form.file_key(found.ticket))
            content = b"".join(pieces(session, found, form.file_key(found.ticket), is_copy=False))
        try:
            return self._settle(form, ticket, name, content, examine(content, self.budget))
        except Crowded:
            raise
        except Unfit:
            self.drop(form, ticket)
            raise

    def park(self, form: FormToken, name: str, content: bytes, now: datetime) -> About:
        """Take a whole file at once; one that is already there is not taken twice.

        Raises:
            Unfit: as :meth:`begin` and :meth:`finish`.
        """
        ticket = hashlib.sha256(name.encode() + b"\0" + content).digest()[:16]
        arrived = self.begin(form, ticket, len(content), now)
        while arrived < len(content):
            arrived = self.add(form, ticket, arrived, content[arrived : arrived + self.budget.piece])
        return self.finish(form, ticket, name)

    def waiting(self, form: FormToken) -> list[About]:
        """The finished files of a form."""
        with Session(self.database.read) as session:
            return [_about(file, form.file_key(file.ticket)) for file in finished(session, form)]

    def drop(self, form: FormToken, ticket: bytes) -> None:
        """Throw away a file of a form that was not handed in."""
        with Session(self.database.write) as session:
            session.connection()
            found = _find(session, form, ticket)
            if found is not None and not _is_handed_in(session, found):
                remove(session, [found.id])
                session.commit()

    def drop_all(self, form: FormToken) -> None:
        """Throw away every file of a form that was not handed in."""
        with Session(self.database.write) as session:
            session.connection()
            owned = session.scalars(select(EvidenceFile).where(EvidenceFile.owner == form.digest(PURPOSE))).all()
            remove(session, [file.id for file in owned if not _is_handed_in(session, file)])
            session.commit()

    def _settle(self, form: FormToken, ticket: bytes, name: str, content: bytes, seen: Examined) -> About:
        digest, made = hashlib.sha256(content).hexdigest(), seen.made
        about = About(tidy_name(name), seen.kind, len(content), digest, made.pages, made.of, made.lack)
        for number, start in enumerate(range(0, len(seen.copy), self.budget.piece)):
            self._keep_copy(form, ticket, number, seen.copy[start : start + self.budget.piece])
        with Session(self.database.write) as session:
            session.connection()
            found = _find(session, form, ticket)
            if found is None:
                raise Unfit(NOT_IN_ORDER)
            if found.about is None:
                key = form.file_key(found.ticket)
                found.about = close(key, json.dumps(asdict(about), ensure_ascii=False).encode(), about_context(found))
                session.commit()
        return about

    def _keep_copy(self, form: FormToken, ticket: bytes, number: int, piece: bytes) -> None:
        """Keep one piece of a viewing copy, in a transaction of its own so that nobody waits for a long video."""
        with Session(self.database.write) as session:
            session.connection()
            found = _find(session, form, ticket)
            if found is None:
                raise Unfit(NOT_IN_ORDER)
            here = (EvidenceChunk.file_id == found.id, EvidenceChunk.is_copy, EvidenceChunk.number == number)
            if session.scalars(select(EvidenceChunk.number).where(*here)).first() is None:
                _keep(session, found, form.file_key(found.ticket), number, piece, is_copy=True)
                session.commit()

    def _refuse_excess(self, session: Session, form: FormToken, declared: int) -> None:
        owner = form.digest(PURPOSE)
        count, total = session.execute(
            select(func.count(), func.coalesce(func.sum(EvidenceFile.declared), 0)).where(EvidenceFile.owner == owner)
        ).one()
        if count >= self.budget.files or int(total) + declared > self.budget.total:
            raise Unfit(TOO_MANY)


def finished(session: Session, form: FormToken) -> list[EvidenceFile]:
    """The files of a form that have arrived whole, in their order."""
    owned = EvidenceFile.owner == form.digest(PURPOSE)
    return list(
        session.scalars(select(EvidenceFile).where(owned, EvidenceFile.about.is_not(None)).order_by(EvidenceFile.id))
    )


def about_files(session: Session, form: FormToken) -> list[About]:
    """What the finished files of a form are."""
    return [_about(file, form.file_key(file.ticket)) for file in finished(session, form)]


def pieces(session: Session, file: EvidenceFile, key: bytes, *, is_copy: bool) -> Iterator[bytes]:
    """The opened pieces of a file in their order: of the original, or of the viewing copy.

    Raises:
        WillNotOpen: the key is not the key of the file, or a piece was damaged or moved.
    """
    wanted = (EvidenceChunk.file_id == file.id, EvidenceChunk.is_copy == is_copy)
    for number, sealed in session.execute(
        select(EvidenceChunk.number, EvidenceChunk.sealed).where(*wanted).order_by(EvidenceChunk.number)
    ):
        yield open_closed(key, sealed, _piece_context(file, number, is_copy))


def remove(session: Session, files: list[int]) -> None:
    """Delete files with all their pieces."""
    session.execute(delete(EvidenceChunk).where(EvidenceChunk.file_id.in_(files)))
    session.execute(delete(EvidenceFile).where(EvidenceFile.id.in_(files)))


def about_context(file: EvidenceFile) -> str:
    """For what the description of a file is sealed."""
    return f"evidence/{file.ticket.hex()}/about"


def read_about(text: bytes) -> About:
    """The description of a file from its opened seal."""
    told = json.loads(text)
    lack = Lack(told["lack"]) if told.get("lack") else None  # what was taken before pages were drawn tells none of it
    kind, pages = FileKind(told["kind"]), tuple(told.get("pages", ()))
    return About(told["name"], kind, told["size"], told["sha256"], pages, told.get("of", 0), lack)


def tidy_name(name: str) -> str:
    """The name of a file as it may be shown: its last part, without what is not printable."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-LONGEST_NAME:] or "—"


def _announced(form: FormToken, ticket: bytes, declared: int, now: datetime) -> EvidenceFile:
    until = now + timedelta(seconds=LIFE + RETRY)
    return EvidenceFile(
        owner=form.digest(PURPOSE), ticket=_digest(form, ticket), expires=until, declared=declared, received=0
    )


def _find(session: Session, form: FormToken, ticket: bytes) -> EvidenceFile | None:
    return session.scalars(select(EvidenceFile).where(EvidenceFile.ticket == _digest(form, ticket))).one_or_none()


def _digest(form: FormToken, ticket: bytes) -> bytes:
    return hashlib.sha256(form.digest(PURPOSE) + ticket).digest()


def _keep(session: Session, file: EvidenceFile, key: bytes, number: int, piece: bytes, *, is_copy: bool) -> None:
    sealed = close(key, piece, _piece_context(file, number, is_copy))
    session.add(EvidenceChunk(file_id=file.id, is_copy=is_copy, number=number, sealed=sealed))


def _piece_context(file: EvidenceFile, number: int, is_copy: bool) -> str:
    return f"evidence/{file.ticket.hex()}/{'copy' if is_copy else 'original'}/{number}"


def _about(file: EvidenceFile, key: bytes) -> About:
    return read_about(open_closed(key, file.about or b"", about_context(file)))


def _is_handed_in(session: Session, file: EvidenceFile) -> bool:
    return session.scalars(select(ReportEvidence.id).where(ReportEvidence.file_id == file.id)).first() is not None
