"""Workshops that ask to come into a zone: no certificate, no entry; every step has its way back."""

from datetime import date

import pytest
from tests import scene
from tests.scene import WHY, Scene

from zuofang.storage.acts import Desk, Office, Refused
from zuofang.traceability.acts import applications, operators, zones
from zuofang.traceability.models import ApplicationState, OperatorKind, Tenancy, Workshop, Zone, ZoneUnit

TODAY = date(2026, 11, 20)


def newcomer(desk: Desk, *, certified: bool = True) -> Workshop:
    row = Workshop(kind=OperatorKind.workshop, name="渡口豆腐坊", province="33", district_code="339901", address="渡口")
    operators.register(desk, row, WHY)
    if certified:
        operators.issue_certificate(desk, row, "ZF33990100099", date(2026, 1, 1), WHY)
    return row


def ground(desk: Desk) -> tuple[Scene, Zone, ZoneUnit]:
    made = scene.build(desk)
    return made, made.zone, zones.add_unit(desk, made.zone, "A-04", 4, WHY)


def test_without_a_certificate_nobody_is_even_on_the_list(office: Office) -> None:
    with office.writing("manager") as desk:
        _, zone, _ = ground(desk)
        with pytest.raises(Refused, match="没有有效的登记证"):
            applications.apply(desk, zone, newcomer(desk, certified=False), None, WHY)


def test_an_application_is_admitted_undone_turned_down_and_opened_again(office: Office) -> None:
    with office.writing("manager") as desk:
        made, zone, unit = ground(desk)
        row = applications.apply(desk, zone, newcomer(desk), "豆腐", WHY)
        with pytest.raises(Refused, match="已经在等待"):
            applications.apply(desk, zone, desk.session.get_one(Workshop, row.workshop_id), None, WHY)
        with pytest.raises(Refused, match="已有作坊"):
            applications.admit(desk, row, made.unit, TODAY, WHY)
        row.state = ApplicationState.waiting
        assert applications.admit(desk, row, unit, TODAY, WHY).unit_id == unit.id
        applications.undo_admission(desk, row, WHY)
        assert desk.session.query(Tenancy).filter_by(unit_id=unit.id).count() == 0
        with pytest.raises(Refused, match="不同意的原因"):
            applications.turn_down(desk, row, "", WHY)
        applications.turn_down(desk, row, "单元已经预留", WHY)
        applications.reopen(desk, row, WHY)
        applications.take_back(desk, row, WHY)
        with pytest.raises(Refused, match="已经有了结果"):
            applications.admit(desk, row, unit, TODAY, WHY)


def test_an_admission_stands_once_something_was_made_and_a_leave_can_be_undone(office: Office) -> None:
    with office.writing("manager") as desk:
        made, _, _ = ground(desk)
        tenancy = desk.session.query(Tenancy).one()
        with pytest.raises(Refused, match="已经有生产批次"):
            zones.undo_admission(desk, tenancy, WHY)
        zones.leave(desk, tenancy, TODAY, WHY)
        zones.undo_leave(desk, tenancy, WHY)
        assert tenancy.until is None
        with pytest.raises(Refused, match="没有离开"):
            zones.undo_leave(desk, tenancy, WHY)
        zones.leave(desk, tenancy, date(2026, 11, 1), WHY)
        zones.admit(desk, newcomer(desk), made.unit, TODAY, WHY)
        with pytest.raises(Refused, match="已有别的作坊"):
            zones.undo_leave(desk, tenancy, WHY)
