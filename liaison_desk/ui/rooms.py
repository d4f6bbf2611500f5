"""The rooms of the chronology: the list with its filter and its details, and the open instructions."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.details import DetailsPane
from liaison_desk.ui.chronology.filters import FilterBar
from liaison_desk.ui.chronology.order import Sorting
from liaison_desk.ui.chronology.view import ChronologyView
from liaison_desk.ui.workplace import Workplace

_DETAILS_AT_LEAST = 300
_LIST_AT_LEAST = 320
OPEN_INSTRUCTIONS = EntryFilter(open_only=True)


class ListRoom(QWidget):
    """A list of entries with the details of the selected one beside it.

    Attributes:
        reply_requested, correct_requested, cancel_requested: from the details.
        elsewhere: an entry that this room's list does not hold is wanted.
    """

    reply_requested = Signal(object)
    correct_requested = Signal(object)
    cancel_requested = Signal(object)
    elsewhere = Signal(str)

    def __init__(self, workplace: Workplace, name: str, *, sorting: Sorting, parent: QWidget | None = None) -> None:
        """Lay out the room; `name` is under which its splitter and columns are remembered."""
        super().__init__(parent)
        self._workplace = workplace
        self._name = name
        self.view = ChronologyView(workplace, self, sorting=sorting)
        self.details = DetailsPane(workplace)
        self.details.setMinimumWidth(theme.px(_DETAILS_AT_LEAST))
        self.top = QVBoxLayout()
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.top)
        column.addWidget(self.view, 1)
        left.setMinimumWidth(theme.px(_LIST_AT_LEAST))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.details)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([theme.px(900), theme.px(360)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        sizes = workplace.choices.current
        if sizes.size(name):
            self.splitter.restoreState(QByteArray.fromBase64(sizes.size(name).encode()))
        if sizes.size(name + ".columns"):
            self.view.restore_widths(sizes.size(name + ".columns"))
        self.splitter.splitterMoved.connect(lambda _at, _index: self._remember())
        self.view.widths_changed.connect(
            lambda widths: workplace.choices.remember_size(workplace.desk, name + ".columns", widths)
        )
        self.view.current_changed.connect(self.details.show_entry)
        self.view.activated.connect(lambda _entry: self.details.setFocus())
        self.details.reply_requested.connect(self.reply_requested)
        self.details.correct_requested.connect(self.correct_requested)
        self.details.cancel_requested.connect(self.cancel_requested)
        self.details.entry_requested.connect(self._go_to)

    def close_reading(self) -> None:
        """End reading in the background, before the desk is closed."""
        self.view.close_reading()

    def _go_to(self, entry_id: str) -> None:
        if not self.view.select(entry_id):
            self.elsewhere.emit(entry_id)

    def _remember(self) -> None:
        state = bytes(self.splitter.saveState().toBase64().data()).decode("ascii")
        self._workplace.choices.remember_size(self._workplace.desk, self._name, state)


class ChronologyRoom(ListRoom):
    """クロノロジー: everything, by thread or by time, through a filter."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the room."""
        sorting = Sorting.THREADS if workplace.choices.current.threads else Sorting.TIME
        super().__init__(workplace, "chronology", sorting=sorting, parent=parent)
        self.filter = FilterBar(workplace)
        self.top.addWidget(self.filter)
        self.filter.filter_changed.connect(self.view.show_filter)

    def show_entry(self, entry_id: str) -> None:
        """Select an entry; a filter that hides it is taken off first."""
        if not self.view.select(entry_id):
            self.details.show_entry(entry_id)


class InstructionRoom(ListRoom):
    """指示: what is open, by due time."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the room."""
        super().__init__(workplace, "instructions", sorting=Sorting.DUE, parent=parent)
        self.view.show_filter(OPEN_INSTRUCTIONS)
