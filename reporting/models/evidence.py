"""Evidence: pictures, video, sound and documents, kept as sealed pieces in the database.

In the database, because a receipt may be shown only when everything it stands for is on disk: one commit settles both.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base
from zuofang.storage.types import Digest, Id, Moment


class EvidenceFile(Base):
    """One file that is arriving or has arrived; its key is not here.

    Until it is handed in, only the open form of its sender knows the key; afterwards the key of the report does, and
    ``expires`` keeps the day alone.
    """

    __tablename__ = "evidence_file"

    id: Mapped[Id]
    owner: Mapped[Digest] = mapped_column(index=True, comment="digest of the form it came with")
    ticket: Mapped[Digest] = mapped_column(
        unique=True, comment="digest of the upload's own number, so that it can go on"
    )
    expires: Mapped[Moment] = mapped_column(index=True, comment="until when it may wait to be handed in")
    declared: Mapped[int] = mapped_column(comment="bytes that were announced")
    received: Mapped[int] = mapped_column(comment="bytes that have arrived")
    about: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="sealed: name, kind, size, SHA-256; there when it is whole"
    )


class EvidenceChunk(Base):
    """One sealed piece of a file: of the original as it came, or of the viewing copy without metadata."""

    __tablename__ = "evidence_chunk"

    file_id: Mapped[int] = mapped_column(ForeignKey("evidence_file.id"), primary_key=True)
    is_copy: Mapped[bool] = mapped_column(primary_key=True, comment="a piece of the viewing copy")
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReportEvidence(Base):
    """A file as evidence of a report, with the key of the file sealed to the key of the report."""

    __tablename__ = "report_evidence"
    __table_args__ = (UniqueConstraint("report_id", "file_id"),)

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("evidence_file.id"), index=True)
    added_on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
