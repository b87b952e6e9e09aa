"""The kinds of errands: printing labels, taking a table in, building the search anew, recounts, backups."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang import __version__
from zuofang.rules.sentences import say
from zuofang.search import keeping
from zuofang.site.commands.importing import KINDS as TABLES
from zuofang.site.commands.search import renew
from zuofang.site.errands import exports, previews
from zuofang.site.errands.jobs import Do, Job, both, done, refused
from zuofang.site.searching import engine_of, shelf_of
from zuofang.storage import backups, journal, schema
from zuofang.storage.accounts.models import Account, AccountState, Grant, Role, ScopeKind
from zuofang.storage.acts import Office, last_noted
from zuofang.storage.errands import Ended
from zuofang.storage.settings import Settings
from zuofang.storage.sheets.reading import BadTable
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.report import ImportReport, whole_file
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.design import Designer
from zuofang.traceability.labels.printshop import PrintShop
from zuofang.traceability.labels.typeface import Typeface

SHOWN = 100
"""Refused cells that are kept with the errand; who mends these mends the others."""


def shop_of(office: Office, settings: Settings) -> PrintShop:
    """Where the labels of an installation are printed."""
    designer = Designer(office.rules.labels, LabelAddress.of_site(settings.base_url), Typeface.at(settings.label_font))
    return PrintShop(office, designer, settings.printed)


def print_labels(job: Job) -> Ended:
    """Write the files of a print run that are missing; its serials were given when it was asked for."""

    def tell(written: int, wanted: int) -> None:
        job.tell("labels", written / wanted)

    job.tell("labels", 0)
    files = shop_of(job.office, job.settings).write(int(job.wanted["run"]), job.who, tell)
    return done(say("标签已印好，共 %(count)s 个文件，每个码都读回核对过。", count=len(files)))


def take_in(job: Job) -> Ended:
    """Rehearse a table or take it in: all of it, or nothing."""
    kind, rehearsal = TABLES[str(job.wanted["table"])], bool(job.wanted["rehearsal"])
    file = job.place / str(job.wanted["file"])

    def tell(_title: str, share: float) -> None:
        job.tell("rows", share)

    try:
        report = run(job.office, kind, file, job.who, rehearsal, tell, within=_reach_of(job))
    except BadTable as bad:
        report = whole_file(kind.name, rehearsal, bad.sentence)
    told = report_told(report)
    if report.refused:
        return refused(say("有几格不能接受，什么也没有写入。"), report=told)
    if rehearsal:
        return done(say("试导完了，什么也没有写入。"), report=told)
    file.unlink(missing_ok=True)
    return done(say("全部写入了。"), report=told)


def _reach_of(job: Job) -> frozenset[str] | None:
    """The divisions in which whoever asked works now, none once the account is shut; nothing where all of the city."""
    held = select(Grant.scope_kind, Grant.scope_key).join(Grant.account)
    with job.office.database.read.connect() as connection:
        found = connection.execute(
            held.where(Account.name == job.who, Account.state == AccountState.active, Grant.role == Role.officer)
        ).all()
    if any(kind is ScopeKind.city for kind, _ in found):
        return None
    return frozenset(key for kind, key in found if kind is ScopeKind.district)


def report_told(report: ImportReport) -> dict[str, object]:
    """The report of an import as plain values, its sentences in every language."""
    told = report.as_json()
    cells = zip(told["refused"], report.refused, strict=True)
    told["refused"] = [{**cell, "reason": both(one.reason)} for cell, one in cells][:SHOWN]
    told["to_check"] = [{**one.as_json(), "reason": both(one.reason)} for one in report.to_check[:SHOWN]]
    told["notes"] = [both(one) for one in report.notes]
    return {**told, "dry_run": report.dry_run, "kind": report.kind}


def build_search(job: Job) -> Ended:
    """Look at every record anew and build the index of the search beside the old one."""
    differed = renew(job.office, job.tell)
    engine = engine_of(job.settings)
    if engine is None:
        return done(say("改正了 %(count)s 篇；没有设索引，由数据库回答。", count=differed))
    held = keeping.build(job.office.database, shelf_of(job.settings), engine, job.tell)
    if held is None:
        return refused(say("另一个进程正在写搜索索引，请过一会儿再试。"))
    return done(say("改正了 %(differed)s 篇，新索引收了 %(held)s 篇。", differed=differed, held=held))


def recount(job: Job) -> Ended:
    """Recount the journal from its first entry and compare its end with what was noted outside the database."""
    with Session(job.office.database.read) as session:
        noted = last_noted(job.office.heads) if job.office.heads else None
        damage = journal.verify(session, job.office.keys.verifier, noted, lambda share: job.tell("entries", share))
        head = journal.read_head(session)
    if damage is not None:
        told = say("第 %(seq)s 条起与当时写下的不符：%(finding)s", seq=damage.seq, finding=damage.finding)
        return refused(told)
    return done(say("%(count)s 条逐条核对过：没有一条被改动、删去或者调换。", count=head.seq if head else 0))


def back_up(job: Job) -> Ended:
    """Write a backup into the data folder; keys are not in it."""
    settings = job.settings
    revision = schema.current(job.office.database)
    into = settings.data / "backups"
    made = backups.write_backup(settings, into, job.office.clock(), __version__, revision, job.tell)
    return done(say("备份 %(name)s 已写好并核对。它不含密钥；请把它和密钥分别另存别处。", name=made.name))


KINDS: Mapping[str, Do] = {
    "labels": print_labels,
    "import": take_in,
    "search": build_search,
    "recount": recount,
    "backup": back_up,
    "preview": previews.preview_rules,
    "open_files": exports.open_files,
    "journal_file": exports.journal_file,
    "audit_file": exports.audit_file,
}
"""What is done for each kind."""
