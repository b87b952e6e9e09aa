"""Runs migrations on the engine handed over by ``storage.schema``."""

from typing import Any, Literal

from alembic import context

from zuofang.migrations.tables import METADATA
from zuofang.storage.types import Amount, UtcDateTime


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration must not import the program."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Amount):
        return "sa.String(length=32)"
    return False


def run() -> None:
    """Run inside one transaction, so that a migration cut short leaves the old schema."""
    engine = context.config.attributes["engine"]
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=connection.dialect.name == "sqlite",
            transactional_ddl=True,
            render_item=plain_type,
            include_object=context.config.attributes.get("include"),
        )
        with context.begin_transaction():
            context.run_migrations()


run()
