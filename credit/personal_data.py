"""How personal data look in the Chinese of official letters: patterns, and the checks that tell a hit from a chance.

Patterns run on *folded* text (:func:`fold`), in which full-width letters and digits are plain ones, character for
character, so that a place in the folded text is the same place in the original. Numbers that people also write in
Chinese digits are looked for a second time in text with those folded too (:func:`fold_spoken`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import decimal

from zuofang.rules.identifiers import is_credit_code, is_identity_number
from zuofang.rules.sentences import Sentence, say


class Personal(StrEnum):
    """Kinds of personal data that a published text must not carry, or that a person must look at first."""

    identity = "identity"
    passport = "passport"
    phone = "phone"
    bank = "bank"
    plate = "plate"
    mail = "mail"
    account = "account"
    address = "address"
    name = "name"
    health = "health"
    minor = "minor"


@dataclass(frozen=True, slots=True)
class Detector:
    """One way to find one kind of data.

    What matches ``pattern`` (its group ``hit`` where it has one) and passes ``check`` is found. ``hides`` says whether
    it is masked at once or only marked for a person; ``rule`` names the parameter whose article forbids showing it;
    ``spoken`` makes it look at Chinese digits too.
    """

    kind: Personal
    pattern: re.Pattern[str]
    hides: bool
    rule: str
    note: Sentence
    check: Callable[[str], bool] = bool
    spoken: bool = False


_DASHES: dict[int, int | str] = {**dict.fromkeys(map(ord, "—–―‐‑−"), "-"), 0x3000: " ", 0xA0: " "}


class _Folding(dict[int, int | str]):
    """Wide letters and dashes, and digits of every script as they come along."""

    def __missing__(self, code: int) -> int | str:
        value = decimal(chr(code), None)
        self[code] = code if value is None else str(value)
        return self[code]


_FOLDED = _Folding({**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, **_DASHES})
_SPOKEN: dict[int, int | str] = {
    ord(char): str(value)
    for spelling in ("零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
    for value, char in enumerate(spelling)
}
_SPOKEN |= {ord("〇"): "0", ord("○"): "0", ord("幺"): "1"}


def fold(text: str) -> str:
    """Return ``text`` with wide letters and dashes in their plain form, character for character."""
    return text.translate(_FOLDED)


def fold_spoken(text: str) -> str:
    """Return folded text with Chinese digits as digits, character for character."""
    return text.translate(_SPOKEN)


_INVISIBLE = "[\u200b-\u200f\u2060\ufeff\u00ad]*"
_SEP = "[ ._·•-]?"


def _digits(*groups: int, between: str = _SEP) -> str:
    """Digits in groups, with a space, a dash or a dot allowed between groups and nothing visible between digits."""
    return between.join(_INVISIBLE.join([r"[0-9]"] * size) + _INVISIBLE for size in groups)


_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![0-9])", r"(?![0-9])"
_ALONE, _ENDS = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_NO_SUM_AFTER = r"(?![0-9]| ?[元万亿])"
_IDENTITY = _digits(*[1] * 17, between=r"[\s-]{0,2}") + r"[\s-]{0,2}[0-9Xx]"
_ID_WORD = r"(?:身份证|证件)[^0-9]{0,12}"
_PHONE_WORD = r"(?:电话|手机|座机|传真|热线|联系方式|[Tt][Ee][Ll])(?:号码|号|为|是|[:( ])*"
_MOBILE = "|".join(_digits(*groups) for groups in ((1, 4, 4), (1, 3, 5), (2, 3, 4), (5, 4))) + "|(?:[ -][0-9]){9}"
_AREA_CODE = r"[(]?0[1-9][0-9]{1,2}"
_BANK_WORD = r"(?:卡号|银行卡|账号|帐号|账户|帐户)[^0-9]{0,16}"
_PROVINCES_OF_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = (
    rf"(?i:WJ[{_PROVINCES_OF_PLATES}]?[ ·•.-]?[0-9]{{4,5}}[A-Z]?|[{_PROVINCES_OF_PLATES}] ?[A-HJ-NP-Z] ?[ ·•.-]?"
    "(?:[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]))"
)
_HOME_WORD = (
    "家庭住址|家庭地址|通讯地址|身份证住址|住址|户籍所在地|户籍地址?|户籍|现住|家住|经常居住地|居住地址?|居住于|居住在|住所地?|"
    "(?<![居入])住(?=[^，。；,;\n]{1,8}[省市县区镇乡村])"
)
_BUILDING = r"[0-9]{1,4}(?:号楼|幢|栋|座|弄)"
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)


def plain_digits(hit: str) -> str:
    """Return the digits (and a final X) of a hit, without what separates them."""
    return re.sub(r"[^0-9X]", "", hit.upper())


def looks_like_identity(hit: str) -> bool:
    """Whether a hit is an identity number or may be a mistyped one.

    A right check character (GB 11643) settles it. A wrong one is hidden too where a province and a day of birth stand
    in their places, unless the hit is the credit code of an organisation.
    """
    number = plain_digits(hit)
    if is_identity_number(number):
        return True
    return int(number[:2]) in _PROVINCES and _is_birthday(number[6:14]) and not is_credit_code(number)


def looks_like_old_identity(hit: str) -> bool:
    """Whether fifteen digits have a province and a birthday where numbers given out before 1999 had them."""
    number = plain_digits(hit)
    return int(number[:2]) in _PROVINCES and _is_birthday("19" + number[6:12])


def _is_birthday(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= 1880


def is_hidden_in_part(hit: str) -> bool:
    """Whether a number with crossed-out digits is as long as an identity number."""
    return 15 <= len(hit) <= 18


def is_phone(hit: str) -> bool:
    """Whether there are as many digits as telephone numbers have, with or without the code of the place."""
    return 7 <= len(plain_digits(hit)) <= 12


def is_no_word(hit: str) -> bool:
    """Whether what looks like a name is not one of the words that begin like a surname."""
    return not hit.startswith(_NO_NAMES)


def passes_luhn(hit: str) -> bool:
    """Whether the check digit of a card number is right (Luhn, ISO/IEC 7812)."""
    digits = [int(digit) for digit in reversed(plain_digits(hit))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def has_two_digits(hit: str) -> bool:
    """Whether a hit has the digits every number plate has."""
    return sum(char.isdigit() for char in hit) >= 2


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦"
    "申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包"
    "司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯"
_ROLES = (
    "举报人|投诉人|消费者|证人|被询问人|委托代理人|受托人|员工|店员|工人|雇员|雇佣人员|从业人员|送货人|司机|驾驶员|业务员|采购员|销售员|"
    "顾客|购买者|患者|受害人|配偶|妻子|丈夫|儿子|女儿|父亲|母亲|之[子女妻夫父母]|其[子女妻夫父母]|家属|亲属|合伙人|供货[人商]|个体户|"
    "房东|邻居|学生|家长|案外人|负责人"
)
_NO_NAMES = (
    "陈述",
    "于当",
    "高温",
    "高度",
    "常温",
    "常规",
    "安全",
    "全部",
    "时间",
    "万元",
    "公斤",
    "解释",
    "应当",
    "时常",
    "方可",
)
_NAME = rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}](?![某×])[\u4e00-\u9fff]{{1,2}}?)"
_AFTER_NAME = (
    r"(?=[，。、；：，.,;:（(\s）)在于的从向到处系为是与和及等将把购签因进送销负]"
    r"|称|说|反映|陈述|证实|身份|手机|电话|制作|操作|生产|加工|$)"
)
_BEFORE_NAME = r"[(]?(?:姓名)?[: ]{0,2}"
_NAME_WITH_DOT = r"[\u4e00-\u9fff]{2,8}[·•][\u4e00-\u9fff]{2,8}?"

DETECTORS: tuple[Detector, ...] = (
    Detector(
        Personal.identity,
        re.compile(_NO_DIGIT_BEFORE + _IDENTITY + _NO_DIGIT_AFTER),
        True,
        "redact.minimum",
        say("居民身份证号码"),
        looks_like_identity,
        spoken=True,
    ),
    Detector(
        Personal.identity,
        re.compile(_NO_DIGIT_BEFORE + r"[1-8][0-9]{5,15}[*xX×●]{2,12}[0-9]{0,4}[Xx]?" + _NO_DIGIT_AFTER),
        True,
        "redact.minimum",
        say("隐去不全的身份证号码"),
        is_hidden_in_part,
    ),
    Detector(
        Personal.identity,
        re.compile(_ID_WORD + r"(?P<hit>[0-9]{2,}[*xX×●]{2,}[0-9]*[Xx]?)"),
        True,
        "redact.minimum",
        say("隐去不全的身份证号码"),
    ),
    Detector(
        Personal.identity,
        re.compile(_ID_WORD + rf"(?P<hit>{_digits(6, 6, 3)})" + _NO_DIGIT_AFTER),
        True,
        "redact.minimum",
        say("十五位身份证号码"),
        looks_like_old_identity,
    ),
    Detector(
        Personal.identity,
        re.compile(r"(?<![号码])(?<![号码][: ])" + _ALONE + r"[1-8][0-9]{14}" + _ENDS),
        False,
        "redact.minimum",
        say("疑似十五位身份证号码，请核对"),
        looks_like_old_identity,
    ),
    Detector(
        Personal.passport,
        re.compile(
            r"(?:护照|通行证|台胞证|居留证|居留身份证)[^0-9A-Za-z]{0,10}(?P<hit>[A-Za-z]{0,3} ?[0-9]{7,15})"
            + _NO_DIGIT_AFTER
        ),
        True,
        "redact.minimum",
        say("出入境证件号码"),
    ),
    Detector(
        Personal.bank,
        re.compile(_BANK_WORD + r"(?P<hit>[0-9](?:[ -]?[0-9]){7,29})(?![0-9.]|,[0-9]| ?元)"),
        True,
        "redact.sensitive",
        say("银行账号"),
    ),
    Detector(
        Personal.bank,
        re.compile(_NO_DIGIT_BEFORE + r"62[0-9]{2}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?" + _NO_DIGIT_AFTER),
        True,
        "redact.sensitive",
        say("银行卡号"),
        passes_luhn,
    ),
    Detector(
        Personal.phone,
        re.compile(rf"(?:(?<![0-9])|(?<=86))(?P<hit>1{_INVISIBLE}[ -]?[3-9]{_INVISIBLE}(?:{_MOBILE}))" + _NO_SUM_AFTER),
        True,
        "redact.minimum",
        say("手机号码"),
        spoken=True,
    ),
    Detector(
        Personal.phone,
        re.compile(
            _ALONE
            + rf"(?:{_AREA_CODE}(?:[)][ -]?|[ -])(?:[0-9]{{7,8}}|[0-9]{{3,4}}[ -][0-9]{{4}})"
            + rf"|(?<![号码])(?<![号码][: ]){_AREA_CODE}[0-9]{{7,8}})(?:-[0-9]{{1,5}})?"
            + _ENDS
        ),
        True,
        "redact.minimum",
        say("固定电话号码"),
    ),
    Detector(
        Personal.phone,
        re.compile(_PHONE_WORD + r"(?P<hit>[0-9](?:[ ._·•-]?[0-9]){6,11})" + _NO_SUM_AFTER),
        True,
        "redact.minimum",
        say("电话号码"),
        is_phone,
        spoken=True,
    ),
    Detector(Personal.plate, re.compile(_PLATE + _ENDS), True, "redact.minimum", say("机动车号牌"), has_two_digits),
    Detector(
        Personal.mail,
        re.compile(
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
        ),
        True,
        "redact.minimum",
        say("电子邮箱"),
    ),
    Detector(
        Personal.account,
        re.compile(
            r"(?:(?:微信|[Qq]{2}|支付宝)(?:号码?|账号|帐号)?|(?:抖音|快手|淘宝|微博|闲鱼|小红书)(?:号码?|账号|帐号))"
            r"[为是]?[: ]{0,2}(?P<hit>[A-Za-z0-9][A-Za-z0-9_-]{4,19})"
        ),
        True,
        "redact.minimum",
        say("网络账号"),
    ),
    Detector(
        Personal.address,
        re.compile(rf"(?:{_HOME_WORD})[为是: ]{{0,2}}(?P<hit>[^，。；,;\n]{{3,60}})"),
        False,
        "redact.third_party",
        say("疑似住址，请核对"),
    ),
    Detector(
        Personal.address,
        re.compile(
            _BUILDING
            + r"(?:[^，。；,;\n]{0,12}?[0-9]{2,4}[室房户]|[^，。；,;\n]{0,4}?[0-9甲乙丙丁]{1,2}单元(?:[0-9]{2,4})?)"
        ),
        False,
        "redact.third_party",
        say("疑似住宅门牌，请核对"),
        spoken=True,
    ),
    Detector(
        Personal.name,
        re.compile(rf"(?:{_ROLES}|见证人){_BEFORE_NAME}(?P<hit>{_NAME_WITH_DOT}|{_NAME}){_AFTER_NAME}"),
        False,
        "redact.third_party",
        say("疑似第三人姓名，请核对"),
        is_no_word,
    ),
    Detector(
        Personal.name,
        re.compile(rf"[向从由](?P<hit>{_NAME})(?=处|购|销售|进货|采购)"),
        False,
        "redact.third_party",
        say("疑似第三人姓名，请核对"),
        is_no_word,
    ),
    Detector(
        Personal.health,
        re.compile(
            r"患有[\u4e00-\u9fff]{2,8}|患[\u4e00-\u9fff]{0,5}[病炎癌症]|乙肝|肺结核|伤寒|痢疾|艾滋病|病历|体检结果|诊断为"
        ),
        False,
        "redact.sensitive",
        say("健康信息，请核对"),
    ),
    Detector(
        Personal.minor,
        re.compile(r"未成年|[不未]满十[四八]周岁|[不未]满1[48]周岁"),
        False,
        "redact.sensitive",
        say("涉及未成年人，请核对"),
    ),
)
