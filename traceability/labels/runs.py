"""Print runs on disk: files in parts, and a manifest from which an interrupted run goes on.

The serials of a run are given by an act (:mod:`zuofang.traceability.acts.labels`) before the first file is written.
The manifest says what the run prints and which parts are done, each with its digest. A run that was interrupted writes
the parts that are missing or damaged, with the same serials and the same bytes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import repeat
from pathlib import Path
from typing import BinaryIO

from zuofang.rules.sentences import say
from zuofang.traceability.codes import LabelKeyring, mint, mint_range
from zuofang.traceability.labels.design import Design
from zuofang.traceability.labels.layouts import DOTS_PER_MM, layout_named
from zuofang.traceability.labels.printing import DrawnLabel, drawn
from zuofang.traceability.labels.refusals import LabelRefused
from zuofang.traceability.labels.sheets import write_pdf
from zuofang.traceability.labels.zpl import write_zpl
from zuofang.traceability.models import LabelKind, LabelRun

PART = 5_000
"""Labels in a file: about 1.7 MB of PDF, and little work to lose."""
MANIFEST = "manifest.json"

Tell = Callable[[int, int], None]
"""Called with the labels done and the labels wanted."""


class RunRefused(LabelRefused):
    """The files of a run cannot be written as they were begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """What one run prints. Nothing of it may change between the first part and the last."""

    run: int
    batch: int
    kind: LabelKind
    first: int
    last: int
    copies: int
    key_version: int
    layout: str
    address: str
    surface: str
    zpl: int | None
    """Dots per inch of a thermal printer, or nothing for PDF."""
    words: list[str]
    part: int
    """Labels in a file."""

    @classmethod
    def of(cls, run: LabelRun, design: Design, surface: str, zpl: int | None, part: int = PART) -> RunOrder:
        """The order for a run with its serials.

        Raises:
            RunRefused: a thermal printer was asked for sheets, or for a resolution that print heads do not have.
        """
        check_output(run.layout, zpl)
        return cls(
            run=run.id, batch=run.batch_id, kind=run.kind, first=run.first, last=run.last, copies=run.copies,
            key_version=run.key_version, layout=run.layout, address=design.address.prefix, surface=surface, zpl=zpl,
            words=design.words, part=part,
        )  # fmt: skip

    def parts(self) -> Iterator[range]:
        """The labels of each file: serials, or for batch labels their places in the run."""
        begin = self.first or 1
        for start in range(begin, begin + self.copies, self.part):
            yield range(start, min(start + self.part, begin + self.copies))

    def codes(self, part: range, secrets: Mapping[int, bytes]) -> Iterable[str]:
        """The codes of one part, minted with the key of the run and not with a newer one."""
        keyring = LabelKeyring(secrets, self.key_version)
        if self.kind is LabelKind.item:
            return mint_range(keyring, self.batch, part[0], part[-1])
        return repeat(mint(keyring, self.batch), len(part))

    def file_name(self, part: range) -> str:
        """The name of a part, in the order in which parts are printed."""
        return f"labels-{part[0]:08}-{part[-1]:08}.{'zpl' if self.zpl else 'pdf'}"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is whole on disk."""

    file: str
    first: int
    last: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """An order and the parts of it that are done."""

    order: RunOrder
    parts: dict[str, Part] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Put the manifest in place at once: a killed process leaves the old one or the new one."""
        told = {"order": asdict(self.order), "parts": [asdict(part) for part in self.parts.values()]}
        with _in_place(folder / MANIFEST) as file:
            file.write(json.dumps(told, ensure_ascii=False, indent=1).encode())


def check_output(layout: str, zpl: int | None) -> None:
    """Refuse stock and printer that do not go together.

    Raises:
        NoSuchLayout: there is no such stock.
        RunRefused: a thermal printer was asked for sheets, or for a resolution that print heads do not have.
    """
    if zpl is None:
        layout_named(layout)
    elif layout_named(layout).page is not None:
        raise RunRefused(say("热敏打印机只能印卷装标签，请选 roll- 开头的标签纸。"))
    elif zpl not in DOTS_PER_MM:
        raise RunRefused(say("热敏打印机的分辨率只能是 %(known)s。", known="、".join(map(str, DOTS_PER_MM))))


