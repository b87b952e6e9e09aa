"""Acts on pictures: put forward, let another person show them, take them away, each with its opposite beside it."""

from __future__ import annotations

from sqlalchemy import select

from zuofang.credit.models import Honour, Picture, PictureState
from zuofang.credit.queries.pictures import is_named
from zuofang.credit.redaction import leaks
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject
from zuofang.traceability.models import Zone

LONGEST = 200
"""Letters of a text about a picture."""


def propose(desk: Desk, picture: Picture, why: str) -> Picture:
    """Put a picture forward; it is public when another person has looked at it.

    Raises:
        Refused: it shows nothing that is in the register, a text is missing, or the same picture is there already.
    """
    _check_subject(desk, picture)
    _check_texts(picture)
    if _is_there(desk, picture):
        raise Refused(say("同一张图片已经有了。"))
    picture.state, picture.proposed_by, picture.proposed_at = PictureState.proposed, desk.who, desk.now
    desk.session.add(picture)
    desk.record("picture.propose", picture, why, digest=picture.digest, alt=picture.alt, touches=[_of(picture)])
    return picture


def approve(desk: Desk, picture: Picture, why: str) -> None:
    """Let a picture stand on the public page.

    Raises:
        Refused: it does not wait, or the same person put it forward.
    """
    if picture.state is not PictureState.proposed:
        raise Refused(say("这张图片不在待审状态。"))
    if picture.proposed_by == desk.who:
        raise Refused(say("提交人不能审核自己提交的图片。"))
    picture.state, picture.approved_by, picture.approved_at = PictureState.shown, desk.who, desk.now
    desk.record("picture.approve", picture, why, digest=picture.digest, touches=[_of(picture)])


def undo_approval(desk: Desk, picture: Picture, why: str) -> None:
    """Take an approval back; the picture waits again and is public no longer.

    Raises:
        Refused: it is not public.
    """
    if picture.state is not PictureState.shown:
        raise Refused(say("这张图片没有公开。"))
    picture.state, picture.approved_by, picture.approved_at = PictureState.proposed, None, None
    desk.record("picture.undo_approval", picture, why, digest=picture.digest, touches=[_of(picture)])


def withdraw(desk: Desk, picture: Picture, reason: str, why: str) -> None:
    """Send a picture back, or take it away from the public page at once.

    Raises:
        Refused: it is withdrawn already, or no reason is given.
    """
    if picture.state is PictureState.withdrawn:
        raise Refused(say("这张图片已经撤下。"))
    if not reason.strip():
        raise Refused(say("请写明撤下的原因。"))
    picture.state, picture.withdrawn_why = PictureState.withdrawn, reason.strip()[:LONGEST]
    desk.record("picture.withdraw", picture, why, digest=picture.digest, touches=[_of(picture)])


def restore(desk: Desk, picture: Picture, why: str) -> None:
    """Put a withdrawn picture forward again; another person than this one must let it be public anew.

    Raises:
        Refused: it is not withdrawn.
    """
    if picture.state is not PictureState.withdrawn:
        raise Refused(say("这张图片没有撤下。"))
    picture.state, picture.withdrawn_why, picture.approved_by = PictureState.proposed, None, None
    picture.approved_at, picture.proposed_by, picture.proposed_at = None, desk.who, desk.now
    desk.record("picture.restore", picture, why, digest=picture.digest, touches=[_of(picture)])


def destroy(desk: Desk, picture: Picture, why: str) -> bool:
    """Strike a withdrawn picture out for good, for example because somebody who is on it asks; nothing undoes it.

    Answers whether its copies may be taken off the shelf: no other row names the same picture.

    Raises:
        Refused: it is not withdrawn.
    """
    if picture.state is not PictureState.withdrawn:
        raise Refused(say("先撤下，才能销毁。"))
    desk.record("picture.destroy", picture, why, digest=picture.digest, touches=[_of(picture)])
    desk.session.delete(picture)
    desk.session.flush()
    return not is_named(desk.session, picture.digest)


def _check_subject(desk: Desk, picture: Picture) -> None:
    shown = desk.session.get(Zone, picture.zone_id) if picture.zone_id else None
    honour = desk.session.get(Honour, picture.honour_id) if picture.honour_id else None
    if (shown is None) == (honour is None):
        raise Refused(say("图片要属于登记的一个加工区或者一项荣誉。"))


def _check_texts(picture: Picture) -> None:
    for text, missing in (
        (picture.alt, say("请用中文说明图里有什么，看不见图的人靠它。")),
        (picture.alt_en, say("请用英文说明图里有什么。")),
        (picture.credit, say("请写明图片是谁拍的或者画的、凭什么可以用。")),
    ):
        if not text.strip():
            raise Refused(missing)
        if len(text) > LONGEST:
            raise Refused(say("最多 %(count)s 个字符。", count=LONGEST))
        if leaks(text):
            raise Refused(say("图片的说明里还有个人信息，请先删去。"))


def _is_there(desk: Desk, picture: Picture) -> bool:
    same = select(Picture.id).where(
        Picture.digest == picture.digest, Picture.zone_id == picture.zone_id, Picture.honour_id == picture.honour_id
    )
    return desk.session.scalars(same).first() is not None


def _of(picture: Picture) -> Subject:
    return ("zone", str(picture.zone_id)) if picture.zone_id else ("honour", str(picture.honour_id))
