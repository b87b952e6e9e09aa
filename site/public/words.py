"""The words for everything that is kept as a key: kinds, states, conclusions, acts and fields."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from zuofang.credit.models import BearerRole, HonourKind, OutletKind
from zuofang.credit.queries import HonourState
from zuofang.credit.verification.answers import Standing, What
from zuofang.reporting.models import LetterKind
from zuofang.rules.food_catalogues import Effect
from zuofang.rules.sentences import Sentence, say
from zuofang.site.public.credit_words import CREDIT_WORDS
from zuofang.traceability.models import (
    BatchState,
    Conclusion,
    LabelKind,
    Method,
    OperatorKind,
    Packing,
    ReceiverKind,
    RestrictionKind,
    StandardState,
    ZoneStepKind,
)
from zuofang.traceability.queries.certificates import CertificateState
from zuofang.traceability.verdict import Verdict

WORDS: Mapping[type[StrEnum], Mapping[str, Sentence]] = {
    LetterKind: {
        LetterKind.statement: say("您提交了投诉或者举报"),
        LetterKind.addition: say("您补充了内容"),
        LetterKind.withdrawal: say("您撤回了"),
        LetterKind.claim: say("您申请了奖励"),
        LetterKind.reply: say("本局回复"),
    },
    **CREDIT_WORDS,
    Verdict: {
        Verdict.not_issued: say("查无此码"),
        Verdict.do_not_eat: say("不要食用"),
        Verdict.not_released: say("未放行"),
        Verdict.past_date: say("已过期"),
        Verdict.take_care: say("请留意"),
        Verdict.released: say("已放行"),
    },
    Effect: {
        Effect.banned: say("禁止"),
        Effect.conditional: say("有条件"),
        Effect.permitted: say("只许这些"),
    },
    OperatorKind: {
        OperatorKind.workshop: say("食品小作坊"),
        OperatorKind.stall: say("食品摊贩"),
        OperatorKind.small_catering: say("小餐饮"),
    },
    CertificateState: {
        CertificateState.in_force: say("证书有效"),
        CertificateState.revoked: say("证书已吊销或注销"),
        CertificateState.expired: say("证书已到期"),
        CertificateState.not_begun: say("证书尚未生效"),
        CertificateState.none: say("没有证书记录"),
    },
    BatchState: {
        BatchState.pending: say("等待放行"),
        BatchState.released: say("已放行"),
        BatchState.blocked: say("已封存"),
    },
    Conclusion: {
        Conclusion.passed: say("合格"),
        Conclusion.failed: say("不合格"),
        Conclusion.undecided: say("尚无结论"),
    },
    Method: {
        Method.regular: say("常规检验"),
        Method.quick: say("快速检测"),
    },
    Packing: {
        Packing.prepacked: say("预包装"),
        Packing.bulk: say("散装"),
    },
    LabelKind: {
        LabelKind.batch: say("整批一码"),
        LabelKind.item: say("一件一码"),
    },
    ReceiverKind: {
        ReceiverKind.school: say("学校"),
        ReceiverKind.canteen: say("食堂"),
        ReceiverKind.supermarket: say("超市"),
        ReceiverKind.market: say("农贸市场"),
        ReceiverKind.shop: say("商店"),
        ReceiverKind.restaurant: say("餐馆"),
        ReceiverKind.wholesaler: say("批发商"),
        ReceiverKind.other: say("其他买家"),
    },
    RestrictionKind: {
        RestrictionKind.closed: say("责令关闭"),
        RestrictionKind.suspended: say("暂停生产"),
        RestrictionKind.rectifying: say("限期整改"),
    },
    StandardState: {
        StandardState.met: say("达到"),
        StandardState.not_met: say("未达到"),
        StandardState.not_recorded: say("未记载"),
        StandardState.not_yet_read: say("待核"),
    },
    ZoneStepKind: {
        ZoneStepKind.applied: say("申报"),
        ZoneStepKind.built: say("建设完成"),
        ZoneStepKind.first_review: say("初评"),
        ZoneStepKind.accepted: say("验收"),
        ZoneStepKind.confirmed: say("复核"),
    },
    HonourKind: {
        HonourKind.fine_workshop: say("名特优作坊"),
        HonourKind.five_s: say("5S 现场管理"),
        HonourKind.model_workshop: say("示范单位"),
        HonourKind.model_zone: say("示范加工区"),
        HonourKind.heritage: say("非物质文化遗产"),
        HonourKind.brand: say("地方品牌"),
    },
    HonourState: {
        HonourState.in_force: say("有效"),
        HonourState.not_begun: say("尚未开始"),
        HonourState.ended: say("已到期"),
        HonourState.withdrawn: say("已撤销"),
    },
    BearerRole: {
        BearerRole.bearer: say("代表性传承人"),
        BearerRole.apprentice: say("学徒"),
    },
    OutletKind: {
        OutletKind.fair: say("展销会"),
        OutletKind.scenic_counter: say("景区专柜"),
        OutletKind.shop: say("门店"),
        OutletKind.online: say("网店"),
    },
    What: {
        What.label: say("标签码"),
        What.forged_label: say("不是本站签发的标签码"),
        What.certificate: say("证书编号"),
        What.credit_code: say("统一社会信用代码"),
        What.name: say("名称"),
        What.unclear: say("名称不确定"),
        What.unknown: say("查无记录"),
    },
    Standing: {
        Standing.stop: say("先不要收货"),
        Standing.care: say("请留意"),
        Standing.unclear: say("请您选定"),
        Standing.unknown: say("查无记录"),
        Standing.clear: say("未见问题记录"),
    },
}

ACTS: Mapping[str, Sentence] = {
    "batch.open": say("登记生产"),
    "batch.release": say("放行"),
    "batch.undo_release": say("撤回放行"),
    "batch.block": say("封存"),
    "batch.unblock": say("解除封存"),
    "batch.deliver": say("登记发货"),
    "batch.undo_delivery": say("撤销发货登记"),
    "test.record": say("登记检验"),
    "test.annul": say("检验单作废"),
    "recall.begin": say("开始召回"),
    "recall.announce": say("公告召回"),
    "recall.undo_announcement": say("撤销召回公告的登记"),
    "recall.extend": say("同意延长召回"),
    "recall.undo_extension": say("撤销召回的延长"),
    "recall.finish": say("召回结束"),
    "recall.undo_finish": say("撤销召回结束的登记"),
    "recall.withdraw": say("撤销召回"),
    "recall.list_receivers": say("查阅召回名单"),
    "labels.issue": say("签发标签"),
    "labels.finish": say("标签印制完成"),
    "labels.adopt": say("补登标签印制"),
    "labels.reopen": say("标签重新印制"),
    "labels.revoke": say("标签作废"),
    "labels.restore": say("恢复标签"),
    "product.add": say("登记产品"),
    "product.change": say("更改产品信息"),
    "product.strike_out": say("删除登记错的产品"),
}
"""The acts that change what the page of a batch shows."""

FIELDS: Mapping[str, Sentence] = {
    "product": say("产品"),
    "specification": say("规格"),
    "net_content": say("净含量"),
    "ingredients": say("配料"),
    "storage": say("贮存条件"),
    "standard": say("产品标准"),
    "allergens": say("致敏物质"),
    "lot": say("批号"),
    "made_on": say("生产日期"),
    "best_before": say("保质期到"),
    "state": say("状态"),
    "block_reason": say("封存原因"),
    "tests": say("出厂检验"),
    "recalls": say("召回"),
    "materials": say("原料"),
}
"""The fields that the change log of a batch keeps."""

FIELD_KINDS: Mapping[str, type[StrEnum]] = {"state": BatchState, "tests": Conclusion}
"""The fields of the change log in which keys stand."""


def word(key: StrEnum) -> Sentence:
    """The word for a member of one of the enumerations of the domain."""
    return WORDS[type(key)][key]
