"""Keeps the unfinished line: saved when the typing pauses, and every two seconds while it does not.

Each line has a slot of its own, so that a draft that is offered back is never overwritten by a new line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import Draft
from liaison_desk.services.drafts import drop_draft, save_draft
from liaison_desk.ui.workplace import Workplace

PAUSE_MS = 400
AT_MOST_MS = 2_000


class Drafting(QObject):
    """The draft of one entry bar."""

    def __init__(
        self,
        workplace: Workplace,
        values: Callable[[], Mapping[str, str]],
        failed: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        """Begin without a draft.

        Args:
            workplace: where it is saved.
            values: what is in the bar now, the preedit included; empty when there is nothing to keep.
            failed: told once until saving works again.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._workplace = workplace
        self._values = values
        self._failed = failed
        self._has_failed = False
        self._started: Moment | None = None
        self._saved: Mapping[str, str] = {}
        self.slot = ""
        self._pause = self._timer(PAUSE_MS)
        self._at_most = self._timer(AT_MOST_MS)

    def begin(self, started_at: Moment) -> None:
        """A line was begun: give it a slot."""
        self._started = started_at
        self.slot = f"bar:{started_at.utc_ms}"
        self._saved = {}

    def adopt(self, slot: str, started_at: Moment, values: Mapping[str, str]) -> None:
        """Go on with a draft that was offered back."""
        self._started, self.slot, self._saved = started_at, slot, dict(values)

    def touch(self) -> None:
        """Somebody typed."""
        if not self.slot:
            return
        self._pause.start()
        if not self._at_most.isActive():
            self._at_most.start()

    def save_now(self) -> None:
        """Save what differs from what was saved; an emptied bar has no draft."""
        self._pause.stop()
        self._at_most.stop()
        if not self.slot or self._started is None:
            return
        values = dict(self._values())
        if values == self._saved:
            return
        had, self._saved = bool(self._saved), values
        if values:
            save = partial(save_draft, slot=self.slot, values=values, started_at=self._started)
            self._workplace.desk.submit(save, done=self._worked, failed=self._tell)
        elif had:
            self._workplace.desk.submit(partial(drop_draft, slot=self.slot), done=self._worked, failed=self._tell)

    def line(self) -> Draft | None:
        """The line as it stands, None when none was begun."""
        if self._started is None:
            return None
        return Draft(self.slot, dict(self._values()), self._started, self._workplace.clock.now())

    def pause(self) -> None:
        """Save nothing until the next touch: the line is being recorded."""
        self._pause.stop()
        self._at_most.stop()

    def end(self) -> None:
        """The line is recorded or thrown away: its slot is over."""
        self.pause()
        self.slot, self._started, self._saved = "", None, {}

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(self.save_now)
        return timer

    def _worked(self, _nothing: None) -> None:
        self._has_failed = False

    def _tell(self, error: Exception) -> None:
        # What is typed stays on screen; it is tried again at the next pause.
        self._saved = {}
        if not self._has_failed:
            self._has_failed = True
            self._failed(error)
