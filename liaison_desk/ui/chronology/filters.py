"""The filter bar: search, kinds, place, person, period and three switches; how many match; one click to clear."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.chips import KindChip, PeriodChip, chip, show_active
from liaison_desk.ui.chronology.completion import Completion
from liaison_desk.ui.chronology.flow import Flow
from liaison_desk.ui.chronology.model import COUNTED
from liaison_desk.ui.chronology.phrases import Phrases
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.workplace import Workplace

_TYPING_MS = 150
_MINUTE_MS = 60_000


class SearchBox(LineEditor):
    """The search line. Esc clears it, then leaves; Down goes to the list.

    Attributes:
        left: the person wants to go on in the list.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self.setAccessibleName(self.tr("Search the chronology"))
        theme.events().changed.connect(self._take_look)
        self._take_look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears or leaves, Down leaves."""
        composing = bool(self.preedit())
        if event.key() == Qt.Key.Key_Escape and not composing:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Down and not composing:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take_look(self) -> None:
        self._sign.setIcon(theme.icon("search"))
        self.setMinimumWidth(theme.px(220))


class FilterBar(QWidget):
    """What of the chronology to show.

    Attributes:
        filter_changed: another `EntryFilter` is meant.
        list_requested: the person wants to go on in the list.
        search: the search line; the window's head may take it in.
    """

    filter_changed = Signal(object)
    list_requested = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Everything passes."""
        super().__init__(parent)
        self._workplace = workplace
        self._told = EntryFilter()
        self._clearing = False
        self.search = SearchBox(self)
        self.kinds = KindChip(self)
        self._phrases = Phrases(workplace)
        self.place = self._field("place", self.tr("Place"), self.tr("Filter by place"))
        self.person = self._field("from_party", self.tr("Person, party"), self.tr("Filter by person or party"))
        self.period = PeriodChip(workplace.clock, self)
        self.open_only = chip(self, self.tr("Open instructions"), checkable=True)
        self.important_only = chip(self, self.tr("Important"), checkable=True)
        self.unverified_only = chip(self, self.tr("Unverified"), checkable=True)
        self._count = QLabel(self)
        theme.set_role(self._count, "secondary")
        self._clear = QToolButton(self)
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Show everything again"))
        self._clear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._clear.clicked.connect(self.clear)
        self._build()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._tell)
        self._minute.start()
        self.search.textChanged.connect(self._tell)
        self.search.left.connect(self.list_requested)
        self.kinds.changed.connect(self._tell)
        self.period.changed.connect(self._typing.start)
        for field in (self.place, self.person):
            field.textChanged.connect(lambda _text: self._typing.start())
        for switch in (self.open_only, self.important_only, self.unverified_only):
            switch.toggled.connect(self._tell)
        theme.events().changed.connect(self._take_look)
        self._take_look()
        self._show()

    def _field(self, name: str, placeholder: str, spoken: str) -> LineEditor:
        field = LineEditor(self)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(spoken)
        field.setClearButtonEnabled(True)
        Completion(field, lambda typed: self._phrases.suggest(name, typed), lambda: self._phrases.refresh(name))
        return field

    def _build(self) -> None:
        self._chips = QWidget(self)
        flow = Flow(self._chips)
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.kinds,
            self.period,
            self.place,
            self.person,
            self.open_only,
            self.important_only,
            self.unverified_only,
            self._count,
            self._clear,
        ):
            flow.addWidget(widget)
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(6))
        column.addLayout(head)
        column.addWidget(self._chips)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.activated.connect(self.focus_search)

    # ── What others ask ──────────────────────────────────────────────────────────────────────────

    def focus_search(self) -> None:
        """Go to the search line, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def chosen(self) -> EntryFilter:
        """What is chosen now."""
        since, until = self.period.bounds()
        return EntryFilter(
            text=self.search.text().strip(),
            kinds=self.kinds.kinds(),
            place=self.place.text().strip(),
            person=self.person.text().strip(),
            since=since,
            until=until,
            open_only=self.open_only.isChecked(),
            important_only=self.important_only.isChecked(),
            unverified_only=self.unverified_only.isChecked(),
        )

    def clear(self) -> None:
        """Show everything again."""
        self._clearing = True
        self.search.clear()
        self.place.clear()
        self.person.clear()
        self.kinds.set_kinds(frozenset())
        self.period.clear()
        for switch in (self.open_only, self.important_only, self.unverified_only):
            switch.setChecked(False)
        self._clearing = False
        self._tell()

    def count_text(self) -> str:
        """What is said of the number of matches."""
        return self._count.text()

    def show_count(self, count: int) -> None:
        """Say how many entries pass."""
        if self._told.is_empty():
            self._count.clear()
        elif count > COUNTED:
            self._count.setText(self.tr("{count} or more").format(count=f"{COUNTED:,}"))
        else:
            self._count.setText(self.tr("{count} found").format(count=f"{count:,}"))
        self._count.setVisible(bool(self._count.text()))

    # ── Inside ───────────────────────────────────────────────────────────────────────────────────

    def _tell(self) -> None:
        if self._clearing:
            return
        self._typing.stop()
        chosen = self.chosen()
        self._show()
        if chosen != self._told:
            self._told = chosen
            if chosen.is_empty():
                self.show_count(0)
            self.filter_changed.emit(chosen)

    def _show(self) -> None:
        self._clear.setVisible(not self.chosen().is_empty())
        for switch in (self.open_only, self.important_only, self.unverified_only):
            show_active(switch, switch.isChecked())
        for field in (self.place, self.person):
            if bool(field.property("active")) != bool(field.text()):
                field.setProperty("active", bool(field.text()))
                theme.restyle(field)

    def _take_look(self) -> None:
        self._clear.setIcon(theme.icon("close"))
        for field in (self.place, self.person):
            field.setFixedWidth(theme.px(132))

    def changeEvent(self, event: QEvent) -> None:
        """The chips need another height when the font is another."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
