"""The migrations of this installation: bringing a database to the newest schema, and asking where it stands."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from zuofang.storage.database import Database

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


def configuration(database: Database) -> Config:
    """The configuration of Alembic for this database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = database.write
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to a revision; doing it again changes nothing."""
    command.upgrade(configuration(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to a revision (``base`` is before the first table)."""
    command.downgrade(configuration(database), revision)


def current(database: Database) -> str | None:
    """The revision the database is at, or nothing for an empty one."""
    with database.read.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest(database: Database) -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory.from_config(configuration(database)).get_current_head()
