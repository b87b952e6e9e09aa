"""Telling the fate of one batch day by day: made, tested, released, sent, and whatever else befell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial

from zuofang.site.commands.city.agenda import Act, Shift, moment_at
from zuofang.site.commands.city.days import ago
from zuofang.site.commands.city.production import Works
from zuofang.site.commands.city.receivers import RECEIVERS
from zuofang.site.commands.city.workshops import Line, Maker
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import batches, labels, recalls
from zuofang.traceability.models import Batch, Delivery, LabelKind, Method, Recall, ReceiverKind, ReleaseTest

RecallAct = Callable[[Desk, Recall, date], None]

RUN = 2
"""The second batch of its day, so that an ordinary one of the same day keeps its number."""
WARNED_AT = time(9, 40)
"""When the news of something wrong comes in."""


@dataclass(slots=True)
class Story:
    """One batch. Every method puts an act on the agenda so many days before today and hands back the story."""

    works: Works
    maker: Maker
    line: Line
    _batch: Batch | None = None
    _recall: Recall | None = None
    _sheets: list[ReleaseTest] = field(default_factory=list)
    _deliveries: list[Delivery] = field(default_factory=list)

    @property
    def batch(self) -> Batch:
        """The batch, once it was made."""
        if self._batch is None:
            raise LookupError(f"{self.line.good.name} was not made yet")
        return self._batch

    @property
    def serial(self) -> int:
        """The serial of one of its labels; 0 where all of them carry the code of the batch."""
        return 7 if self.works.label_kind(self.maker, self.line) is LabelKind.item else 0

    def made(self, days: int, *, labelled: bool = True) -> Story:
        """It is made; ``labelled`` tells whether labels are printed for it."""

        def act(desk: Desk) -> None:
            on = ago(self.works.agenda.today, days)
            self._batch = self.works.make(desk, self.maker, self.line, on, RUN, labelled=labelled)

        return self._on(days, Shift.workshop, act)

    def tested(
        self, days: int, *, fails: str | None = None, unfinished: bool = False, method: Method | None = None
    ) -> Story:
        """It is tested; without a ``method`` by the one that is usual for it."""

        def act(desk: Desk) -> None:
            on = ago(self.works.agenda.today, days)
            usual = Method.quick if self.line.good.quick else Method.regular
            sheet = self.works.test(
                desk, self.maker, self.line, self.batch, on,
                method=method or usual, fails=fails, unfinished=unfinished,
            )  # fmt: skip
            self._sheets.append(sheet)

        return self._on(days, Shift.laboratory, act)

    def annulled(self, days: int, why: str) -> Story:
        """Its last sheet was wrong."""
        return self._on(days, Shift.laboratory, lambda desk: batches.annul_test(desk, self._sheets[-1].id, why))

    def released(self, days: int, why: str = "检验合格，准予出厂") -> Story:
        """It may leave."""
        return self._on(days, Shift.dispatch, lambda desk: batches.release(desk, self.batch, why))

    def undone(self, days: int, why: str) -> Story:
        """Its release is taken back."""
        return self._on(days, Shift.dispatch, lambda desk: batches.undo_release(desk, self.batch, why))

    def blocked(self, days: int, reason: str) -> Story:
        """It must not leave; the reason is public."""
        return self._on(days, Shift.bureau, lambda desk: batches.block(desk, self.batch, reason, "监督检查发现"))

    def unblocked(self, days: int, why: str) -> Story:
        """The block is lifted."""
        return self._on(days, Shift.bureau, lambda desk: batches.unblock(desk, self.batch, why))

    def sent(self, days: int, *kinds: ReceiverKind) -> Story:
        """It goes out to one receiver of each kind."""
        receivers = [next(one for one in RECEIVERS if one.kind is kind) for kind in kinds]

        def act(desk: Desk) -> None:
            on = ago(self.works.agenda.today, days)
            self._deliveries += self.works.send(desk, self.maker, self.batch, on, receivers)

        return self._on(days, Shift.workshop, act)

    def never_sent(self, days: int, why: str) -> Story:
        """Its last delivery never took place."""
        return self._on(
            days, Shift.dispatch, lambda desk: batches.take_back_delivery(desk, self._deliveries[-1].id, why)
        )

    def recalled(self, days: int, level: int, reason: str) -> Story:
        """It is called back; the news came in on the morning of that day."""

        def act(desk: Desk) -> None:
            known = min(moment_at(ago(self.works.agenda.today, days), WARNED_AT), desk.now)
            self._recall = recalls.recall(desk, self.batch, level, reason, known, "收到不合格报告")

        return self._on(days, Shift.bureau, act)

    def announced(self, days: int) -> Story:
        """The recall is announced."""
        return self._recalling(days, partial(recalls.announce, why="在本站和销售点公告"))

    def finished(self, days: int) -> Story:
        """The recall is finished."""
        return self._recalling(days, partial(recalls.finish, why="召回完成，产品已在监督下销毁"))

    def withdrawn(self, days: int, why: str) -> Story:
        """The recall was declared in error."""
        return self._recalling(days, partial(recalls.withdraw, why=why))

    def labels_lost(self, days: int, first: int, last: int, reason: str) -> Story:
        """Some of its labels no longer count."""
        return self._on(
            days, Shift.dispatch, lambda desk: labels.revoke(desk, self.batch.id, first, last, reason, "作废标签")
        )

    def labels_found(self, days: int, first: int, last: int, why: str) -> Story:
        """They count again."""
        return self._on(days, Shift.dispatch, lambda desk: labels.restore(desk, self.batch.id, first, last, why))

    def _recalling(self, days: int, act: RecallAct) -> Story:
        def do(desk: Desk) -> None:
            if self._recall is None:
                raise LookupError(f"{self.line.good.name} was not called back")
            act(desk, self._recall, ago(self.works.agenda.today, days))

        return self._on(days, Shift.bureau, do)

    def _on(self, days: int, shift: Shift, act: Act) -> Story:
        self.works.agenda.add(ago(self.works.agenda.today, days), shift, partial(self._do, act))
        return self

    def _do(self, act: Act, desk: Desk) -> None:
        """Do an act with everything the story knows of in hand."""
        known = [self._batch, self._recall, *self._sheets, *self._deliveries]
        desk.session.add_all([row for row in known if row is not None])
        act(desk)
