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
    "password": say("密码已更改，其他地方的登录都已结束。"),
}
