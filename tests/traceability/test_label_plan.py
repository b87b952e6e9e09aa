"""How the database means to find what stands behind a label: by keys, however many batches there are."""

from typing import Any

from sqlalchemy import event
from tests import scene
from tests.conftest import NOON

from zuofang.credit.card import credit_card
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.traceability.queries.label import label_file


def test_no_part_of_a_label_page_reads_a_whole_table(sqlite: Database, keys: Keys) -> None:
    with Office(sqlite, keys, clock=lambda: NOON).writing("lab") as desk:
        made = scene.released(desk)
    asked: list[tuple[str, Any]] = []
    event.listen(sqlite.read, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    with sqlite.read.connect() as connection:
        label_file(connection, made.batch.id)
        credit_card(connection, made.workshop.id, made.batch.made_on, read_rules())
        plans = [
            [step.detail for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in list(asked)
            if statement.startswith("SELECT")
        ]
    assert len(plans) == 2
    assert [step for plan in plans for step in plan if step.startswith("SCAN")] == []
