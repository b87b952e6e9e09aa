"""What was done, said on the page that follows an act."""

from __future__ import annotations

from zuofang.rules.sentences import say

DONE = {
    "sign_out": say("您已退出登录。"),
    "sessions": say("其他地方的登录都已结束。"),
    "passkey": say("通行密钥已登记。"),
    "passkey_removed": say("通行密钥已删除。"),
    "release": say("这一批已放行，可以出厂。"),
    "undo_release": say("放行已撤回，这一批重新等待决定。"),
    "block": say("这一批已封存，不能出厂。"),
    "unblock": say("封存已解除，放行要另外决定。"),
    "sheet": say("检验单已登记。"),
    "annul": say("检验单已作废，页面上仍然看得到它。"),
    "recall": say("召回已启动，这一批同时封存。"),
    "announce": say("召回公告已登记，完成期限从公告之日起算。"),
    "finish": say("召回已结束。"),
    "withdraw": say("召回已撤回；封存要另外解除。"),
    "labels": say("标签已印好，请下载。"),
    "propose": say("已提交，等另一个人审核。"),
    "undo_proposal": say("提交已撤回。"),
    "approve": say("审核通过；到期由系统公示。"),
    "undo_approval": say("审核已撤销。"),
    "send_back": say("已退回，理由写在经过里。"),
    "withdraw_record": say("已撤回公示，所有页面同时撤下内容。"),
    "undo_withdrawal": say("撤回已取消。"),
    "correct": say("已更正，原来的文字留在记录里。"),
    "case": say("申请已登记。"),
    "accept": say("已受理，办理期限从今天起算。"),
    "settle": say("决定已作出，并写入记录。"),
    "case_back": say("申请已撤销。"),
    "match": say("已认定。"),
    "password": say("密码已更改，其他地方的登录都已结束。"),
}
