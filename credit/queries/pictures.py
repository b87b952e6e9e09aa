"""The pictures that stand on public pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from zuofang.credit.models import Picture, PictureState
from zuofang.storage.pictures.budget import widths_of
from zuofang.traceability.models import ReceiptPicture


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: its digest, its size as it is kept, and what it shows in both languages."""

    key: int
    digest: str
    width: int
    height: int
    alt: str
    alt_en: str
    credit: str

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its copies, the smallest first."""
        return widths_of(self.width)


_COLUMNS = (Picture.id, Picture.digest, Picture.width, Picture.height, Picture.alt, Picture.alt_en, Picture.credit)


def pictures_of_zones(connection: Connection, zones: Iterable[int]) -> defaultdict[int, list[Shown]]:
    """The pictures of zones by the key of the zone, in the order in which they were shown. One statement."""
    return _pictures(connection, Picture.zone_id, zones)


def pictures_of_honours(connection: Connection, honours: Iterable[int]) -> defaultdict[int, list[Shown]]:
    """The pictures of honours by the key of the honour. One statement."""
    return _pictures(connection, Picture.honour_id, honours)


def is_public(connection: Connection, digest: str) -> bool:
    """Whether some page shows the picture of this digest. One statement."""
    wanted = select(Picture.id).where(Picture.digest == digest, Picture.state == PictureState.shown).limit(1)
    return connection.scalar(wanted) is not None


def is_named(session: Session, digest: str) -> bool:
    """Whether any row still names the picture of this digest, on a page or with a receipt. Two statements at most."""
    rows = (select(kind.id).filter_by(digest=digest).limit(1) for kind in (Picture, ReceiptPicture))
    return any(session.scalar(row) is not None for row in rows)


def is_kept(connection: Connection, picture: int, digest: str) -> bool:
    """Whether a picture, public or not, has this digest. One statement."""
    wanted = select(Picture.id).where(Picture.id == picture, Picture.digest == digest)
    return connection.scalar(wanted) is not None


def _pictures(
    connection: Connection, of: InstrumentedAttribute[int | None], keys: Iterable[int]
) -> defaultdict[int, list[Shown]]:
    wanted = (
        select(of, *_COLUMNS)
        .where(of.in_(list(keys)), Picture.state == PictureState.shown)
        .order_by(Picture.approved_at, Picture.id)
    )
    found: defaultdict[int, list[Shown]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row[0] or 0].append(Shown(*row[1:]))
    return found
