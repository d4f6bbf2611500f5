"""A field for a time: shows the present until typing begins, then stands still; says how it understood what is typed.

No QTimeEdit: its sections and validators refuse full-width digits and a composition.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from liaison_desk.domain.clock import Clock, Moment
from liaison_desk.domain.times import parse_typed
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.preedit import LineEditor


class TimeField(QWidget):
    """A time, typed or taken from the clock.

    Attributes:
        typed: a person typed in it.
        line: the editor itself, for focus and tab order.
    """

    typed = Signal()

    def __init__(
        self, clock: Clock, *, forward: bool = False, shows_now: bool = False, parent: QWidget | None = None
    ) -> None:
        """An empty field.

        Args:
            clock: what time it is.
            forward: a due time: the next such time, not the last.
            shows_now: show the present while nothing is fixed.
            parent: the widget's parent.
        """
        super().__init__(parent)
        self._clock = clock
        self._forward = forward
        self._shows_now = shows_now
        self._moment: Moment | None = None
        self._approx = False
        self._wrong = False
        self._by_hand = False
        self._base: Moment | None = None
        self.line = LineEditor(self)
        self.line.setFont(theme.font("time"))
        self._hint: QLabel | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        row.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.typed.connect(self._typed)
        self.line.focused.connect(self._focused)
        theme.events().changed.connect(self._resize)
        self._resize()
        self.tick()

    def moment(self) -> Moment | None:
        """The time, None while none is fixed or what is typed is not one."""
        return None if self._wrong else self._moment

    def approx(self) -> bool:
        """Whether 「頃」 was said."""
        return self._approx

    def is_wrong(self) -> bool:
        """Whether something is typed that is not a time."""
        return self._wrong

    def is_by_hand(self) -> bool:
        """Whether a person gave the time, rather than the clock."""
        return self._by_hand

    def hint(self) -> str:
        """What is said above the field, "" when there is nothing to say."""
        return self._says()

    def fix(self, moment: Moment) -> None:
        """Hold the clock's time; does nothing to what a person typed or is typing."""
        self._base = self._base or moment
        if self._by_hand or self.line.whole_text():
            return
        self._moment = moment
        self.line.setText(self.shown())
        self._tell()

    def set_moment(self, moment: Moment | None, *, approx: bool = False) -> None:
        """Hold a recorded time, as one that a person gave."""
        self._moment, self._approx, self._wrong, self._by_hand = moment, approx, False, moment is not None
        self._base = self._clock.now()
        self.line.setText(self.shown())
        self._tell()

    def set_approx(self, approx: bool) -> None:
        """Say 「頃」, or no longer."""
        self._approx = approx
        if self._moment is not None and not self._wrong:
            self.line.setText(self.shown())
        self._tell()

    def set_typed(self, text: str, base: Moment) -> None:
        """Put in what was typed at `base`, as from a draft."""
        self._base = base
        self.line.setText(text)
        self._read()

    def clear(self) -> None:
        """Hold nothing; show the present again."""
        self._moment, self._approx, self._wrong, self._by_hand, self._base = None, False, False, False, None
        self.line.clear()
        self._tell()
        self.tick()

    def hide_hint(self) -> None:
        """Say nothing above the field until somebody types again: it is said elsewhere."""
        if self._hint:
            self._hint.hide()

    def tick(self) -> None:
        """Show the present minute while nothing is fixed."""
        if self._shows_now:
            self.line.setPlaceholderText(words.clock(self._clock.now()))

    def shown(self) -> str:
        """The time as the field writes it: with the date when it is not today's; "" without one."""
        if self._moment is None:
            return ""
        return written(self._moment, self._approx, self._clock.now())

    def normalise(self) -> None:
        """Write what was understood into the field, when the typing is over."""
        if self._by_hand and self._moment is not None and not self._wrong:
            self.line.setText(self.shown())
            self._tell()

    def _typed(self) -> None:
        self._read()
        self.typed.emit()

    def _read(self) -> None:
        text = self.line.whole_text()
        if not text.strip():
            self._moment, self._wrong, self._by_hand, self._approx = None, False, False, False
            self._tell()
            return
        understood = parse_typed(text, self._base or self._clock.now(), forward=self._forward)
        self._by_hand = True
        self._wrong = understood is None
        if understood:
            self._moment, self._approx = understood.moment, understood.approx
        self._tell()

    def _focused(self, came: bool) -> None:
        if came:
            self.line.selectAll()
        else:
            self.normalise()
        self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line has the focus, always."""
        self.line.setFocus(event.reason())

    def hideEvent(self, event: QHideEvent) -> None:
        """What hangs above the field goes with it."""
        super().hideEvent(event)
        if self._hint:
            self._hint.hide()

    def _says(self) -> str:
        if self._wrong:
            return self.tr("Not read as a time")
        if self._moment is None or not self._by_hand:
            return ""
        shown, now = self.shown(), self._clock.now()
        text = "" if self.line.whole_text().strip() == shown else "→ " + shown
        if self._moment.local().date() != now.local().date():
            text = (text or "→ " + shown) + f" ({distance(self._moment, now)})"
        return text

    def _tell(self) -> None:
        theme.mark_wrong(self.line, self._wrong)
        text = self._says()
        self.line.setAccessibleDescription(text)
        self._resize()
        if not text or not self.isVisible() or not (self.line.hasFocus() or self._wrong):
            if self._hint:
                self._hint.hide()
            return
        hint = self._the_hint()
        hint.setText(text)
        hint.setProperty("tone", "wrong" if self._wrong else "")
        theme.restyle(hint)
        hint.adjustSize()
        place = self.line.mapTo(self.window(), QPoint(0, -hint.height() - theme.px(2)))
        hint.move(place if place.y() >= 0 else self.line.mapTo(self.window(), QPoint(0, self.line.height())))
        hint.show()
        hint.raise_()

    def _the_hint(self) -> QLabel:
        # It hangs over its neighbours, so that they do not jump while somebody types.
        if self._hint is None or self._hint.parentWidget() is not self.window():
            if self._hint is not None:
                self._hint.deleteLater()
            self._hint = QLabel(self.window())
            self._hint.setObjectName("timeHint")
            self._hint.setTextFormat(Qt.TextFormat.PlainText)
            self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return self._hint

    def _resize(self) -> None:
        self.line.setFont(theme.font("time"))
        metrics = self.line.fontMetrics()
        least = "00/00 00:00" if self._forward else "00:00頃"
        width = max(metrics.horizontalAdvance(least), metrics.horizontalAdvance(self.line.whole_text() + " "))
        self.line.setFixedWidth(min(width, metrics.horizontalAdvance("2025/00/00 00:00頃")) + theme.px(24))


def written(moment: Moment, approx: bool, now: Moment) -> str:
    """A time as a field holds it, so that it is read back as the same: 13:05頃, 11/21 23:50, 2025/12/31 9:00."""
    local, today = moment.local(), now.local()
    text = f"{local:%H:%M}"
    if local.year != today.year:
        text = f"{local.year}/{local.month}/{local.day} {text}"
    elif local.date() != today.date():
        text = f"{local.month}/{local.day} {text}"
    return text + ("頃" if approx else "")


def distance(moment: Moment, now: Moment) -> str:
    """How far another day is: 昨日, 3日前, 明日."""
    days = (moment.local().date() - now.local().date()).days
    translate = QCoreApplication.translate
    if days in (-1, 0, 1):
        today, tomorrow = translate("TimeField", "today"), translate("TimeField", "tomorrow")
        return {-1: translate("TimeField", "yesterday"), 0: today, 1: tomorrow}[days]
    if days < 0:
        return translate("TimeField", "{days} days ago").format(days=-days)
    return translate("TimeField", "in {days} days").format(days=days)
