"""How long a full list of a buyer takes, from pasted text to signed sheet, page, workbook and PDF.

    python bench/verify.py [LINES [SCALE]]

A list is asked of an example city SCALE times as large; it mixes label codes, certificate numbers, credit codes,
names and names with a slip. Target: 5,000 lines answered and signed in under 3 s.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, cycle, islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from zuofang.credit.verification.lines import lines_of_text
from zuofang.site.commands.city.build import build
from zuofang.site.commands.installation import make_installation
from zuofang.site.public import verify
from zuofang.site.public.answer_files import workbook
from zuofang.site.public.answer_print import printed
from zuofang.site.voice import voice_of
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.keys import read_keys
from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.models import Certificate, LabelRun, Workshop

TARGET = 3.0
Made = TypeVar("Made")


def main(count: int = 5000, scale: int = 2) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        make_installation(settings)
        office = Office(open_database(settings.database), read_keys(settings.keys))
        build(office, scale)
        with office.database.read.connect() as connection:
            text = "\n".join(islice(cycle(asked(connection, office.keys.labels)), count))
        measure(settings, text)


def asked(connection: Connection, secrets: dict[int, bytes]) -> list[str]:
    """Every kind of line that the city can answer, well mixed."""
    ring = LabelKeyring(secrets, max(secrets))
    runs = connection.execute(select(LabelRun.batch_id, LabelRun.last)).all()
    labels = [mint(ring, batch, last or None) for batch, last in runs]
    numbers = list(connection.scalars(select(Certificate.number)))
    rows = connection.execute(select(Workshop.name, Workshop.credit_code)).all()
    names, codes = [name for name, _ in rows], [code for _, code in rows if code]
    slips = [name[:2] + name[3:] for name in names]
    kinds = [labels, numbers, names, codes, slips]
    return list(chain.from_iterable(islice(_turns(kinds), 5000)))


def _turns(kinds: list[list[str]]) -> Iterator[list[str]]:
    for place in range(max(map(len, kinds))):
        yield [kind[place % len(kind)] for kind in kinds]


def measure(settings: Settings, text: str) -> None:
    app = open_public_site(settings)
    with app.test_request_context("/verify/"):
        verify.answer_sheet(lines_of_text("一家"))  # the names of the register are read
        lines = timed("read", lambda: lines_of_text(text))
        signed = timed(f"answer and sign {len(lines)} lines", lambda: verify.answer_sheet(lines), TARGET)
        timed("seal", lambda: signed.sealed)
        timed("workbook", lambda: workbook(signed, voice_of("zh_Hans_CN")))
        timed("PDF", lambda: printed(signed, voice_of("zh_Hans_CN"), settings.label_font))
    app.test_client().post("/verify/", data={"lines": "一家"})  # the templates are read
    answer = timed("the whole page", lambda: app.test_client().post("/verify/", data={"lines": text}), TARGET)
    print({one.value: count for one, count in signed.sheet.counts.items()}, f"{len(answer.data) / 1024:.0f} kB")


def timed(what: str, work: Callable[[], Made], target: float | None = None) -> Made:
    started = time.perf_counter()
    made = work()
    told = f"{what}: {time.perf_counter() - started:.2f} s"
    print(told + (f" (target {target:.0f} s)" if target else ""))
    return made


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
