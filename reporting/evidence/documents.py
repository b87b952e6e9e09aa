"""Viewing copies of PDF: pictures of the pages. Nothing in a document is run, followed, filled in or unpacked.

The reader is built without a machine for scripts; what it would fetch, print or open it is never asked for. Imported in
the child process before its limits hold.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError, PdfPage
from pypdfium2 import raw as pdfium

from zuofang.reporting.evidence.budget import Budget
from zuofang.reporting.evidence.copies import Copy, Lack
from zuofang.reporting.evidence.pictures import jpeg_of

LOCKED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


def document_copy(content: bytes, budget: Budget) -> Copy:
    """The first pages of a document as JPEGs, or why there are none."""
    try:
        return _drawn_document(content, budget)
    except MemoryError:
        return Copy(lack=Lack.too_much)
    except Exception:  # whatever a hostile document does to its reader, the original is taken
        return Copy(lack=Lack.unreadable)


def _drawn_document(content: bytes, budget: Budget) -> Copy:
    try:
        document = PdfDocument(content)
    except PdfiumError as failure:
        return Copy(lack=Lack.locked if failure.err_code in LOCKED else Lack.unreadable)
    made = list(_pages(document, budget))
    if not made:
        return Copy(of=len(document), lack=Lack.unreadable)
    return Copy(b"".join(made), tuple(len(one) for one in made), len(document))


def _pages(document: PdfDocument, budget: Budget) -> Iterator[bytes]:
    """Pages from the first, until the budget is used up or one cannot be drawn."""
    room, until = budget.copy_total, time.process_time() + budget.drawing
    for number in range(min(len(document), budget.pages)):
        try:
            made = _drawn(document[number], budget)
        except (PdfiumError, ValueError, ArithmeticError):
            return
        room -= len(made)
        if room < 0:
            return
        yield made
        if time.process_time() > until:
            return


def _drawn(page: PdfPage, budget: Budget) -> bytes:
    scale = budget.page_side / max(page.get_size())
    drawn = page.render(scale=scale, limit_image_cache=True, rev_byteorder=True)
    plain = Image.frombytes("RGB", (drawn.width, drawn.height), bytes(drawn.buffer), "raw", "RGB", drawn.stride)
    page.close()
    return jpeg_of(plain, budget)
