"""The headers every answer carries, and the one host name the site answers to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response

from zuofang.site.locales import current_language
from zuofang.site.styles import bundles

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FEATURES = ("accelerometer", "browsing-topics", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")


def permissions(*own: str) -> str:
    """The permissions policy: no feature of the device for anyone, save the ``own`` ones for our own page."""
    return ", ".join(f"{feature}=({'self' if feature in own else ''})" for feature in FEATURES)


ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# A health check and the operator's own machine ask by these names; they are never written into a page.
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def content_policy(**more: str) -> str:
    """The content security policy: our own style by its hash, our own pictures and forms, nothing else.

    A page that needs more names it: ``content_policy(script_src="'self'")``. No nonce, because pages are cached.
    """
    rules = {
        "default-src": "'none'",
        "style-src": " ".join(bundle.source for bundle in bundles().values()),
        "img-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    rules |= {name.replace("_", "-"): value for name, value in more.items()}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def guard_answers(app: Flask, policy: str | None = None, **more: str) -> None:
    """Put the headers on every answer of an application; a view's own header of the same name stays.

    ``policy`` is its content security policy where the usual one does not do; ``more`` are headers of its own.
    """
    own_headers = {name.replace("_", "-"): value for name, value in more.items()}
    always = [*(ALWAYS | own_headers).items(), ("Content-Security-Policy", policy or content_policy())]

    @app.after_request
    def _headers(response: Response) -> Response:
        wanted = always
        if response.mimetype == "text/html":
            wanted = [*always, ("Content-Language", current_language().tag)]
            response.vary.add("Accept-Language")
        own = {name.lower() for name, _ in response.headers}
        response.headers.extend([(name, value) for name, value in wanted if name.lower() not in own])
        return response


class PinnedHost:
    """Answers at one address only and hides from the application every other name a client may claim.

    Codes print the address in capitals, so the name is compared in lower case. Behind this door ``Host`` and scheme are
    those of the settings, so that no link, redirect or code can be turned elsewhere by a header.
    """

    def __init__(self, app: WSGIApplication, base_url: str) -> None:
        self.app = app
        self.base = urlsplit(base_url)
        self.names = {(self.base.hostname or "").lower(), *LOCAL_HOSTS}
        self.usual = {self.base.netloc, self.base.netloc.upper()}
        """Spellings that need no second look: those of the address bar and of the printed code."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on under our own name, or refuse it."""
        host = environ.get("HTTP_HOST", "")
        if host not in self.usual and _name(host) not in self.names:
            return self._refuse(start_response)
        environ["HTTP_HOST"] = self.base.netloc
        environ["wsgi.url_scheme"] = self.base.scheme
        for claim in ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED"):
            environ.pop(claim, None)
        return self.app(environ, start_response)

    def _refuse(self, start_response: StartResponse) -> Iterable[bytes]:
        address = self.base.geturl()
        text = f"本站的地址是 {address}。\nThe address of this site is {address}.\n".encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))]
        start_response("400 Bad Request", [*headers, *ALWAYS.items()])
        return [text]


def _name(host: str) -> str:
    """A host header without its port, in lower case."""
    host = host.strip().lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].rstrip(".")
