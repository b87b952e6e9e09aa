"""The migrations make exactly the tables that the models describe, and can be taken back."""

import re

from alembic import command
from sqlalchemy import inspect

from zuofang.storage import schema
from zuofang.storage.database import Database


def test_the_migrations_make_what_the_models_describe(database: Database) -> None:
    command.check(schema.configuration(database))
    assert schema.current(database) == schema.newest(database)


def test_every_migration_can_be_taken_back_and_run_again(database: Database) -> None:
    for _ in range(len(list(schema.MIGRATIONS.glob("versions/*.py")))):
        schema.downgrade(database, "-1")
    assert set(inspect(database.write).get_table_names()) <= {"alembic_version"}
    schema.upgrade(database)
    command.check(schema.configuration(database))


def test_migrations_are_numbered_and_named_like_sentences() -> None:
    names = sorted(path.stem for path in schema.MIGRATIONS.glob("versions/*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}(_[a-z]+){2,}_?", name) for name in names)
