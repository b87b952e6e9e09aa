"""The walk of docs/officer.md: from a decision letter to a public page to its lawful end, by the commands alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY
from tests.site.commands.conftest import Run

from zuofang.credit import daily
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.rules.calendar import china_day
from zuofang.site.commands import forms
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import operators

OFFICER, REVIEWER = ("--as", "李监管", "--why", "依法录入"), ("--as", "王复核", "--why", "审核无误")
TODAY = china_day(datetime.now(UTC))
PAGE = "/workshops/1/credit"
HEAD = 'workshop = "ZF33990100012"\nauthority = "清溪县市场监督管理局"\n'
Letter = Callable[..., str]


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    """A filled form: what stands above the facts, and the facts."""

    def write(facts: str, *, title: str, document: str, content: str = "", head: str = HEAD) -> str:
        file = tmp_path / f"{document}.toml"
        text = f'{head}title = "{title}"\ndocument = "{document}"\ncontent = "{content or title}"\n[facts]\n{facts}\n'
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


@pytest.fixture
def town(office: Office) -> Office:
    """An installation with one workshop."""
    with office.writing("counter") as desk:
        made = scene.build(desk)
        operators.change_product(desk, made.product, WHY, category="braised-beef")
    return office


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def key(told: str) -> str:
    found = re.match(r"(?:record|visit|case|evaluation) (\d+)", told)
    assert found is not None, told
    return found[1]


def entered(run: Run, kind: str, file: str, *, approved: bool = True) -> str:
    done = run("record", "enter", kind, file, *OFFICER)
    assert done.exit_code == 0, done.output
    number = key(done.stdout)
    if approved:
        assert run("record", "approve", number, *REVIEWER).exit_code == 0
    return number


class Citizen:
    """Somebody who reads the public pages, on any day."""

    def __init__(self, settings: Settings) -> None:
        self._moment = datetime.now(UTC)
        self._reader = open_public_site(settings, clock=lambda: self._moment).test_client()

    def reads(self, on: date = TODAY, address: str = PAGE) -> str:
        """What stands there on a day."""
        self._moment = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
        return self._reader.get(address).text


@pytest.fixture
def citizen(installed: Settings, town: Office) -> Citizen:
    return Citizen(installed)


def test_from_a_decision_letter_to_a_public_page_to_its_lawful_end(
    run: Run, citizen: Citizen, town: Office, letter: Letter
) -> None:
    fine = f'decided_on = {ago(9)}\nkinds = ["罚款"]\nfine = 800\ntier = "从轻"\nrepair_told_on = {ago(9)}'
    number = entered(
        run, "penalty", letter(fine, title="标签缺少贮存条件", document="清市监处罚〔2026〕12号"), approved=False
    )
    same = run("record", "approve", number, "--as", "李监管", "--why", "自己审核")
    assert (same.exit_code, "提交人不能审核" in same.stderr) == (1, True)
    assert "标签缺少贮存条件" not in citizen.reads()
    assert run("record", "approve", number, *REVIEWER).exit_code == 0
    assert "1 records published" in run("clocks", "run").stdout
    told = citizen.reads()
    for words in ("标签缺少贮存条件", "清市监处罚〔2026〕12号", "800", "从轻", "普通程序", "与决定书一并送达"):
        assert words in told
    for done in (("learn", number, "performed_on", str(TODAY)), ("reply", number, "标签已经重印。")):
        assert run("record", *done, *OFFICER).exit_code == 0
    assert "标签已经重印" in citizen.reads()
    end = re.search(r"until (\d{4}-\d\d-\d\d)", run("record", "show", number).stdout)
    assert end is not None
    last = date.fromisoformat(end[1])
    after = replace(town, clock=lambda: datetime(last.year, last.month, last.day, 4, tzinfo=UTC) + timedelta(days=1))
    assert "标签缺少贮存条件" in citizen.reads(last)
    assert daily.run(after).taken_down == 1
    left = citizen.reads(last + timedelta(days=1))
    assert "标签缺少贮存条件" not in left
    assert "公示期满" in left


def test_from_an_inspection_to_a_re_check_a_sample_and_the_penalty_it_led_to(
    run: Run, citizen: Citizen, town: Office, letter: Letter
) -> None:
    inspected = (
        f'found_on = {ago(40)}\nresult = "不符合"\nsort = "飞行检查"\nhandling = "书面限期整改"\nrectify_by = {ago(30)}'
    )
    first = entered(run, "inspection", letter(inspected, title="飞行检查", document="检1"))
    ordered = f'ordered_on = {ago(40)}\ndemands = "修补防鼠设施"\ndue_on = {ago(30)}'
    order = entered(run, "rectification", letter(ordered, title="限期整改", document="改1"))
    again = entered(run, "inspection", letter(f'found_on = {ago(20)}\nresult = "符合"', title="复查", document="检2"))
    ties = ((first, order, "led_to"), (order, again, "rechecked"))
    for earlier, later, kind in ties:
        assert run("record", "link", earlier, later, kind, *OFFICER).exit_code == 0
    assert run("record", "learn", order, "accepted_on", str(ago(20)), *OFFICER).exit_code == 0
    assert "3 records published" in run("clocks", "run").stdout
    told = citizen.reads()
    for words in ("书面限期整改", f'href="#r{again}"', "复查合格", "整改期限"):
        assert words in told
    assert run("record", "unlink", order, again, *OFFICER).exit_code == 0
    assert f'href="#r{again}"' not in citizen.reads()
    assert run("record", "unlink", order, again, *OFFICER).exit_code == 1


def test_a_place_that_was_closed_is_looked_back_at(run: Run, citizen: Citizen, town: Office, letter: Letter) -> None:
    closed = f'closed_on = {ago(60)}\nbasis = "浙江省食品小作坊规定 第二十条"'
    closure = entered(run, "closure", letter(closed, title="关闭无证加工点", document="关1"))
    again = entered(run, "closure", letter(closed.replace(str(ago(60)), str(ago(5))), title="再次关闭", document="关2"))
    run("clocks", "run")
    for when, found, more in ((ago(30), "quiet", ()), (ago(6), "resurged", ("--record", again))):
        visit = key(run("record", "visit", "plan", closure, str(when), *OFFICER).stdout)
        noted = run("record", "visit", "note", visit, found, "现场查看。", "--on", str(when), *more, *OFFICER)
        assert noted.exit_code == 0, noted.output
    told = citizen.reads()
    for words in ("没有恢复经营", "又在经营，已另行处理", f'href="#r{again}"'):
        assert words in told
    assert run("record", "visit", "undo", visit, *OFFICER).exit_code == 0
    assert run("record", "visit", "call-off", visit, *OFFICER).exit_code == 0
    assert "又在经营" not in citizen.reads()


def test_a_trade_is_called_in_and_a_referral_never_leaves_the_file(
    run: Run, citizen: Citizen, town: Office, letter: Letter
) -> None:
    facts = (
        f'held_on = {ago(3)}\nground = "抽检不合格较多"\ncalled = "行业约谈"\ntrade = "酱卤肉制品"\nplace = "清溪县"'
    )
    meeting = letter(facts, title="行业约谈", document="约1")
    where = ("--category", "酱卤肉制品", "--district", "339901")
    told = run("record", "call-in", meeting, *where, "--absent", "ZF33990100012", *OFFICER).stdout
    assert told.startswith("1 called in: records ")
    number = told.split()[-1]
    assert run("record", "approve", number, *REVIEWER).exit_code == 0
    run("clocks", "run")
    assert "没有到场" in citizen.reads()
    crime = letter(f'referred_on = {ago(2)}\nsuspicion = "生产有毒、有害食品罪"', title="移送", document="移1")
    referral = entered(run, "referral", crime, approved=False)
    refused = run("record", "approve", referral, *REVIEWER)
    assert (refused.exit_code, "只记入信用档案" in refused.stderr) == (1, True)
    assert "移送" not in citizen.reads()


def test_repair_objections_and_what_happens_run_by_their_own_commands(
    run: Run, citizen: Citizen, town: Office, letter: Letter
) -> None:
    failed = f'concluded_on = {ago(9)}\noutcome = "不合格"\nserved_on = {ago(5)}'
    sample = entered(run, "sample", letter(failed, title="酱牛肉", document="抽1"))
    case = key(run("case", "object", sample, "method", "方法不对", "--on", str(ago(4)), *OFFICER).stdout)
    assert run("case", "accept", case, "--on", str(ago(3)), *OFFICER).exit_code == 0
    decided = run("case", "decide", case, "granted", *OFFICER)
    assert decided.exit_code == 0, decided.output
    assert "withdrawn" in run("record", "show", sample).stdout
    assert run("case", "undo-decision", case, *OFFICER).exit_code == 0
    assert run("case", "take-back", case, "--as", "x", "--why", "y").exit_code == 0
    assert run("case", "apply-for-repair", sample, "请修复", *OFFICER).exit_code == 1
    assert "withdrawn" in run("record", "happened", sample, "annulled", "--on", str(TODAY), *OFFICER).stdout
    assert "withdrawn" not in run("record", "undo-event", sample, *OFFICER).stdout
    assert run("record", "undo-event", sample, *OFFICER).exit_code == 1


def test_papers_boards_commitments_and_honours_have_their_commands(
    run: Run, citizen: Citizen, town: Office, tmp_path: Path
) -> None:
    paper, board, sheet = "ZF33990100012", tmp_path / "board.toml", tmp_path / "5s.toml"
    board.write_text(run("workshop", "board-form").stdout.replace("# handlers", "handlers"), encoding="utf-8")
    names = ("整理", "整顿", "清扫", "清洁", "素养")
    parts = "".join(f'[[parts]]\nname = "{name}"\nscore = 18\nmost = 20\n' for name in names)
    filled = (
        run("honour", "form").stdout.replace('workshop = ""', f'workshop = "{paper}"').replace("# score", "score", 1)
    )
    sheet.write_text(filled + parts, encoding="utf-8")
    steps = (
        ("workshop", "see-board", paper, str(board)),
        ("workshop", "commit", paper, str(ago(3)), "--words", "不用非食品原料", "--displayed"),
        ("workshop", "change", paper, "酱卤肉制品、豆制品"),
        ("workshop", "undo-paper", paper),
        ("workshop", "change", paper, "酱卤肉制品、米粉"),
        ("workshop", "revoke", paper, "cancelled"),
        ("workshop", "reinstate", paper),
        ("honour", "evaluate", str(sheet)),
    )
    for step in steps:
        done = run(*step, *OFFICER)
        assert done.exit_code == 0, done.output
    shown = citizen.reads(address="/workshops/1")
    for words in ("不用非食品原料", "未记载"):
        assert words in shown
    credit = citizen.reads()
    for words in ("品种明细改为：酱卤肉制品、米粉", "注销登记证", "恢复登记证", "素养"):
        assert words in credit
    assert "evaluation 1: five_s" in run("honour", "list", paper).stdout
    for step in (("workshop", "forget-board", paper), ("workshop", "commitment", paper, "unsign")):
        assert run(*step, *OFFICER).exit_code == 0
    assert run("honour", "strike-out", "1", *OFFICER).exit_code == 0


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_form_is_a_form_and_says_what_each_field_is(run: Run, kind: RecordKind) -> None:
    printed = run("record", "form", kind.value).stdout.removesuffix(forms.ITEMS)
    opened = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", printed, flags=re.MULTILINE))
    assert set(opened[forms.TABLE]) == {one.name for one in forms.own_fields(kind)}
    assert set(opened) == {*forms.HEAD, forms.TABLE}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ('decided_on = 2026-11-02\nkinds = ["罚款"]', "a fine has a sum"),
        ('decided_on = 2026-11-02\nkinds = ["杖刑"]', "杖刑"),
        ('decided_on = 2026-11-02\nkinds = ["警告"]\nsum = 3', "penalty has no sum"),
        ('kinds = ["警告"]', "decided_on"),
        ("decided_on = ", "not a form"),
    ],
)
def test_a_form_that_cannot_be_read_is_one_sentence_and_enters_nothing(
    run: Run, town: Office, letter: Letter, facts: str, said: str
) -> None:
    refused = run("record", "enter", "penalty", letter(facts, title="x", document="坏1"), *OFFICER)
    assert (refused.exit_code, said in refused.stderr) == (1, True), refused.stderr
    with Session(town.database.read) as session:
        assert session.scalar(select(func.count()).select_from(CreditRecord)) == 0


@pytest.mark.parametrize(
    "words",
    [
        ("record", "show", "99"),
        ("record", "approve", "99", *OFFICER),
        ("record", "match", "99", "none", *OFFICER),
        ("workshop", "renew", "没有", "2030-01-01", *OFFICER),
        ("workshop", "commitment", "1", "end", *OFFICER),
        ("honour", "renew", "99", "2030-01-01", *OFFICER),
        ("case", "accept", "99", *OFFICER),
    ],
)
def test_what_is_not_there_is_one_sentence(run: Run, town: Office, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 1


def test_nobody_acts_without_a_name_and_a_reason(run: Run, town: Office) -> None:
    assert run("record", "propose", "1", "--as", " ", "--why", "x").exit_code == 2
    assert run("record", "propose", "1", "--as", "x").exit_code == 2


def test_a_record_of_nobody_is_listed_and_settled(run: Run, town: Office, letter: Letter) -> None:
    failed = f'concluded_on = {ago(9)}\noutcome = "不合格"'
    head = 'party = "北溪无名米粉点"\n'
    number = entered(run, "sample", letter(failed, title="散装米粉", document="抽9", head=head), approved=False)
    assert f"{number}\t" in run("record", "list", "--document", "抽9").stdout
    assert run("record", "outside", number, "elsewhere", *OFFICER).exit_code == 1
    assert run("record", "outside", number, "unlicensed", *OFFICER).exit_code == 0
    assert run("record", "undo-outside", number, *OFFICER).exit_code == 0
    assert run("record", "match", number, "ZF33990100012", *OFFICER).exit_code == 0
    assert run("record", "unmatched").stdout == ""
