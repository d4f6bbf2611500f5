"""The strip that offers an unfinished line back, with its age."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from liaison_desk.domain.clock import Clock
from liaison_desk.domain.listing import Draft
from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words

_SHOWN = 60


class DraftOffer(QWidget):
    """Offers drafts one after the other, the newest first.

    Attributes:
        resumed: go on with this `Draft`.
        discarded: throw this `Draft` away.
        height_changed: the strip came or went.
    """

    resumed = Signal(object)
    discarded = Signal(object)
    height_changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        """A hidden strip."""
        super().__init__(parent)
        self._clock = clock
        self._drafts: deque[Draft] = deque()
        self.setObjectName("draftOffer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._resume = QPushButton(self.tr("Go on writing"), self)
        self._resume.setAutoDefault(False)
        self._discard = QPushButton(self.tr("Throw away"), self)
        self._discard.setAutoDefault(False)
        theme.set_role(self._discard, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(4), theme.px(4), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self._label, 1)
        row.addWidget(self._resume)
        row.addWidget(self._discard)
        self._resume.clicked.connect(lambda: self._answer(self.resumed))
        self._discard.clicked.connect(lambda: self._answer(self.discarded))
        self.hide()

    def offer(self, draft: Draft) -> None:
        """Offer a draft; one of the same slot is replaced."""
        self._drafts = deque(one for one in self._drafts if one.slot != draft.slot)
        self._drafts.append(draft)
        self._drafts = deque(sorted(self._drafts, key=lambda one: one.saved_at.utc_ms, reverse=True))
        self._show()

    def drafts(self) -> list[Draft]:
        """What is offered, the shown one first."""
        return list(self._drafts)

    def text(self) -> str:
        """What the strip says, "" while it is hidden."""
        return self._label.text() if self._drafts else ""

    def resume(self) -> None:
        """Go on with the shown draft."""
        self._resume.click()

    def discard(self) -> None:
        """Throw the shown draft away."""
        self._discard.click()

    def tick(self) -> None:
        """Draw the ages anew."""
        if self._drafts:
            self._say()

    def _answer(self, signal: SignalInstance) -> None:
        if self._drafts:
            draft = self._drafts.popleft()
            self._show()
            signal.emit(draft)

    def _show(self) -> None:
        self._say()
        if self.isHidden() == bool(self._drafts):
            self.setVisible(bool(self._drafts))
            self.height_changed.emit()

    def _say(self) -> None:
        if not self._drafts:
            return
        draft = self._drafts[0]
        age_min = max(0, (self._clock.now().utc_ms - draft.saved_at.utc_ms) // 60_000)
        age = (
            self.tr("Unfinished line, {age} old: {text}")
            if age_min
            else self.tr("Unfinished line, a moment old: {text}")
        )
        text = age.format(age=words.span(age_min), text=f"「{gist(draft)}」")
        if len(self._drafts) > 1:
            text += "　" + self.tr("({count} more)").format(count=len(self._drafts) - 1)
        self._label.setText(text)
        self.setAccessibleName(text)


def gist(draft: Draft) -> str:
    """What a draft is about, in one line."""
    names = ("content", "subject", "from_party", "to_party", "place")
    texts = (draft.values.get(name, "") for name in names)
    return one_line(next(filter(None, texts), "…"), _SHOWN)
