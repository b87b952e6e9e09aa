"""A thermal printer: draws the labels of a ZPL file by the few commands that our files use."""

from __future__ import annotations

import re

import numpy as np
from PIL import Image

from zuofang.traceability.labels.symbols import draw_one


def commands(sent: bytes) -> list[str]:
    """The commands of a file, each with its data."""
    return [command for command in re.split(r"(?=[\^~])", sent.decode("ascii").replace("\n", "")) if command]


def formats(sent: bytes) -> list[list[str]]:
    """The commands between each ``^XA`` and ``^XZ``."""
    joined = "\0".join(commands(sent))
    return [block.split("\0") for block in re.findall(r"\^XA\0(.*?)\0\^XZ", joined)]


def printed_labels(sent: bytes) -> list[Image.Image]:
    """Every label of a file: a stored format, the labels that recall it, and its deletion."""
    stored, *labels, _ = formats(sent)
    return [printed(stored, filled(label)) for label in labels]


def field_text(command: str, escaped: bool) -> str:
    data = command.removeprefix("^FD")
    return re.sub("_([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), data) if escaped else data


def filled(label: list[str]) -> dict[str, str]:
    """Field number → data of one label."""
    found: dict[str, str] = {}
    number, escaped = "", False
    for command in label:
        if command.startswith("^FN"):
            number, escaped = command[3:], False
        escaped = escaped or command == "^FH"
        if command.startswith("^FD"):
            found[number] = field_text(command, escaped)
    return found


def printed(stored: list[str], fields: dict[str, str]) -> Image.Image:
    """Draw a label as a printer would, the code in clear left out."""
    width, length = (int(next(c for c in stored if c.startswith(name))[3:]) for name in ("^PW", "^LL"))
    paper = Image.new("L", (width, length), 255)
    at, module = (0, 0), 0
    for command in stored:
        if command.startswith("^FO"):
            x, y = command[3:].split(",")
            at = int(x), int(y)
        elif command.startswith("^GFA"):
            paper.paste(0, at, graphic(command))
        elif command.startswith("^BQN,2,"):
            module = int(command.removeprefix("^BQN,2,"))
        elif command.startswith("^FN1") and module:
            level, text = fields["1"].split(",", 1)
            assert level == "MA"
            symbol = Image.fromarray(draw_one(text))
            paper.paste(0, at, symbol.resize([symbol.width * module] * 2))
    return paper


def graphic(command: str) -> Image.Image:
    _, total, again, row, digits = command.split(",")
    octets = bytes.fromhex(digits)
    assert int(total) == int(again) == len(octets)
    bits = np.unpackbits(np.frombuffer(octets, np.uint8).reshape(-1, int(row)), axis=1)
    return Image.fromarray(bits.astype(bool))
