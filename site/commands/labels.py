"""Commands that print labels, look a code up, and declare labels void."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from zuofang.site.commands.context import KEY, working
from zuofang.site.commands.progress import telling
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings, read_settings
from zuofang.traceability.acts import labels as acts
from zuofang.traceability.codes import LabelCode, LabelKeyring, NotOurCode, read
from zuofang.traceability.label import LabelFile
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.contents import ORDINARY_SURFACE
from zuofang.traceability.labels.layouts import DOTS_PER_MM, LAYOUTS
from zuofang.traceability.models import LabelKind
from zuofang.traceability.queries.label import label_file

if TYPE_CHECKING:
    from zuofang.traceability.labels.printshop import PrintShop

# What draws labels (numpy, Pillow, reportlab) takes longer to load than most commands take to run, so the commands that
# print load it themselves.

RESOLUTION = click.Choice([str(dpi) for dpi in DOTS_PER_MM])
MOST = 1_000_000
"""Labels of one run; more are printed in several."""


class Serials(click.ParamType[tuple[int, int]]):
    """A range of serials, ``A-B``, or one."""

    name = "serials"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read ``100-250`` or ``100``."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"([0-9]{1,8})(?:-([0-9]{1,8}))?", value)
        if found is None:
            self.fail(f"{value!r} is no range such as 100-250", param, ctx)
        return int(found[1]), int(found[2] or found[1])


@click.group()
def labels() -> None:
    """Print labels, look codes up, and declare labels void."""


@labels.command()
@click.argument("batch", type=KEY)
@click.option("--count", required=True, type=click.IntRange(1, MOST), help="Number of labels.")
@click.option("--layout", required=True, type=click.Choice(list(LAYOUTS)), help="Label stock.")
@click.option(
    "--kind", default="item", show_default=True, type=click.Choice(["item", "batch"]),
    help="One code for each packet, or one for the whole batch.",
)  # fmt: skip
@click.option("--zpl", type=RESOLUTION, help="For a thermal printer of so many dots per inch, instead of PDF.")
@click.option(
    "--surface", default=int(ORDINARY_SURFACE), show_default=True, type=click.IntRange(1, 100_000),
    help="Largest surface of the packet in cm²; it decides how high characters must be.",
)  # fmt: skip
def issue(batch: int, count: int, layout: str, kind: str, zpl: str | None, surface: int) -> None:
    """Print labels of a BATCH (its number on the site) into the data folder.

    Their serials belong to this run for ever. If it is interrupted, go on with: zuofang labels resume RUN.
    """
    from zuofang.traceability.labels.printshop import Stock

    stock = Stock(layout, int(zpl) if zpl else None, Decimal(surface))
    with _shop(read_settings()) as shop:
        order = shop.issue(batch, LabelKind(kind), count, stock, "zuofang labels issue")
        what = f"serials {order.first} to {order.last}" if order.first else f"{order.copies} times the batch code"
        click.echo(f"Run {order.run} prints {what} of batch {batch}; if interrupted: zuofang labels resume {order.run}")
        _write(shop, order.run, "zuofang labels issue")


@labels.command()
@click.argument("run", type=KEY)
@click.option("--zpl", type=RESOLUTION, help="Only where the folder of the run was lost: print for a thermal printer.")
def resume(run: int, zpl: str | None) -> None:
    """Write the files of a RUN that are missing or damaged, with the same serials."""
    with _shop(read_settings()) as shop:
        _write(shop, run, "zuofang labels resume", int(zpl) if zpl else None)


@labels.command()
def adopt() -> None:
    """Enter runs that are on this disk and that the database forgot, as after an older backup was put back."""
    with _shop(read_settings()) as shop:
        entered = shop.adopt("zuofang labels adopt")
    for order in entered:
        click.echo(f"Run {order.run}: {_labels(order.first, order.last)} of batch {order.batch}")
    click.echo(f"{len(entered)} run(s) entered.")


@labels.command()
@click.argument("code")
def check(code: str) -> None:
    """Say what a CODE is: ours or not, of which batch, printed or not, void or not."""
    settings = read_settings()
    with working(settings) as office:
        found = _read(office, code)
        with office.database.read.connect() as connection:
            file = label_file(connection, found.batch)
    serial = found.serial or 0
    if file is None or not file.issued(serial, found.key_version):
        raise click.ClickException(f"{found.in_groups} is minted with our key, but no such label was ever printed")
    click.echo(f"{found.in_groups} is ours: {_told(found, file)}")
    for revoked in file.revoked:
        if revoked.holds(serial):
            click.echo(f"It is void: {revoked.note}")


@labels.command()
@click.argument("batch", type=KEY)
@click.option("--serials", type=Serials(), help="The labels from A to B.")
@click.option("--batch-code", is_flag=True, help="The code of the whole batch.")
@click.option("--reason", required=True, help="Shown to whoever scans one of them.")
def revoke(batch: int, serials: tuple[int, int] | None, batch_code: bool, reason: str) -> None:
    """Declare labels of a BATCH void, for example a stolen roll."""
    first, last = _range(serials, batch_code)
    with working(read_settings()) as office, office.writing("zuofang labels revoke") as desk:
        acts.revoke(desk, batch, first, last, reason, reason)
    click.echo(f"Void: {_labels(first, last)} of batch {batch}. To undo: zuofang labels restore")


@labels.command()
@click.argument("batch", type=KEY)
@click.option("--serials", type=Serials(), help="The labels from A to B, as they were revoked.")
@click.option("--batch-code", is_flag=True, help="The code of the whole batch.")
@click.option("--reason", required=True, help="Why they count again; for the journal.")
def restore(batch: int, serials: tuple[int, int] | None, batch_code: bool, reason: str) -> None:
    """Lift a revocation; the labels count again."""
    first, last = _range(serials, batch_code)
    with working(read_settings()) as office, office.writing("zuofang labels restore") as desk:
        acts.restore(desk, batch, first, last, reason)
    click.echo(f"Valid again: {_labels(first, last)} of batch {batch}.")


@contextmanager
def _shop(settings: Settings) -> Iterator[PrintShop]:
    """The print shop of an installation."""
    from zuofang.traceability.labels.design import Designer
    from zuofang.traceability.labels.printshop import PrintShop
    from zuofang.traceability.labels.typeface import Typeface

    with working(settings) as office:
        address = LabelAddress.of_site(settings.base_url)
        typeface = Typeface.at(settings.label_font)
        yield PrintShop(office, Designer(office.rules.labels, address, typeface), settings.printed)


def _write(shop: PrintShop, run: int, who: str, zpl: int | None = None) -> None:
    with telling() as tell:
        files = shop.write(run, who, lambda done, wanted: tell(f"run {run}", done / wanted), zpl)
    click.echo(f"Every symbol was read back. {len(files)} file(s) in {files[0].parent}")


def _read(office: Office, text: str) -> LabelCode:
    secrets = office.keys.labels
    try:
        return read(LabelKeyring(secrets, max(secrets)), text)
    except NotOurCode as refusal:
        raise click.ClickException(str(refusal)) from None


def _told(code: LabelCode, file: LabelFile) -> str:
    which = f"label {code.serial}" if code.is_item else "the code"
    return f"{which} of batch {code.batch} ({file.product}, {file.lot}), {file.workshop}; key {code.key_version}"


def _range(serials: tuple[int, int] | None, batch_code: bool) -> tuple[int, int]:
    if batch_code == (serials is not None):
        raise click.UsageError("Say which labels: either --serials A-B or --batch-code.")
    return serials or (0, 0)


def _labels(first: int, last: int) -> str:
    return f"labels {first} to {last}" if first else "the batch code"
