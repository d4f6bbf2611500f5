"""The chronology's list: the day on top, the rows, what is new, and a word where there is nothing."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.errors import DeskProblem
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.blank import Blank
from liaison_desk.ui.chronology.hits import words_of
from liaison_desk.ui.chronology.model import ChronologyModel, State
from liaison_desk.ui.chronology.order import Sorting
from liaison_desk.ui.chronology.seen import SeenWatch
from liaison_desk.ui.chronology.table import ChronologyTable
from liaison_desk.ui.workplace import Workplace

_SETTLE_MS = 300
# So many unseen entries are looked up to say how many lie below; beyond, "100+" says enough.
_COUNTED = 100


class ChronologyView(QWidget):
    """The list of entries.

    Attributes:
        current_changed: another entry is selected: its id, "" for none.
        activated: Enter or a double click on an entry: its id.
        filter_cleared: the person asked to see everything again.
        widths_changed: columns were resized; to be kept and handed to `restore_widths`.
        counted: how many entries pass the filter.
    """

    current_changed = Signal(str)
    activated = Signal(str)
    filter_cleared = Signal()
    widths_changed = Signal(str)
    counted = Signal(int)

    def __init__(
        self, workplace: Workplace, parent: QWidget | None = None, *, sorting: Sorting = Sorting.THREADS
    ) -> None:
        """Show the newest entries at once, then read the order of all in the background."""
        super().__init__(parent)
        self._workplace = workplace
        self._told = ""
        self._restoring = False
        self._kept: tuple[str, int, bool] = ("", 0, True)
        self._unseen: frozenset[str] = frozenset()
        self._pill_due = False
        # Fifty remote entries a second are counted a few times, not fifty times: typing waits for this thread.
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._count_unseen)
        self.model = ChronologyModel(workplace, sorting, self)
        self.table = ChronologyTable(workplace, self.model, self)
        self.watch = SeenWatch(workplace, self.model, self.table)
        self._build()
        self.model.modelAboutToBeReset.connect(self._keep_place)
        self.model.modelReset.connect(self._restore_place)
        self.model.state_changed.connect(self._show_state)
        self.model.rowsInserted.connect(self._show_state)
        self.model.rowsRemoved.connect(self._show_state)
        self.model.rows_altered.connect(self._altered)
        self.model.counted.connect(self.counted)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.activated.connect(self._activate)
        self.table.doubleClicked.connect(self._activate)
        self.table.top_changed.connect(self._show_day)
        self.table.widths_changed.connect(self.widths_changed)
        workplace.desk.delivery.connect(lambda _standing: self.table.viewport().update())
        # 期限超過 and the like begin by themselves.
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self.table.viewport().update)
        self._minute.start()
        self.destroyed.connect(self.model.close)
        theme.events().changed.connect(self._take_look)
        self._take_look()
        self.model.start()
        self.table.go_to_end()

    def _build(self) -> None:
        self._day = QLabel(self)
        self._day.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self._day, "secondary")
        self._new = QToolButton(self)
        self._new.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._new.clicked.connect(self.next_unseen)
        self._threads = QToolButton(self)
        self._threads.setCheckable(True)
        self._threads.setChecked(self.model.sorting is Sorting.THREADS)
        self._threads.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._threads.setText(self.tr("Threads"))
        self._threads.setToolTip(self.tr("Replies below the entry that they answer (Ctrl+T)"))
        self._threads.toggled.connect(self._toggle_threads)
        self._end = QToolButton(self)
        self._end.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._end.setText(self.tr("Newest"))
        self._end.setToolTip(self.tr("Go to the newest entry (Ctrl+End)"))
        self._end.clicked.connect(self.go_to_end)
        strip = QHBoxLayout()
        strip.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        strip.setSpacing(theme.px(4))
        strip.addWidget(self._day)
        strip.addStretch(1)
        for button in (self._new, self._threads, self._end):
            strip.addWidget(button)
        self._strip = QWidget(self)
        self._strip.setLayout(strip)
        theme.set_role(self._strip, "canvas")
        self._blank = Blank(self)
        self._blank.acted.connect(self._act_on_blank)
        self._pill = QPushButton(self.table)
        theme.set_role(self._pill, "primary")
        self._pill.clicked.connect(self._follow_pill)
        self._pill.hide()
        self._pages = QStackedLayout()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._blank)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addLayout(self._pages, 1)
        self.setFocusProxy(self.table)
        for keys, slot in (
            ("Ctrl+T", self._threads.toggle),
            ("Ctrl+End", self.go_to_end),
            ("Ctrl+Down", self.next_unseen),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # ── What others ask ──────────────────────────────────────────────────────────────────────────

    def show_filter(self, chosen: EntryFilter) -> None:
        """Show what passes; an empty filter shows all."""
        self.model.show_filter(chosen)
        self._show_threads_button()

    def select(self, entry_id: str) -> bool:
        """Select an entry and bring it into view; False when the list does not hold it."""
        row = self.model.row_of(entry_id)
        if row < 0:
            return False
        self._select_row(row)
        return True

    def current_id(self) -> str:
        """The selected entry's id, "" when none is selected."""
        row = self.model.row_at(self.table.currentIndex().row())
        return row.id if row else ""

    def go_to_end(self) -> None:
        """Scroll to the newest entry."""
        self.table.go_to_end()
        self._pill.hide()

    def toggle_threads(self) -> None:
        """Replies below what they answer, or all in time order."""
        self._threads.click()

    def next_unseen(self) -> bool:
        """Select the next new entry below the selected one, or the first; False when there is none."""
        rows = sorted(row for row in map(self.model.row_of, self._unseen) if row >= 0)
        if not rows:
            return False
        current = self.table.currentIndex().row()
        self._select_row(next((row for row in rows if row > current), rows[0]))
        return True

    def unseen_count(self) -> int:
        """How many new entries nobody looked at yet."""
        return len(self._unseen)

    def blank_text(self) -> str:
        """What is said instead of rows, "" while rows are shown."""
        return self._blank.text() if self._pages.currentWidget() is self._blank else ""

    def press_blank(self) -> None:
        """Take the next step that the empty list offers."""
        self._blank.acted.emit()

    def restore_widths(self, saved: str) -> None:
        """Give the columns the widths that `widths_changed` told once."""
        self.table.restore_widths(saved)

    def close_reading(self) -> None:
        """End reading in the background, before the desk is closed."""
        for timer in (self._settle, self._minute):
            timer.stop()
        self.watch.stop()
        self.model.close()

    # ── Staying where the eye is ─────────────────────────────────────────────────────────────────

    def _select_row(self, row: int) -> None:
        index = self.model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.executeDelayedItemsLayout()
        self.table.selectionModel().setCurrentIndex(index, flags)
        self.table.scrollTo(index)

    def _keep_place(self) -> None:
        top = self.model.row_at(self.table.top_row())
        self._kept = (top.id if top else "", self.table.offset_in_top_row(), self.table.is_at_end() or not top)
        self._restoring = True

    def _restore_place(self) -> None:
        # Marked only now: to paint the old rows once more, with marks, would make the found ones wait.
        self.table.painter.set_words(words_of(self.model.filter.text))
        top_id, offset, at_end = self._kept
        selected = self.model.row_of(self._told) if self._told else -1
        self.table.updateGeometries()
        top = self.model.row_of(top_id) if top_id else -1
        if selected >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.model.index(selected, 0), flags)
        self._restoring = False
        if at_end or top < 0:
            self.go_to_end()
        else:
            self.table.put_on_top(top, offset)
        if self._told and selected < 0:
            self._tell("")
        self._show_state()

    def _altered(self, changed: Changed) -> None:
        if changed.origin == "here" and self.table.was_at_end() and self.model.is_last(changed.ids):
            self.go_to_end()
        elif changed.origin == "elsewhere" and not self.table.is_at_end():
            self._pill_due = True
        self.table.viewport().update()
        self._show_day()
        if not self._settle.isActive():
            self._settle.start()

    def _count_unseen(self) -> None:
        self._read_unseen()
        if self._pill_due:
            self._pill_due = False
            self._show_pill()

    def _read_unseen(self) -> None:
        self._unseen = self._workplace.reader.unseen()
        count = len(self._unseen)
        self._new.setVisible(bool(count))
        self._new.setText(self.tr("{count} new").format(count=count))
        self._new.setToolTip(self.tr("Go to the next entry from another PC that nobody looked at (Ctrl+Down)"))
        if not count:
            self._pill.hide()

    def _show_pill(self) -> None:
        below = self.table.rows_on_screen().stop
        new = sum(1 for row in map(self.model.row_of, islice(self._unseen, _COUNTED)) if row >= below)
        if new:
            count = str(new) if len(self._unseen) <= _COUNTED else f"{new}+"
            self._pill.setText(self.tr("↓ {count} new below").format(count=count))
            self._pill.adjustSize()
            self._place_pill()
            self._pill.show()

    def _follow_pill(self) -> None:
        self._pill.hide()
        below = self.table.rows_on_screen().stop
        rows = sorted(row for row in map(self.model.row_of, self._unseen) if row >= below)
        if rows:
            self.table.scrollTo(self.model.index(rows[0], 0))

    def _place_pill(self) -> None:
        room = self.table.viewport().geometry()
        self._pill.move(room.center().x() - self._pill.width() // 2, room.bottom() - self._pill.height() - theme.px(12))

    # ── What is shown around the rows ────────────────────────────────────────────────────────────

    def _take_look(self) -> None:
        for button, icon in ((self._new, "new-below"), (self._threads, "thread"), (self._end, "chevron-down")):
            button.setIcon(theme.icon(icon))
        self._show_state()

    def _show_day(self) -> None:
        self._day.setText(self.table.day_on_top())

    def _show_threads_button(self) -> None:
        # Found entries are in time order; whole threads would hide what was looked for.
        self._threads.setEnabled(self.model.filter.is_empty())

    def _toggle_threads(self, threads: bool) -> None:
        self.model.sort_by(Sorting.THREADS if threads else Sorting.TIME)

    def _show_state(self) -> None:
        self._show_day()
        if self.model.state is State.FAILED:
            problem = self.model.problem
            says = problem.says if isinstance(problem, DeskProblem) else self.tr("The list could not be read.")
            do = problem.do if isinstance(problem, DeskProblem) else str(problem)
            self._blank.say("warning", says, do, self.tr("Read again"))
        elif self.model.rowCount():
            self._pages.setCurrentWidget(self.table)
            return
        elif self.model.state is State.READING:
            self._blank.say("loading", self.tr("Reading…"))
        elif self.model.is_filtered():
            says = self.tr("Nothing matches")
            self._blank.say("search", says, self.tr("Try fewer words or a longer period."), self.tr("Show everything"))
        else:
            self._blank.say(
                "chronology",
                self.tr("No entries yet"),
                self.tr("Type below what you hear; the time is fixed at the first key. Ctrl+Enter records it."),
            )
        self._pages.setCurrentWidget(self._blank)

    def _act_on_blank(self) -> None:
        if self.model.state is State.FAILED:
            self.model.reload()
        else:
            self.filter_cleared.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign of new entries at the bottom."""
        super().resizeEvent(event)
        self._place_pill()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for new entries."""
        super().showEvent(event)
        self._read_unseen()

    # ── Selection ────────────────────────────────────────────────────────────────────────────────

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self._restoring:
            return
        row = self.model.row_at(index.row())
        self._tell(row.id if row else "")

    def _tell(self, entry_id: str) -> None:
        if entry_id != self._told:
            self._told = entry_id
            self.current_changed.emit(entry_id)

    def _activate(self, index: QModelIndex | QPersistentModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row:
            self.activated.emit(row.id)
