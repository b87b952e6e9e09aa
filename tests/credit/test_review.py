"""What a second officer must look at is pointed out, on the record and on the work list."""

from datetime import date

from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import records
from zuofang.credit.duties import DutyKind
from zuofang.credit.models import CreditRecord, RecordKind, SampleItem
from zuofang.credit.personal_data import Personal
from zuofang.credit.queries.duties import Span, duties
from zuofang.credit.records import Kind, Penalty
from zuofang.credit.review import sightings
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office

TODAY = date(2026, 11, 20)
LETTER = "证人李小明称，其家住江阴市某镇某村12号，酱油已经过期。"


def record(content: str, party: str = "北溪陈记卤味作坊") -> CreditRecord:
    return CreditRecord(
        kind=RecordKind.penalty, party=party, made_on=TODAY, title="使用过期酱油", content=content, items=[]
    )


def test_names_and_homes_in_a_letter_are_pointed_out_with_their_place() -> None:
    found = [(one.text, one.words, one.kind) for one in sightings(record(LETTER))]
    assert found == [
        ("content", "李小明", Personal.name),
        ("content", "江阴市某镇某村12号", Personal.address),
    ]


def test_the_items_of_a_sample_are_looked_at_too_and_the_partys_own_name_may_stand() -> None:
    sampled = record("送检人员孙小刚。", party="王芳")
    sampled.items = [SampleItem(position=1, item="员工王芳、", result="证人赵丽在场", limit="/", judgement="fails")]
    assert [(one.text, one.words) for one in sightings(sampled)] == [("item", "赵丽")]


def test_the_work_list_says_how_many_places_wait_until_somebody_approved(office: Office) -> None:
    def duty() -> str:
        with Session(office.database.read) as session:
            (one,) = (
                one
                for one in duties(session, Span(TODAY, date(2027, 1, 31)), read_rules())
                if one.kind is DutyKind.publish
            )
        return f"{one.actor}: {one.duty}"

    with office.writing("officer") as desk:
        made = record(LETTER)
        made.workshop_id = scene.build(desk).workshop.id
        records.enter(desk, made, Penalty(decided_on=TODAY, kinds=frozenset({Kind.goods_confiscated})), WHY)
        records.propose(desk, made, WHY)
    assert duty() == "reviewer: 核对文字中2处以后公示这条记录"
    with office.writing("reviewer") as desk:
        records.approve(desk, desk.session.get_one(CreditRecord, made.id), WHY)
    assert duty() == "clock: 公示这条记录"
