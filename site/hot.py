"""Label pages answered from memory, before Flask: the same bytes, as long as nothing has changed.

A page is kept with everything its content depended on: the version of the data, the day, and how often its code had
been scanned. Each is asked again at every request, so the answer after a change is new, in every process. A kept page
counts as a scan like any other.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zuofang.site.compression import zips
from zuofang.site.locales import language_in
from zuofang.storage.version import DataVersion
from zuofang.traceability.scans import Key, ScanLog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST = 4096
"""Pages kept; about 40 MB with the largest of them."""

SEEN = "zuofang.label"
"""Where the view leaves its :class:`Dependence` in the request's environment."""

BODY_HEADERS = ("Content-Length", "Content-Type", "Content-Encoding")

Who = tuple[str, str, str, bool]
"""What of a request a label page shows: path, query, language, and whether it comes zipped."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """What a label page was made from, beside the request; while all of it is the same, so is the page."""

    scan: Key
    version: int
    midnight: float
    until: float
    """The number of earlier scans from which on the page would say something else."""


@dataclass(frozen=True, slots=True)
class _Kept:
    needs: Dependence
    status: str
    headers: list[tuple[str, str]]
    etag: str
    body: bytes


class HotLabels:
    """The layer in front of the application."""

    def __init__(
        self, app: WSGIApplication, version: DataVersion, scans: ScanLog, seconds: Callable[[], float]
    ) -> None:
        self._app = app
        self._version = version
        self._scans = scans
        self._seconds = seconds
        self._kept: OrderedDict[Who, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let the application answer and keep what it said."""
        path = environ["PATH_INFO"]
        if not path.startswith(("/t/", "/T/")) or environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        asked = environ.get
        who = (
            path,
            asked("QUERY_STRING", ""),
            language_in(asked("HTTP_ACCEPT_LANGUAGE", "")).code,
            zips(asked("HTTP_ACCEPT_ENCODING", "")),
        )
        kept = self._kept.get(who)
        if kept is None or not self._counted(kept.needs):
            return self._ask(who, environ, start_response)
        if asked("HTTP_IF_NONE_MATCH") == kept.etag:
            start_response("304 Not Modified", [header for header in kept.headers if header[0] not in BODY_HEADERS])
            return []
        start_response(kept.status, kept.headers.copy())  # a server may do with its list what it likes
        return [kept.body]

    def _counted(self, needs: Dependence) -> bool:
        """Whether a page is still true; if it is, this scan is counted."""
        return (
            self._version() == needs.version
            and self._seconds() < needs.midnight
            and self._scans.scan_below(needs.scan, needs.until)
        )

    def _ask(self, who: Who, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        said: list[Any] = []

        def listen(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            said[:] = [status, list(headers)]
            return start_response(status, headers, exc_info)

        answer = self._app(environ, listen)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if SEEN in environ and said[0].startswith("200"):
            headers = [(name, value) for name, value in said[1] if name != "Date"]  # the server knows the time
            self._keep(who, _Kept(environ[SEEN], said[0], headers, _etag(headers), body))
        return [body]

    def _keep(self, who: Who, kept: _Kept) -> None:
        if self._version() != kept.needs.version:  # something changed while the page was being made
            return
        with self._lock:
            self._kept[who] = kept
            self._kept.move_to_end(who)
            if len(self._kept) > LARGEST:
                self._kept.popitem(last=False)


def _etag(headers: list[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name == "ETag"), "")
