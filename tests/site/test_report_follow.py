import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from report_forms import MATTER, follow, hand_in, hidden, plain, receipts, work
from sqlalchemy import select
from sqlalchemy.orm import Session
from style_guide import told
from tests.conftest import NOON

from zuofang.reporting import acts
from zuofang.reporting.cases.acts import handling, opening
from zuofang.reporting.cases.acts.opening import About
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.forms import PASSAGE_LIFE, give_passage, read_passage
from zuofang.reporting.law.matters import StopCause
from zuofang.reporting.models import Report, ReportEvidence, Role
from zuofang.reporting.opening import open_case, open_secret, read_letters
from zuofang.site.public.report_desk import NAME
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.acts import Office
from zuofang.traceability.labels.symbols import draw_one

PAYOUT = {"declared": "yes", "payee": "沈小满", "bank": "清溪农商行", "account": "6222 0000 1111 2222"}


@pytest.fixture
def receipt(reporter: FlaskClient) -> str:
    return receipts(hand_in(reporter))[0]


@pytest.fixture
def act(reporter: FlaskClient, receipt: str) -> Callable[..., object]:
    """Opens the report and sends one of its forms."""

    def send(kind: str, **said: object) -> object:
        sent = {**hidden(follow(reporter, receipt)), "act": kind, **said}
        return reporter.post("/report/follow", data=sent, content_type="multipart/form-data")

    return send


def only(session: Session) -> Report:
    return session.scalars(select(Report)).one()


def test_a_receipt_shows_where_the_report_stands_with_the_next_day_and_its_article(
    reporter: FlaskClient, receipt: str
) -> None:
    answer = follow(reporter, receipt.lower().replace("-", " "))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "最迟2026年12月11日" in plain(answer)
    assert "市场监督管理行政处罚程序规定 第十八条" in plain(answer)


def photograph(*receipts: str) -> bytes:
    """Receipts on a table, as a telephone sees their symbols."""
    table = Image.new("L", (900 * len(receipts) or 900, 900), 200)
    for place, receipt in enumerate(receipts):
        symbol = Image.fromarray(draw_one(receipt)).convert("L").point(lambda dark: 30 if dark else 240)
        table.paste(symbol.resize((600, 600)).rotate(7, expand=True, fillcolor=240), (900 * place + 90, 90))
    written = io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = "CanaryPhone"
    table.save(written, "JPEG", exif=tags)
    return written.getvalue()


def test_a_photograph_of_a_receipt_finds_it_and_is_let_go(
    reporter: FlaskClient, receipt: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sent = {"picture": (io.BytesIO(photograph(receipt)), "我的回执.jpg")}
    answer = follow(reporter, "", **sent)
    assert answer.status_code == 200
    assert "最迟2026年12月11日" in plain(answer)
    assert receipt not in told(answer)
    assert "Set-Cookie" not in answer.headers
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()) + caplog.text.encode()
    for word in ("CanaryPhone", "我的回执", receipt, receipt.partition("-")[2].replace("-", "")):
        assert word.encode() not in left


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (photograph(), "照片里没有找到回执的二维码"),
        (photograph("HTTPS://ZF.EXAMPLE.CN/T/AAAAAAAAAAAAAA"), "照片里没有找到回执的二维码"),
        (photograph("7K2M-Q4TX-9F3B-W6HN-2RDP", "8K2M-Q4TX-9F3B-W6HN-2RDP"), "照片里有两张回执"),
        (b"<svg onload=alert(1)>", "不是能读的图片"),
    ],
    ids=["nothing", "a label", "two", "no picture"],
)
def test_a_photograph_without_a_receipt_is_told_so(reporter: FlaskClient, picture: bytes, sentence: str) -> None:
    answer = follow(reporter, "", picture=(io.BytesIO(picture), "a.jpg"))
    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert 'href="#picture"' in told(answer)


def test_what_was_handed_in_is_never_shown_again(reporter: FlaskClient, receipt: str) -> None:
    page = told(follow(reporter, receipt))
    assert receipt not in page
    assert receipt.partition("-")[2] not in page
    assert not any(text in page for text in (MATTER["facts"], MATTER["who"], MATTER["where"]))


