import io
import re
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image
from report_forms import EASY, MATTER, PERSON, follow, hand_in, hidden, plain, receipts, work
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from style_guide import told
from tests import scene
from tests.conftest import NOON
from tests.credit import filed
from tests.reporting.documents import document

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord
from zuofang.reporting.evidence.budget import SHIPPED
from zuofang.reporting.forms import LIFE, FormToken
from zuofang.reporting.models import EvidenceFile, Report, ReportEvidence, ReportKind, Standing
from zuofang.reporting.opening import open_case, open_person, read_evidence, read_letters
from zuofang.search import following
from zuofang.site.public.report_desk import NAME
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.acts import Office
from zuofang.traceability.codes import LabelKeyring, mint

both_languages = pytest.mark.parametrize("language", ["zh", "en"])


LINK = re.compile(r'href="(/report/\?[^"]+)"')


def value_of(page: str, field: str) -> str:
    """What stands in a field of the form."""
    found = re.search(rf'<input [^>]*id="{field}"[^>]*?value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def picture() -> bytes:
    written = io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = "Canary Phone"
    Image.new("RGB", (40, 30)).save(written, "JPEG", exif=tags, comment=b"canary")
    return written.getvalue()


def reports(office: Office) -> list[Report]:
    with Session(office.database.read, expire_on_commit=False) as session:
        return list(session.scalars(select(Report).order_by(Report.id)))


def test_a_report_is_handed_in_without_a_name_and_gives_a_receipt(reporter: FlaskClient, writer: Office) -> None:
    answer = hand_in(reporter)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(receipts(answer)) == 1
    assert "核查并决定是否立案" in plain(answer)
    (report,) = reports(writer)
    assert (report.kind, report.standing) == (ReportKind.report, Standing.anonymous)


@both_languages
def test_the_form_can_be_read_in_both_languages(reporter: FlaskClient, language: str) -> None:
    answer = reporter.get(f"/report/?lang={language}")
    assert answer.status_code == 200
    assert ("Complaints and reports" in plain(answer)) == (language == "en")


def test_what_is_both_gives_two_receipts_and_only_the_complaint_has_a_name(
    reporter: FlaskClient, writer: Office, opened: dict
) -> None:
    answer = hand_in(reporter, want=["report", "complaint"], request="退款 30 元", **PERSON)
    assert len(receipts(answer)) == 2
    complaint, report = reports(writer)
    assert (complaint.kind, report.kind) == (ReportKind.complaint, ReportKind.report)
    with Session(writer.database.read) as session:
        person = open_person(session, session.get_one(Report, complaint.id), opened["identity"])
        assert person == {name: PERSON[name] for name in ("name", "phone", "address")}
        assert [one.role.value for one in session.get_one(Report, report.id).secrets] == ["case"]


def test_a_complaint_that_asks_for_punishment_is_asked_about_once_and_becomes_two(
    reporter: FlaskClient, writer: Office
) -> None:
    said = {"facts": "店家骂人，不退钱！！要求查处他们！", "request": "退一赔十", **PERSON}
    answer = hand_in(reporter, want=["complaint"], **said)
    assert answer.status_code == 422
    assert "也想请我们查处的" in plain(answer)
    both = hand_in(reporter, answer, want=["complaint", "report"], **said)
    assert len(receipts(both)) == 2, plain(both)
    other = hand_in(reporter, want=["complaint"], asked="yes", **said)
    assert len(receipts(other)) == 1, "who means a complaint alone is not asked twice"


def test_a_text_that_asks_for_money_back_is_asked_about_once(reporter: FlaskClient, writer: Office) -> None:
    answer = hand_in(reporter, facts="买的肉是臭的，要求退款。")
    assert answer.status_code == 422
    assert "也想要退款、赔偿的" in plain(answer)
    again = hand_in(reporter, answer, facts="买的肉是臭的，要求退款。")
    assert len(receipts(again)) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"want": []}, "want"),
        ({"who": ""}, "who"),
        ({"where": " "}, "where"),
        ({"facts": ""}, "facts"),
        ({"standing": "king"}, "standing"),
        ({"standing": "insider", **PERSON}, "relation"),
        ({"standing": "named", **PERSON, "name": ""}, "name"),
        ({"standing": "named", **PERSON, "phone": "call me"}, "phone"),
        ({"standing": "named", **PERSON, "identity": "339901199001011231"}, "identity"),
        ({"want": ["complaint"], **PERSON}, "request"),
        ({"want": ["complaint"], **PERSON, "request": "退款", "address": ""}, "address"),
        ({"facts": "字" * 5001}, "facts"),
        ({"website": "http://spam.example"}, "website"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    reporter: FlaskClient, writer: Office, said: dict, field: str
) -> None:
    answer = hand_in(reporter, **said)
    assert answer.status_code == 422
    assert f'href="#{field}"' in told(answer)
    typed = {**MATTER, **said}
    assert all(text in told(answer) for name, text in typed.items() if name in ("who", "facts", "phone", "request"))
    assert reports(writer) == []


