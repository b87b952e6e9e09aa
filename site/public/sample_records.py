"""Invented records for the style guide: tests, events, disclosures, work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from zuofang.reporting.evidence.copies import Lack
from zuofang.reporting.evidence.kinds import FileKind
from zuofang.reporting.evidence.uploads import About
from zuofang.reporting.models import LetterKind
from zuofang.reporting.opening import Letter
from zuofang.rules.sentences import say
from zuofang.site.blanks import Blank
from zuofang.site.charts import Columns, Point

MOMENT = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
DIGEST = "9f2c4be1d07a36584e0b1f6c77a9d3205c8e41bb96fa0372e5d81c4470a2be19"
LONG_NAME = "大佛龙井茶香笋干菜肉酥饼（手工烘烤类糕点，热加工，散装称重，非即食）"

TESTS: tuple[tuple[Any, ...], ...] = (
    ("菌落总数", "3.1×10³；2.8×10³；<10；4.0×10³；1.2×10³ CFU/g", "n=5，c=2，m=10⁴，M=10⁵", "passed"),
    ("脱氢乙酸及其钠盐（以脱氢乙酸计）", "0.83 g/kg", "不得使用", "failed", "检出 0.83 g/kg，而标准规定不得使用。"),
    ("甜蜜素（以环己基氨基磺酸计）", "未检出", "≤ 1.6 g/kg", "passed"),
    ("过氧化值（以脂肪计）", "0.08 g/100 g", Blank.none, "measured"),
    ("铅（以 Pb 计）", "0,21", "≤ 0.5 mg/kg", "undecided", "结果“0,21”读不懂，没有猜测。"),
    ("沙门氏菌", Blank.not_recorded, "不得检出（25 g）", "undecided"),
)
EVENTS: tuple[dict[str, Any], ...] = (
    {
        "on": date(2026, 11, 9),
        "title": "责令限期整改",
        "text": "原料进货记录不全，30 日内改正。",
        "href": "/disclosures/31",
        "article": "《浙江省食品小作坊小餐饮店小食杂店和食品摊贩管理规定》第二十三条",
    },
    {"on": date(2026, 8, 2), "title": "监督抽检合格", "text": "桂花糕，12 项全部合格。"},
    {"on": date(2026, 3, 17), "title": "检查记录更正", "state": "corrected", "old": "2 处问题", "new": "1 处问题"},
    {
        "on": date(2024, 5, 20),
        "title": "行政处罚已撤下",
        "state": "withdrawn",
        "text": "公示期满三个月，于 2024年8月20日撤下，内容不再显示。",
    },
    {"on": date(2023, 6, 1), "title": "首次登记", "state": "ended"},
)
FACETS = (
    ("种类", [("行政处罚", 128, "/styleguide", False), ("抽检不合格", 96, "/styleguide", True)]),
    ("乡镇", [("青溪镇", 61, "/styleguide", False), ("云台乡", 44, "/styleguide", False)]),
    ("年份", [("2026", 140, "/styleguide", False), ("2025", 114, "/styleguide", False)]),
)
RECORDS: tuple[dict[str, Any], ...] = (
    {
        "title": "云岭县青溪镇沈小满糕点作坊使用脱氢乙酸案",
        "href": "/disclosures/31",
        "kind": "行政处罚",
        "text": "在桂花糕中超范围使用脱氢乙酸。罚款 5,000 元，没收违法所得 312 元。",
        "meta": ("云市监罚〔2026〕118 号", "2026年10月21日决定", "公示至 2027年1月27日"),
    },
    {
        "title": LONG_NAME,
        "href": "/disclosures/32",
        "kind": "抽检不合格",
        "tone": "stop",
        "text": "菌落总数 5 个样品中 3 个超过 10⁵ CFU/g。",
        "meta": ("SBJ26330922118", "2026年9月30日公布"),
    },
    {
        "title": "这条记录已撤下",
        "href": "/disclosures/7",
        "kind": "已撤下",
        "tone": "unknown",
        "state": "withdrawn",
        "text": "公示期满，于 2026年8月20日依法撤下，内容不再显示。",
    },
)
_RATES = ("97.1", "98.4", "96.0", None, "98.8", "99.2", "97.7", "98.1", "99.0", "98.6", "99.4", "99.1")
CHART = Columns(
    title=say("近 12 个月出厂检验合格率"),
    unit=say("合格率（%）"),
    points=[
        Point(
            f"{2025 + (month + 10) // 12}-{(month + 10) % 12 + 1:02}",
            str((month + 10) % 12 + 1),
            None if rate is None else Decimal(rate),
        )
        for month, rate in enumerate(_RATES)
    ],
    highest=Decimal(100),
    target=Decimal(95),
)
WORK: tuple[dict[str, Any], ...] = (
    {
        "title": "公示行政处罚：云市监罚〔2026〕118 号",
        "href": "/styleguide",
        "due": date(2026, 11, 18),
        "left": "已超过 2 个工作日",
        "kind": "公示",
        "meta": "经办：何知夏",
        "state": "late",
    },
    {
        "title": "决定是否受理投诉 7K2M",
        "href": "/styleguide",
        "due": date(2026, 11, 23),
        "left": "还有 1 个工作日",
        "kind": "投诉",
        "state": "soon",
    },
    {
        "title": "复核登记证匹配 14 条",
        "href": "/styleguide",
        "due": date(2026, 12, 4),
        "left": "还有 10 个工作日",
        "kind": "匹配",
    },
)
MATERIALS = (
    ("糯米粉", "20260902-3", date(2026, 9, 6), "云岭县禾丰粮油经营部"),
    ("桂花", Blank.not_recorded, date(2026, 9, 2), "青溪镇桂园"),
)
MONTHS = (("2026-11", 40, 34, "32 / 34"), ("2026-10", 36, 36, "不公布"), ("2026-09", 0, 0, "—"))
CHECKS: tuple[dict[str, Any], ...] = (
    {
        "name": "监控点位",
        "requirement": "每个单元监控点位不少于 4 个",
        "state": "未达到",
        "tone": "care",
        "found": "14 个单元中 2 个单元监控点位不足 4 个",
        "evidence": ("云岭市监查〔2026〕31 号", "2026年9月18日"),
    },
    {"name": "消防", "requirement": "消防系统达标并正常运转", "state": "未记载", "tone": "unknown"},
)


@dataclass(frozen=True, slots=True)
class MappedZone:
    """A zone as the map draws it."""

    name: str
    map_x: int | None
    map_y: int | None
    brand: str | None = None
    accepted_on: date | None = None


ZONES = (
    MappedZone("青溪加工区", 200, 300, "青溪糕", date(2025, 4, 2)),
    MappedZone("云台加工区", 700, 600),
    MappedZone("没有位置的加工区", None, None),
)
MARK = "M50 8 88 30v40L50 92 12 70V30ZM50 20 24 35v30l26 15 26-15V35Z"
FILES = (
    About("后院.jpg", FileKind.jpeg, 2_431_000, DIGEST),
    About("送货单.pdf", FileKind.pdf, 88_000, DIGEST, lack=Lack.locked),
)
"""Files that have arrived with a form; of the second no copy can be made."""
DESK_WORDS = {
    LetterKind.statement: say("来件"),
    LetterKind.reply: say("本局的回复"),
    Lack.locked: say("有密码，没有浏览副本；来件人可能把密码写在了经过里"),
}
LETTERS = (
    Letter(1, LetterKind.statement, date(2026, 11, 10), {"who": "青溪陈记", "facts": "后院用工业盐腌肉。"}),
    Letter(2, LetterKind.reply, date(2026, 11, 12), {"text": "请补充是哪一天。"}),
)
"""What was written in both directions."""
EVIDENCE = (
    ("1", FILES[0], True),
    ("2", About("机器声.m4a", FileKind.m4a, 640_000, DIGEST), True),
    ("3", About("账本.pdf", FileKind.pdf, 910_000, DIGEST, (1, 1, 1), 70), True),
    ("4", FILES[1], False),
)
"""Files that came with a letter: a picture, a sound, a document of which the first pages were drawn, a locked one."""
SHOWN = tuple(SimpleNamespace(file=SimpleNamespace(id=key), about=about, has_copy=has) for key, about, has in EVIDENCE)
REFUSED = SimpleNamespace(typed={"reply": "请补充购买的日期。"}, errors={"reply": "x"})
IMPORTED = SimpleNamespace(
    refused=[SimpleNamespace(row=7, column="标准值", value="≤0.3O", reason=say("不是一个数。"))],
    differences=(), to_check=(), notes=(), dry_run=True, created=12, updated=3, unchanged=240, unmatched=1, rows=256,
)  # fmt: skip
PICTURE = SimpleNamespace(
    digest="sample",
    widths=(480,),
    width=480,
    height=320,
    alt="加工区大门",
    alt_en="Gate of the zone",
    credit="青溪县局",
)
