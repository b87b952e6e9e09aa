"""Pictures of zones and brands on the command line."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from zuofang.credit.acts import pictures
from zuofang.credit.models import Picture
from zuofang.site.commands.context import KEY
from zuofang.site.commands.desk import acting, at_counter, one
from zuofang.site.commands.record import FILE
from zuofang.storage.acts import Desk
from zuofang.storage.pictures import shelf
from zuofang.storage.settings import read_settings
from zuofang.traceability.models import Zone


@click.group()
def picture() -> None:
    """Pictures of zones and brands: put forward, let be shown by another person, take away."""


@picture.command("list")
def list_() -> None:
    """List all pictures with their numbers."""
    with at_counter() as desk:
        for row in desk.session.scalars(select(Picture).order_by(Picture.id)):
            of = f"zone {row.zone_id}" if row.zone_id else f"honour {row.honour_id}"
            click.echo(f"picture {row.id}: {row.state.value}, {of}, {row.width}x{row.height}, {row.alt}")


@picture.command()
@click.argument("file", type=FILE)
@click.option("--zone", help="Slug of the zone that it shows.")
@click.option("--honour", type=KEY, help="Number of the honour that it shows.")
@click.option("--alt", required=True, help="What is to be seen, in Chinese.")
@click.option("--alt-en", required=True, help="What is to be seen, in English.")
@click.option("--credit", required=True, help="Who took or drew it, and by what right it is shown.")
@acting
def add(
    desk: Desk, file: Path, zone: str | None, honour: int | None, alt: str, alt_en: str, credit: str, why: str
) -> None:
    """Put the picture in FILE (JPEG, PNG or WebP) forward; only our copies of it are kept."""
    content = file.read_bytes()
    made = shelf.put(read_settings().pictures, content)
    row = Picture(
        zone_id=_zone(desk, zone).id if zone else None, honour_id=honour, digest=made.digest, width=made.width,
        height=made.height, sent_bytes=len(content), alt=alt, alt_en=alt_en, credit=credit,
    )  # fmt: skip
    pictures.propose(desk, row, why)
    click.echo(f"picture {row.id}: proposed; another person lets it be shown with: zuofang picture approve {row.id}")


def _zone(desk: Desk, slug: str) -> Zone:
    found = desk.session.scalars(select(Zone).filter_by(slug=slug)).one_or_none()
    if found is None:
        raise click.ClickException(f"there is no zone {slug}")
    return found


@picture.command()
@click.argument("number", type=KEY)
@acting
def approve(desk: Desk, number: int, why: str) -> None:
    """Let picture NUMBER stand on its public page."""
    pictures.approve(desk, one(desk, Picture, number, "picture"), why)


@picture.command("undo-approve")
@click.argument("number", type=KEY)
@acting
def undo_approve(desk: Desk, number: int, why: str) -> None:
    """Take the approval of picture NUMBER back; it waits again."""
    pictures.undo_approval(desk, one(desk, Picture, number, "picture"), why)


@picture.command()
@click.argument("number", type=KEY)
@click.argument("reason")
@acting
def withdraw(desk: Desk, number: int, reason: str, why: str) -> None:
    """Take picture NUMBER away from its page at once, for REASON."""
    pictures.withdraw(desk, one(desk, Picture, number, "picture"), reason, why)


@picture.command()
@click.argument("number", type=KEY)
@acting
def restore(desk: Desk, number: int, why: str) -> None:
    """Put the withdrawn picture NUMBER forward again."""
    pictures.restore(desk, one(desk, Picture, number, "picture"), why)


@picture.command()
@click.argument("number", type=KEY)
@acting
def destroy(desk: Desk, number: int, why: str) -> None:
    """Destroy the withdrawn picture NUMBER with its copies; nothing brings it back."""
    row = one(desk, Picture, number, "picture")
    if pictures.destroy(desk, row, why):
        shelf.take_off(read_settings().pictures, row.digest)
