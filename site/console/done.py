"""What was done, said on the page that follows an act."""

from __future__ import annotations

from zuofang.rules.sentences import say

DONE = {
    "sign_out": say("您已退出登录。"),
    "sessions": say("其他地方的登录都已结束。"),
    "passkey": say("通行密钥已登记。"),
    "passkey_removed": say("通行密钥已删除。"),
    "password": say("密码已更改，其他地方的登录都已结束。"),
}
