"""Printing labels from beginning to end: refuse what cannot be printed, give serials, write files, note the end.

Everything that can be refused is refused before a serial is given. From then on the serials belong to the run, and
whatever interrupts it, :meth:`PrintShop.write` goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import say
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.acts import labels
from zuofang.traceability.labels import runs
from zuofang.traceability.labels.contents import ORDINARY_SURFACE
from zuofang.traceability.labels.design import Design, Designer
from zuofang.traceability.labels.layouts import layout_named
from zuofang.traceability.labels.runs import PART, RunOrder, Tell
from zuofang.traceability.models import LabelKind, LabelRun, Zone
from zuofang.traceability.queries.label import label_file

WHY = "印制标签"
ADOPTED = "补记数据库不记得的印制任务"


@dataclass(frozen=True, slots=True)
class Stock:
    """What labels are printed on and with: the layout, the resolution of a thermal printer, the packet's surface."""

    layout: str
    zpl: int | None = None
    """Dots per inch; nothing prints PDF."""
    surface: Decimal = ORDINARY_SURFACE
    """Largest surface of the packet in cm², which decides how high characters must be."""


@dataclass(frozen=True, slots=True)
class PrintShop:
    """Where the labels of one installation are printed; files go below ``output``."""

    office: Office
    designer: Designer
    output: Path
    part: int = PART
    """Labels in a file of a new run."""

    def issue(self, batch: int, kind: LabelKind, copies: int, stock: Stock, who: str) -> RunOrder:
        """Give a new run its labels and begin its folder; nothing is printed yet.

        Raises:
            Refused: naming what stands in the way; no serial was given then.
        """
        runs.check_output(stock.layout, stock.zpl)
        design = self._design(batch, kind, stock)
        with self.office.writing(who) as desk:
            run = labels.issue(desk, batch, kind, copies, stock.layout, WHY)
            order = RunOrder.of(run, design, str(stock.surface), stock.zpl, self.part)
            # Before the serials are promised for good: a run that is killed now leaves a folder and no run.
            runs.begin(runs.folder_of(self.output, run.id), order)
        return order

    def write(self, number: int, who: str, tell: Tell, zpl: int | None = None) -> list[Path]:
        """Write what is missing of a run's files, note that they are done, and return all of them.

        ``zpl`` counts only where the folder of the run was lost.

        Raises:
            Refused: there is no such run, or it cannot be printed as it was begun.
        """
        run = self._run(number)
        folder = runs.folder_of(self.output, number)
        begun = runs.read_manifest(folder)
        stock = Stock(begun.order.layout, begun.order.zpl, Decimal(begun.order.surface)) if begun else None
        stock = stock or Stock(run.layout, zpl)
        design = self._design(run.batch_id, run.kind, stock)
        part = begun.order.part if begun else self.part
        order = RunOrder.of(run, design, str(stock.surface), stock.zpl, part)
        files = runs.write_files(folder, order, design, self.office.keys.labels, tell)
        if run.finished_at is None:
            with self.office.writing(who) as desk:
                labels.finish(desk, number, WHY)
        return files

    def adopt(self, who: str) -> list[RunOrder]:
        """Enter runs that are on this disk and that the database forgot, as after an older backup was put back.

        Their serials are taken again, so that no other run gets them. Returns the orders that were entered.

        Raises:
            Refused: the database does not know the batch of such a run, or has given its serials away meanwhile.
        """
        return [found for folder in runs.folders(self.output) if (found := self._adopted(folder, who)) is not None]

    def _adopted(self, folder: Path, who: str) -> RunOrder | None:
        manifest = runs.read_manifest(folder)
        if manifest is None or self._knows(manifest.order):
            return None
        told = manifest.order
        with self.office.writing(who) as desk:
            run = labels.adopt(
                desk,
                told.batch,
                told.kind,
                (told.first, told.last),
                told.copies,
                told.layout,
                told.key_version,
                ADOPTED,
            )
            runs.renumber(folder, manifest, run.id)
        return replace(told, run=run.id)

    def _knows(self, order: RunOrder) -> bool:
        with Session(self.office.database.read) as session:
            run = session.get(LabelRun, order.run)
        known = (run.batch_id, run.kind, run.first, run.last, run.key_version) if run else None
        return known == (order.batch, order.kind, order.first, order.last, order.key_version)

    def _design(self, batch: int, kind: LabelKind, stock: Stock) -> Design:
        with self.office.database.read.connect() as connection:
            file = label_file(connection, batch)
            if file is None:
                raise Refused(say("没有编号为 %(key)s 的批次。", key=batch))
            at = file.place.slug if file.place else None
            mark = connection.execute(select(Zone.brand_mark).where(Zone.slug == at)).scalar_one_or_none()
        try:
            return self.designer.design(file, kind, layout_named(stock.layout), mark, stock.surface)
        except NoSuchRule:
            raise Refused(say("规则里没有 %(day)s 生产的食品的标签要求，不能印制。", day=file.made_on)) from None

    def _run(self, number: int) -> LabelRun:
        with Session(self.office.database.read) as session:
            run = session.get(LabelRun, number)
        if run is None:
            raise Refused(say("没有编号为 %(key)s 的印制任务。", key=number))
        return run
