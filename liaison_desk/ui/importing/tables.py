"""The tables of the import dialogs: columns with their meaning, first rows, lines to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.text import one_line
from liaison_desk.services.importing import Problem
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words

SHOWN_FIELDS = ("no", "occurred_at", "from_party", "to_party", "channel", "kind", "subject", "place", "content")


class PlainTable(QTableWidget):
    """A table to look at."""

    def __init__(self, heads: Sequence[str], parent: QWidget | None = None) -> None:
        """An empty table with these heads; the last column takes the room that is left."""
        super().__init__(0, len(heads), parent)
        self.setHorizontalHeaderLabels(list(heads))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Iterable[Sequence[str]], *, widest: int = 260) -> None:
        """Show other rows; from the third column on, none but the last grows beyond `widest`."""
        told = list(rows)
        self.setRowCount(len(told))
        for place, cells in enumerate(told):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(one_line(text, 200))
                item.setToolTip(one_line(text, 400))
                self.setItem(place, column, item)
        self.resizeColumnsToContents()
        for column in range(2, self.columnCount() - 1):
            if self.columnWidth(column) > theme.px(widest):
                self.setColumnWidth(column, theme.px(widest))

    def show_whole_texts(self) -> None:
        """Break long texts into lines instead of cutting them."""
        self.setWordWrap(True)
        self.resizeRowsToContents()

    def texts(self) -> list[list[str]]:
        """What is shown, for tests."""
        cells = [[self.item(row, column) for column in range(self.columnCount())] for row in range(self.rowCount())]
        return [[item.text() if item else "" for item in row] for row in cells]


class ColumnTable(PlainTable):
    """Header by header: what it means, which a person can change.

    Attributes:
        mapping_changed: header -> field as chosen; "" leaves the column out.
    """

    mapping_changed = Signal(object)

    def __init__(self, fields: Sequence[str], name_of: object, parent: QWidget | None = None) -> None:
        """No columns yet.

        Args:
            fields: what a column can mean.
            name_of: a function from a field to its name.
            parent: the widget's parent.
        """
        heads = (self.tr("Column of the file"), self.tr("Is taken as"), self.tr("First value"))
        super().__init__(heads, parent)
        self._fields = tuple(fields)
        self._name_of = name_of
        self._chosen: dict[str, str] = {}

    def show_columns(self, labels: Sequence[str], understood: Mapping[str, str], samples: Mapping[str, str]) -> None:
        """Show the columns; what a person chose before stays chosen."""
        self.setRowCount(0)
        self.show_rows((label, "", samples.get(label, "")) for label in labels)
        for place, label in enumerate(labels):
            box = QComboBox(self)
            box.addItem(self.tr("(left out)"), "")
            for field in self._fields:
                box.addItem(self._name_of(field) if callable(self._name_of) else field, field)
            box.setCurrentIndex(max(0, box.findData(understood.get(label, ""))))
            box.setAccessibleName(label)
            box.activated.connect(partial(self._choose, label, box))
            self.setCellWidget(place, 1, box)
            self.setRowHeight(place, theme.px(38))
        self.setColumnWidth(0, theme.px(200))
        self.setColumnWidth(1, theme.px(220))
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)

    def choose(self, label: str, field: str) -> None:
        """Choose what a column means, as a person does."""
        self._chosen[label] = field
        self.mapping_changed.emit(dict(self._chosen))

    def forget(self) -> None:
        """Another file: nothing is chosen."""
        self._chosen.clear()

    def _choose(self, label: str, box: QComboBox, _place: int) -> None:
        self.choose(label, str(box.currentData()))


def entry_cells(entry: ChronologyEntry) -> list[str]:
    """An entry as the preview shows it."""
    when = words.day_and_clock(entry.occurred_at, entry.occurred_approx)
    return [when if name == "occurred_at" else str(getattr(entry, name)) for name in SHOWN_FIELDS]


def problem_cells(problem: Problem, refused: str, mended: str) -> list[str]:
    """A line to look at: its number, what becomes of it, why, its beginning."""
    return [str(problem.line), refused if problem.refused else mended, problem.says, problem.text]
