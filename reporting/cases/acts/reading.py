"""Breaking a seal at a desk: whoever reads stands in the journal, with the reason."""

from __future__ import annotations

import json

from zuofang.reporting.cases.acts.steps import refuse
from zuofang.reporting.cases.models import ReportAsk
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Report, Role
from zuofang.reporting.opening import open_case, open_person, open_secret
from zuofang.reporting.sealing import OpeningKey, WillNotOpen
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused

SHUT = say("您的钥匙打不开这一件：它不是封给您这一角色的，或者已经依规定销毁。")


def read_report(desk: Desk, report: Report, keys: RoleKeys, why: str) -> OpeningKey:
    """Open what was reported; the journal notes that it was read, and that is all that lasts.

    Raises:
        Refused: these keys do not open it.
    """
    try:
        key = open_case(desk.session, report, keys)
    except WillNotOpen:
        raise Refused(SHUT) from None
    desk.record("report.read", report, why)
    return key


def take_original(desk: Desk, report: Report, file: int, why: str) -> None:
    """Note that the original of a piece of evidence leaves the desk, and why."""
    refuse(not why.strip(), say("请写明为什么要原件。"))
    desk.record("report.take_original", report, why, file=file)


def read_account(desk: Desk, report: Report, keys: RoleKeys, why: str) -> dict[str, str]:
    """Open the account to which a reward is to be paid, for finance.

    Raises:
        Refused: none was given, it was destroyed, or these are not the keys of finance.
    """
    refuse(keys.role is not Role.payout, SHUT)
    try:
        account = dict(json.loads(open_secret(desk.session, report, keys)))
    except WillNotOpen:
        raise Refused(say("没有收款账户：还没有凭回执填写，或者已经依规定销毁。")) from None
    desk.record("report.read_account", report, why)
    return account


def read_person(desk: Desk, ask: ReportAsk, report: Report, keys: RoleKeys, why: str) -> dict[str, str]:
    """Open who sent a letter, for the custodian who was asked to.

    Raises:
        Refused: it was answered already, no reason is given, or there is nobody to be opened.
    """
    refuse(ask.granted is not None, say("这项请求已经答复。"))
    refuse(not why.strip(), say("请写明为什么要打开。"))
    try:
        person = open_person(desk.session, report, keys)
    except WillNotOpen:
        raise Refused(say("没有可以打开的身份：来件是匿名的，或者身份已经依规定销毁。")) from None
    desk.record("report.read_person", report, why, ask=ask.id)
    return person
