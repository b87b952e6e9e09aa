"""``zuofang clocks run``: does what is due and says what it did."""

import json

from tests import scene
from tests.credit import filed
from tests.site.commands.conftest import Run

from zuofang.storage.acts import Office


def test_the_clock_says_what_it_published_and_finds_nothing_the_second_time(run: Run, office: Office) -> None:
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    filed.filed(office, workshop, filed.FINE, published=False)
    assert "1 records published, 0 taken down" in run("clocks", "run").output
    assert "0 records published, 0 taken down" in run("clocks", "run").output


def test_what_is_due_is_listed_with_who_must_act_and_by_which_article(run: Run, office: Office) -> None:
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    filed.filed(office, workshop, filed.FINE, published=False)
    told = run("clocks", "due").output.splitlines()
    assert told[0].startswith(
        "2026-11-09  publish  北溪陈记卤味作坊 使用超过保质期的原料: 公示这条记录 (clock, overdue; "
    )
    assert told[-1].endswith("1 of them overdue")


def test_the_same_list_can_be_read_by_a_program(run: Run, office: Office) -> None:
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    key = filed.filed(office, workshop, filed.FINE, published=False)
    (one,) = json.loads(run("clocks", "due", "--json").output)
    assert (one["due"], one["kind"], one["about"]["id"], one["overdue"]) == ("2026-11-09", "publish", key, True)
    assert "第九条" in one["article"]
