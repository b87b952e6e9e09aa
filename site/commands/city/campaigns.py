"""Two campaigns (专项整治) of the city: one that runs, with places still to be sorted, and one that is over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import cycle

from zuofang.credit.acts import campaigns as acts
from zuofang.credit.acts.campaigns import Sorted
from zuofang.credit.models import Campaign, CampaignPlace, SeenAgain, Triage
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import EAST, FOOD_OFFICE, WEST, Place
from zuofang.storage.acts import Desk

WHY = "示例城市：专项整治"
NOBODYS = (
    ("渡口桥下卤味摊", "渡口街道廊桥东路桥下"), ("石栏弄口豆腐担", "石栏街道豆腐巷口"),
    ("柳堤老磨坊", "柳堤街道樟树弄底"),
)  # fmt: skip
"""Places without a certificate that the survey came across."""
REASONS: dict[Triage, tuple[str, ...]] = {
    Triage.upgrade: ("证照齐全，布局合理，列为示范培育对象", "设施新，台账清楚，愿意进集中加工区"),
    Triage.regulate: ("防蝇防鼠设施不全，愿意整改", "生熟没有分开存放，进货台账断续", "洗手消毒设施缺，地面积水"),
    Triage.phase_out: ("租用车库加工，没有上下水，不具备条件",),
}
SEEN = {
    SeenAgain.holds: "设施保持完好，台账连续。", SeenAgain.slipped: "台账又停记半个月，当场责令补记。",
    SeenAgain.shut: "设备已经搬空。", SeenAgain.resurged: "夜里又在加工，另行立案。",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """A campaign by days before today (negative: ahead), and how far it has come."""

    place: Place
    category: str | None
    about: str
    number: int
    begun: int
    steps: tuple[int, int, int]
    left: int
    """Places that are not sorted yet."""
    closed: int | None = None


RUNNING = Course(EAST, None, "食品三小", 6, 58, (-4, -45, -100), 4)
OVER = Course(WEST, "pressed-oil", "小榨油", 2, 84, (60, 30, 12), 0, 9)


def plan_campaigns(agenda: Agenda) -> None:
    """Put both on the agenda."""
    for course in (RUNNING, OVER):
        agenda.add(ago(agenda.today, course.begun), Shift.bureau, partial(_begin, agenda, course))


def _begin(agenda: Agenda, course: Course, desk: Desk) -> None:
    begun = ago(agenda.today, course.begun)
    triage_by, until, look_back_by = (ago(agenda.today, days) for days in course.steps)
    made = acts.begin(
        desk,
        Campaign(
            name=f"{course.place.name}{course.about}专项整治",
            document=f"清食安办〔{begun.year}〕{course.number}号", issuer=FOOD_OFFICE,
            district_code=course.place.code, category=course.category, since=begun, triage_by=triage_by,
            until=until, look_back_by=look_back_by,
        ),
        WHY,
    )  # fmt: skip
    acts.take_in(desk, made, acts.by_register(desk, made, course.place.name), WHY)
    if course.closed is None:
        nobodys = [
            CampaignPlace(name=name, address=f"{course.place.name}{at}", town=at.partition("街道")[0] + "街道")
            for name, at in NOBODYS
        ]
        acts.take_in(desk, made, nobodys, WHY)
    _plan_sorting(agenda, course, [one.id for one in made.places])
    if course.closed is not None:
        agenda.add(ago(agenda.today, course.closed), Shift.review, partial(_close, made.id))


def _plan_sorting(agenda: Agenda, course: Course, places: list[int]) -> None:
    """Sort the newest places first, a few a day, and visit those again that were sorted early."""
    kinds = cycle((Triage.regulate, Triage.upgrade, Triage.regulate, Triage.phase_out, Triage.regulate))
    for number, key in enumerate(reversed(places[: len(places) - course.left])):
        on = ago(agenda.today, course.begun - 2 - number % 20)
        kind = Triage.phase_out if course.closed is None and number == 0 else next(kinds)
        agenda.add(on, Shift.bureau, partial(_sort, key, kind, number))
        if course.closed is not None or number % 3 == 0:
            agenda.add(later(on, 14), Shift.bureau, partial(_look_back, key, number))
        elif number % 7 == 1:
            agenda.add(ago(agenda.today, 2), Shift.bureau, partial(_plan_visit, key, agenda, number))


def _sort(key: int, kind: Triage, number: int, desk: Desk) -> None:
    place, reasons = desk.session.get_one(CampaignPlace, key), REASONS[kind]
    put_right_by = None if kind is Triage.upgrade else later(desk.today, 10 + 5 * (number % 11))
    told = Sorted(kind, desk.today, reasons[number % len(reasons)], put_right_by)
    acts.triage(desk, place, told, WHY)


def _look_back(key: int, number: int, desk: Desk) -> None:
    place = desk.session.get_one(CampaignPlace, key)
    back = number % 8 == 3
    good, bad = SeenAgain.holds, SeenAgain.slipped
    if place.triage is Triage.phase_out:
        good, bad = SeenAgain.shut, SeenAgain.resurged
    found = bad if back else good
    acts.visited(desk, acts.plan_visit(desk, place, desk.today, WHY), desk.today, found, SEEN[found], WHY)


def _plan_visit(key: int, agenda: Agenda, number: int, desk: Desk) -> None:
    acts.plan_visit(desk, desk.session.get_one(CampaignPlace, key), later(agenda.today, number % 6), WHY)


def _close(key: int, desk: Desk) -> None:
    acts.close(desk, desk.session.get_one(Campaign, key), WHY)
