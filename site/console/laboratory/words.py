"""What was done at a laboratory."""

from __future__ import annotations

from zuofang.rules.sentences import Sentence, say

LABORATORY_DONE: dict[str, Sentence] = {
    "release": say("这一批已放行，可以出厂。"),
    "undo_release": say("放行已撤回，这一批重新等待决定。"),
    "block": say("这一批已封存，不能出厂。"),
    "unblock": say("封存已解除，放行要另外决定。"),
    "sheet": say("检验单已登记。"),
    "annul": say("检验单已作废，页面上仍然看得到它。"),
    "recall": say("召回已启动，这一批同时封存。"),
    "undelivered": say("发货的登记已删除，日志里留着单号。"),
    "announce": say("召回公告已登记，完成期限从公告之日起算。"),
    "undo_announcement": say("公告的登记已撤销，召回重新等待公告。"),
    "extend_recall": say("完成期限已延长，新的最后一日和理由向公众公布。"),
    "undo_recall_extension": say("延长已撤销，仍按规定的期限完成。"),
    "finish": say("召回已结束。"),
    "undo_finish": say("结束的登记已撤销，召回继续进行。"),
    "withdraw": say("召回已撤回；封存要另外解除。"),
    "labels": say("标签已印好，请下载。"),
}
"""What was done, said on the page that follows."""