def folder_of(output: Path, run: int) -> Path:
    """The folder of a run below the folder of all printed labels."""
    return output / f"run-{run:06}"


def begin(folder: Path, order: RunOrder) -> None:
    """Write down what a new run will print, before anything of it is promised.

    Raises:
        RunRefused: labels were printed under this number, and the database does not know of them.
    """
    if has_labels(folder):
        raise RunRefused(
            say(
                "%(folder)s 里有数据库不记得的标签，数据库可能恢复过旧备份。请先运行 zuofang labels adopt 补记。",
                folder=str(folder),
            )
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    Manifest(order).write(folder)


def has_labels(folder: Path) -> bool:
    """Whether anything was printed into this folder."""
    return any(folder.glob("labels-*"))


def folders(output: Path) -> list[Path]:
    """The folders of all runs on this disk that printed something, in the order of their numbers."""
    return sorted(folder for folder in output.glob("run-*") if has_labels(folder))


def renumber(folder: Path, manifest: Manifest, number: int) -> None:
    """Give the folder of a run another number."""
    if number == manifest.order.run:
        return
    place = folder_of(folder.parent, number)
    if has_labels(place):
        raise RunRefused(say("%(folder)s 已被别的印制任务占用，请移走后重试。", folder=str(place)))
    shutil.rmtree(place, ignore_errors=True)
    folder.rename(place)
    Manifest(replace(manifest.order, run=number), manifest.parts).write(place)


def read_manifest(folder: Path) -> Manifest | None:
    """What a run has printed so far, or nothing where its folder was lost.

    Raises:
        RunRefused: the manifest is damaged.
    """
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        order = told["order"] | {"kind": LabelKind(told["order"]["kind"])}
        return Manifest(RunOrder(**order), {part["file"]: Part(**part) for part in told["parts"]})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as failure:
        raise RunRefused(say("%(folder)s 里的清单损坏，请移走这个文件夹后重试。", folder=str(folder))) from failure


def write_files(folder: Path, order: RunOrder, design: Design, secrets: Mapping[int, bytes], tell: Tell) -> list[Path]:
    """Write every part of a run that is not whole on disk yet, and return the files of all of them.

    Raises:
        RunRefused: another process is writing this run, or the run was begun with other contents.
        UnreadableSymbol: a symbol does not say what it should.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    with _alone(folder):
        manifest = read_manifest(folder) or Manifest(order)
        _require_same(manifest.order, order)
        done = 0
        for part in order.parts():
            name = order.file_name(part)
            if not _is_whole(folder, manifest.parts.get(name)):
                digest = _write_part(folder / name, order, drawn(order.codes(part, secrets), design.address), design)
                manifest.parts[name] = Part(name, part[0], part[-1], digest)
                manifest.write(folder)
            done += len(part)
            tell(done, order.copies)
        return [folder / name for name in manifest.parts]


def _write_part(path: Path, order: RunOrder, labels: Iterable[DrawnLabel], design: Design) -> str:
    """Write one file and return its digest."""
    with _in_place(path) as file:
        if order.zpl is None:
            write_pdf(file, labels, design.face, design.layout, design.typeface)
        else:
            write_zpl(file, labels, design.face, design.typeface, DOTS_PER_MM[order.zpl])
    return _digest(path)


def _is_whole(folder: Path, part: Part | None) -> bool:
    return part is not None and (folder / part.file).is_file() and _digest(folder / part.file) == part.sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_CHANGEABLE = {"words": "标签内容", "address": "网址", "layout": "标签纸", "zpl": "打印方式", "surface": "包装面积"}


def _require_same(begun: RunOrder, order: RunOrder) -> None:
    changed = [f.name for f in fields(RunOrder) if getattr(begun, f.name) != getattr(order, f.name)]
    if changed:
        raise RunRefused(
            say(
                "第 %(run)d 号印制任务开始以后，%(what)s变了，接着印会前后不一。请作废这些序号，重新印制。",
                run=order.run,
                what="、".join(_CHANGEABLE.get(name, name) for name in changed),
            )
        )


@contextmanager
def _in_place(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when it is whole and on disk."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder of a run, so that two processes never write the same files."""
    with (folder / "writing.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunRefused(say("另一个进程正在写这次印制的文件，请等它写完。")) from None
        yield
