"""Files to carry away: everything published, the whole journal, and who could do what and did it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, selectinload

from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.search.models import SearchDocument
from zuofang.search.results import in_portions
from zuofang.site.errands.jobs import Job, done
from zuofang.site.locales import LANGUAGES
from zuofang.site.public.disclosure_table import FIELDS, Cell, harmless, row_of
from zuofang.site.voice import voice_of
from zuofang.storage.accounts.models import Account
from zuofang.storage.errands import Ended
from zuofang.storage.journal import JournalEntry, read_head

MARK = "\ufeff"
"""Tells a spreadsheet that a CSV file is UTF-8."""
PORTION = 1000
Line = Callable[[Iterable[Cell]], object]


def open_files(job: Job) -> Ended:
    """Everything that is published today, as one table in each language."""
    rules, today = job.office.rules, china_day(job.office.clock())
    with _zip(job, f"open-{today}.zip") as box, job.office.database.read.connect() as connection:
        shown = select(SearchDocument.record_id).where(SearchDocument.gone.is_(False))
        keys = connection.scalars(shown.order_by(SearchDocument.record_id)).all()
        for number, language in enumerate(LANGUAGES):
            voice = voice_of(language.code)
            with _table(box, f"disclosures.{language.tag}.csv") as line:
                line([voice.sentence(field.title) for field in FIELDS])
                for count, one in enumerate(in_portions(connection, keys, today, rules), 1):
                    line(row_of(one, voice, job.settings.public()))
                    job.tell("records", (number + count / len(keys)) / len(LANGUAGES))
    return done(say("公示的 %(count)s 条记录已做成文件。", count=len(keys)), file=f"open-{today}.zip")


def journal_file(job: Job) -> Ended:
    """The whole journal with its digests, so that anybody can recount it, and its signed end."""
    today = china_day(job.office.clock())
    with _zip(job, f"journal-{today}.zip") as box, Session(job.office.database.read) as session:
        head = read_head(session)
        with box.open("journal.jsonl", "w") as file:
            for share, one in _entries(session):
                told = {
                    "seq": one.seq, "at": one.at.isoformat(), "who": one.who, "act": one.act,
                    "subject": one.subject, "why": one.why, "facts": one.facts, "digest": one.digest.hex(),
                }  # fmt: skip
                file.write(f"{json.dumps(told, ensure_ascii=False)}\n".encode())
                job.tell("entries", share)
        end = {} if head is None else {
            "seq": head.seq, "digest": head.digest.hex(), "key": head.key, "signature": head.signature.hex(),
            "public_key": job.office.keys.verifier.known[head.key].hex(),
        }  # fmt: skip
        box.writestr("head.json", json.dumps(end, indent=1))
    count = head.seq if head else 0
    return done(say("日志 %(count)s 条已做成文件，附签名。", count=count), file=f"journal-{today}.zip")


def audit_file(job: Job) -> Ended:
    """Every account with its roles, and every act with who did it; for whoever inspects the bureau."""
    today = china_day(job.office.clock())
    with _zip(job, f"audit-{today}.zip") as box, Session(job.office.database.read) as session:
        wanted = select(Account).options(selectinload(Account.grants), selectinload(Account.passkeys))
        accounts = session.scalars(wanted.order_by(Account.id)).all()
        with _table(box, "accounts.csv") as line:
            line(["account", "state", "opened", "passkeys", "roles"])
            for account in accounts:
                roles = "; ".join(f"{one.role} {one.scope_kind} {one.scope_key}".strip() for one in account.grants)
                line([account.name, account.state, account.created_at.isoformat(), len(account.passkeys), roles])
        with _table(box, "acts.csv") as line:
            line(["number", "at", "who", "act", "about", "key", "reason"])
            for share, one in _entries(session):
                line([one.seq, one.at.isoformat(), one.who, one.act, one.subject_kind, one.subject_key, one.why])
                job.tell("entries", share)
    return done(say("%(count)s 个账号和办过的事已做成文件。", count=len(accounts)), file=f"audit-{today}.zip")


def _entries(session: Session) -> Iterator[tuple[float, Row[tuple[JournalEntry]] | JournalEntry]]:
    """Every entry of the journal from the first, each with the share that is read."""
    last, end = 0, session.scalar(select(func.max(JournalEntry.seq))) or 0
    portion = select(JournalEntry).order_by(JournalEntry.seq).limit(PORTION)
    while entries := session.scalars(portion.where(JournalEntry.seq > last, JournalEntry.seq <= end)).all():
        yield from ((one.seq / end, one) for one in entries)
        last = entries[-1].seq
        session.expunge_all()


@contextmanager
def _zip(job: Job, name: str) -> Iterator[ZipFile]:
    """An archive that gets its name only when it is whole."""
    partial = job.place / f"{name}.partial"
    with ZipFile(partial, "w", ZIP_DEFLATED) as box:
        yield box
    partial.replace(job.place / name)


@contextmanager
def _table(box: ZipFile, name: str) -> Iterator[Line]:
    """A CSV table in an archive; no cell of it is taken for a formula."""
    with box.open(name, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        text.write(MARK)
        write = csv.writer(text).writerow
        yield lambda cells: write([harmless(cell) for cell in cells])
