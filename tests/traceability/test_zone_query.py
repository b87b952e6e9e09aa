"""Zones: the list, the page, the release-test record, and the numbers of the home page."""

from datetime import UTC, date, datetime

from statements import counted
from tests import scene
from tests.scene import WHY, Scene

from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import batches, laboratories, recalls, zones
from zuofang.traceability.models import Conclusion, Method, OperatorKind, ReleaseTest, StandardState, ZoneStepKind
from zuofang.traceability.queries.home import Home, Kind, RecallNotice, home
from zuofang.traceability.queries.release_record import Month, months_up_to
from zuofang.traceability.queries.zone import ZonePage, zone_page
from zuofang.traceability.queries.zones import zone_list

TODAY = date(2026, 11, 20)
RULES = read_rules()


def read(office: Office, on: date = TODAY) -> ZonePage:
    with office.database.read.connect() as connection:
        found = zone_page(connection, "qingxi", on, RULES)
    assert found is not None
    return found


def read_home(office: Office) -> Home:
    with office.database.read.connect() as connection:
        return home(connection, TODAY, RULES)


def sheet(desk: Desk, made: Scene, lot: str, conclusion: Conclusion, on: date, method: Method = Method.regular) -> int:
    """A sheet of a new batch made and tested on one day."""
    batch = batches.open_batch(desk, made.product, lot, on, WHY)
    test = ReleaseTest(
        batch_id=batch.id, laboratory=made.laboratory, number=f"{lot}-{method}", method=method, tested_on=on,
        conclusion=conclusion,
    )  # fmt: skip
    batches.record_test(desk, test, WHY)
    return batch.id


def months(office: Office) -> dict[date, Month]:
    return {month.first: month for month in read(office).months if month.batches}


def test_a_zone_is_told_whole(office: Office) -> None:
    with office.writing("officer") as desk:
        made = scene.build(desk)
        zones.add_unit(desk, made.zone, "A-04", None, WHY)
        zones.find_standard(
            desk, made.zone, "cameras", StandardState.met, WHY, found="每个单元 4 个", evidence="验收报告",
            on=date(2025, 6, 1),
        )  # fmt: skip
        zones.take_step(
            desk, made.zone, ZoneStepKind.applied, date(2024, 9, 1), WHY, by="北溪镇", report="北政〔2024〕3号"
        )
    page = read(office)
    assert [(unit.number, unit.cameras, unit.member and unit.member.name) for unit in page.units] == [
        ("A-03", 4, "北溪陈记卤味作坊"),
        ("A-04", None, None),
    ]
    states = {standard.name: standard.state for standard in page.standards}
    assert states["监控点位"] is StandardState.met
    assert states["消防"] is StandardState.not_recorded, "what nobody found is not met"
    assert [(step.kind, step.on is not None) for step in page.steps] == [
        (kind, kind is ZoneStepKind.applied) for kind in ZoneStepKind
    ]
    (laboratory,) = page.laboratories
    assert (laboratory.permits[0].holds, laboratory.permits[0].items[0]) == (True, "菌落总数")


def test_standards_are_those_in_force_on_the_day(office: Office) -> None:
    with office.writing("officer") as desk:
        scene.build(desk)
    assert len(read(office, date(2020, 1, 1)).standards) < len(read(office).standards)


def test_a_workshop_that_left_is_no_member(office: Office) -> None:
    with office.writing("officer") as desk:
        made = scene.build(desk)
        zones.leave(desk, made.unit.tenancies[0], date(2026, 11, 19), WHY)
    assert read(office).units[0].member is None
    with office.database.read.connect() as connection:
        assert zone_list(connection, TODAY, RULES)[0].members == 0
        assert zone_list(connection, date(2026, 11, 19), RULES)[0].members == 1


