"""Laboratories at the officer's desk: their 资质认定 opens and closes the figures that the public sees."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, words
from tests.scene import Scene

from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.acts import laboratories
from zuofang.traceability.models import Accreditation, AccreditedItem
from zuofang.traceability.queries.laboratories import scopes_of

NEW = {"number": "2026110099Z", "since": "2026-11-01", "until": "2032-10-31", "items": "镉、铅、镉"}


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A zone whose laboratory is accredited."""
    with writer.writing("tests") as desk:
        return scene.build(desk)


@pytest.fixture
def officer(staff: Staff) -> Browser:
    """A browser of an officer of the whole city."""
    return staff.at(Role.officer)


@pytest.fixture
def path(ground: Scene) -> str:
    """The address of the zone's laboratory at the desk."""
    return f"/register/laboratories/{ground.laboratory.id}"


def only(office: Office, number: str) -> Accreditation:
    """The certificate of this number as it is stored."""
    with Session(office.database.read) as session:
        return session.scalars(select(Accreditation).filter_by(number=number)).one()


def test_a_certificate_opens_figures_from_its_first_day_and_closes_them_from_the_day_it_ends(
    officer: Browser, path: str, writer: Office, ground: Scene
) -> None:
    assert officer.submit(path, NEW, action=f"{path}/accredit").status_code == 303
    held = only(writer, NEW["number"])
    ends = {f"revoked_{held.id}": "2026-11-20", f"why_{held.id}": "被撤销"}
    assert officer.submit(path, ends, action=f"{path}/papers/{held.id}/revoke").status_code == 303
    with writer.database.read.connect() as connection:
        scopes = scopes_of(connection, [ground.laboratory.id])[ground.laboratory.id]
    days = ("2026-10-31", "2026-11-01", "2026-11-19", "2026-11-20")
    assert [any(one.covers("镉", date.fromisoformat(day)) for one in scopes) for day in days] == [
        False,
        True,
        True,
        False,
    ]
    assert "已失效" in words(officer.get(path))
    assert officer.submit(path, action=f"{path}/papers/{held.id}/restore").status_code == 303
    assert only(writer, NEW["number"]).revoked_on is None


def test_a_certificate_entered_in_error_leaves_nothing_behind(officer: Browser, path: str, writer: Office) -> None:
    officer.submit(path, NEW, action=f"{path}/accredit")
    held = only(writer, NEW["number"])
    assert officer.submit(path, action=f"{path}/papers/{held.id}/strike-out").status_code == 303
    with Session(writer.database.read) as session:
        assert session.get(Accreditation, held.id) is None
        left = select(func.count()).select_from(AccreditedItem).filter_by(accreditation_id=held.id)
        assert session.scalar(left) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "2026110001Z"}, "已经登记过"),
        ({"until": "2026-10-31"}, "早于第一日"),
        ({"items": " 、 "}, "请写认定的项目"),
    ],
)
def test_what_cannot_be_a_certificate_is_refused(officer: Browser, path: str, wrong: dict[str, str], said: str) -> None:
    answer = officer.submit(path, {**NEW, **wrong}, action=f"{path}/accredit")
    assert (answer.status_code, said in words(answer)) == (422, True)


def test_a_certificate_ends_neither_outside_its_term_nor_ahead_nor_twice(
    officer: Browser, path: str, writer: Office
) -> None:
    officer.submit(path, NEW, action=f"{path}/accredit")
    held = only(writer, NEW["number"])
    action = f"{path}/papers/{held.id}/revoke"
    for day in ("2026-10-31", "2027-01-01"):
        answer = officer.submit(path, {f"revoked_{held.id}": day, f"why_{held.id}": "被撤销"}, action=action)
        assert (answer.status_code, "不在证书的有效期内" in words(answer)) == (422, True)


def test_an_officer_sees_the_laboratories_of_the_own_county_and_a_body_outside_zones_only_for_the_city(
    officer: Browser, staff: Staff, path: str, writer: Office
) -> None:
    with writer.writing("tests") as desk:
        outside = laboratories.add_laboratory(desk, "南川检测中心", None, "测试").id
    here, elsewhere = (staff.at(Role.officer, ScopeKind.district, code) for code in ("339901", "339902"))
    assert "2030年12月31日" in words(here.get("/register/laboratories"))
    assert "项目又在认定的范围内" in words(here.get("/register/laboratories")), "a certificate covers its scope alone"
    assert "南川检测中心" not in words(here.get("/register/laboratories"))
    assert here.get(f"/register/laboratories/{outside}").status_code == 403
    assert elsewhere.get(path).status_code == 403
    assert "南川检测中心" in words(officer.get("/register/laboratories"))
    assert officer.get(f"/register/laboratories/{outside}").status_code == 200
