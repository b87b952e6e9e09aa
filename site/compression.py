"""Smaller answers for slow phones, where no proxy in front does it."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

WORTH_IT = 600
"""Bytes below which the packet does not get smaller."""
LEVEL, BEST = 6, 9
STYLE_ENDS = b"</style>"
GZIP_HEAD = bytes.fromhex("1f8b08000000000000ff")
"""Deflated, made at no time and on no system, so that equal pages are equal bytes (RFC 1952)."""
TEXTS = ("text/", "application/json", "application/atom+xml", "image/svg+xml")


def compress_answers(app: Flask) -> None:
    """Compress texts for clients that accept it. No page holds a secret that its length could betray."""

    @app.after_request
    def _compress(response: Response) -> Response:
        response.vary.add("Accept-Encoding")
        if _fit(response):
            response.set_data(zipped(response.get_data()))
            response.content_encoding = "gzip"
        return response


def zipped(body: bytes) -> bytes:
    """A text as gzip.

    More than half of a page is its style, and up to the end of it the pages of one language are the same. That part is
    compressed once, as blocks of its own, and the blocks of each page are put behind it.
    """
    head = body[: body.find(STYLE_ENDS) + 1]
    blocks, checksum = _blocks(head)
    rest = body[len(head) :]
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    trailer = struct.pack("<II", zlib.crc32(rest, checksum), len(body))
    return b"".join((GZIP_HEAD, blocks, compressor.compress(rest), compressor.flush(), trailer))


@lru_cache(16)
def _blocks(head: bytes) -> tuple[bytes, int]:
    """The first part of a text as blocks that others can follow, and its checksum."""
    compressor = zlib.compressobj(BEST, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(head) + compressor.flush(zlib.Z_SYNC_FLUSH), zlib.crc32(head)


@lru_cache(1024)
def zips(accepted: str) -> bool:
    """Whether a client that sends this ``Accept-Encoding`` reads gzip."""
    return bool(parse_accept_header(accepted)["gzip"] > 0)


def _fit(response: Response) -> bool:
    plain = response.status_code != 304 and not response.is_streamed and response.content_encoding is None
    plain = plain and not response.cache_control.no_store  # what is for one reader alone may hold a secret
    return (
        plain
        and zips(request.headers.get("Accept-Encoding", ""))
        and not response.direct_passthrough
        and (response.mimetype or "").startswith(TEXTS)
        and (response.content_length or 0) >= WORTH_IT
    )