def test_the_record_counts_what_was_tested_and_what_accredited_sheets_said(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        sheet(desk, made, "1", Conclusion.passed, date(2026, 10, 2))
        sheet(desk, made, "2", Conclusion.failed, date(2026, 10, 31))
        sheet(desk, made, "3", Conclusion.undecided, date(2026, 10, 31))
    assert months(office) == {
        date(2026, 10, 1): Month(date(2026, 10, 1), batches=3, tested=3, passed=1, failed=1),
        date(2026, 11, 1): Month(date(2026, 11, 1), batches=1, tested=0, passed=0, failed=0),
    }


def test_sheets_of_a_laboratory_without_accreditation_say_nothing_in_the_record(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk, accredited=False)
        sheet(desk, made, "1", Conclusion.passed, date(2026, 10, 2))
    assert months(office)[date(2026, 10, 1)] == Month(date(2026, 10, 1), batches=1, tested=1, passed=0, failed=0)


def test_the_regular_sheet_decides_over_a_quick_one_and_annulled_ones_are_gone(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        key = sheet(desk, made, "1", Conclusion.failed, date(2026, 10, 2), Method.quick)
        regular = ReleaseTest(
            batch_id=key, laboratory=made.laboratory, number="r", tested_on=date(2026, 10, 1),
            conclusion=Conclusion.passed,
        )  # fmt: skip
        batches.record_test(desk, regular, WHY)
    assert months(office)[date(2026, 10, 1)].passed == 1
    with office.writing("lab") as desk:
        batches.annul_test(desk, regular.id, WHY)
    assert (months(office)[date(2026, 10, 1)].passed, months(office)[date(2026, 10, 1)].failed) == (0, 1)


def test_twelve_months_end_with_the_present_one() -> None:
    found = months_up_to(date(2026, 2, 28))
    assert (len(found), found[0], found[-1]) == (12, date(2025, 3, 1), date(2026, 2, 1))


def test_the_list_counts_members_standards_and_laboratories(office: Office) -> None:
    with office.writing("officer") as desk:
        made = scene.build(desk)
        zones.find_standard(desk, made.zone, "cameras", StandardState.met, WHY)
        zones.find_standard(desk, made.zone, "fire", StandardState.not_met, WHY)
        zones.take_step(desk, made.zone, ZoneStepKind.accepted, date(2025, 6, 1), WHY)
    with office.database.read.connect() as connection:
        (line,) = zone_list(connection, TODAY, RULES)
    assert (line.members, line.units, line.met, line.laboratories, line.accredited) == (1, 1, 1, 1, 1)
    assert (line.standards, line.accepted_on) == (16, date(2025, 6, 1))


def test_the_numbers_of_the_home_page_are_counted_from_the_records(office: Office) -> None:
    with office.writing("officer") as desk:
        made = scene.released(desk)
        sheet(desk, made, "old", Conclusion.passed, date(2026, 10, 20))
        recall = recalls.recall(desk, made.batch, 1, "异物", datetime(2026, 11, 18, tzinfo=UTC), WHY)
        recalls.announce(desk, recall, date(2026, 11, 19), WHY)
    found = read_home(office)
    assert found.numbers.kinds == (
        Kind(OperatorKind.workshop, 1, 1),
        Kind(OperatorKind.stall, 0, 0),
        Kind(OperatorKind.small_catering, 0, 0),
    )
    assert (found.numbers.made, found.numbers.tested, found.numbers.released) == (1, 1, 0), (
        "what was made before the window does not count"
    )
    assert found.recalls == (
        RecallNotice(made.batch.id, "酱牛肉", "20261110-1", "北溪陈记卤味作坊", 1, "异物", date(2026, 11, 19)),
    )


def test_an_empty_database_has_a_home_page(office: Office) -> None:
    found = read_home(office)
    assert (found.numbers.made, found.numbers.labels, found.recalls, found.zones) == (0, 0, (), ())


def test_the_statements_do_not_grow_with_the_data(office: Office) -> None:
    def sent() -> int:
        with counted(office.database) as seen:
            read(office)
            read_home(office)
        return len(seen)

    with office.writing("officer") as desk:
        made = scene.build(desk)
    before = sent()
    with office.writing("officer") as desk:
        laboratory = laboratories.add_laboratory(desk, "第二检验室", made.zone, WHY)
        for number in range(5):
            zones.add_unit(desk, made.zone, f"B-{number}", 4, WHY)
            laboratories.accredit(desk, laboratory, str(number), date(2025, 1, 1), date(2027, 1, 1), ["镉"], WHY)
            sheet(desk, made, str(number), Conclusion.passed, date(2026, 10, 2))
    assert sent() == before <= 18