@pytest.mark.parametrize("typed", ["", "7K2M", "8K2M-Q4TX-9F3B-W6HN-2RDP", "x" * 5000, "\0"])
def test_a_receipt_that_is_none_finds_nothing_and_says_how_to_read_it(reporter: FlaskClient, typed: str) -> None:
    answer = follow(reporter, typed)
    assert answer.status_code == 404
    assert "没有找到" in plain(answer)
    assert f'value="{typed[:60].strip(chr(0))}" maxlength="60"' in told(answer), "to be corrected, not typed anew"


def test_a_receipt_in_an_address_does_nothing(reporter: FlaskClient, receipt: str) -> None:
    answer = reporter.get(f"/report/follow?receipt={receipt}")
    assert answer.status_code == 303
    assert receipt not in answer.headers["Location"]


def test_an_addition_with_a_picture_reaches_the_case_officers(act: Callable, writer: Office, opened: dict) -> None:
    answer = act("addition", text="还有一张照片", evidence=[(io.BytesIO(b"%PDF-1.4\n%%EOF"), "清单.pdf")])
    assert "已经收到您的补充" in plain(answer)
    assert "交过 1 个文件" in plain(answer)
    with Session(writer.database.read) as session:
        report = only(session)
        letters = read_letters(report, open_case(session, report, opened[Role.case]))
        assert letters[1][1]["text"] == "还有一张照片"
        assert session.scalars(select(ReportEvidence)).one().report_id == report.id


def test_an_empty_addition_and_an_unsure_withdrawal_are_asked_about(act: Callable) -> None:
    assert act("addition", text=" ").status_code == 422
    answer = act("withdrawal")
    assert answer.status_code == 422
    assert 'href="#sure"' in told(answer)


def test_a_withdrawal_is_noted_and_stays_visible(act: Callable, reporter: FlaskClient, receipt: str) -> None:
    assert "已经收到您的撤回" in plain(act("withdrawal", sure="yes"))
    assert "您在2026年11月20日撤回" in plain(follow(reporter, receipt))


def test_who_goes_back_and_writes_something_else_is_heard_and_a_retry_counts_once(
    reporter: FlaskClient, receipt: str, writer: Office, opened: dict
) -> None:
    page = hidden(follow(reporter, receipt))
    said: tuple[dict[str, str], ...] = (
        {"act": "addition", "text": "周三"}, {"act": "addition", "text": "周三"}, {"act": "addition", "text": "周四"},
        {"act": "claim", **PAYOUT}, {"act": "claim", **PAYOUT, "account": "6222 9999"},
        {"act": "withdrawal", "sure": "yes"},
    )  # fmt: skip
    for one in said:
        assert "已经收到您的" in plain(reporter.post("/report/follow", data={**page, **one}))
    with Session(writer.database.read) as session:
        report = only(session)
        letters = read_letters(report, open_case(session, report, opened[Role.case]))
        assert "6222 9999" in open_secret(session, report, opened[Role.payout]).decode()
        assert report.withdrawn_on == NOON.date()
    assert [kind.value for kind, _ in letters[1:]] == ["addition", "addition", "claim", "withdrawal"]
    assert [one["text"] for _, one in letters[1:3]] == ["周三", "周四"]


def test_what_is_written_to_a_report_that_was_destroyed_is_not_said_to_be_received(
    reporter: FlaskClient, receipt: str, writer: Office
) -> None:
    page = hidden(follow(reporter, receipt))
    with writer.writing("tests") as desk:
        report = only(desk.session)
        report.erased_on = desk.today
        desk.record("report.erase", report, "到期")
    answer = reporter.post("/report/follow", data={**page, "act": "addition", "text": "还有"})
    assert answer.status_code == 410
    assert "没有收下" in plain(answer)
    assert "已经收到" not in plain(answer)


