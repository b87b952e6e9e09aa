"""The pictures of the city, drawn for it; each ``.webp`` was made from the ``.svg`` of the same name beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from zuofang.credit.acts import pictures
from zuofang.credit.models import Honour, Picture
from zuofang.rules.tables import read_table
from zuofang.site.commands.city.agenda import Shift, at_desk
from zuofang.site.commands.city.days import ago
from zuofang.storage.acts import Desk, Office
from zuofang.storage.pictures import shelf
from zuofang.traceability.models import Zone

FOLDER = Path(__file__).parent / "pictures"
DRAWINGS = FOLDER / "drawings.csv"
CREDIT = "示例城市插画，为本站绘制"
WHY = "示例城市：录入图片"
HUNG = 1
"""Days ago on which the pictures were put forward and shown."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its file, the slug of the zone or the title of the honour it shows, and what is to be seen on it."""

    file: str
    zone: str | None
    honour: str | None
    alt: str
    alt_en: str


def hang_pictures(office: Office, folder: Path, today: date) -> int:
    """Put all pictures forward and let another person show them; answers how many hang now."""
    quiet = replace(office, heads=None)
    with at_desk(quiet, ago(today, HUNG), Shift.bureau) as desk:
        rows = [row for line in read_table(DRAWINGS, Drawing) if (row := _propose(desk, folder, line.row)) is not None]
    with at_desk(office, ago(today, HUNG), Shift.review) as desk:
        for row in rows:
            pictures.approve(desk, desk.session.get_one(Picture, row.id), WHY)
    return len(rows)


def _propose(desk: Desk, folder: Path, drawing: Drawing) -> Picture | None:
    """Put a drawing forward; nothing where the city does not have the honour it shows."""
    zone = desk.session.scalars(select(Zone.id).filter_by(slug=drawing.zone)).one() if drawing.zone else None
    honour = desk.session.scalar(select(Honour.id).filter_by(title=drawing.honour)) if drawing.honour else None
    if zone is None and honour is None:
        return None
    content = (FOLDER / f"{drawing.file}.webp").read_bytes()
    made = put(folder, content)
    row = Picture(
        digest=made.digest, width=made.width, height=made.height, sent_bytes=len(content), alt=drawing.alt,
        alt_en=drawing.alt_en, credit=CREDIT, zone_id=zone, honour_id=honour,
    )  # fmt: skip
    return pictures.propose(desk, row, WHY)


def put(folder: Path, content: bytes) -> shelf.Made:
    """Put a drawing on the shelf; where an earlier city left every copy of it there, nothing is drawn again."""
    note = folder / f"{hashlib.sha256(content).hexdigest()}.json"
    if note.is_file():
        made = shelf.Made(**json.loads(note.read_bytes()))
        if not shelf.missing(folder, made.digest, made.width):
            return made
    made = shelf.put(folder, content)
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(made)), encoding="ascii")
    fresh.rename(note)
    return made
