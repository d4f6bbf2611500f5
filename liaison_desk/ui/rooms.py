"""The rooms of the chronology: the list with its filter and its details, and the open instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.blank import Blank
from liaison_desk.ui.chronology.filters import FilterBar
from liaison_desk.ui.chronology.model import State
from liaison_desk.ui.chronology.order import Sorting
from liaison_desk.ui.chronology.view import ChronologyView
from liaison_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from liaison_desk.ui.chronology.details import DetailsPane

_DETAILS_AT_LEAST = 300
# The same words are half as long again in English.
_DETAILS_AT_LEAST_ENGLISH = 450
_LIST_AT_LEAST = 320
_FILTER_ROOM = 480
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
        self._details: DetailsPane | None = None
        self._beside_list = QWidget(self)
        japanese = QLocale().language() == QLocale.Language.Japanese
        at_least = _DETAILS_AT_LEAST if japanese else _DETAILS_AT_LEAST_ENGLISH
        self._beside_list.setMinimumWidth(theme.px(at_least))
        theme.set_role(self._beside_list, "surface")
        self._details_place = QVBoxLayout(self._beside_list)
        self._details_place.setContentsMargins(0, 0, 0, 0)
        self.top = QVBoxLayout()
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.top)
        self.beside = QStackedLayout()
        self.beside.addWidget(self.view)
        column.addLayout(self.beside, 1)
        left.setMinimumWidth(theme.px(_LIST_AT_LEAST))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._beside_list)
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
        self.view.current_changed.connect(lambda entry_id: self.details.show_entry(entry_id))
        self.view.activated.connect(lambda _entry: self.details.setFocus())
        # The list and the entry bar are what a person waits for; the details come right behind the first paint.
        QTimer.singleShot(0, self, lambda: self.details)

    @property
    def details(self) -> DetailsPane:
        """The details of the selected entry, made when they are first asked for."""
        if self._details is None:
            from liaison_desk.ui.chronology.details import DetailsPane

            self._details = details = DetailsPane(self._workplace)
            self._details_place.addWidget(details)
            details.reply_requested.connect(self.reply_requested)
            details.correct_requested.connect(self.correct_requested)
            details.cancel_requested.connect(self.cancel_requested)
            details.entry_requested.connect(self._go_to)
        return self._details

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
    """クロノロジー: everything, by thread or by time, through a filter.

    Attributes:
        filter_shown: the filter's fields came or went.
    """

    filter_shown = Signal(bool)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the room."""
        super().__init__(workplace, "chronology", sorting=Sorting.THREADS, parent=parent)
        self._filter_wanted: bool | None = None
        self.filter = FilterBar(workplace)
        self.top.addWidget(self.filter)
        self.filter.filter_changed.connect(self._filter_changed)
        self.filter.list_requested.connect(self.view.setFocus)
        self.view.filter_cleared.connect(self.filter.clear)
        self.view.counted.connect(self.filter.show_count)

    def show_filter(self, shown: bool | None = None) -> None:
        """Show or hide the filter's fields; None leaves it to the room's height. One that is in force always shows."""
        self._filter_wanted = shown
        self._place_filter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps its lines for entries."""
        super().resizeEvent(event)
        self._place_filter()

    def _filter_changed(self, chosen: EntryFilter) -> None:
        self.view.show_filter(chosen)
        self.details.mark_words(chosen.text)
        self._place_filter()

    def _place_filter(self) -> None:
        room = self.height() >= theme.px(_FILTER_ROOM)
        shown = self._filter_wanted if self._filter_wanted is not None else room
        shown = shown or not self.filter.chosen().is_empty()
        if shown == self.filter.isHidden():
            self.filter.setVisible(shown)
            self.filter_shown.emit(shown)

    def show_entry(self, entry_id: str) -> None:
        """Select an entry; a filter that hides it is taken off first."""
        if not self.view.select(entry_id):
            self.details.show_entry(entry_id)


class InstructionRoom(ListRoom):
    """指示: what is open, by due time."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the room."""
        super().__init__(workplace, "instructions", sorting=Sorting.DUE, parent=parent)
        heading = QLabel(self.tr("Open instructions and requests, the earliest due first"), self)
        theme.set_role(heading, "heading")
        self.top.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(8))
        self.top.addWidget(heading)
        self._none = Blank(self)
        self._none.say(
            "check",
            self.tr("No open instructions"),
            self.tr("Ctrl+I makes the line in the entry bar an instruction, with owner and due time."),
        )
        self.beside.addWidget(self._none)
        model = self.view.model
        for changed in (model.state_changed, model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._show_none)
        self.view.show_filter(OPEN_INSTRUCTIONS)
        self._show_none()

    def _show_none(self) -> None:
        none = self.view.model.state is State.READY and not self.view.model.rowCount()
        self.beside.setCurrentWidget(self._none if none else self.view)