def test_a_finished_file_is_kept_over_a_mistake_and_handed_in_with_the_form(
    reporter: FlaskClient, writer: Office, opened: dict
) -> None:
    answer = hand_in(reporter, facts="", evidence=[(io.BytesIO(picture()), "后院.jpg")])
    assert "已经收好 1 个文件" in plain(answer)
    assert "后院.jpg" in plain(answer)
    assert receipts(hand_in(reporter, answer))
    with Session(writer.database.read) as session:
        report = session.scalars(select(Report)).one()
        (evidence,) = read_evidence(session, report, open_case(session, report, opened["case"]))
        original, copy = b"".join(evidence.original(session)), evidence.copy(session)
    assert original == picture()
    assert evidence.about.name == "后院.jpg"
    assert b"anary" in original
    assert b"anary" not in copy


def test_who_sends_a_document_with_a_password_gets_a_receipt_and_is_told(reporter: FlaskClient, writer: Office) -> None:
    answer = hand_in(reporter, evidence=[(io.BytesIO(document(password="secret")), "合同.pdf")])
    assert receipts(answer)
    assert "这份 PDF 有密码，我们打不开；原件照样封存" in plain(answer)
    assert "合同" not in told(answer), "what is printed names no file"
    later = follow(reporter, receipts(answer)[0])
    again = [(io.BytesIO(b"%PDF-1.7 cut off"), "b.pdf")]
    sent = {**hidden(later), "act": "addition", "evidence": again}
    more = reporter.post("/report/follow", data=sent, content_type="multipart/form-data")
    assert "已经收到您的补充" in plain(more)
    assert "这份 PDF 读不出页面" in plain(more)


@pytest.mark.parametrize("path", ["/workshops/", "/batches/"])
def test_who_was_looked_for_is_filled_in_whether_something_was_found_or_not(
    reporter: FlaskClient, writer: Office, path: str
) -> None:
    with writer.writing("tests") as desk:
        scene.released(desk)
    for words in ("北溪", "查无此家"):
        page = told(reporter.get(path, query_string={"q": words}))
        assert f'href="/report/?who={quote(words)}"' in page
        assert f'value="{words}"' in told(reporter.get("/report/", query_string={"who": words}))
    assert "/report/?who=" not in told(reporter.get(path)), "nobody was looked for"


def test_files_are_thrown_away_when_their_sender_says_so(reporter: FlaskClient, writer: Office) -> None:
    answer = hand_in(reporter, facts="", evidence=[(io.BytesIO(picture()), "a.jpg")])
    hand_in(reporter, answer, drop="yes")
    with Session(writer.database.read) as session:
        assert session.scalar(select(func.count()).select_from(EvidenceFile)) == 0
        assert session.scalar(select(func.count()).select_from(ReportEvidence)) == 0


def test_a_file_that_is_not_taken_is_refused_in_words_and_the_text_is_kept(reporter: FlaskClient) -> None:
    answer = hand_in(reporter, evidence=[(io.BytesIO(b"<svg onload=alert(1)>"), "x.jpg")])
    assert answer.status_code == 422
    assert "这是网页或者矢量图，不收" in plain(answer)
    assert MATTER["facts"] in told(answer)


