"""The documents of the search: one row for each published record, made from the record, deletable at any time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.credit.models import RecordKind
from zuofang.storage.base import Base, stored
from zuofang.storage.types import Name, Number


class SearchDocument(Base):
    """What search knows of one published record; of a record that left public view only its number is left."""

    __tablename__ = "search_document"

    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), primary_key=True)
    changed: Mapped[int] = mapped_column(
        index=True, comment="counts changes of documents; an index knows how far it is"
    )
    gone: Mapped[bool] = mapped_column(comment="left public view; everything else is empty")
    digest: Mapped[str] = mapped_column(String(32), comment="of everything below, so that nothing is written twice")
    kind: Mapped[RecordKind | None] = mapped_column(stored(RecordKind))
    made_on: Mapped[date | None] = mapped_column(index=True)
    published_on: Mapped[date | None]
    last_day: Mapped[date | None] = mapped_column(comment="last public day; empty while none is known")
    workshop_id: Mapped[int | None] = mapped_column(comment="whose credit file the record stands in")
    party: Mapped[Name] = mapped_column(String(200), comment="name as printed, masked")
    title: Mapped[Name] = mapped_column(String(200))
    document: Mapped[Number | None] = mapped_column(String(100), comment="文号、公告号或抽样编号")
    authority: Mapped[Name | None] = mapped_column(String(200))
    told: Mapped[str] = mapped_column(Text, comment="items, sums and text that a result shows, as JSON")
    facets: Mapped[str] = mapped_column(Text, comment="what the result can be narrowed by, as JSON")
    words: Mapped[str] = mapped_column(Text, comment="what is searched, folded; names first, then a form feed")
