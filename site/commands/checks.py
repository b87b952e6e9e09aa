"""Commands that look an installation over: is what we wrote still what we wrote, and is everything set up well?"""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.credit import copies
from zuofang.credit.audit import disagreements
from zuofang.credit.models import Picture, PictureState, Reckoning
from zuofang.rules.sentences import say
from zuofang.search import keeping
from zuofang.site.commands.context import opened
from zuofang.site.commands.findings import Finding, Level, consult
from zuofang.site.commands.progress import telling
from zuofang.site.searching import engine_of, shelf_of
from zuofang.site.voice import voice_of
from zuofang.storage import backups, journal
from zuofang.storage.acts import last_noted
from zuofang.storage.database import Database, check_integrity
from zuofang.storage.editions import standing_rules
from zuofang.storage.keys import read_keys, read_label_keys
from zuofang.storage.pictures import shelf
from zuofang.storage.settings import Settings, read_settings
from zuofang.traceability.codes import LabelKeyring
from zuofang.traceability.labels.audit import damaged_runs
from zuofang.traceability.models import ReceiptPicture

BACKUP = click.Path(exists=True, file_okay=False, path_type=Path)
MARKS = {Level.well: click.style("well ", fg="green"), Level.note: click.style("note ", fg="yellow")}
WRONG = click.style("wrong", fg="red")
SHOWN = 5
"""Grades named one by one where they are wrong."""


@click.command()
@click.argument("backup", required=False, type=BACKUP)
def verify(backup: Path | None) -> None:
    """Recount journal and grades, check the database and the search index, or check a BACKUP folder file by file."""
    settings = read_settings()
    if backup is not None:
        with telling() as tell:
            made = backups.check_backup(backup, tell)
        click.echo(f"{backup} is as it was made at {made.made}: {len(made.files)} files, each with its digest.")
        return
    with opened(settings) as database:
        report(
            [
                check_database(database),
                check_journal(settings, database),
                check_codes(settings, database),
                check_grades(database),
                check_pictures(settings, database),
                check_index(settings, database),
            ]
        )


@click.command()
def doctor() -> None:
    """Say what is set up well, what deserves a look and what is wrong, each with what to do."""
    report(consult(read_settings()))


def report(findings: list[Finding]) -> None:
    """Print findings one by one; a wrong one ends the command with status 1."""
    for finding in findings:
        said = finding.sentence if isinstance(finding.sentence, str) else voice_of("en").sentence(finding.sentence)
        click.echo(f"{MARKS.get(finding.level, WRONG)}  {finding.subject}: {said}")
    wrong = [finding.subject for finding in findings if finding.level is Level.wrong]
    if wrong:
        raise click.ClickException(f"not in order: {', '.join(wrong)}")


def check_index(settings: Settings, database: Database) -> Finding:
    """Every file of the search index by its digest, and every document in it; it is a copy, so damage loses nothing."""
    engine = engine_of(settings)
    if engine is None:
        return Finding(Level.well, "search index", "none is wanted; the database answers")
    found = keeping.state(database, shelf_of(settings), engine)
    if found.damage:
        return Finding(Level.note, "search index", f"{found.damage}; the database answers; run: zuofang search check")
    return Finding(Level.well, "search index", f"{found.documents} documents, {found.behind} changes since")


def check_database(database: Database) -> Finding:
    """Every page, index and reference of the database."""
    damage = check_integrity(database, thorough=True)
    if damage:
        return Finding(Level.wrong, "database", f"{damage}; restore a backup with: zuofang restore")
    return Finding(Level.well, "database", "whole" if database.is_sqlite else "the server keeps its own checksums")


def check_journal(settings: Settings, database: Database) -> Finding:
    """Every entry of the journal from the first, the signature of its head, and the head noted outside."""
    noted = last_noted(settings.heads)
    with Session(database.read) as session:
        damage = journal.verify(session, read_keys(settings.keys).verifier, noted)
        head = journal.read_head(session)
    if damage:
        told = say("第 %(seq)s 条：%(finding)s；请保留这块盘备查。", seq=f"{damage.seq}", finding=damage.finding)
        return Finding(Level.wrong, "journal", told)
    outside = "and agrees with the head noted outside the database" if noted else "but no head was noted outside it"
    entries = head.seq if head else 0
    return Finding(Level.well, "journal", f"{entries} entries, unbroken and signed, {outside}")


def check_codes(settings: Settings, database: Database) -> Finding:
    """Every print run: no serial given twice, and its codes read by the keys that are here."""
    secrets = read_label_keys(settings.keys)
    with database.read.connect() as connection:
        runs, damage = damaged_runs(connection, LabelKeyring(secrets, max(secrets)))
    if damage:
        return Finding(Level.wrong, "label codes", " ".join(map(str, damage[:5])))
    return Finding(Level.well, "label codes", f"{runs} print runs, no serial given twice, every key at hand")


def check_pictures(settings: Settings, database: Database) -> Finding:
    """Every copy of every picture that some page shows, or that is with a receipt, lies on the shelf."""
    with Session(database.read) as session:
        rows = session.execute(select(Picture.id, Picture.digest, Picture.width).filter_by(state=PictureState.shown))
        lost = [str(key) for key, digest, width in rows if shelf.missing(settings.pictures, digest, width)]
        kept = session.execute(select(ReceiptPicture.receipt_id, ReceiptPicture.digest, ReceiptPicture.width))
        lost += [f"receipt {key}" for key, digest, width in kept if shelf.missing(settings.pictures, digest, width)]
        shown = session.scalar(select(func.count()).select_from(Picture).filter_by(state=PictureState.shown)) or 0
    if lost:
        return Finding(Level.wrong, "pictures", f"copies are missing of {', '.join(lost[:SHOWN])}; restore a backup")
    return Finding(Level.well, "pictures", f"{shown} shown, every copy at hand")


def check_grades(database: Database) -> Finding:
    """Every kept grade, computed again from the records for the day it was kept for."""
    if copies.behind(database):
        return Finding(Level.note, "grades", "acts wait to be followed; run: zuofang clocks run")
    wrong = list(islice(disagreements(database, standing_rules(database), os.cpu_count() or 1), SHOWN))
    if wrong:
        return Finding(Level.wrong, "grades", "; ".join(map(str, wrong)))
    with Session(database.read) as session:
        kept = session.scalar(select(func.count()).select_from(Reckoning)) or 0
    return Finding(Level.well, "grades", f"those of {kept} workshops are what their records give")
