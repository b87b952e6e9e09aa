"""The words of the desk of officers: days that become known, how records hang together, what was done."""

from __future__ import annotations

from zuofang.credit.models import LinkKind, RecordKind
from zuofang.credit.queries.calendar import Change
from zuofang.programmes.quarters import Column
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import PaperEventKind

DAYS: dict[str, Sentence] = {
    "accepted_on": say("复查合格"),
    "completed_on": say("召回完成"),
    "consent_on": say("上一级机关同意列入"),
    "convicted_on": say("判决生效"),
    "disposal_began_on": say("核查处置开始"),
    "disposal_ended_on": say("核查处置完成"),
    "done_on": say("作坊报告改正完成"),
    "kept_on": say("核实承诺已经兑现"),
    "lifted_on": say("措施解除"),
    "performed_on": say("履行完毕"),
    "pushed_on": say("推送至登记地"),
    "rectified_on": say("改正完成，危害消除"),
    "repair_told_on": say("信用修复告知书送达（两书同达）"),
    "returned_on": say("退回本局"),
    "served_on": say("结论送达当事人"),
}
BUREAU_ACTS: dict[str, Sentence] = {
    "record.set_outside": say("认定不属于登记的作坊"),
    "record.undo_outside": say("撤销认定"),
    "record.remove": say("删除登记错的记录"),
    "record.learn": say("记下日期"),
    "record.unlearn": say("撤销日期"),
    "record.link": say("与前面的记录关联"),
    "record.unlink": say("解除关联"),
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
    "look_back.plan": say("安排回头看"),
    "look_back.call_off": say("取消回头看"),
    "look_back.visit": say("回头看"),
    "look_back.undo_visit": say("撤销回头看的记录"),
}
"""Acts of the journal that are done at this desk."""
POLICE_ACCEPTED = say("公安机关立案")
TIES: dict[LinkKind, tuple[Sentence, Sentence]] = {
    LinkKind.led_to: (say("由它引起"), say("引起了它")),
    LinkKind.rechecked: (say("复查的是它"), say("它是复查")),
    LinkKind.resampled: (say("跟踪抽检的是它"), say("它是跟踪抽检")),
}
"""What is said of the other record: where it came earlier, and where it follows."""

PAPER_EVENTS: dict[PaperEventKind, Sentence] = {
    PaperEventKind.changed: say("变更登记证"),
    PaperEventKind.renewed: say("延续登记证"),
    PaperEventKind.revoked: say("吊销或者撤销登记证"),
    PaperEventKind.cancelled: say("注销登记证"),
    PaperEventKind.reinstated: say("恢复登记证"),
}
FOR_AN_OPERATOR: tuple[tuple[str, Sentence], ...] = (
    ("inspection", say("登记检查")),
    ("sample", say("登记抽检")),
    ("penalty", say("登记处罚")),
    ("rectification", say("登记责令改正")),
    ("interview", say("登记个别约谈")),
)
"""The papers that are opened from the page of an operator, with its number filled in."""
PAPERS: tuple[tuple[str, Sentence], ...] = (
    ("sample", say("登记抽检")),
    ("penalty", say("登记处罚")),
    ("rectification", say("登记责令改正")),
    ("interview", say("登记个别约谈")),
    ("meeting", say("登记行业约谈")),
    ("closure", say("登记取缔")),
)
"""The papers that can be entered by hand, beside the record of an inspection."""
FOLLOW_UPS: tuple[tuple[str, Sentence, frozenset[RecordKind]], ...] = (
    ("rectification", say("据此责令改正"), frozenset({RecordKind.inspection, RecordKind.sample})),
    ("penalty", say("据此处罚"), frozenset({RecordKind.inspection, RecordKind.sample})),
    ("interview", say("据此约谈"), frozenset({RecordKind.inspection, RecordKind.sample, RecordKind.penalty})),
    ("sample", say("登记跟踪抽检"), frozenset({RecordKind.sample, RecordKind.rectification})),
    ("inspection", say("登记复查"), frozenset({RecordKind.rectification, RecordKind.inspection})),
)
"""The papers that usually follow a record: their form, and after which kinds of record it is offered."""


def day_word(fact: str, kind: RecordKind | None = None) -> Sentence:
    """What a day that becomes known is called."""
    if kind is RecordKind.referral and fact == "accepted_on":
        return POLICE_ACCEPTED
    return DAYS[fact]


def tie_word(kind: LinkKind, follows: bool) -> Sentence:
    """How another record hangs together with this one."""
    return TIES[kind][follows]


CHANGES: dict[Change, Sentence] = {
    Change.publish: say("公示"),
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


def follow_ups(kind: RecordKind) -> list[tuple[str, Sentence]]:
    """The papers that usually follow a record of a kind."""
    return [(form, text) for form, text, after in FOLLOW_UPS if kind in after]