def test_a_reward_is_claimed_without_a_name_towards_the_case_officers(
    act: Callable, writer: Office, opened: dict
) -> None:
    assert 'href="#declared"' in told(act("claim", **{**PAYOUT, "declared": ""}))
    assert 'href="#account"' in told(act("claim", **{**PAYOUT, "account": ""}))
    assert "已经收到您的申请" in plain(act("claim", **PAYOUT))
    with Session(writer.database.read) as session:
        report = only(session)
        assert "6222" in open_secret(session, report, opened[Role.payout]).decode()
        letters = read_letters(report, open_case(session, report, opened[Role.case]))
    assert "6222" not in str(letters)


def test_a_reply_is_read_with_the_receipt(reporter: FlaskClient, receipt: str, writer: Office) -> None:
    with writer.writing("办案人员") as desk:
        acts.reply(desk, only(desk.session), "请补充<照片>。", "问一句")
    assert "请补充<照片>。" in plain(follow(reporter, receipt))


def test_a_page_with_buttons_ends_after_half_an_hour() -> None:
    passage = give_passage(b"k" * 32, "7K2M", NOON)
    assert read_passage(b"k" * 32, passage, NOON) == "7K2M"
    late = NOON + timedelta(seconds=PASSAGE_LIFE + 1)
    assert read_passage(b"k" * 32, passage, late) is None
    assert read_passage(b"l" * 32, passage, NOON) is None
    assert read_passage(b"k" * 32, "中" * 20, NOON) is None


def test_a_forged_passage_leads_back_to_the_receipt(reporter: FlaskClient) -> None:
    answer = reporter.post("/report/follow", data={"passage": "AAAA", "act": "withdrawal", "sure": "yes"})
    assert answer.status_code == 422
    assert "回执上的编号和密码" in plain(answer)


def test_another_site_cannot_look_anything_up(reporter: FlaskClient, receipt: str) -> None:
    answer = reporter.post("/report/follow", data={"receipt": receipt}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_many_look_ups_from_one_network_wait_and_others_do_not(
    reporter: FlaskClient, report_site: BilingualFlask, receipt: str
) -> None:
    desk = report_site.extensions[NAME]
    for _ in range(40):
        desk.look_ups.is_over("203.0.113.5", NOON.timestamp())
    sent = hidden(reporter.get("/report/follow"))
    sent |= {"work": work(sent["token"]), "receipt": receipt}
    crowded = {"REMOTE_ADDR": "203.0.113.77"}
    assert reporter.post("/report/follow", data=sent, environ_overrides=crowded).status_code == 429
    assert reporter.post("/report/follow", data=sent).status_code == 200


def test_an_acknowledgement_is_checked_by_anybody(reporter: FlaskClient) -> None:
    proof = re.findall(r'class="digest">([^<]+)<', told(hand_in(reporter)))
    acknowledgement, opening = proof
    check = lambda **said: plain(reporter.post("/report/check", data=said))  # noqa: E731
    assert "看不出时间和内容" in check(acknowledgement=acknowledgement)
    assert "时间和内容与当时提交的一致" in check(acknowledgement=acknowledgement, opening=opening)
    later = opening.replace("T04:00Z", "T04:01Z")
    assert "打开码不是它的" in check(acknowledgement=acknowledgement, opening=later)
    forged = acknowledgement[:-3] + ("AAA" if not acknowledgement.endswith("AAA") else "BBB")
    assert "不是本局签发的" in check(acknowledgement=forged)
    assert "这不像收件凭证" in check(acknowledgement="hello")
    assert "这不像打开码" in check(acknowledgement=acknowledgement, opening="hello")


def test_the_steps_are_those_of_the_case_once_there_is_one(reporter: FlaskClient, receipt: str, writer: Office) -> None:
    with writer.writing("承办人") as desk:
        (case,) = opening.split(desk, only(desk.session), About(place="339901"), "收件")
        handling.file(desk, case, desk.today, "属实", approved_by="负责人")
    page = plain(follow(reporter, receipt))
    assert "作出处理决定" in page
    assert "最迟2027年2月18日（节假日安排公布前是暂定的）" in page
    assert case.number not in page
    with writer.writing("承办人") as desk:
        handling.stop(desk, desk.session.get_one(ReportCase, case.id), StopCause.testing, desk.today, "送检")
    page = plain(follow(reporter, receipt))
    assert "现在暂停计算" in page
    assert "2027年2月" not in page
