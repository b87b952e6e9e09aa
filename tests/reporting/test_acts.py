from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.conftest import NOON

from zuofang.reporting import acts
from zuofang.reporting.followup import look_up
from zuofang.reporting.intake import Accepted, Letterbox
from zuofang.reporting.models import Report, ReportLetter
from zuofang.storage.acts import Desk, Office, Refused


def the_report(desk: Desk) -> Report:
    return desk.session.scalars(select(Report)).one()


def test_a_reply_is_read_with_the_receipt_alone(
    box: Letterbox, hand_in: Callable[..., Accepted], office: Office
) -> None:
    receipt = hand_in().receipt
    with office.writing("办案人员") as desk:
        acts.reply(desk, the_report(desk), "请补充照片。", "问一句")
    found = look_up(box, receipt)
    assert found is not None
    assert [message.text for message in found.messages] == ["", "请补充照片。"]
    with Session(office.database.read) as session:
        assert "请补充照片。".encode() not in session.scalars(select(ReportLetter.sealed)).all()[-1]


def test_a_reply_sent_by_mistake_is_taken_back(
    box: Letterbox, hand_in: Callable[..., Accepted], office: Office
) -> None:
    receipt = hand_in().receipt
    with office.writing("办案人员") as desk:
        letter = acts.reply(desk, the_report(desk), "发错了", "问一句")
        acts.take_back_reply(desk, the_report(desk), letter, "发错了")
    found = look_up(box, receipt)
    assert found is not None
    assert len(found.messages) == 1


def test_closing_and_opening_again_undo_each_other(hand_in: Callable[..., Accepted], office: Office) -> None:
    hand_in()
    with office.writing("办案人员") as desk:
        report = the_report(desk)
        acts.close_report(desk, report, NOON.date(), "办结")
        with pytest.raises(Refused):
            acts.close_report(desk, report, NOON.date(), "办结")
        acts.reopen_report(desk, report, "有新线索")
        with pytest.raises(Refused):
            acts.reopen_report(desk, report, "有新线索")
        assert report.closed_on is None
