"""Column types and shorthands that every table shares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, LargeBinary, String, TypeDecorator
from sqlalchemy.orm import mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and always handed out with its zone; a moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment of any zone into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back UTC; SQLite keeps no zone."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """A quantity exactly as it was written (``12.50`` stays ``12.50``); SQLite would turn a number into a float."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read the digits."""
        return None if value is None else Decimal(value)


Id = Annotated[int, mapped_column(primary_key=True)]
Day = Annotated[date, mapped_column()]
Moment = Annotated[datetime, mapped_column(UtcDateTime())]
Quantity = Annotated[Decimal, mapped_column(Amount())]
Name = Annotated[str, mapped_column(String(200))]
Number = Annotated[str, mapped_column(String(100))]
Text = Annotated[str, mapped_column(String(4000))]
Digest = Annotated[bytes, mapped_column(LargeBinary(32))]
