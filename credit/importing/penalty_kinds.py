"""The cell 处罚类别: several kinds of penalty in one cell, in the words of the law or nearly so (APL Art 9)."""

from __future__ import annotations

import re
import unicodedata

from zuofang.credit.records import Kind
from zuofang.rules.sentences import say
from zuofang.traceability.importing.cells import BadCell

WORDS = {kind.value: kind for kind in Kind} | {
    "没收非法财产": Kind.goods_confiscated, "没收违法财物": Kind.goods_confiscated,
    "没收违法收入": Kind.gains_confiscated,
    "暂扣许可证": Kind.permit_suspended, "暂扣许可证件": Kind.permit_suspended,
    "吊销许可证": Kind.permit_revoked, "吊销登记证": Kind.permit_revoked, "吊销核准证": Kind.permit_revoked,
    "吊销执照": Kind.licence_revoked, "降低资质": Kind.downgraded, "责令停产": Kind.shut_down,
    "责令停业": Kind.shut_down,
    "停产停业": Kind.shut_down, "限制生产经营活动": Kind.restricted, "法律、行政法规规定的其他行政处罚": Kind.other,
}  # fmt: skip
_BETWEEN = re.compile(r"[,，、;；/|＋+\s]+")
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}[.．)）]|[(（][0-9一二三四五六]{1,2}[)）])")
_OTHER = re.compile(r"其他(?:行政处罚)?(?:[-－—(（:：].*)?")
_EITHER = re.compile(r"暂扣(?:或者?|[、/])吊销")


def read_kinds(text: str) -> frozenset[Kind]:
    """The kinds in a cell.

    Raises:
        BadCell: a word is no kind of penalty, or leaves open which of two is meant.
    """
    if _EITHER.search(text):
        raise BadCell(say("要写明是暂扣还是吊销。"))
    parts = [_NUMBERED.sub("", part) for part in _BETWEEN.split(text.replace(Kind.other, "其他"))]
    return frozenset(_kind(part) for part in parts if part)


def _kind(word: str) -> Kind:
    plain = unicodedata.normalize("NFKC", word)
    if found := WORDS.get(plain):
        return found
    if _OTHER.fullmatch(plain):
        return Kind.other
    raise BadCell(say("“%(word)s”不是行政处罚的种类。可以写：%(kinds)s。", word=word, kinds="、".join(Kind)))
