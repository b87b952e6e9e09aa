"""The words of the register, the calendar and the quarterly table."""

from __future__ import annotations

from zuofang.credit.queries.calendar import Change
from zuofang.programmes.quarters import Column
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import PaperEventKind

BUREAU_ACTS: dict[str, Sentence] = {
    "workshop.register": say("已登记名录"),
    "workshop.strike_out": say("删除登记错的一家"),
    "workshop.lift": say("解除限制"),
    "workshop.restrict": say("责令关闭、暂停或者整改"),
    "workshop.restriction_struck_out": say("删除登记错的决定"),
    "certificate.issue": say("发给登记证"),
    "certificate.renewed": say("延续登记证"),
    "certificate.changed": say("变更登记证"),
    "certificate.revoke": say("吊销或者注销登记证"),
    "certificate.reinstate": say("恢复登记证"),
    "certificate.undo": say("撤销对登记证的变更"),
}
"""Acts of the journal that are done at this desk."""

PAPER_EVENTS: dict[PaperEventKind, Sentence] = {
    PaperEventKind.changed: say("变更登记证"),
    PaperEventKind.renewed: say("延续登记证"),
    PaperEventKind.revoked: say("吊销或者撤销登记证"),
    PaperEventKind.cancelled: say("注销登记证"),
    PaperEventKind.reinstated: say("恢复登记证"),
}


BUREAU_DONE: dict[str, Sentence] = {
    "registered": say("已登记，并发给登记证。"),
    "struck_out": say("登记已删除，日志里留着它原来的样子。"),
    "renewed": say("已延续。"),
    "changed": say("已变更。"),
    "revoked": say("登记证已收回，从这一天起不能生产。"),
    "reinstated": say("登记证已恢复。"),
    "paper_undone": say("最近一次变更或者延续已撤销。"),
    "product_added": say("产品已登记，作坊可以登记批次了。"),
    "product_changed": say("已更改，原来的内容留在日志里。"),
    "ordered": say("决定已登记，从它开始的那一天起标签上会说明。"),
    "lifted": say("决定已解除。"),
    "accredited": say("证书已登记，范围内的数值从有效期起可以公布。"),
    "accreditation_revoked": say("失效已登记，此后的检验数值不再公布。"),
    "accreditation_restored": say("失效已撤销，证书恢复有效。"),
}
"""What was done, said on the page that follows."""
CHANGES: dict[Change, Sentence] = {
    Change.publish: say("将要公示"),
    Change.take_down: say("停止公示"),
    Change.honour: say("荣誉"),
    Change.repair: say("可以修复"),
}


COLUMNS: dict[Column, Sentence] = {
    Column.registered: say("期末登记主体（家）"),
    Column.certified: say("期末持有效登记证（家）"),
    Column.inspections: say("监督检查（次）"),
    Column.inspected: say("被检查主体（家）"),
    Column.samples: say("监督抽检（批次）"),
    Column.failed: say("抽检不合格（批次）"),
    Column.orders: say("责令改正（件）"),
    Column.accepted: say("其中复查合格（件）"),
    Column.interviews: say("约谈（家次）"),
    Column.penalties: say("行政处罚（件）"),
    Column.money: say("罚款和没收（元）"),
    Column.closures: say("取缔无证场所（处）"),
    Column.visits: say("回头看（次）"),
    Column.upgraded: say("整治分类：提升（家）"),
    Column.regulated: say("整治分类：规范（家）"),
    Column.phased_out: say("整治分类：淘汰（家）"),
}


def column_word(column: Column) -> Sentence:
    """The head of a column of the quarterly table."""
    return COLUMNS[column]


def change_word(change: Change) -> Sentence:
    """What happens on a day of the publication calendar."""
    return CHANGES[change]


def paper_word(kind: PaperEventKind) -> Sentence:
    """What happened to a certificate."""
    return PAPER_EVENTS[kind]
