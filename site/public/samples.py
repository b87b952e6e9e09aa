"""Invented labels for the style guide: one for each verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from zuofang.rules.sentences import Sentence, say
from zuofang.site.blanks import Blank
from zuofang.site.public.label_view import Card, Goods, LabelView, Link, Material, PrintedRow, Reason

TODAY = date(2026, 11, 20)
MADE, TESTED, RELEASED = date(2026, 9, 10), date(2026, 9, 12), date(2026, 9, 13)
WORKSHOP = Link("/workshops/118", "青溪镇沈小满糕点作坊")
CODE = "3F7KQ2M9XT4B"
ADDRESS = "云岭县青溪镇下塘村加工区 6 号"

GOODS = Goods(
    product="桂花糕",
    specification="蒸煮类糕点 · 250 g",
    workshop=WORKSHOP,
    lot="260910-2",
    made_on=MADE,
    best_before=date(2026, 12, 8),
)
CARDS = (
    Card(
        "who",
        say("%(workshop)s，登记证有效至%(until)s。", workshop=WORKSHOP.text, until=date(2028, 5, 31)),
        WORKSHOP.href,
        date(2026, 11, 18),
    ),
    Card(
        "where",
        say("青溪镇食品加工小作坊集中区，%(day)s通过验收。", day=date(2025, 4, 2)),
        "/zones/qingxi",
        date(2026, 11, 1),
    ),
    Card("tested", say("%(day)s出厂检验，%(count)s项全部合格。", day=TESTED, count=6), "/batches/2041#test", RELEASED),
    Card("found", say("近两年没有公示中的处罚和不合格抽检。"), f"{WORKSHOP.href}/credit", date(2026, 11, 19)),
)
PRINTED = (
    PrintedRow(say("食品名称"), "桂花糕"),
    PrintedRow(say("净含量"), "250 g"),
    PrintedRow(say("配料"), "糯米粉、粳米粉、白砂糖、桂花（3%）、饮用水"),
    PrintedRow(say("生产日期"), MADE),
    PrintedRow(say("保质期"), say("%(count)s天", count=89)),
    PrintedRow(say("贮存条件"), "阴凉干燥处，开封后冷藏"),
    PrintedRow(say("生产者"), WORKSHOP.text),
    PrintedRow(say("地址"), ADDRESS),
    PrintedRow(say("联系电话"), Blank.not_recorded),
    PrintedRow(say("登记证编号"), "云食作登字 3309220118"),
    PrintedRow(say("产品标准"), Blank.not_read),
    PrintedRow(say("食品添加剂"), Blank.none),
)
MATERIALS = (
    Material("糯米粉", "云岭县禾丰粮油经营部", date(2026, 9, 6)),
    Material("白砂糖", "青溪镇惠民副食店", date(2026, 9, 6)),
    Material("桂花", Blank.not_recorded, date(2026, 9, 2)),
)
PLAIN = LabelView(
    code=CODE,
    verdict="released",
    on=TODAY,
    reasons=(
        Reason(
            "released",
            say("出厂检验%(tested)s合格，%(released)s放行。", tested=TESTED, released=RELEASED),
            "/batches/2041#test",
        ),
    ),
    report_href=f"/report/?code={CODE}",
    goods=GOODS,
    cards=CARDS,
    printed=PRINTED,
    materials=MATERIALS,
    scan_note=say("这个码第一次有人查询。"),
    batch_href="/batches/2041",
)


def _with(verdict: str, *reasons: Reason, **changes: Any) -> LabelView:
    """The plain label under another verdict."""
    return replace(PLAIN, verdict=verdict, reasons=reasons, **changes)


def _cards(question: str, kind: str, answer: Sentence) -> tuple[Card, ...]:
    """The four cards, one of them with a warning."""
    return tuple(replace(card, answer=answer, kind=kind) if card.question == question else card for card in CARDS)


RECALL = Reason(
    "do_not_eat",
    say(
        "这一批因%(reason)s被召回（%(level)s级），%(day)s起不得再食用或销售。",
        reason="检出甜蜜素",
        level=1,
        day=date(2026, 11, 16),
    ),
    "/batches/2041#recall",
)
ORDER = Reason(
    "take_care",
    say("作坊自%(day)s起正在限期整改：%(ground)s。", day=date(2026, 11, 9), ground="原料进货记录不全"),
    f"{WORKSHOP.href}#notices",
)
SCANNED = Reason(
    "take_care",
    say("这个码被扫了%(scans)s次，远多于贴有它的标签（%(labels)s枚）。", scans=412, labels=1),
)

LABELS: dict[str, LabelView] = {
    "not_issued": LabelView(
        code="3F7K-Q2M9-XT48",
        verdict="not_issued",
        on=TODAY,
        reasons=(Reason("not_issued", say("这个码不是本站签发的。包装上的码可能是仿冒的，也可能是输错了。")),),
        report_href="/report/",
    ),
    "do_not_eat": _with(
        "do_not_eat",
        RECALL,
        cards=_cards("tested", "do_not_eat", say("%(day)s出厂检验合格，之后在抽检中发现问题。", day=TESTED)),
    ),
    "not_released": replace(
        PLAIN,
        verdict="not_released",
        reasons=(Reason("not_released", say("没有这一批的出厂检验记录。"), "/batches/2041#test"),),
        cards=_cards("tested", "not_released", say("没有这一批的出厂检验记录。")),
        materials=Blank.not_read,
    ),
    "past_date": _with(
        "past_date",
        Reason("past_date", say("保质期到%(day)s为止，已经过期。", day=date(2026, 11, 3))),
        goods=replace(GOODS, best_before=date(2026, 11, 3)),
    ),
    "take_care": _with(
        "take_care",
        ORDER,
        SCANNED,
        cards=_cards("found", "take_care", say("正在限期整改，%(day)s前复查。", day=date(2026, 12, 9))),
        scan_note=say("这个码今天被查询了%(scans)s次。如果您在货架上看到它，可能只是许多人扫过同一包。", scans=37),
    ),
    "released": PLAIN,
}
