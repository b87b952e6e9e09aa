"""Reading CSV: UTF-8 or GB 18030, separated by commas, tabs or semicolons."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.sheets.budget import Budget, Unfit

BLOCK = 1024 * 1024
SEPARATORS = (",", "\t", ";")
LINES_LOOKED_AT = 20
HAN = re.compile("[\u4e00-\u9fff]")
SURELY_UTF8 = 4
"""Chinese characters before the first broken one that tell damaged UTF-8 from GB 18030."""


def read_text_rows(file: BinaryIO, budget: Budget) -> Iterator[list[str]]:
    """Every record of a CSV file; a blank line is an empty list, so that counting gives the row a person sees.

    Raises:
        Unfit: the file is binary, in another encoding, cut short, or wider or longer than the budget.
    """
    _refuse_binary(file, budget)
    encoding = _encoding(file)
    file.seek(0)
    csv.field_size_limit(budget.cell)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    head = list(itertools.islice(text, LINES_LOOKED_AT))
    reader = csv.reader(itertools.chain(head, text), delimiter=_separator(head), strict=True)
    try:
        yield from reader
    except csv.Error as failure:
        raise Unfit(_explain(str(failure), reader.line_num, budget)) from failure


def _explain(told: str, line: int, budget: Budget) -> Sentence:
    if "field larger" in told:
        return say("第 %(line)s 行有一格超过 %(limit)s 个字。", line=line, limit=budget.cell)
    return say("第 %(line)s 行的引号不成对，文件可能不完整。", line=line)


def _refuse_binary(file: BinaryIO, budget: Budget) -> None:
    """Look at every byte once: no NUL, and no line so long that it would have to be held in memory."""
    length = 0
    while block := file.read(BLOCK):
        if b"\0" in block:
            raise Unfit(say("这不是表格文件：里面有二进制内容。请另存为 .xlsx 或 UTF-8 的 .csv。"))
        first, *rest = block.split(b"\n")
        length += len(first)
        if length > budget.line or any(len(line) > budget.line for line in rest):
            raise Unfit(say("有一行超过 %(limit)s 字节，不像表格。", limit=budget.line))
        length = len(rest[-1]) if rest else length
    file.seek(0)


def _encoding(file: BinaryIO) -> str:
    """The encoding under which the whole file can be read.

    Raises:
        Unfit: none of ours; a file that begins as UTF-8 and breaks later is not taken for GB 18030.
    """
    sound, before, marked = _try(file, "utf-8-sig")
    if sound:
        return "utf-8-sig"
    if marked or before >= SURELY_UTF8:
        raise Unfit(say("文件不是完整的 UTF-8 文本，可能传输时被截断。"))
    if _try(file, "gb18030")[0]:
        return "gb18030"
    raise Unfit(say("看不出文件的编码。请另存为 .xlsx 或 UTF-8 的 .csv。"))


def _try(file: BinaryIO, encoding: str) -> tuple[bool, int, bool]:
    """Whether the file can be read so; how many Chinese characters came before a fault; whether it is marked UTF-8."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    seen, marked = 0, False
    block = file.read(BLOCK)
    marked = block.startswith(codecs.BOM_UTF8)
    while block:
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as failure:
            return False, seen + len(HAN.findall(block[: failure.start].decode(encoding, "ignore"))), marked
        seen = min(seen + len(HAN.findall(text[:1000])), SURELY_UTF8)
        block = file.read(BLOCK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False, seen, marked
    return True, seen, marked


def _separator(head: list[str]) -> str:
    """The separator that stands most often outside quotes in the first lines; a comma when none does."""
    outside = "".join(itertools.chain.from_iterable("".join(head).split('"')[::2]))
    return max(SEPARATORS, key=outside.count)
