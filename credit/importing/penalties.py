"""Administrative penalties (行政处罚) in the fields of the national data standard, with tier and procedure beside them.

A term of publication is never taken from a table: it is computed from the decision. Names of legal representatives and
numbers of their papers are passed over.
"""

from __future__ import annotations

from zuofang.credit.importing.entering import Draft, enter
from zuofang.credit.importing.money import from_ten_thousands, in_yuan
from zuofang.credit.importing.party_columns import PARTY, party_of
from zuofang.credit.importing.penalty_kinds import read_kinds
from zuofang.credit.importing.printed import LONGEST_LETTER, check, passed_over, printed, shown, told
from zuofang.credit.models import RecordKind
from zuofang.credit.records import Field, Kind, Party, Penalty, Procedure, Province, Tier
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind as TableKind
from zuofang.traceability.importing.work import Work, not_ahead, standing

TIERS = {word: tier for tier in Tier for word in (tier.value, f"{tier.value}处罚")}
PROCEDURES = {"普通程序": Procedure.ordinary, "一般程序": Procedure.ordinary, "简易程序": Procedure.summary}
TRADER, PERSON = "经营主体", "责任人员"
PARTIES = {TRADER: Party.trader, "经营者": Party.trader, PERSON: Party.person}
CATEGORIES = {
    "自然人": True, "法人及非法人组织": False, "法人": False, "个体工商户": False, "非法人组织": False,
    "其他组织": False,
}  # fmt: skip
FIELDS = {"食品安全": Field.food, "食品": Field.food, "其他领域": Field.general, "其他": Field.general}
SUMS = ("fine", "confiscated")
CONFISCATED = {Kind.gains_confiscated, Kind.goods_confiscated}
TOLD = (
    "breach", "facts", "basis", "kinds", "penalty", "fine", "confiscated", "papers", "tier", "procedure", "note",
)  # fmt: skip

COLUMNS = (
    *PARTY,
    may(
        "category", "行政相对人类别", "当事人类别",
        about="自然人 or an organisation.", clean=cells.choice(CATEGORIES),
    ),
    passed_over("registry_code", "行政相对人代码_2", "工商注册号", about="Another code of the standard; not kept."),
    passed_over("organisation_code", "行政相对人代码_3", "组织机构代码", about="Another code; not kept."),
    passed_over("tax_code", "行政相对人代码_4", "税务登记号", about="Another code; not kept."),
    passed_over("institution_code", "行政相对人代码_5", "事业单位证书号", about="Another code; not kept."),
    passed_over("society_code", "行政相对人代码_6", "社会组织登记证号", about="Another code; not kept."),
    passed_over("head", "法定代表人", "法定代表人姓名", "负责人", about="A person's name; not kept."),
    passed_over("head_paper_kind", "法定代表人证件类型", about="Not kept."),
    passed_over("head_paper", "法定代表人证件号码", about="Paper of a person; never kept."),
    passed_over("paper_kind", "证件类型", about="Not kept."),
    passed_over("paper", "证件号码", "身份证号", about="Paper of a person; never kept."),
    must(
        "document", "行政处罚决定书文号", "处罚决定书文号", "决定书文号", "文号",
        about="Number of the decision; names the penalty for ever.", clean=cells.number(),
    ),
    must("breach", "违法行为类型", "案由", about="Kind of the breach; becomes the title.", clean=cells.words(200)),
    printed("facts", "违法事实", "主要违法事实", about="What was found; masked.", limit=LONGEST_LETTER),
    printed("basis", "处罚依据", "行政处罚依据", about="Legal basis.", limit=LONGEST_LETTER),
    must(
        "kinds", "处罚类别", "处罚种类", "行政处罚种类",
        about="Kinds by APL Art 9, several separated by 、 or ；.", clean=read_kinds,
    ),
    printed("penalty", "处罚内容", "行政处罚内容", about="The penalty in words; masked.", limit=LONGEST_LETTER),
    may(
        "fine", "罚款金额", "罚款金额(万元)",
        about="Fine in 万元, as the standard has it; kept in yuan exactly.", clean=from_ten_thousands,
    ),
    may("fine_in_yuan", "罚款金额(元)", about="Fine in yuan.", clean=in_yuan),
    may(
        "confiscated", "没收违法所得、没收非法财物的金额", "没收违法所得、没收非法财物的金额(万元)", "没收金额(万元)",
        about="Gains and goods confiscated, in 万元; kept in yuan exactly.", clean=from_ten_thousands,
    ),
    may(
        "confiscated_in_yuan", "没收违法所得、没收非法财物的金额(元)", "没收金额(元)",
        about="The same in yuan.", clean=in_yuan,
    ),
    printed(
        "papers", "暂扣或吊销证照名称及编号", "暂扣或吊销证照名称",
        about="Paper that was suspended or revoked.", limit=1_000,
    ),
    must("decided_on", "处罚决定日期", "决定日期", about="Day of the decision.", clean=cells.day),
    passed_over("valid_until", "处罚有效期", about="Not kept; terms are computed."),
    passed_over("public_until", "公示截止期", "公示截止日期", about="Not kept; terms are computed."),
    must(
        "authority", "处罚机关", "作出决定的行政机关", "行政处罚机关",
        about="Authority that decided.", clean=cells.words(200),
    ),
    may("authority_code", "处罚机关统一社会信用代码", about="Its credit code.", clean=cells.credit_code),
    passed_over("data_source", "数据来源单位", about="Who delivered the data; not kept."),
    passed_over("data_source_code", "数据来源单位统一社会信用代码", about="Its credit code; not kept."),
    may("tier", "裁量幅度", "裁量档次", "裁量等级", about="减轻, 从轻, 一般 or 从重.", clean=cells.choice(TIERS)),
    may("procedure", "适用程序", "办案程序", about="普通程序 (default) or 简易程序.", clean=cells.choice(PROCEDURES)),
    may(
        "party", "处罚对象",
        about="经营主体, or 责任人员 where a person answers for the trader's breach.", clean=cells.choice(PARTIES),
    ),
    may(
        "field", "处罚领域",
        about="食品安全 or 其他领域; else by whether breach, facts or basis speak of food.", clean=cells.choice(FIELDS),
    ),
    may(
        "restricted_until", "限制期满日", "停产停业至",
        about="Last day of a restriction such as 责令停产停业.", clean=cells.day,
    ),
    may("performed_on", "履行日期", "履行完毕日期", about="Day on which the decision was performed.", clean=cells.day),
    may("rectified_on", "改正日期", "整改完成日期", about="Day on which the breach was put right.", clean=cells.day),
    may(
        "repair_told_on", "信用修复告知日期", "修复告知书送达日期",
        about="Day on which the letter on credit repair was handed over with the decision (两书同达).", clean=cells.day,
    ),
    printed("note", "备注", about="Remarks.", limit=1_000),
)  # fmt: skip


