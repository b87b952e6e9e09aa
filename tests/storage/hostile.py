"""Files that were made to hurt a reader of tables, each written by one function into a folder."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPENING = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'
CLOSING = "</sheetData></worksheet>"
PARTS = {
    "[Content_Types].xml": (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sharedStrings+xml"/></Types>'
    ),
    "xl/workbook.xml": (
        f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/styles.xml": f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"/>',
    "xl/sharedStrings.xml": f'<?xml version="1.0"?><sst xmlns="{MAIN}"/>',
}


def workbook(folder: Path, sheet: str = OPENING + CLOSING, **others: str | bytes) -> Path:
    """A workbook of one sheet; ``others`` replaces parts, with ``__`` for a slash and ``_dot_`` for a dot."""
    file = folder / "table.xlsx"
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in others.items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, SHEET: sheet, **named}.items():
            archive.writestr(name, content)
    return file


def text(folder: Path, content: bytes) -> Path:
    """A file called ``table.csv`` with this content."""
    file = folder / "table.csv"
    file.write_bytes(content)
    return file


def zeros(folder: Path) -> Path:
    return workbook(folder, xl__media__a_dot_png=bytes(50_000_000))


def bomb_in_the_sheet(folder: Path) -> Path:
    return workbook(folder, OPENING + "<row><c><v>1</v></c></row>" * 2_000_000 + CLOSING)


def bomb_in_the_styles(folder: Path) -> Path:
    fonts = "".join(f'<font><sz val="{n}"/></font>' for n in range(200_000))
    return workbook(folder, xl__styles_dot_xml=f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts></styleSheet>')


def the_last_row(folder: Path) -> Path:
    """A few bytes that make a reader hand out 1,048,576 rows."""
    return workbook(folder, OPENING + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' + CLOSING)


def a_sheet_that_says_how_long_it_is(folder: Path) -> Path:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return workbook(
        folder, OPENING.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>') + rows + CLOSING
    )


def formatted_to_the_bottom(folder: Path) -> Path:
    blank = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(2, 3_000))
    last = '<row r="3000"><c r="A3000"><v>1</v></c></row>'
    return workbook(folder, OPENING + '<row r="1"><c r="A1"><v>1</v></c></row>' + blank + last + CLOSING)


def nested(folder: Path) -> Path:
    """An archive of archives of archives, as 42.zip is."""
    content = bytes(100_000)
    for level in range(4):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(8):
                archive.writestr(f"{level}-{number}.zip", content)
        content = outer.getvalue()
    file = folder / "table.xlsx"
    file.write_bytes(content)
    return file


def thousands_of_entries(folder: Path) -> Path:
    return workbook(folder, **{f"xl__media__{n}": "" for n in range(3_000)})


def external_entity(folder: Path) -> Path:
    elsewhere = folder / "elsewhere.txt"
    elsewhere.write_text("not for a table", encoding="ascii")
    declared = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{elsewhere.as_uri()}">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return workbook(folder, OPENING.replace("?><w", f"?>{declared}<w") + row + CLOSING)


def laughs_in_the_strings(folder: Path) -> Path:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE a [<!ENTITY l0 "lol">{lines}]>'
    return workbook(
        folder,
        xl__sharedStrings_dot_xml=f'<?xml version="1.0"?>{declared}<sst xmlns="{MAIN}"><si><t>&l11;</t></si></sst>',
    )


def a_million_columns_in_a_sheet(folder: Path) -> Path:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(1_000_000))
    return workbook(folder, OPENING + f"<row>{cells}</row>" + CLOSING)


def a_million_columns(folder: Path) -> Path:
    return text(folder, b"a" + b",a" * 500_000 + b"\n")


def a_million_columns_on_many_lines(folder: Path) -> Path:
    return text(folder, b'a,"\n' + b'","\n' * 1_000_000 + b'"')


def one_endless_line(folder: Path) -> Path:
    return text(folder, b"a" * 5_000_000)


def a_huge_cell(folder: Path) -> Path:
    return text(folder, "名称\n".encode() + b'"' + b"a" * 100_000 + b'"\n')


def a_huge_cell_in_a_sheet(folder: Path) -> Path:
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 100_000}</t></is></c></row>'
    return workbook(folder, OPENING + row + CLOSING)


def too_many_lines(folder: Path) -> Path:
    return text(folder, b"a,b\n" * 500_002)


def half_an_archive(folder: Path) -> Path:
    file = workbook(folder)
    file.write_bytes(file.read_bytes()[:-200])
    return file


def half_a_sheet(folder: Path) -> Path:
    return workbook(folder, OPENING + '<row r="1"><c r="A1"><v>1</v></c></row><row r="2">')


def damaged_inside(folder: Path) -> Path:
    """An archive whose directory is whole and whose content is not."""
    file = workbook(folder, OPENING + "<row><c><v>1</v></c></row>" * 100 + CLOSING)
    content = bytearray(file.read_bytes())
    at = content.index(SHEET.encode()) + len(SHEET) + 20
    content[at : at + 8] = struct.pack("<Q", 2**63 - 1)
    file.write_bytes(content)
    return file


def a_text_cut_inside_a_character(folder: Path) -> Path:
    return text(folder, "食品小作坊名称,登记证编号\n北溪陈记卤味作坊,ZF1\n".encode()[:-10] + "坊".encode()[:2])


def an_open_quote(folder: Path) -> Path:
    return text(folder, '名称,地址\n"北溪,清溪县\n'.encode())


def nul_bytes(folder: Path) -> Path:
    return text(folder, "名称,地址\n北\0溪,清溪县\n".encode())


def utf16(folder: Path) -> Path:
    return text(folder, "名称\t地址\n北溪\t清溪县\n".encode("utf-16"))


def no_known_encoding(folder: Path) -> Path:
    return text(folder, b"\xff\xff\xfe name,\x80\x80\xff\n")


def old_workbook(folder: Path) -> Path:
    return text(folder, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))


def web_page(folder: Path) -> Path:
    return text(folder, "\ufeff <html><table><tr><td>名称</td></tr></table></html>".encode())


def some_other_archive(folder: Path) -> Path:
    file = folder / "table.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("table.csv", "名称,地址\n")
    return file


def nothing(folder: Path) -> Path:
    return text(folder, b"")


FILES: dict[Callable[[Path], Path], str] = {
    zeros: "压缩炸弹",
    bomb_in_the_sheet: "压缩炸弹",
    bomb_in_the_styles: "样式或文字太多",
    the_last_row: "空行",
    a_sheet_that_says_how_long_it_is: "超过 500000 行",
    formatted_to_the_bottom: "空行",
    nested: "压缩包",
    thousands_of_entries: "文件太多",
    external_entity: "读不出来",
    laughs_in_the_strings: "读不出来",
    a_million_columns_in_a_sheet: "长得异常",
    a_million_columns: "列",
    a_million_columns_on_many_lines: "列",
    one_endless_line: "一行超过",
    a_huge_cell: "个字",
    a_huge_cell_in_a_sheet: "个字",
    too_many_lines: "超过 500000 行",
    half_an_archive: "读不出来",
    half_a_sheet: "读不出来",
    damaged_inside: "读不出来",
    a_text_cut_inside_a_character: "截断",
    an_open_quote: "引号不成对",
    nul_bytes: "二进制",
    utf16: "二进制",
    no_known_encoding: "编码",
    old_workbook: "xls",
    web_page: "网页",
    some_other_archive: "压缩包",
    nothing: "空的",
}
"""Every hostile file with a word of the sentence that refuses it."""
