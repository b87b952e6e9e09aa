"""The address printed in a label's symbol: ``HTTPS://HOST/T/CODE``, upper case throughout.

A QR symbol has a compact mode for digits, upper-case letters and ``$%*+-./:``. An address within that alphabet makes a
symbol of larger modules, which a cheap telephone reads from a curved packet. Scheme and host of an address do not
distinguish case, and neither does the route of the label page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from zuofang.rules.sentences import say
from zuofang.traceability.codes import ITEM_LENGTH
from zuofang.traceability.labels.refusals import LabelRefused

ROUTE = "/T/"
LONGEST_TEXT = 90
"""Capacity of version 4-M, 33 modules wide: the largest symbol that a label of 20 mm shows in modules of 0.5 mm."""
_HOST = re.compile(r"[A-Z0-9]([A-Z0-9.-]*[A-Z0-9])?(:[0-9]{1,5})?")


class AddressRefused(LabelRefused):
    """The base address of the site cannot be printed in a symbol."""


@dataclass(frozen=True, slots=True)
class LabelAddress:
    """Where the codes of one installation lead; ``prefix`` is everything before the code."""

    prefix: str

    @classmethod
    def of_site(cls, base_url: str) -> LabelAddress:
        """The label address below the configured base address, such as ``https://zf.example.cn``.

        Raises:
            AddressRefused: the address would not stay within the compact alphabet, or is too long for the largest
                symbol printed.
        """
        try:
            parts = urlsplit(base_url.upper())
        except ValueError:
            raise _unprintable(base_url) from None
        beyond_the_host = parts.path.strip("/") or parts.query or parts.fragment
        if parts.scheme not in ("http", "https") or beyond_the_host or not _HOST.fullmatch(parts.netloc):
            raise _unprintable(base_url)
        address = cls(f"{parts.scheme.upper()}://{parts.netloc}{ROUTE}")
        if len(address.prefix) + ITEM_LENGTH > LONGEST_TEXT:
            raise _too_long(base_url, len(address.prefix) + ITEM_LENGTH - LONGEST_TEXT)
        return address

    @property
    def host(self) -> str:
        """The host as people write it."""
        return urlsplit(self.prefix.lower()).netloc

    def of(self, code: str) -> str:
        """The address of a canonical code."""
        return self.prefix + code

    def code_in(self, text: str) -> str | None:
        """The code in a scanned text, or nothing where the text leads elsewhere than to this site."""
        if not text.upper().startswith(self.prefix):
            return None
        return re.split("[?#]", text[len(self.prefix) :], maxsplit=1)[0]


def _unprintable(base_url: str) -> AddressRefused:
    return AddressRefused(
        say(
            "网址 %(address)s 不能印进二维码：只能是协议加域名，域名只用字母、数字、点和连字符，例如 https://zf.example.cn。",
            address=base_url,
        )
    )


def _too_long(base_url: str, excess: int) -> AddressRefused:
    return AddressRefused(
        say(
            "网址 %(address)s 比二维码容得下的长 %(excess)d 个字符，请换短一些的域名。", address=base_url, excess=excess
        )
    )
