"""Values computed from the acts of people, kept, read and computed again. On both databases."""

from datetime import date

import pytest
from sqlalchemy import select
from statements import counted
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import honours, records
from zuofang.credit.events import Withdrawn
from zuofang.credit.models import CreditRecord, Honour, HonourKind, RecordKind
from zuofang.programmes.plans import Indicator, Plan, Target, Text, read_plans
from zuofang.programmes.queries import HUNDRED, Value, every_value, plan_list, plan_page, quarter_ends
from zuofang.programmes.reading import read_records
from zuofang.programmes.reckoning import HISTORY, refresh
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office
from zuofang.traceability.acts import operators, zones
from zuofang.traceability.models import OperatorKind, Workshop, Zone, ZoneStepKind

TODAY = date(2026, 11, 20)
RULES = read_rules()


def plan(*indicators: Indicator) -> Plan:
    words = Text("x")
    return Plan("a", words, "x", "x", "x", TODAY, TODAY, TODAY, words, indicators)


def indicator(key: str, formula: str, *targets: Target, **settings: int | str) -> Indicator:
    return Indicator(key, Text(key), "x", formula, tuple(sorted(settings.items())), targets)


SHARES = plan(
    indicator("registered", "registered", Target(date(2025, 3, 1), HUNDRED), Target(date(2030, 1, 1), HUNDRED)),
    indicator("passed", "samples_passed", window_days=365),
    indicator("inspected", "inspected", window_days=365),
    indicator("disposed", "disposed", window_days=365),
    indicator("fine", "honoured", kind="fine_workshop"),
    indicator("zones", "zones_accepted"),
    indicator("zone", "in_zone"),
    indicator("tested", "batches_tested", window_days=30),
)


@pytest.fixture
def town(office: Office) -> Office:
    """A workshop with much on record, and a stall without a card that was entered today."""
    with office.writing("lab") as desk:
        scene.released(desk)
        zone = desk.session.get_one(Zone, 1)
        zones.take_step(desk, zone, ZoneStepKind.accepted, date(2026, 1, 1), WHY)
        stall = Workshop(
            kind=OperatorKind.stall, name="桥头馄饨摊", province="33", district_code="339902", address="桥头"
        )
        operators.register(desk, stall, WHY)
        honour = Honour(
            kind=HonourKind.fine_workshop, title="名特优", workshop_id=1, granted_by="市局", since=date(2025, 1, 1),
            until=date(2027, 1, 1),
        )  # fmt: skip
        honours.grant(desk, honour, WHY)
        honours.withdraw(desk, honour, date(2026, 11, 1), "抽检不合格", WHY)
    for value in (filed.FAILED, filed.PASSED, filed.INSPECTED, filed.FINE):
        filed.filed(office, 1, value)
    return office


def values(office: Office, made: Plan = SHARES) -> dict[tuple[str, date], tuple[int, int | None]]:
    with office.database.read.connect() as connection:
        return {(key, on): (one.part, one.whole) for key, on, one in every_value(connection, made)}


def test_an_empty_register_is_computed_without_a_single_value(office: Office) -> None:
    assert refresh(office.database, TODAY, RULES).plans == len(read_plans())
    assert refresh(office.database, TODAY, RULES).plans == 0
    with office.database.read.connect() as connection:
        page = plan_page(connection, next(one for one in read_plans() if one.slug == "jian-2019"), TODAY)
    assert page


def test_every_past_day_has_its_value(town: Office) -> None:
    refresh(town.database, TODAY, RULES, [SHARES])
    found = values(town)
    assert found["registered", TODAY] == (1, 2)
    assert found["registered", date(2026, 11, 19)] == (1, 1), "the stall was entered today"
    assert ("registered", date(2025, 2, 28)) not in found, "nobody was known then"
    assert found["passed", TODAY] == (1, 2)
    assert ("passed", date(2026, 8, 31)) not in found
    assert found["inspected", date(2026, 11, 2)] == (0, 1)
    assert found["inspected", date(2026, 11, 3)] == (1, 1)
    assert found["disposed", date(2026, 10, 11)] == (0, 1)
    assert found["disposed", date(2026, 10, 12)] == (1, 1)
    assert [found["fine", date(2026, *day)][0] for day in ((10, 31), (11, 1))] == [1, 0]
    assert [found["zones", date(*day)][0] for day in ((2025, 12, 31), (2026, 1, 1))] == [0, 1]
    assert found["zone", TODAY] == (1, 1)
    assert found["tested", TODAY] == (1, 1)


def test_it_is_done_once_a_day_and_a_correction_rewrites_the_past(town: Office) -> None:
    assert refresh(town.database, TODAY, RULES, [SHARES]).plans == 1
    assert refresh(town.database, TODAY, RULES, [SHARES]).plans == 0
    with town.writing("officer") as desk:
        operators.revoke_certificate(desk, 1, date(2026, 11, 10), WHY)
    done = refresh(town.database, date(2026, 11, 21), RULES, [SHARES])
    found = values(town)
    assert found["registered", date(2026, 11, 10)] == (0, 1)
    assert found["registered", date(2026, 11, 9)] == (1, 1)
    assert 0 < done.changed < 100, "only what differs is written"
    oldest = min(on for key, on in found if key == "zones")
    assert oldest.toordinal() == date(2026, 11, 21).toordinal() - HISTORY + 1


def test_another_plan_file_is_computed_at_once_and_what_left_it_is_forgotten(town: Office) -> None:
    refresh(town.database, TODAY, RULES, [SHARES])
    shorter = plan(*SHARES.indicators[:1])
    assert refresh(town.database, TODAY, RULES, [shorter]).plans == 1
    assert {key for key, _ in values(town)} == {"registered"}


def test_a_finding_that_was_taken_back_no_longer_counts(town: Office) -> None:
    with town.writing("officer") as desk:
        samples = select(CreditRecord).where(CreditRecord.kind == RecordKind.sample).order_by(CreditRecord.id)
        records.happened(desk, desk.session.scalars(samples).all()[0], Withdrawn(on=TODAY, why="有误"), WHY)
    refresh(town.database, TODAY, RULES, [SHARES])
    assert values(town)["passed", TODAY] == (1, 1)


def test_a_page_reads_stored_values_with_two_statements(town: Office) -> None:
    refresh(town.database, TODAY, RULES, [SHARES])
    with town.database.read.connect() as connection, counted(town.database) as seen:
        found = plan_page(connection, SHARES, TODAY)
    assert len(seen) == 2
    first = found.indicators[0]
    assert (first.now.part, first.now.whole) == (1, 2)
    assert [goal.reached for goal in first.targets] == [True, None]
    assert [goal.ahead for goal in first.targets] == [False, True]
    assert first.reaches is False
    assert len(first.course) == 12
    assert found.as_of == TODAY
    with town.database.read.connect() as connection, counted(town.database) as seen:
        assert plan_list(connection, [SHARES, *read_plans()], TODAY)[0].aimed == 1
    assert len(seen) == 2


def test_records_are_read_with_a_fixed_number_of_statements(town: Office) -> None:
    with town.database.read.connect() as connection, counted(town.database) as seen:
        read_records(connection, TODAY, RULES)
    assert len(seen) == 13


def test_the_chart_ends_today_and_begins_three_years_ago() -> None:
    assert quarter_ends(TODAY)[:2] == [date(2024, 3, 31), date(2024, 6, 30)]
    assert quarter_ends(TODAY)[-2:] == [date(2026, 9, 30), TODAY]


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert [str(Value(*of).figure) for of in ((9999, 10000), (1, 1), (0, 3), (7, None))] == ["99.9", "100", "0.0", "7"]
