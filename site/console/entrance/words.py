"""What was done to one's own account."""

from __future__ import annotations

from zuofang.rules.sentences import Sentence, say

ENTRANCE_DONE: dict[str, Sentence] = {
    "sign_out": say("您已退出登录。"),
    "sessions": say("其他地方的登录都已结束。"),
    "passkey": say("通行密钥已登记。"),
    "first_passkey": say("通行密钥已登记，您已登录。请到“我的账号”做一组恢复码，设备丢了靠它登录。"),
    "passkey_removed": say("通行密钥已删除。"),
    "password": say("密码已更改，其他地方的登录都已结束。"),
}
"""What was done, said on the page that follows."""
