"""The counts beside the filters of a list: one count of cells answers as one count for each filter would."""

from hypothesis import given
from hypothesis import strategies as st

from zuofang.traceability.queries.paging import Cube, Facet

VALUES = st.sampled_from(["a", "b", "c"])
NAMES = ("state", "category", "district")
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=30)
WANTED = st.tuples(*(st.none() | VALUES for _ in NAMES))

Row = tuple[str, str, str]


def counted(rows: list[Row], wanted: tuple[str | None, ...]) -> Cube:
    cells = {row: rows.count(row) for row in rows}
    return Cube(dict(zip(NAMES, wanted, strict=True)), tuple(cells.items()))


def fits(row: Row, wanted: tuple[str | None, ...], apart_from: int | None = None) -> bool:
    return all(place == apart_from or one in (None, row[place]) for place, one in enumerate(wanted))


@given(rows=ROWS, wanted=WANTED)
def test_the_total_counts_what_every_filter_leaves(rows: list[Row], wanted: tuple[str | None, ...]) -> None:
    assert counted(rows, wanted).total == sum(fits(row, wanted) for row in rows)


@given(rows=ROWS, wanted=WANTED, place=st.sampled_from(range(3)))
def test_each_value_counts_what_it_would_leave_beside_the_other_filters(
    rows: list[Row], wanted: tuple[str | None, ...], place: int
) -> None:
    left = [row[place] for row in rows if fits(row, wanted, apart_from=place)]
    expected = {Facet(value, value, left.count(value)) for value in left}
    found = counted(rows, wanted).facets(NAMES[place])
    assert set(found) == expected
    assert [facet.count for facet in found] == sorted((facet.count for facet in found), reverse=True)
