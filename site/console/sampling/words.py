"""The words of sampling sheets (抽样单) at the desk."""

from __future__ import annotations

from zuofang.rules.sentences import Sentence, say

SAMPLING_ACTS: dict[str, Sentence] = {
    "sampling.take": say("已登记抽样单"),
    "sampling.strike_out": say("删除抽样单"),
    "sampling.deliver": say("记下样品送达检验机构"),
    "sampling.undo_delivery": say("撤销样品送达的日期"),
    "sampling.conclude": say("已登记抽样单的结果"),
    "sampling.open_again": say("抽样单的结果已删除，重新等结果"),
}
SAMPLING_DONE: dict[str, Sentence] = {
    "sampled": say("抽样单已登记，期限从抽样之日起算。"),
    "sheet_struck": say("抽样单已删除，日志里留着它原来的样子和理由。"),
    "delivered": say("样品送达的日期已记下；没有另外约定的，出报告的期限从那天起算。"),
    "undelivered": say("样品送达的日期已撤销。"),
}
