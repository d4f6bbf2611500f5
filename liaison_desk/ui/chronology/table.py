"""The table that shows the list: rows painted whole, anchored while entries arrive around them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPersistentModelIndex, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryRow
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import cells, words
from liaison_desk.ui.chronology.columns import WIDTHS, Column, fit
from liaison_desk.ui.chronology.delegate import RowPainter, Stand
from liaison_desk.ui.chronology.model import ChronologyModel
from liaison_desk.ui.chronology.order import Sorting
from liaison_desk.ui.workplace import Workplace

# Copying more than this would fill the clipboard of an old PC for nobody's good.
_COPIED_ROWS = 2_000
# An icon takes a few milliseconds; between two of them keys are heard.
_WARM_MS = 20


class ChronologyTable(QTableView):
    """Shows a `ChronologyModel`.

    Attributes:
        top_changed: another row may be at the top.
        widths_changed: a person chose widths of columns, as text for `restore_widths`.
    """

    top_changed = Signal()
    widths_changed = Signal(str)

    def __init__(self, workplace: Workplace, model: ChronologyModel, parent: QWidget | None = None) -> None:
        """Show the model; columns as they were left on this PC."""
        super().__init__(parent)
        self._workplace = workplace
        self._model = model
        self.painter = RowPainter()
        self._wished: dict[Column, int] = {}
        self._fitting = False
        self._anchor: tuple[QPersistentModelIndex, int] | None = None
        self._was_at_end = False
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        # Every pixel is painted here; Qt may then move what is on screen instead of painting it again.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Chronology list"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(theme.px(24))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionResized.connect(self._column_resized)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        model.rowsAboutToBeInserted.connect(self._hold)
        model.rowsAboutToBeRemoved.connect(self._hold)
        model.rowsAboutToBeMoved.connect(self._hold)
        for altered in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            altered.connect(self._let_go)
        self._warming = self.painter.warming()
        self._warm = QTimer(self, interval=_WARM_MS)
        self._warm.timeout.connect(self._warm_one)
        self._take_look()
        theme.events().changed.connect(self._take_look)

    # ── Where the eye is ─────────────────────────────────────────────────────────────────────────

    def row_height(self) -> int:
        """The height of every row."""
        return self.painter.row_height

    def top_row(self) -> int:
        """The first row that is seen, -1 when there are none."""
        rows = self._model.rowCount()
        return min(self.verticalScrollBar().value() // self.row_height(), rows - 1)

    def rows_on_screen(self) -> range:
        """The rows that are seen at least in part."""
        first = self.verticalScrollBar().value() // self.row_height()
        last = (self.verticalScrollBar().value() + self.viewport().height() - 1) // self.row_height()
        return range(first, min(last + 1, self._model.rowCount()))

    def is_at_end(self) -> bool:
        """Whether the last row is in full view."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - self.row_height() // 2

    def go_to_end(self) -> None:
        """Scroll to the last row."""
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def put_on_top(self, row: int, offset_px: int = 0) -> None:
        """Scroll so that a row begins at the top, or `offset_px` above it."""
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(row * self.row_height() + offset_px)

    def offset_in_top_row(self) -> int:
        """How much of the first seen row is above the edge."""
        return self.verticalScrollBar().value() - self.top_row() * self.row_height()

    def _hold(self) -> None:
        top = self.top_row()
        self._was_at_end = self.is_at_end()
        self._anchor = (
            (QPersistentModelIndex(self._model.index(top, 0)), self.offset_in_top_row()) if top >= 0 else None
        )

    def _let_go(self) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor is None or not anchor[0].isValid():
            return
        # The list reports its new length only when it lays itself out; the text under the eye must not move till then.
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        self.verticalScrollBar().setValue(anchor[0].row() * self.row_height() + anchor[1])
        self.viewport().update()

    def was_at_end(self) -> bool:
        """Whether the end was in view before the last alteration."""
        return self._was_at_end

    def _scrolled(self) -> None:
        self.top_changed.emit()
        if self._model.is_filtered() and self.verticalScrollBar().value() < 3 * self.viewport().height():
            self._model.fetch_older()

    # ── Columns ──────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the room; there is no scrolling sideways."""
        super().resizeEvent(event)
        self._fit()

    def restore_widths(self, saved: str) -> None:
        """Take over what `widths_changed` told once; what is not understood is left."""
        pairs = (part.partition(":") for part in saved.split(",") if ":" in part)
        known = {column.name: column for column in WIDTHS}
        self._wished = {known[name]: int(width) for name, _, width in pairs if name in known and width.isdecimal()}
        self._fit()

    def _fit(self) -> None:
        self._fitting = True
        for column, width in fit(self.viewport().width(), self._wished, self.painter.natural_widths()).items():
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)
        self._fitting = False
        self.updateGeometries()
        self._place_columns()

    def _place_columns(self) -> None:
        header = self.horizontalHeader()
        # Cells begin where their titles do.
        inset = theme.px(8)
        places = {}
        for column in Column:
            if not self.isColumnHidden(column):
                places[column] = (header.sectionViewportPosition(column) + inset, header.sectionSize(column) - inset)
        self.painter.set_columns(places)
        self.viewport().update()

    def _column_resized(self, section: int, _old: int, new: int) -> None:
        if self._fitting or new == 0:
            return
        column = Column(section)
        if column is Column.CONTENT:
            # Its right edge is the left one of the next column.
            following = [c for c in Column if c > column and not self.isColumnHidden(c)]
            if following:
                spare = new - _old
                column, new = following[0], self.columnWidth(following[0]) - spare
        if column in WIDTHS:
            self._wished[column] = round(new * 100 / theme.percent())
            self.widths_changed.emit(",".join(f"{one.name}:{width}" for one, width in self._wished.items()))
        self._fit()

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────

    def _take_look(self) -> None:
        self.painter.look_changed()
        self._warming = self.painter.warming()
        self._warm.start()
        top, offset = self.top_row(), 0
        self.verticalHeader().setDefaultSectionSize(self.painter.row_height)
        self._fit()
        if top > 0:
            self.put_on_top(top, offset)

    def _warm_one(self) -> None:
        if next(self._warming, self) is self:
            self._warm.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that the region touches."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = event.rect()
        height, scrolled = self.row_height(), self.verticalScrollBar().value()
        width, rows = self.viewport().width(), self._model.rowCount()
        first = max((area.top() + scrolled) // height, 0)
        last = min((area.bottom() + scrolled) // height, rows - 1)
        now = self._workplace.clock.now()
        standing = self._workplace.desk.standing()
        self._model.read_between(first - 1, last + 1)
        selected = self._selected_between(first, last)
        selection = "selection" if self.isActiveWindow() else "selection_quiet"
        current = self.currentIndex().row() if self.hasFocus() else -1
        for number in range(first, last + 1):
            rect = QRectF(0, number * height - scrolled, width, height)
            row = self._model.row_at(number)
            if row is None:
                self.painter.paint_unread(painter, rect)
                continue
            stand = self.stand(number, row, now, standing.state(row.device, row.seq))
            # Stacked marks of a hostile text must not reach into the rows above and below.
            painter.setClipRect(rect)
            ground = selection if number in selected else "surface"
            self.painter.paint(painter, rect, row, stand, now, ground=ground, current=number == current)
        painter.setClipping(False)
        filled = max(rows * height - scrolled, 0)
        rest = QRect(0, filled, width, self.viewport().height() - filled)
        if not rest.isEmpty():
            painter.fillRect(rest, theme.colour("surface"))

    def _selected_between(self, first: int, last: int) -> set[int]:
        selected: set[int] = set()
        for part in self.selectionModel().selection().toList():
            selected.update(range(max(part.top(), first), min(part.bottom(), last) + 1))
        return selected

    def stand(self, number: int, row: EntryRow, now: Moment, delivery: str) -> Stand:
        """How a row stands among its neighbours."""
        order, sorting = self._model.order, self._model.sorting
        branch = ""
        if sorting is Sorting.THREADS and row.thread_pos != row.pos:
            follows = number + 1 < len(order) and order.majors[number + 1] == row.thread_pos
            branch = "├" if follows else "└"
        names_parent = sorting is not Sorting.THREADS
        overdue = words.is_overdue(row, now)
        today = words.day_number(now) if row.due else 0
        if sorting is Sorting.DUE:
            return Stand(branch, words.short_day(row.occurred_at), False, names_parent, delivery, overdue, today)
        before = self._head_row(number) if branch else self._head_row(number - 1)
        same = before is not None and words.day_number(before.occurred_at) == words.day_number(row.occurred_at)
        day = "" if same else words.short_day(row.occurred_at)
        opens = not same and not branch and number > 0
        return Stand(branch, day, opens, names_parent, delivery, overdue, today)

    def _head_row(self, number: int) -> EntryRow | None:
        if number < 0:
            return None
        if self._model.sorting is Sorting.THREADS:
            number = self._model.order.block(self._model.order.majors[number])[0]
        return self._model.row_at(number)

    def day_on_top(self) -> str:
        """The day that the first seen row belongs to."""
        row = self._head_row(self.top_row())
        return words.day(row.occurred_at) if row else ""

    # ── Keyboard ─────────────────────────────────────────────────────────────────────────────────

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the entry bar; Qt would ask every row of the list for them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, activate, and leave the rest to the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Home and self._model.rowCount():
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End and self._model.rowCount():
            self.selectRow(self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard, one a line, cells parted by tabs."""
        parts = self.selectionModel().selection().toList()
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        lines = []
        for number in rows[:_COPIED_ROWS]:
            row = self._model.row_at(number)
            if row:
                delivery = self._workplace.desk.standing().state(row.device, row.seq)
                lines.append("\t".join(cells.cell(row, column, delivery) for column in Column))
        if lines:
            QApplication.clipboard().setText("\n".join(lines))

    def changeEvent(self, event: QEvent) -> None:
        """The window became active or passive: the selection shows it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.viewport().update()