def test_a_page_that_was_open_too_long_is_given_back_with_everything_on_it(
    reporter: FlaskClient, report_site: BilingualFlask, writer: Office
) -> None:
    key = report_site.extensions[NAME].box.keys.forms
    for token in (FormToken(b"n" * 16, int(NOON.timestamp()) - LIFE - 1).text(key), "x" * 50, ""):
        answer = reporter.post("/report/", data={**MATTER, "token": token})
        assert answer.status_code == 422
        assert "这一页打开得太久了" in plain(answer)
        assert MATTER["facts"] in told(answer)
    assert reports(writer) == []
    assert receipts(hand_in(reporter, answer))


def test_sending_the_same_form_again_shows_the_same_receipt(reporter: FlaskClient, writer: Office) -> None:
    page = reporter.get("/report/")
    first, second, third = (hand_in(reporter, page, facts=facts) for facts in ("甲", "甲", "乙"))
    assert receipts(first) == receipts(second) == receipts(third)
    assert "没有重复" in plain(second)
    assert "您这次改动的内容没有收下" in plain(third)
    assert len(reports(writer)) == 1


def test_a_form_from_another_site_is_refused(reporter: FlaskClient, writer: Office) -> None:
    sent = {**hidden(reporter.get("/report/")), **MATTER}
    foreign = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"})
    for headers in foreign:
        assert reporter.post("/report/", data=sent, headers=headers).status_code == 403
    assert reports(writer) == []


def test_the_browser_of_an_old_phone_and_a_private_one_are_let_in(reporter: FlaskClient) -> None:
    for headers in ({}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}):
        sent = hidden(reporter.get("/report/"))
        answer = reporter.post("/report/", data={**sent, **MATTER, "work": work(sent["token"])}, headers=headers)
        assert receipts(answer), headers


def test_without_script_a_form_needs_patience_and_loses_nothing(
    reporter: FlaskClient, report_site: BilingualFlask
) -> None:
    sent = {**hidden(reporter.get("/report/")), **MATTER}
    answer = reporter.post("/report/", data=sent)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "6"
    assert MATTER["facts"] in told(answer)
    key = report_site.extensions[NAME].box.keys.forms
    sent["token"] = FormToken(b"p" * 16, int(NOON.timestamp()) - 10).text(key)
    assert receipts(reporter.post("/report/", data=sent))


def test_forms_without_work_come_in_one_by_one_from_a_network_and_others_do_not_wait_for_them(
    reporter: FlaskClient, report_site: BilingualFlask, writer: Office
) -> None:
    key, gathered = report_site.extensions[NAME].box.keys.forms, int(NOON.timestamp()) - 3600
    tokens = [FormToken(bytes([number]) * 16, gathered).text(key) for number in range(9)]
    bot = {"REMOTE_ADDR": "203.0.113.7"}
    answers = [reporter.post("/report/", data={**MATTER, "token": one}, environ_overrides=bot) for one in tokens]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 3
    assert MATTER["facts"] in told(answers[-1])
    again = reporter.post("/report/", data={**MATTER, "token": tokens[0]}, environ_overrides=bot)
    assert receipts(again) == receipts(answers[0])
    assert receipts(reporter.post("/report/", data={**MATTER, "token": tokens[8]}))
    assert receipts(hand_in(reporter)), "computed work needs no turn"
    assert len(reports(writer)) == 8


def test_under_attack_more_work_or_patience_is_asked_and_nobody_is_refused(
    reporter: FlaskClient, report_site: BilingualFlask
) -> None:
    desk = report_site.extensions[NAME]
    for _ in range(40):
        desk.pressure.count(NOON.timestamp())
    assert hand_in(reporter).status_code == 429
    assert f'data-bits="{EASY + 4}"' in told(reporter.get("/report/"))
    sent = {**MATTER, "token": FormToken(b"q" * 16, int(NOON.timestamp()) - 61).text(desk.box.keys.forms)}
    assert receipts(reporter.post("/report/", data=sent))


def test_a_form_that_is_too_large_is_refused_in_words(reporter: FlaskClient) -> None:
    too_much = bytes(SHIPPED.in_one_form + 2 * 1024 * 1024)
    answer = reporter.post("/report/", content_type="multipart/form-data; boundary=x", data=too_much)
    assert answer.status_code == 413


