"""Acts on the pictures of receipts: add one, take one away."""

from __future__ import annotations

from sqlalchemy import func, select

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.pictures.shelf import Made
from zuofang.traceability.models import MaterialReceipt, ReceiptPicture

MOST = 6
"""Pictures of one receipt: the receipt, a permit, a certificate of conformity, and their backs."""


def add_picture(desk: Desk, receipt: MaterialReceipt, made: Made, why: str) -> ReceiptPicture:
    """Put a picture with the record of a material; the opposite is :func:`take_picture_away`.

    Raises:
        Refused: there are as many as there may be, or this one is there already.
    """
    desk.session.flush()
    there = select(func.count()).select_from(ReceiptPicture).filter_by(receipt_id=receipt.id)
    if (desk.session.scalar(there) or 0) >= MOST:
        raise Refused(say("一次进货最多放 %(most)s 张照片。", most=MOST))
    if desk.session.scalars(select(ReceiptPicture.id).filter_by(receipt_id=receipt.id, digest=made.digest)).first():
        raise Refused(say("同一张图片已经有了。"))
    row = ReceiptPicture(
        receipt_id=receipt.id, digest=made.digest, width=made.width, height=made.height, added_at=desk.now
    )
    desk.session.add(row)
    desk.record("material.add_picture", receipt, why, digest=made.digest)
    return row


def take_picture_away(desk: Desk, receipt: MaterialReceipt, key: int, why: str) -> str:
    """Take a picture away for good; answers its digest. To undo it, add it again.

    Raises:
        Refused: the record has no such picture.
    """
    row = desk.session.get(ReceiptPicture, key)
    if row is None or row.receipt_id != receipt.id:
        raise Refused(say("这次进货没有这张照片。"))
    digest = row.digest
    desk.record("material.take_picture_away", receipt, why, digest=digest)
    desk.session.delete(row)
    desk.session.flush()
    return digest
