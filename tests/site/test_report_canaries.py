"""After everything that can be done with a report, nothing that was written down anywhere tells of it in clear."""

import base64
import gzip
import io
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image
from report_forms import PERSON, follow, hand_in, hidden, plain, receipts
from sqlalchemy import text
from tests.reporting.documents import TOLD as DOCUMENT
from tests.reporting.documents import document
from tests.reporting.test_recordings import TAIL, TOLD, amr, heic, made

from zuofang.reporting import receiving
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.acts import Office

ADDRESS, AGENT = "203.0.113.77", "CanaryBrowser/9.1"
CANARIES = {
    "fact": "金丝雀后院工业盐", "who": "金丝雀作坊", "where": "金丝雀路七号", "request": "金丝雀退款",
    "name": "金丝雀姓名", "phone": "13900007777", "address": "金丝雀巷九号", "file": "金丝雀照片",
    "addition": "金丝雀补充", "payee": "金丝雀收款", "account": "622200007777", "tag": "CanaryPhoneModel",
}  # fmt: skip


def spellings(word: str) -> set[bytes]:
    plain = word.encode()
    return {plain, word.encode("utf-16-le"), quote(word).encode(), base64.b64encode(plain).rstrip(b"=")[:-1]}


def everything(folder: Path, office: Office, log: str) -> bytes:
    """All bytes under a folder, packed ones also unpacked, the journal, and the log."""
    found = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    unpacked = [gzip.decompress(content) for content in found if content.startswith(b"\x1f\x8b")]
    with office.database.read.connect() as connection:
        rows = connection.execute(text("SELECT * FROM journal")).all()
    return b"\n".join([*found, *unpacked, str(rows).encode(), log.encode()])


def picture() -> bytes:
    written = io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = CANARIES["tag"]
    Image.new("RGB", (30, 20)).save(written, "JPEG", exif=tags)
    return written.getvalue()


EVIDENCE = {
    "金丝雀照片.jpg": picture(),
    "金丝雀照片一.heic": heic(),
    "金丝雀照片二.pdf": document(),
    "金丝雀照片三.pdf": document(password="secret"),
    "金丝雀照片四.mp4": made("mp4", "libx264", "aac"),
    "金丝雀照片五.m4a": made("ipod", audio="aac"),
    "金丝雀照片六.amr": amr() + TAIL,
}
"""Made before any test listens to the log, where the makers of files tell their tags; each has canaries of its own."""
WRITTEN = (*TOLD.values(), *DOCUMENT.values())


def sent_ahead(reader: FlaskClient, token: str, name: str, content: bytes) -> None:
    """A file that goes piece by piece, as scripts send it."""
    address, headers = f"/report/uploads/{'7' * 32}", {"X-Form": token}
    reader.put(address, headers={**headers, "X-Size": str(len(content))})
    reader.patch(address, headers={**headers, "X-Start": "0"}, data=content)
    assert reader.post(address, headers=headers, data=name.encode()).get_json()["name"] == name


def test_no_canary_is_left_anywhere(
    report_site: BilingualFlask, writer: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reader: FlaskClient = report_site.test_client()
    reader.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
    said = {name: CANARIES[name] for name in ("who", "where", "request", "name", "phone", "address")}
    said |= {"want": ["report", "complaint"], "standing": "named", "identity": PERSON["identity"]}
    files = [(io.BytesIO(content), name) for name, content in EVIDENCE.items()]
    form = reader.get("/report/")
    sent_ahead(reader, hidden(form)["token"], "金丝雀照片七.mp3", made("mp3", audio="libmp3lame"))
    mistaken = hand_in(reader, form, facts="", evidence=[*files, (io.BytesIO(b"MZ"), "金丝雀照片.exe")], **said)
    assert len(EVIDENCE) + 1 + 2 == plain(mistaken).count("金丝雀照片"), (
        "what is refused is named, above and at its field"
    )
    taken = hand_in(reader, mistaken, facts=CANARIES["fact"], **said)
    shown = receipts(taken)
    assert len(shown) == 2, plain(taken)
    page = follow(reader, shown[1])
    reader.post("/report/follow", data={**hidden(page), "act": "addition", "text": CANARIES["addition"]})
    claim = {"declared": "yes", "payee": CANARIES["payee"], "bank": "b", "account": CANARIES["account"]}
    reader.post("/report/follow", data={**hidden(follow(reader, shown[1])), "act": "claim", **claim})
    follow(reader, shown[0][:-1] + "0")
    receiving.take_note(replace(writer, clock=lambda: writer.clock() + timedelta(days=1)))
    left = everything(tmp_path, writer, caplog.text)
    assert shown[1][:4].encode() in left, "the search itself finds nothing"
    secrets = [one.partition("-")[2] for one in shown]
    words = [*CANARIES.values(), *WRITTEN, PERSON["identity"], ADDRESS, AGENT, *secrets]
    words += [one.replace("-", "") for one in secrets]
    assert [word for word in words for one in spellings(word) if one in left] == []
