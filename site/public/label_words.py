"""Putting what is known of a label into the words of its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from zuofang.credit.card import CreditCard
from zuofang.rules.book import RuleBook
from zuofang.rules.label_contents import LabelField
from zuofang.rules.sentences import Sentence, say
from zuofang.site.blanks import Blank
from zuofang.site.locales import local
from zuofang.site.public.label_view import Card, Goods, LabelView, Link, Material, PrintedRow, Reason
from zuofang.traceability.codes import LabelCode
from zuofang.traceability.label import LabelFile
from zuofang.traceability.labels.contents import contents_of
from zuofang.traceability.models import Conclusion
from zuofang.traceability.verdict import (
    Answer,
    CertificateFacts,
    Evidence,
    LabelFacts,
    TestFacts,
    Verdict,
    answer,
    deciding_test,
    not_issued,
)

HEADINGS = {
    LabelField.product_name: say("食品名称"),
    LabelField.ingredients: say("配料"),
    LabelField.net_content: say("净含量"),
    LabelField.specification: say("规格"),
    LabelField.workshop_name: say("生产者"),
    LabelField.workshop_address: say("地址"),
    LabelField.contact: say("联系方式"),
    LabelField.certificate_number: say("登记证编号"),
    LabelField.made_on: say("生产日期"),
    LabelField.shelf_life: say("保质期"),
    LabelField.storage: say("贮存条件"),
    LabelField.standard: say("产品标准"),
    LabelField.allergens: say("致敏物质"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at one label: the code, what is known, how many earlier scans may be told, and the day."""

    code: LabelCode
    file: LabelFile
    card: CreditCard
    scans: int
    today: date

    @property
    def serial(self) -> int:
        """The serial of the packet, 0 for the batch code."""
        return self.code.serial or 0


def unknown_code(typed: str, today: date) -> LabelView:
    """The page of a code that we did not issue."""
    found = not_issued()
    reasons = tuple(Reason(reason.verdict, reason.sentence) for reason in found.reasons)
    shown = "".join(filter(str.isprintable, typed))[:60]
    query = urlencode({"code": shown})
    return LabelView(shown, found.verdict, today, reasons, report_href=local(f"/report/?{query}"))


def view_of(reading: Reading, rules: RuleBook) -> LabelView:
    """The page of a label that we issued."""
    file = reading.file
    found = answer(_facts(reading), reading.today, rules)
    return LabelView(
        code=reading.code.text,
        verdict=found.verdict,
        on=reading.today,
        reasons=tuple(_reasons(found, file)),
        report_href=local(f"/report/?code={reading.code.text}"),
        goods=_goods(file),
        cards=(_who(reading), _where(reading), _tested(file), _found(reading)),
        printed=tuple(_printed(file, rules)),
        materials=tuple(Material(one.name, one.supplier, one.received_on) for one in file.materials)
        or Blank.not_recorded,
        scan_note=_scan_note(reading),
        batch_href=local(f"/batches/{file.batch_id}"),
    )


def _facts(reading: Reading) -> LabelFacts:
    card, file = reading.card, reading.file
    failed = card.failed_samples(file.product)
    return file.facts(reading.serial, reading.scans, failed_samples=failed, listed_since=card.listed_since)


def _reasons(found: Answer, file: LabelFile) -> Iterator[Reason]:
    for reason in found.reasons:
        yield Reason(reason.verdict, reason.sentence, _evidence(reason.evidence, file))


def _evidence(evidence: Evidence, file: LabelFile) -> str | None:
    match evidence:
        case Evidence.label:
            return None
        case Evidence.workshop:
            return local(f"/workshops/{file.workshop_id}")
        case Evidence.credit:
            return local(f"/workshops/{file.workshop_id}/credit")
        case Evidence.batch:
            return local(f"/batches/{file.batch_id}")
        case Evidence.recall | Evidence.test:
            return local(f"/batches/{file.batch_id}") + f"#{evidence}"


def _goods(file: LabelFile) -> Goods:
    return Goods(
        product=file.product,
        specification=file.specification,
        workshop=Link(local(f"/workshops/{file.workshop_id}"), file.workshop),
        lot=file.lot,
        made_on=file.made_on,
        best_before=file.best_before or Blank.not_recorded,
    )


def _who(reading: Reading) -> Card:
    file = reading.file
    paper = _paper(file, reading.today)
    in_force = paper is not None and paper.in_force(reading.today)
    told = _paper_words(file.workshop, paper, reading.today)
    kind = "" if in_force else Verdict.take_care
    return Card("who", told, local(f"/workshops/{file.workshop_id}"), reading.today, kind)


