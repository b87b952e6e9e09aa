"""Label sheets, side by side: ours against qrcode's own pictures placed in reportlab, on the same A4 layout.

Run ``python bench/labels.py``. Every case runs in a process of its own, in interleaved rounds; CPU time counts, because
other work on the machine does not disturb it much. The usual way is measured on few labels and told per label from the
difference of two counts, so that loading the font is not held against it.
"""

import io
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import qrcode
import zxingcpp
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, in_groups, mint_range
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.face import Wording, compose
from zuofang.traceability.labels.layouts import LAYOUTS
from zuofang.traceability.labels.printing import drawn
from zuofang.traceability.labels.sheets import write_pdf
from zuofang.traceability.labels.symbols import draw
from zuofang.traceability.labels.typeface import Typeface

LAYOUT = LAYOUTS["a4-40"]
WORDS = ("酱牛肉", "北溪陈记卤味作坊")
ADDRESS = LabelAddress.of_site("https://zf.a.example")
MANY, TWICE, FEW, FEWER = 10_000, 20_000, 400, 100
ROUNDS = 3
COMPARED = 500
POINTS = 72 / 25.4

FASTER_BY, KILOBYTES, GROWTH_MIB = 9, 0.35, 20
"""Targets: times as fast as the usual way, size of a label, memory that 10,000 labels more may take."""


def codes(count: int) -> list[str]:
    return list(mint_range(LabelKeyring({0: bytes(range(32))}, current=0), 4711, 1, count))


def ours(count: int, path: Path) -> None:
    typeface = Typeface.at(Settings().label_font)
    face = compose(LAYOUT, [Wording(words, 1.8) for words in WORDS], 20, typeface)
    with path.open("wb") as file:
        write_pdf(file, drawn(codes(count), ADDRESS), face, LAYOUT, typeface)


def usual(count: int, path: Path) -> None:
    """One picture for each code, placed on the page, as both libraries suggest."""
    typeface = Typeface.at(Settings().label_font)
    pdfmetrics.registerFont(typeface.for_pdf("cjk"))
    width, height = (side * POINTS for side in LAYOUT.page_size)
    canvas = Canvas(str(path), (width, height), pageCompression=1)
    size = typeface.size_for(1.8) * POINTS
    places = list(LAYOUT.places)
    for number, code in enumerate(codes(count)):
        if number and number % LAYOUT.per_page == 0:
            canvas.showPage()
        x, y = (side * POINTS for side in places[number % LAYOUT.per_page])
        left, top = x + LAYOUT.padding * POINTS, height - y - LAYOUT.padding * POINTS
        side = LAYOUT.symbol * POINTS
        canvas.drawImage(picture(ADDRESS.of(code)), left, top - side, side, side)
        canvas.setFont("cjk", size)
        for line, words in enumerate([*WORDS, in_groups(code)]):
            canvas.drawString(left + side, top - (line + 1) * size * 1.1, words)
    canvas.showPage()
    canvas.save()


def picture(text: str) -> ImageReader:
    """qrcode's own picture, at four dots a module: its default of ten is twice as slow and prints no better."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=4)
    code.add_data(text)
    file = io.BytesIO()
    code.make_image().save(file)
    file.seek(0)
    return ImageReader(file)


WAYS: dict[str, Callable[[int, Path], None]] = {"ours": ours, "usual": usual}


def case(way: str, count: int, folder: Path) -> dict[str, float]:
    """Run one case in a process of its own: CPU seconds, bytes written, peak memory in MiB."""
    command = [sys.executable, __file__, way, str(count), str(folder / f"{way}-{count}.pdf")]
    measured: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return measured


def run_case(way: str, count: int, path: Path) -> None:
    begun = time.process_time()
    WAYS[way](count, path)
    cpu = time.process_time() - begun
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(json.dumps({"cpu": cpu, "bytes": path.stat().st_size, "peak": int(peak[1]) / 1024 if peak else 0}))


def identical(count: int) -> int:
    """How many of our symbols are module for module qrcode's."""
    texts = [ADDRESS.of(code) for code in codes(count)]
    found = 0
    for text, modules in zip(texts, draw(texts).modules, strict=True):
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
        code.add_data(text)
        code.make(fit=True)
        found += np.array_equal(np.array(code.get_matrix(), bool), modules)
    return found


def decoded(path: Path, count: int) -> Iterator[tuple[int, int]]:
    """Read and wanted codes on the first, the middle and the last page, rendered at 300 dpi."""
    wanted = [ADDRESS.of(code) for code in codes(count)]
    with pypdfium2.PdfDocument(path) as document:
        for page in (0, len(document) // 2, len(document) - 1):
            seen = {r.text for r in zxingcpp.read_barcodes(document[page].render(scale=300 / 72).to_pil().convert("L"))}
            on_page = set(wanted[page * LAYOUT.per_page : (page + 1) * LAYOUT.per_page])
            yield len(seen & on_page), len(on_page)


def report(folder: Path) -> bool:
    rounds = [
        [case("ours", MANY, folder), case("usual", FEW, folder), case("usual", FEWER, folder)] for _ in range(ROUNDS)
    ]
    our_cpu = statistics.median(many["cpu"] for many, _, _ in rounds) / MANY
    their_cpu = statistics.median(few["cpu"] - fewer["cpu"] for _, few, fewer in rounds) / (FEW - FEWER)
    many, few, fewer = rounds[0]
    our_size = many["bytes"] / MANY / 1000
    their_size = (few["bytes"] - fewer["bytes"]) / (FEW - FEWER) / 1000
    growth = case("ours", TWICE, folder)["peak"] - many["peak"]
    print("| way | labels | CPU ms per label | labels per second and core | kB per label | peak MiB |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(f"| ours | {MANY} | {our_cpu * 1e3:.2f} | {1 / our_cpu:.0f} | {our_size:.2f} | {many['peak']:.0f} |")
    print(f"| usual | {FEW} | {their_cpu * 1e3:.2f} | {1 / their_cpu:.0f} | {their_size:.2f} | {few['peak']:.0f} |")
    read = list(decoded(folder / f"ours-{MANY}.pdf", MANY))
    same = identical(COMPARED)
    targets = {
        f"at least {FASTER_BY} times as fast": (f"{their_cpu / our_cpu:.1f}", their_cpu / our_cpu >= FASTER_BY),
        f"at most {KILOBYTES} kB per label": (f"{our_size:.2f}", our_size <= KILOBYTES),
        f"at most {GROWTH_MIB} MiB more for 10,000 labels more": (f"{growth:.0f}", growth <= GROWTH_MIB),
        f"all of {COMPARED} symbols qrcode's own": (str(same), same == COMPARED),
        "all codes of three rendered pages read": (str(read), all(seen == wanted for seen, wanted in read)),
    }
    for target, (found, met) in targets.items():
        print(f"{'met' if met else 'MISSED':7}{target}: {found}")
    print(f"Every one of the {MANY} symbols was read back before it was printed; that is part of our time.")
    return all(met for _, met in targets.values())


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run_case(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        with tempfile.TemporaryDirectory() as name:
            sys.exit(0 if report(Path(name)) else 1)
