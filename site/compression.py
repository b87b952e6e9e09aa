"""Smaller answers for slow phones, where no proxy in front does it."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

WORTH_IT = 600
"""Bytes below which the packet does not get smaller."""
LEVEL = 6
TEXTS = ("text/", "application/json", "application/atom+xml", "image/svg+xml")


def compress_answers(app: Flask) -> None:
    """Compress texts for clients that accept it. No page holds a secret that its length could betray."""

    @app.after_request
    def _compress(response: Response) -> Response:
        response.vary.add("Accept-Encoding")
        if _fit(response):
            response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
            response.content_encoding = "gzip"
        return response


@lru_cache(1024)
def zips(accepted: str) -> bool:
    """Whether a client that sends this ``Accept-Encoding`` reads gzip."""
    return bool(parse_accept_header(accepted)["gzip"] > 0)


def _fit(response: Response) -> bool:
    plain = response.status_code != 304 and not response.is_streamed and response.content_encoding is None
    return (
        plain
        and zips(request.headers.get("Accept-Encoding", ""))
        and not response.direct_passthrough
        and (response.mimetype or "").startswith(TEXTS)
        and (response.content_length or 0) >= WORTH_IT
    )