def _paper(file: LabelFile, today: date) -> CertificateFacts | None:
    """The certificate in force, else the newest."""
    return max(file.certificates, key=lambda paper: (paper.in_force(today), paper.since), default=None)


def _paper_words(name: str, paper: CertificateFacts | None, today: date) -> Sentence:
    if paper is None:
        return say("%(workshop)s，没有登记证的记录。", workshop=name)
    known = {"workshop": name, "number": paper.number}
    if paper.revoked_on is not None and paper.revoked_on <= today:
        return say("%(workshop)s，登记证 %(number)s 已于%(day)s吊销或注销。", **known, day=paper.revoked_on)
    if paper.until is None:
        return say("%(workshop)s，登记证 %(number)s 有效，未定期限。", **known)
    if paper.until < today:
        return say("%(workshop)s，登记证 %(number)s 已于%(day)s到期。", **known, day=paper.until)
    return say("%(workshop)s，登记证 %(number)s 有效至%(day)s。", **known, day=paper.until)


def _where(reading: Reading) -> Card:
    place = reading.file.place
    if place is None:
        told = say("%(address)s，不在集中加工区内。", address=reading.file.address)
        return Card("where", told, local(f"/workshops/{reading.file.workshop_id}"), reading.today)
    known = {"zone": place.zone, "unit": place.unit}
    if place.accepted_on is None:
        told = say("%(zone)s %(unit)s 单元；加工区尚未通过验收。", **known)
    else:
        told = say("%(zone)s %(unit)s 单元；加工区%(day)s通过验收。", **known, day=place.accepted_on)
    return Card("where", told, local(f"/zones/{place.slug}"), reading.today)


def _tested(file: LabelFile) -> Card:
    href = local(f"/batches/{file.batch_id}") + "#test"
    test = deciding_test(tuple(sheet.facts for sheet in file.sheets))
    if test is None:
        return Card("tested", say("没有这一批的出厂检验记录。"), href, kind=Verdict.not_released)
    items = next(sheet.items for sheet in file.sheets if sheet.facts is test)
    kind = {Conclusion.failed: Verdict.do_not_eat, Conclusion.undecided: Verdict.not_released}.get(test.conclusion, "")
    return Card("tested", _test_words(test, items), href, test.tested_on, kind)


def _test_words(test: TestFacts, items: int | None) -> Sentence:
    known = {"day": test.tested_on, "laboratory": test.laboratory}
    match test.conclusion:
        case Conclusion.passed if items:
            return say("%(day)s经%(laboratory)s检验，%(count)s项，结论合格。", **known, count=items)
        case Conclusion.passed:
            # Not an accredited figure: only the workshop's own release record may be told (FSLR Art 43).
            return say("作坊的出厂检验记录：%(day)s由%(laboratory)s检验，结论合格。", **known)
        case Conclusion.failed:
            return say("%(day)s由%(laboratory)s检验，结论不合格。", **known)
        case Conclusion.undecided:
            return say("%(day)s由%(laboratory)s检验，尚无结论。", **known)


def _found(reading: Reading) -> Card:
    card, file = reading.card, reading.file
    told = _found_words(card)
    if titles := "、".join(honour.title for honour in card.honours):
        told = say("获得%(titles)s。%(found)s", titles=titles, found=told)
    warns = card.listed_since is not None or card.failed_samples(file.product)
    href = local(f"/workshops/{file.workshop_id}/credit")
    return Card("found", told, href, reading.today, Verdict.take_care if warns else "")


def _found_words(card: CreditCard) -> Sentence:
    if not card.findings:
        return say("没有公示中的查处记录；没有记录不等于没有问题。")
    newest = card.findings[-1].published_on
    return say("公示中的查处记录%(count)s条，最近一条%(day)s公示。", count=len(card.findings), day=newest)


def _printed(file: LabelFile, rules: RuleBook) -> Iterator[PrintedRow]:
    """What the packet must say, word for word as it was printed (LAB100 Art 24), to be compared with the packet."""
    contents = contents_of(file, rules.labels)
    for rule in contents.owed:
        value = contents.recorded.get(rule.field)
        if value or rule.mandatory:
            yield PrintedRow(HEADINGS[rule.field], value or Blank.not_recorded)


def _scan_note(reading: Reading) -> Sentence:
    if not reading.code.is_item:
        return say("整批共用这一个码，被扫过多少次说明不了真假。")
    if reading.scans == 0:
        return say("这枚标签是第一次有人查询。")
    return say(
        "这枚标签此前已被查询%(times)s次。在货架上被别人扫过，也会这样；如果包装是刚拆封的，次数又多，请留意仿冒。",
        times=reading.scans,
    )
