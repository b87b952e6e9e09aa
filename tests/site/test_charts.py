from decimal import Decimal
from itertools import pairwise

from zuofang.rules.sentences import say
from zuofang.site.charts import WIDTH, Columns, Point

CHART = Columns(
    title=say("合格率"),
    unit=say("%"),
    points=[Point("2026-01", "1", Decimal(50)), Point("2026-02", "2", None), Point("2026-03", "3", Decimal(0))],
    highest=Decimal(100),
    target=Decimal(100),
)


def test_a_column_is_as_high_as_its_share_of_the_highest_value() -> None:
    half, _, nothing = CHART.columns
    assert half.height == Decimal(CHART.ROOM) / 2
    assert half.top + half.height == CHART.FLOOR
    assert nothing.height == 0


def test_a_value_that_is_not_there_is_not_a_column_of_nothing() -> None:
    assert CHART.columns[1].height is None
    assert CHART.columns[1].text == ""


def test_columns_stand_side_by_side_inside_the_drawing() -> None:
    columns = CHART.columns
    for left, right in pairwise(columns):
        assert left.x + left.width <= right.x
    assert columns[-1].x + columns[-1].width <= WIDTH


def test_the_target_is_drawn_at_its_height() -> None:
    assert CHART.target_line == CHART.FLOOR - CHART.ROOM
    assert Columns(say("x"), say("y"), [], Decimal(1)).target_line is None
