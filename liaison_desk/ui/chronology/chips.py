"""The chips of the filter bar: a kind, a period, a switch. A chip that holds a choice is coloured and says it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from liaison_desk.domain.chronology import EntryKind
from liaison_desk.domain.clock import Clock, Moment
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.time_field import TimeField


class _StayingMenu(QMenu):
    """A menu of several choices that stays open while they are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


def chip(parent: QWidget, text: str, *, checkable: bool = False) -> QToolButton:
    """A chip; with a menu or as a switch."""
    button = QToolButton(parent)
    button.setText(text)
    button.setCheckable(checkable)
    theme.set_role(button, "chip")
    return button


def show_active(button: QToolButton, active: bool) -> None:
    """Colour a chip that holds a choice."""
    if bool(button.property("active")) != active:
        button.setProperty("active", active)
        theme.restyle(button)


class KindChip(QToolButton):
    """種別, any of several.

    Attributes:
        changed: other kinds are ticked.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Nothing ticked."""
        super().__init__(parent)
        theme.set_role(self, "chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = _StayingMenu(self)
        self._actions: dict[str, QAction] = {}
        for kind in EntryKind:
            action = menu.addAction(words.word(kind))
            action.setCheckable(True)
            action.toggled.connect(self._changed)
            self._actions[kind] = action
        self.setMenu(menu)
        self._show()

    def kinds(self) -> frozenset[str]:
        """The ticked kinds."""
        return frozenset(kind for kind, action in self._actions.items() if action.isChecked())

    def set_kinds(self, kinds: frozenset[str]) -> None:
        """Tick exactly these; silent."""
        for kind, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(kind in kinds)
            action.blockSignals(False)
        self._show()

    def _changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        kinds = [words.word(kind) for kind in self._actions if kind in self.kinds()]
        shown = "・".join(kinds[:2]) + (f" +{len(kinds) - 2}" if len(kinds) > 2 else "")
        self.setText((shown or words.word("kind")) + " ▾")
        show_active(self, bool(kinds))


class Period(Enum):
    """The presets of 期間."""

    ALL = "all"
    HOUR = "hour"
    SIX_HOURS = "six"
    TODAY = "today"
    YESTERDAY = "yesterday"
    OWN = "own"

    def since(self, now: Moment) -> Moment | None:
        """Where the period begins, None without a beginning of its own."""
        midnight = now.local().replace(hour=0, minute=0, second=0, microsecond=0)
        start = Moment.of_local(midnight, now.offset_min)
        return {
            Period.HOUR: now.plus(minutes=-60).to_minute(),
            Period.SIX_HOURS: now.plus(minutes=-360).to_minute(),
            Period.TODAY: start,
            Period.YESTERDAY: start.plus(minutes=-24 * 60),
        }.get(self)


class PeriodChip(QWidget):
    """期間: presets, or a beginning and an end as one types times.

    Attributes:
        changed: another period is meant.
    """

    changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        """The whole time."""
        super().__init__(parent)
        self._clock = clock
        self.period = Period.ALL
        self.button = chip(self, "")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        for period, name in self._names().items():
            self._menu.addAction(name).triggered.connect(lambda _checked=False, chosen=period: self.choose(chosen))
        self.button.setMenu(self._menu)
        self.since_field = TimeField(clock, parent=self)
        self.until_field = TimeField(clock, parent=self)
        self.since_field.line.setAccessibleName(self.tr("Period from"))
        self.until_field.line.setAccessibleName(self.tr("Period until"))
        self._dash = QLabel("～", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for widget in (self.button, self.since_field, self._dash, self.until_field):
            row.addWidget(widget)
        self.since_field.typed.connect(self.changed)
        self.until_field.typed.connect(self.changed)
        self._show()

    def choose(self, period: Period) -> None:
        """Mean another period."""
        self.period = period
        self._show()
        if period is Period.OWN:
            self.since_field.line.setFocus()
        self.changed.emit()

    def clear(self) -> None:
        """Mean the whole time; silent."""
        self.period = Period.ALL
        self.since_field.clear()
        self.until_field.clear()
        self._show()

    def bounds(self) -> tuple[Moment | None, Moment | None]:
        """Beginning and end; an end that was typed to the minute includes that minute."""
        if self.period is not Period.OWN:
            return self.period.since(self._clock.now()), None
        until = self.until_field.moment()
        return self.since_field.moment(), until.plus(minutes=1) if until else None

    def _names(self) -> dict[Period, str]:
        return {
            Period.ALL: self.tr("Whole time"),
            Period.HOUR: self.tr("Last hour"),
            Period.SIX_HOURS: self.tr("Last 6 hours"),
            Period.TODAY: self.tr("Today"),
            Period.YESTERDAY: self.tr("Since yesterday"),
            Period.OWN: self.tr("From … until …"),
        }

    def _show(self) -> None:
        named = self._names()[self.period] if self.period is not Period.ALL else self.tr("Period")
        self.button.setText(named + " ▾")
        show_active(self.button, self.period is not Period.ALL)
        for widget in (self.since_field, self._dash, self.until_field):
            widget.setVisible(self.period is Period.OWN)
        self.updateGeometry()
