"""PDF as strangers send it, put together by hand where no writer would make such a thing."""

from __future__ import annotations

import io
import zlib

from reportlab.pdfgen.canvas import Canvas

TOLD = {"Author": "CanaryAuthor", "Title": "CanaryTitle", "Subject": "CanaryPlace", "Creator": "CanaryPhone"}


def document(pages: int = 2, password: str | None = None) -> bytes:
    """A black square on every page, and everything a writer tells about itself."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(300, 400), encrypt=password)
    for name, value in TOLD.items():
        getattr(canvas, f"set{name}")(value)
    for _ in range(pages):
        canvas.rect(100, 200, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def by_hand(drawing: bytes, *others: bytes, page: bytes = b"", catalogue: bytes = b"") -> bytes:
    """A document of one page with this drawing; others are objects from number 5 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R" + page + b">>",
        stream(drawing),
        *others,
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def stream(content: bytes, head: bytes = b"") -> bytes:
    """An object that holds packed bytes."""
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), head, packed)


SQUARE = b"0 0 0 rg 100 200 100 100 re f\n"
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\); this.submitForm\\('http://127.0.0.1/'\\))>>"


def with_script() -> bytes:
    """Scripts at opening, a page that would start a program, an attached program."""
    launch = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 300 400]/A<</S/Launch/F(/bin/sh)>>>>]"
    attached = b"/Names<</EmbeddedFiles<</Names[(x.exe)6 0 R]>>>>/OpenAction 5 0 R"
    file = stream(b"MZCanaryProgram")
    return by_hand(SQUARE, SCRIPT, b"<</Type/Filespec/F(x.exe)/EF<</F 7 0 R>>>>", file, page=launch, catalogue=attached)


def flood_of_pixels() -> bytes:
    """A picture of a few bytes that claims to be enormous."""
    head = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    image = stream(bytes(1000), head)
    return by_hand(b"q 300 0 0 400 0 0 cm /I Do Q", image, page=b"/Resources<</XObject<</I 5 0 R>>>>")


def flood_of_drawing() -> bytes:
    """A drawing of a few bytes that never ends: forms that draw forms, ten times each."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</F %d 0 R>>>>"
    forms = [stream(b"/F Do\n" * 10, form % (number + 1)) for number in range(5, 13)]
    return by_hand(b"/F Do", *forms, stream(SQUARE), page=b"/Resources<</XObject<</F 5 0 R>>>>")


def flood_of_bytes() -> bytes:
    """A drawing that unpacks to more than the memory of its reader."""
    return by_hand(b"", stream(b""), page=b"/X 0").replace(stream(b""), _packed_flood(), 1)


def _packed_flood() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def in_a_circle() -> bytes:
    """A tree of pages that comes back to itself and claims more pages than there are."""
    return by_hand(SQUARE).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[2 0 R 3 0 R]/Count 2000000000")
