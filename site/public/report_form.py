"""The form of ``/report/``: what is asked, what is wrong with an answer, and what goes under which seal.

What is asked is what the law asks, and nothing else: 市场监督管理投诉举报处理办法 第十条、第二十八条, forms 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from zuofang.reporting.intake import Statement
from zuofang.reporting.models import Proof, ReportKind, Standing
from zuofang.reporting.receipts import masked
from zuofang.rules.identifiers import is_identity_number
from zuofang.rules.sentences import Sentence, say

LIMITS = {
    "who": 200, "where": 200, "code": 60, "facts": 5000, "request": 1000, "name": 50, "phone": 30, "address": 200,
    "identity": 18, "relation": 20,
}  # fmt: skip
"""Every field of text and the characters it takes."""
RELATIONS = {
    "employed": say("我在那里工作（有劳动合同）"),
    "left": say("离开不到一年"),
    "business": say("有业务往来，例如供货、运输、客户"),
    "temporary": say("做临时工"),
}
"""内部人员和相关知情人, 市场监管总局、财政部公告2024年第37号."""
PHONE = re.compile(r"\+?[0-9][0-9 \-()]{5,28}")
MONEY = re.compile("退款|退钱|退货|赔偿|赔钱|赔我|退一赔|refund|compensat|money back", re.IGNORECASE)
PUNISHED = re.compile("举报|查处|处罚|立案|取缔|吊销|punish|investigat|shut (it|them) down", re.IGNORECASE)
MONEY_TOO = say("您的文字里提到退钱或者赔偿。举报只查处违法，不处理退款。也想要退款、赔偿的，请在下面同时选“投诉”。")
PUNISHED_TOO = say(
    "您的文字里提到查处。投诉只调解纠纷，不查处违法。也想请我们查处的，请在下面同时选“举报”；举报可以不留姓名。"
)
ASKS = say("您想请我们做什么？至少选一项。")
CONSENTS = ("publish", "delegate")
Mistake = tuple[str, Sentence]
"""The id of a field, and what is wrong with its answer."""


@dataclass(slots=True)
class ReportForm:
    """The answers of one form as they were typed, so that nothing is lost when something is missing."""

    kinds: list[str] = field(default_factory=list)
    standing: str = Standing.anonymous.value
    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LIMITS, ""))
    consents: list[str] = field(default_factory=list)
    asked: bool = False
    """Whether the person was asked already if they mean the other kind too."""

    def __getitem__(self, name: str) -> str:
        """The text of a field."""
        return self.texts[name]

    @classmethod
    def read(cls, sent: MultiDict[str, str]) -> ReportForm:
        """The answers that were sent; a field that was not is empty, and one that we do not know is not read."""
        return cls(
            kinds=[kind.value for kind in ReportKind if kind.value in sent.getlist("want")],
            standing=sent.get("standing", ""),
            texts={name: sent.get(name, "").replace("\r\n", "\n").strip() for name in LIMITS},
            consents=[one for one in CONSENTS if sent.get(one)],
            asked=sent.get("asked") == "yes",
        )

    @property
    def is_complaint(self) -> bool:
        """Whether a complaint is meant, alone or too."""
        return ReportKind.complaint in self.kinds

    @property
    def is_report(self) -> bool:
        """Whether a report is meant, alone or too."""
        return ReportKind.report in self.kinds

    @property
    def gives_identity(self) -> bool:
        """Whether the report part gives a name."""
        return self.is_report and self.standing in (Standing.named, Standing.insider)

    @property
    def doubt(self) -> Sentence | None:
        """What to ask where one kind is chosen and the text speaks of the other; asked once, never decided."""
        if self.asked or self.is_report == self.is_complaint:
            return None
        if self.is_report:
            return MONEY_TOO if MONEY.search(self["facts"]) else None
        return PUNISHED_TOO if PUNISHED.search(f"{self['facts']} {self['request']}") else None

    def mistakes(self) -> list[Mistake]:
        """Everything that is missing or wrong, in the order of the page."""
        return [*self._of_all(), *self._of_report(), *self._of_complaint(), *self._of_person(), *self._of_length()]

    def statements(self, language: str, proof: Proof) -> list[Statement]:
        """What is handed in: one matter, or two when a complaint and a report are meant."""
        made = []
        if self.is_complaint:
            person = self._person("name", "phone", "address")
            matter = {**self._matter(), "request": masked(self["request"]), "consents": self.consents}
            made.append(Statement(ReportKind.complaint, Standing.named, matter, person, language, proof))
        if self.is_report:
            person = self._person("name", "phone", "address", "identity") if self.gives_identity else {}
            matter = self._matter() | ({"relation": self["relation"]} if self.standing == Standing.insider else {})
            made.append(Statement(ReportKind.report, Standing(self.standing), matter, person, language, proof))
        return made

    def _matter(self) -> dict[str, Any]:
        return {name: masked(self[name]) for name in ("who", "where", "code", "facts") if self[name]}

    def _person(self, *names: str) -> dict[str, str]:
        return {name: self[name] for name in names if self[name]}

    def _of_all(self) -> Iterator[Mistake]:
        if not self.kinds:
            yield "want", ASKS
        if not self["who"]:
            yield "who", say("请写被投诉、举报的是谁。不知道名称，就写招牌、标签上的字或者人的样子。")
        if not self["where"]:
            yield "where", say("请写在哪里。不知道门牌，就写乡镇、路名或者附近的地方。")
        if not self["facts"]:
            yield "facts", say("请写发生了什么、您怎么知道的。")

    def _of_report(self) -> Iterator[Mistake]:
        if self.is_report and self.standing not in set(Standing):
            yield "standing", say("请选择匿名、实名或者内部举报。")
        if self.is_report and self.standing == Standing.insider and self["relation"] not in RELATIONS:
            yield "relation", say("内部举报请选择您和这家单位的关系。")

    def _of_complaint(self) -> Iterator[Mistake]:
        if self.is_complaint and not self["request"]:
            yield "request", say("投诉请写明您的要求，例如退款多少。")

    def _of_person(self) -> Iterator[Mistake]:
        if not (self.is_complaint or self.gives_identity):
            return
        if not self["name"]:
            yield "name", say("请写您的姓名。不想留姓名，可以只做匿名举报。")
        if not PHONE.fullmatch(self["phone"]):
            yield "phone", say("请写能联系到您的电话号码，只用数字。")
        if not self["address"]:
            yield "address", say("请写能收到信的地址。")
        if self.gives_identity and not is_identity_number(self["identity"].upper()):
            yield "identity", say("身份证件号码应为 18 位，并且校验码相符。不想填写，可以选匿名举报。")

    def _of_length(self) -> Iterator[Mistake]:
        for name, most in LIMITS.items():
            if len(self[name]) > most:
                yield name, say("这里最多 %(most)s 个字。您写的都还在，请删短一些。", most=most)
