"""The typed parts of addresses: what cannot be the name of anything is a 404 before a view runs."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import BaseConverter, Rule, ValidationError

Built = tuple[str, str]
"""The domain and the path of an address."""
LAST_KEY = 2**31 - 1
"""The largest key a row can have."""


class LateRule(Rule):
    """A rule that gets ready to build addresses when its first address is built.

    Werkzeug compiles two functions for every rule beforehand, which is most of what an application costs at its start;
    a process links to few of its pages.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Built]:
        compile_builder, ready = super()._compile_builder, list[Callable[..., Built]]()

        def build(rule: Rule, /, **values: object) -> Built:
            if not ready:
                ready.append(compile_builder(append_unknown))
            return ready[0](rule, **values)

        return build


class KeyConverter(BaseConverter):
    """The key of a row, ``<key:batch>``: one spelling only, and never larger than the database can hold."""

    regex = "[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> int:
        """The key as a number."""
        key = int(value)
        if key > LAST_KEY:
            raise ValidationError
        return key


class SlugConverter(BaseConverter):
    """The name of a zone in its address, ``<slug:zone>``: lower-case words with hyphens."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        """The slug as it stands."""
        if len(value) > 60:
            raise ValidationError
        return value


class TicketConverter(BaseConverter):
    """The number of an upload, ``<ticket:ticket>``: 16 random bytes in hexadecimal."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> bytes:
        """The bytes."""
        return bytes.fromhex(value)


class PictureConverter(BaseConverter):
    """The name of a copy of a picture, ``<picture:name>``: digest, width and kind."""

    regex = "[0-9a-f]{32}-[1-9][0-9]{1,3}[.](?:avif|webp|jpg)"


CONVERTERS: dict[str, type[BaseConverter]] = {
    "key": KeyConverter,
    "slug": SlugConverter,
    "ticket": TicketConverter,
    "picture": PictureConverter,
}
