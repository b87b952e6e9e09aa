"""Acts on what a zone received and how its cameras run, each with its opposite beside it."""

from __future__ import annotations

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import CameraMonth, LivePicture, Subsidy, Zone

HTTPS = "https://"


def pay_subsidy(desk: Desk, subsidy: Subsidy, why: str) -> Subsidy:
    """Enter public money that a zone received.

    Raises:
        Refused: the amount is nothing, or the day lies ahead.
    """
    check_subsidy(desk, subsidy)
    desk.session.add(subsidy)
    desk.record("subsidy.pay", subsidy, why, on=subsidy.on, amount=subsidy.amount, touches=[_zone(subsidy.zone_id)])
    return subsidy


def strike_out_subsidy(desk: Desk, subsidy: Subsidy, why: str) -> None:
    """Strike out a subsidy entered in error; the journal keeps day and amount."""
    facts = {"on": subsidy.on, "amount": subsidy.amount}
    desk.record("subsidy.strike_out", subsidy, why, **facts, touches=[_zone(subsidy.zone_id)])
    desk.session.delete(subsidy)
    desk.session.flush()


def report_cameras(desk: Desk, report: CameraMonth, why: str) -> CameraMonth:
    """Enter how long the cameras of a zone ran in a month.

    Raises:
        Refused: the month lies ahead, does not begin on its first day, or the hours cannot be.
    """
    check_cameras(desk, report)
    desk.session.add(report)
    hours = {"owed": report.owed_hours, "online": report.online_hours}
    desk.record("cameras.report", report, why, month=report.month, **hours, touches=[_zone(report.zone_id)])
    return report


def strike_out_cameras(desk: Desk, report: CameraMonth, why: str) -> None:
    """Strike out a month of cameras, to be entered anew."""
    hours = {"owed": report.owed_hours, "online": report.online_hours}
    desk.record("cameras.strike_out", report, why, month=report.month, **hours, touches=[_zone(report.zone_id)])
    desk.session.delete(report)
    desk.session.flush()


def show_live(desk: Desk, zone: Zone, address: str, why: str) -> None:
    """Say where live pictures of a zone are shown; a new address takes the place of the old one.

    Raises:
        Refused: the address does not begin with https://.
    """
    check_live(address)
    picture = desk.session.get(LivePicture, zone.id) or LivePicture(zone_id=zone.id)
    picture.address = address
    desk.session.add(picture)
    desk.record("cameras.show_live", zone, why, address=address)


def hide_live(desk: Desk, zone: Zone, why: str) -> None:
    """Take the address of the live pictures away."""
    desk.session.delete(desk.session.get_one(LivePicture, zone.id))
    desk.session.flush()
    desk.record("cameras.hide_live", zone, why)


def check_subsidy(desk: Desk, subsidy: Subsidy) -> None:
    """Refuse a subsidy of nothing, and one whose day lies ahead."""
    if subsidy.amount <= 0 or subsidy.on > desk.today:
        raise Refused(say("补贴要有大于零的金额，日期不能在今天之后。"))


def check_cameras(desk: Desk, report: CameraMonth) -> None:
    """Refuse a month that lies ahead or does not begin on its first day, and hours that cannot be."""
    if report.month.day != 1 or report.month > desk.today:
        raise Refused(say("在线时长按月填报，月份写当月 1 日，不能在今天之后。"))
    if not 0 <= report.online_hours <= report.owed_hours:
        raise Refused(say("在线时长不能超过应在线时长。"))


def check_live(address: str) -> None:
    """Refuse an address that is not protected on its way."""
    if not address.startswith(HTTPS):
        raise Refused(say("实时画面的网址要以 https:// 开头。"))


def _zone(key: int) -> tuple[str, str]:
    return "zone", str(key)
