"""Personal data in Chinese letters: what is masked, what is marked, and what must be left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.credit.cases import rules

from zuofang.credit.personal_data import DETECTORS, Personal
from zuofang.credit.redaction import leaks, mask
from zuofang.rules.identifiers import identity_check

ID = "320281199003071234"[:17] + identity_check("32028119900307123")


def hidden(text: str) -> str:
    return mask(text)[0]


MASKED = [
    (Personal.identity, f"当事人身份证号码：{ID}，", ID),
    (Personal.identity, f"身份证{ID[:6]} {ID[6:14]} {ID[14:]}。", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
    (Personal.identity, "证件号３２０２８１１９９００３０７１２３４。", "３２０２８１１９９００３０７１２３４"),
    (Personal.identity, f"号码{ID[:6]}\u200b{ID[6:]}", f"{ID[:6]}\u200b{ID[6:]}"),
    (Personal.identity, "（3202811990****1234）", "3202811990****1234"),
    (Personal.identity, "身份证号：320281900307123。", "320281900307123"),
    (Personal.identity, f"身份证号码 {' '.join(ID)}", " ".join(ID)),
    (Personal.identity, f"身份证号：\n{ID[:10]}\n{ID[10:]}，", f"{ID[:10]}\n{ID[10:]}"),
    (Personal.identity, "身份证号：3202811990030712ＸＸ", "3202811990030712ＸＸ"),
    (Personal.identity, "身份证号：3202****1234", "3202****1234"),
    (Personal.identity, "身份证号码三二零二八一一九九零零三零七一二三四", "三二零二八一一九九零零三零七一二三四"),
    (Personal.passport, "护照号码为E12345678。", "E12345678"),
    (Personal.passport, "护照（中国）ＥＡ１２３４５６７", "ＥＡ１２３４５６７"),
    (Personal.passport, "港澳居民来往内地通行证H12345678", "H12345678"),
    (Personal.passport, "外国人永久居留身份证：USA123456789012", "USA123456789012"),
    (Personal.phone, "电话：138 0013 8000", "138 0013 8000"),
    (Personal.phone, "电话：138-001-38000", "138-001-38000"),
    (Personal.phone, "手机1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0"),
    (Personal.phone, "手机138.0013.8000", "138.0013.8000"),
    (Personal.phone, "手机：138_0013_8000", "138_0013_8000"),
    (Personal.phone, "手机𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎"),
    (Personal.phone, "手机号：壹叁捌零零壹叁捌零零零", "壹叁捌零零壹叁捌零零零"),
    (Personal.phone, "电话：0510 8601 2345", "0510 8601 2345"),
    (Personal.phone, "电话：021-6601-2345", "021-6601-2345"),
    (Personal.phone, "联系电话：8601 2345", "8601 2345"),
    (Personal.phone, "座机号码：6123456。", "6123456"),
    (Personal.phone, "传真０５１０－８６０１２３４５", "０５１０－８６０１２３４５"),
    (Personal.phone, "联系电话13800138000。", "13800138000"),
    (Personal.phone, "其中之一13800138000", "13800138000"),
    (Personal.phone, "电话tel13800138000", "13800138000"),
    (Personal.phone, "手机+86 138-0013-8000", "138-0013-8000"),
    (Personal.phone, "手机8613800138000", "13800138000"),
    (Personal.phone, "手机１３８００１３８０００", "１３８００１３８０００"),
    (Personal.phone, "手机一三八零零一三八零零零", "一三八零零一三八零零零"),
    (Personal.phone, "座机0510-86012345", "0510-86012345"),
    (Personal.phone, "座机（0510）86012345转", "（0510）86012345"),
    (Personal.bank, "卡号6222 0212 3456 7894", "6222 0212 3456 7894"),
    (Personal.bank, "付款至6222021234567894内", "6222021234567894"),
    (Personal.bank, "账号（中国某银行）：10601234567890123", "10601234567890123"),
    (Personal.plate, "驾驶苏B·12345送货", "苏B·12345"),
    (Personal.plate, "浙BD12345号", "浙BD12345"),
    (Personal.plate, "苏B12345D货车", "苏B12345D"),
    (Personal.plate, "苏BF12345、", "苏BF12345"),
    (Personal.plate, "车牌苏 B 12345", "苏 B 12345"),
    (Personal.plate, "车牌苏b-12345", "苏b-12345"),
    (Personal.plate, "粤Z1234港", "粤Z1234港"),
    (Personal.plate, "车辆WJ苏12345", "WJ苏12345"),
    (Personal.bank, "卡号6222-0212-3456-7894", "6222-0212-3456-7894"),
    (Personal.account, "抖音号：dy12345678", "dy12345678"),
    (Personal.account, "QQ号码123456", "123456"),
    (Personal.mail, "邮箱zhang.san@example.com。", "zhang.san@example.com"),
    (Personal.mail, "邮箱ｚｈａｎｇ＠example.com", "ｚｈａｎｇ＠example.com"),
    (Personal.account, "微信号：zuofang_2026", "zuofang_2026"),
]


@pytest.mark.parametrize(("kind", "text", "secret"), MASKED)
def test_what_a_machine_can_be_sure_of_is_masked(kind: Personal, text: str, secret: str) -> None:
    shown, marks = mask(text)
    assert shown == text.replace(secret, "*" * len(secret))
    assert (kind, True) in {(mark.kind, mark.masked) for mark in marks}
    assert leaks(shown) == ()


MARKED = [
    (Personal.address, "家住江阴市某镇某村12号，", "江阴市某镇某村12号"),
    (Personal.address, "送至幸福小区3号楼2单元502室。", "3号楼2单元502室"),
    (Personal.address, "送至幸福小区三号楼五零二室。", "三号楼五零二室"),
    (Personal.address, "送至某花园12号楼2单元1501", "12号楼2单元1501"),
    (Personal.address, "位于新村18幢甲单元301室。", "18幢甲单元301室"),
    (Personal.address, "家庭地址：江阴市长江路88号", "江阴市长江路88号"),
    (Personal.address, "住浙江省宁波市某镇某村。", "浙江省宁波市某镇某村"),
    (Personal.identity, "王某（320281900307123）", "320281900307123"),
    (Personal.name, "供货商：陈大文", "陈大文"),
    (Personal.name, "举报人（姓名：郑爽）", "郑爽"),
    (Personal.name, "从个体户刘强处购进", "刘强"),
    (Personal.name, "向朱建国销售卤味", "朱建国"),
    (Personal.name, "见证人 钱学东 签名", "钱学东"),
    (Personal.name, "证人阿依古丽·买买提称", "阿依古丽·买买提"),
    (Personal.name, "经营者之子王小二。", "王小二"),
    (Personal.name, "证人李小明称其看到", "李小明"),
    (Personal.name, "员工王一鸣、", "王一鸣"),
    (Personal.name, "举报人欧阳静反映", "欧阳静"),
    (Personal.health, "其患有活动性疾病，", "患有活动性疾病"),
    (Personal.minor, "当事人系未成年人。", "未成年"),
]


@pytest.mark.parametrize(("kind", "text", "found"), MARKED)
def test_what_only_a_person_can_judge_is_marked_and_left_standing(kind: Personal, text: str, found: str) -> None:
    shown, marks = mask(text)
    assert shown == text
    assert [(mark.kind, text[mark.start : mark.end], mark.masked) for mark in marks] == [(kind, found, False)]


@pytest.mark.parametrize(
    "text",
    [
        "澄市监处罚〔2026〕123号",
        "统一社会信用代码92320281MA1ABC2DX3",
        "罚款人民币50000元，没收违法所得1234567.89元",
        "账户内收入12345678元",
        "抽样编号XBJ26320281123456789",
        "2026年3月2日至2026-03-15",
        "GB 2762-2025、DBS32/013-2017",
        "许可证SC10632028112345",
        "拨打12315或者12345",
        "菌落总数1.2×10⁴CFU/g，n=5,c=2,m=10000,M=100000",
        "举报人李某反映，消费者王*称",
        "二〇二六年三月一日",
        "编号6222021234567895内",
        "登记证编号苏XZF1234号",
        "罚款13800138000元，货值金额1380013.80元",
        "注册号320281600123456",
        "发票代码032002100111，发票号码12345678",
        "订单号：202611031234567890",
        "抽样单编号：XBJ26320281302030123ZX",
        "商品条码6901234567892",
        "生产批号：20261103，批次号 202611031234567",
        "经度120.123456，纬度31.123456",
        "2026.11.03—2026.12.03",
        "浙A1标准、京A10大楼、晋级",
        "员工高温作业、常温保存、消费者于当日、房东陈述",
        "学生食堂、员工健康证、家长会",
        "电话通知当事人，联系电话详见公示",
        "温度-18℃至-22℃，库存12箱",
        "使用123456千克",
    ],
)
def test_numbers_that_must_stay_readable_are_left_alone(text: str) -> None:
    assert mask(text) == (text, ())


def test_what_may_stand_is_kept() -> None:
    text = "员工王小明，本局电话0510-86012345"
    assert mask(text, keep=("王小明", "0510-86012345")) == (text, ())


def test_every_detector_names_an_article_a_reader_can_look_up() -> None:
    for detector in DETECTORS:
        assert rules.parameters(detector.rule, date(2026, 3, 2)).article


births = st.dates(date(1930, 1, 1), date(2020, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
bodies = st.builds(
    lambda place, birth, serial: f"{place}{birth}{serial:03}",
    st.sampled_from(["320281", "360800", "350981", "110101", "650100"]),
    births,
    st.integers(0, 999),
)
around = st.text(st.characters(blacklist_categories=("Cs", "Nd", "No", "Nl")), max_size=12).filter(
    lambda text: not any(char in "零一二三四五六七八九〇幺xX*×●" for char in text)
)


@given(bodies, around, around)
def test_no_identity_number_survives_whatever_stands_around_it(body: str, before: str, after: str) -> None:
    number = body + identity_check(body)
    shown = hidden(before + number + after)
    assert number not in shown
    assert not any(char.isdigit() for char in shown if char.isascii())


@given(st.integers(0, 10**9 - 1), st.sampled_from("3456789"), around, around)
def test_no_mobile_number_survives_whatever_stands_around_it(rest: int, second: str, before: str, after: str) -> None:
    number = f"1{second}{rest:09}"
    assert number not in hidden(before + number + after)


@given(
    st.lists(st.one_of(st.text(max_size=20), st.sampled_from([text for _, text, _ in MASKED])), max_size=6).map("".join)
)
def test_masking_keeps_the_length_and_leaves_nothing_to_mask(text: str) -> None:
    shown, marks = mask(text)
    assert len(shown) == len(text)
    assert mask(shown)[0] == shown
    assert all(shown[m.start : m.end] == "*" * (m.end - m.start) for m in marks if m.masked)
    assert all(a == b for a, b in zip(text, shown, strict=True) if b != "*")
