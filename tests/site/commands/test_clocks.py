"""``zuofang clocks run``: does what is due and says what it did."""

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