def test_a_label_or_a_workshop_fills_in_whom_it_is_about(reporter: FlaskClient, writer: Office) -> None:
    with writer.writing("测试") as desk:
        made = scene.released(desk)
    ring = LabelKeyring(writer.keys.labels, max(writer.keys.labels))
    for query in (f"code={mint(ring, made.batch.id, 1)}", f"workshop={made.workshop.id}"):
        page = told(reporter.get(f"/report/?{query}"))
        assert 'value="北溪陈记卤味作坊"' in page
        assert 'value="清溪县北溪镇园区路 8 号 A-03"' in page
    assert "可能是假标签" not in page


def test_every_page_about_somebody_leads_to_the_form_with_whom_it_is_about_filled_in(
    reporter: FlaskClient, writer: Office
) -> None:
    with writer.writing("测试") as desk:
        made = scene.released(desk)
        workshop, batch = made.workshop.id, made.batch.id
    record = filed.filed(writer, workshop, filed.FINE)
    following.follow_all(writer.database, filed.TODAY, writer.rules)
    name, place = "北溪陈记卤味作坊", "清溪县北溪镇园区路 8 号"
    for address, who, where in (
        (f"/workshops/{workshop}", name, f"{place} A-03"),
        (f"/workshops/{workshop}/credit", name, f"{place} A-03"),
        (f"/batches/{batch}", name, f"{place} A-03"),
        (f"/disclosures/{record}", name, f"{place} A-03"),
        ("/zones/qingxi", "", f"{place} 清溪卤味加工区"),
        ("/disclosures/?q=老王熟食", "老王熟食", ""),
        ("/workshops/?q=老王熟食", "老王熟食", ""),
        ("/batches/?q=老王熟食", "老王熟食", ""),
    ):
        (link,) = {one for one in LINK.findall(told(reporter.get(address))) if "=" in one}
        form = told(reporter.get(unescape(link)))
        assert (value_of(form, "who"), value_of(form, "where")) == (who, where), address


def test_a_record_that_was_withdrawn_names_nobody_on_the_form(reporter: FlaskClient, writer: Office) -> None:
    with writer.writing("测试") as desk:
        made = scene.released(desk)
    record = filed.filed(writer, made.workshop.id, filed.FINE)
    with writer.writing("复核") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, record), "决定被撤销", "测试")
    assert value_of(told(reporter.get(f"/report/?record={record}")), "who") == ""


def test_a_code_that_we_did_not_issue_is_reported_as_a_false_label(
    reporter: FlaskClient, writer: Office, opened: dict
) -> None:
    page = reporter.get("/report/?code=3F7KQ2M9XT4B111")
    assert "可能是假标签" in plain(page)
    hand_in(reporter, page)
    with Session(writer.database.read) as session:
        report = session.scalars(select(Report)).one()
        ((_, letter),) = read_letters(report, open_case(session, report, opened["case"]))
    assert "3F7KQ2M9XT4B111" in letter["content"]


@pytest.mark.parametrize(
    "query",
    [
        "code=%00",
        "workshop=-1",
        "workshop=99999999999999",
        "workshop=１",
        "code=" + "x" * 5000,
        "workshop=" + "9" * 5000,
        "record=0",
        "record=99999999999999",
        "batch=-7",
        "zone=../x",
        "zone=" + "x" * 5000,
        "who=%00%0A<b>" + "x" * 5000,
    ],
)
def test_an_odd_address_leads_to_the_form_or_a_sentence(reporter: FlaskClient, query: str) -> None:
    assert reporter.get(f"/report/?{query}").status_code in (200, 400)


def test_a_full_disk_says_that_nothing_was_stored(
    reporter: FlaskClient, report_site: BilingualFlask, monkeypatch: pytest.MonkeyPatch, writer: Office
) -> None:
    monkeypatch.setattr("zuofang.site.public.report_desk.ROOM", 1 << 60)
    monkeypatch.setattr(type(report_site.extensions[NAME]).has_room, "__defaults__", (1 << 60,))
    answer = hand_in(reporter)
    assert answer.status_code == 503
    assert "没有保存" in plain(answer)
    assert MATTER["facts"] in told(answer)
    assert reports(writer) == []


def test_an_installation_without_role_keys_says_where_to_go_instead(reader: FlaskClient) -> None:
    for path in ("/report/", "/report/follow", "/report/check"):
        answer = reader.get(path)
        assert answer.status_code == 503
        assert "12315" in plain(answer)