def take(work: Work, rows: list[Row]) -> None:
    """Enter the penalties that the rows tell of."""
    for row in rows:
        not_ahead(work, row, "decided_on", "performed_on", "rectified_on", "repair_told_on")
        for key in SUMS:
            _sum(row, key)
        _check_fine(work, row)
    enter(work, [_draft(work, row) for row in standing(rows)])


def _sum(row: Row, key: str) -> None:
    """One sum in yuan, whichever unit its column has; a zero is no sum."""
    sum_ = row.cells.get(key) or row.cells.get(f"{key}_in_yuan")
    row.cells.pop(key, None)
    if sum_:
        row.cells[key] = sum_


def _check_fine(work: Work, row: Row) -> None:
    kinds, fine = row.cells["kinds"], row.cells.get("fine")
    if Kind.fine in kinds and not fine:
        work.refuse(row, "fine", say("处罚类别有罚款，要写明罚款金额。"))
    elif fine and Kind.fine not in kinds:
        work.refuse(row, "kinds", say("有罚款金额，处罚类别却没有罚款。"))
    elif row.cells.get("confiscated") and not CONFISCATED & kinds:
        check(work, row, "confiscated", say("有没收金额，处罚类别却没有没收。"))


def _draft(work: Work, row: Row) -> Draft:
    document = shown(work, row, "document")
    return Draft(
        rows=[row],
        kind=RecordKind.penalty,
        identity=(document, row.cells["name"]),
        value=_value(work, row),
        parties=(party_of(work, row),),
        title=shown(work, row, "breach"),
        content=told(work, row, TOLD),
        heading="name",
        document=document,
        authority=shown(work, row, "authority"),
    )


def _value(work: Work, row: Row) -> Penalty:
    said = row.cells
    return Penalty(
        decided_on=said["decided_on"],
        kinds=said["kinds"],
        fine=said.get("fine"),
        confiscated=said.get("confiscated"),
        tier=said.get("tier"),
        party=_party(work, row),
        field=_field(work, row),
        procedure=said.get("procedure") or Procedure.ordinary,
        province=_province(row),
        restricted_until=said.get("restricted_until"),
        performed_on=said.get("performed_on"),
        rectified_on=said.get("rectified_on"),
        repair_told_on=said.get("repair_told_on"),
    )


def _party(work: Work, row: Row) -> Party:
    """Who was penalised. A person without a word about it counts as the trader, whose small fines end sooner."""
    stated: Party | None = row.cells.get("party")
    if stated is None and row.cells.get("category"):
        check(work, row, "category", say("行政相对人是自然人，按经营主体处理；是责任人员的，请写明处罚对象。"))
    return stated or Party.trader


def _field(work: Work, row: Row) -> Field:
    stated: Field | None = row.cells.get("field")
    if stated is not None:
        return stated
    if any("食品" in (row.cells.get(key) or "") for key in ("breach", "facts", "basis")):
        return Field.food
    check(work, row, "breach", say("没有写处罚领域，也没有提到食品，按其他领域计算公示期。"))
    return Field.general


def _province(row: Row) -> Province:
    """Whether the party is registered in another province, where both credit codes say so."""
    party, authority = row.cells.get("credit_code"), row.cells.get("authority_code")
    return Province.other if party and authority and party[2:4] != authority[2:4] else Province.same


KIND = TableKind("penalties", "行政处罚", COLUMNS, take)
