"""The list of entries as Qt sees it: a model over a window of rows, without a reset when something changes.

The order of all rows (`RowOrder`) is read in the background after the first paint; until then the newest rows are
shown. Rows themselves are read by the page when they are looked at. A `Changed` re-reads the ids it names.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.listing import EntryFilter, EntryRow
from liaison_desk.services.reading import Reader
from liaison_desk.ui.chronology import cells
from liaison_desk.ui.chronology.background import BackgroundReading
from liaison_desk.ui.chronology.columns import Column, heading
from liaison_desk.ui.chronology.listing import Backstage, Listing
from liaison_desk.ui.chronology.order import Key, RowOrder, Sorting
from liaison_desk.ui.chronology.reading_window import ReadingWindow
from liaison_desk.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
FIRST_ROWS = 300
FOUND_ROWS = 100
COUNTED = 1000
# Open instructions that are sorted by due time are read all at once, up to here.
DUE_ROWS = 5_000
# More ids than this at once are an import: the order is read again instead.
MANY_IDS = 2_000
# More rows than this are told of by one signal.
FEW_ROWS = 40
_NOWHERE = QModelIndex()


class State(Enum):
    """What the list shows when it has no rows, and whether it still reads."""

    READING = "reading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Found:
    rows: list[EntryRow]
    more: bool


class ChronologyModel(QAbstractTableModel):
    """Entries in rows; `row_at` is what a painter asks, the Qt roles are for everyone else.

    Attributes:
        state_changed: `state`, or whether there are rows, is another.
        counted: how many rows pass the filter, counted to `COUNTED`.
        rows_altered: rows came, went, moved or changed; after Qt's own signals.
    """

    state_changed = Signal()
    counted = Signal(int)
    rows_altered = Signal(object)

    def __init__(self, workplace: Workplace, sorting: Sorting = Sorting.THREADS, parent: QObject | None = None) -> None:
        """Show nothing yet; `start` reads."""
        super().__init__(parent)
        self._workplace = workplace
        self._background = BackgroundReading(workplace.desk)
        self._window = ReadingWindow(workplace.reader)
        self._sorting = sorting
        self._all = Listing(sorting)
        self._found: Listing | None = None
        self._found_keys: dict[str, Key] = {}
        self._more = False
        # Entries that changed while a question is being answered: the answer may not know of them yet.
        self._since: dict[str, set[str]] = {}
        self._outdated = False
        self.filter = EntryFilter()
        self.state = State.READING
        self.problem: Exception | None = None
        self._recount = QTimer(self, singleShot=True, interval=250)
        self._recount.timeout.connect(self._count)
        workplace.desk.changed.connect(self._take)

    # ── Asked by views ───────────────────────────────────────────────────────────────────────────

    @property
    def sorting(self) -> Sorting:
        """What all entries are sorted by; found ones are in time order, unless by due time."""
        return self._shown().sorting

    @property
    def order(self) -> RowOrder:
        """The order of the rows that are shown."""
        return self._shown().order

    def row_at(self, row: int) -> EntryRow | None:
        """The entry in a row; None when it is just being re-read."""
        order = self._shown().order
        return self._window.row_at(order, row) if 0 <= row < len(order) else None

    def read_between(self, first: int, last: int) -> None:
        """Have these rows at hand, read together; a painter's next question is about them."""
        self._window.read(self._shown().order, max(first, 0), min(last, self.rowCount() - 1))

    def row_of(self, entry_id: str) -> int:
        """The row of an entry, -1 when it is not in the list."""
        if self._found is not None and entry_id in self._found_keys:
            return self._found.order.find(self._found_keys[entry_id])
        known = self._window.known([entry_id]).get(entry_id)
        if known is None:
            self._window.keep(self._workplace.reader.rows_by_id([entry_id]))
            known = self._window.known([entry_id]).get(entry_id)
        return self._shown().order.find(self._shown().sorting.key(known)) if known else -1

    def is_last(self, ids: Collection[str]) -> bool:
        """Whether one of these entries stands in the last row."""
        last = self.row_at(self.rowCount() - 1)
        return last is not None and last.id in ids

    def is_reading(self) -> bool:
        """Whether an answer from the background is awaited."""
        return bool(self._since)

    def is_filtered(self) -> bool:
        """Whether not all entries are shown."""
        return self._found is not None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._shown().order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text for copying, tooltips and screen readers; painting asks `row_at`."""
        if not index.isValid() or role not in _TEXT_ROLES or not 0 <= index.row() < self.rowCount():
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        delivery = self._workplace.desk.standing().state(row.device, row.seq)
        if role == Qt.ItemDataRole.DisplayRole:
            return cells.cell(row, Column(index.column()), delivery)
        if role == Qt.ItemDataRole.ToolTipRole:
            receivers = self._workplace.desk.standing().receivers(row.device, row.seq)
            return cells.tooltip(row, Column(index.column()), delivery, receivers)
        if index.column() == Column.NO:
            return cells.spoken(row, self._workplace.clock.now(), delivery)
        return cells.cell(row, Column(index.column()), delivery)

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Show the newest rows at once, then read the order of all of them."""
        if self._found is None:
            newest = self._workplace.reader.last_rows(FIRST_ROWS)
            self._window.keep(newest)
            self._replace(RowOrder.of_keys(map(self._sorting.key, newest)))
        self.reload()

    def reload(self) -> None:
        """Read the order again in the background; the view keeps what is selected and on top."""
        self._read_order()
        if self._found is not None:
            self._find()

    def sort_by(self, sorting: Sorting) -> None:
        """Sort all entries another way."""
        if sorting is not self._sorting:
            self._sorting = sorting
            self.reload()

    def show_filter(self, chosen: EntryFilter) -> None:
        """Show only what passes; an empty filter shows all."""
        if chosen == self.filter:
            return
        self.filter = chosen
        if chosen.is_empty():
            for topic in ("find", "older", "count"):
                self._background.drop(topic)
                self._since.pop(topic, None)
            self.beginResetModel()
            self._found, self._found_keys = None, {}
            self.endResetModel()
            self._say(State.READY)
        else:
            self._find()

    def fetch_older(self) -> bool:
        """Read older rows that pass the filter, if there may be any; they come in above."""
        if self._found is None or not self._more or "older" in self._since or not len(self._found.order):
            return False
        self._since["older"] = set()
        oldest = min(self._found.order.minors)
        question = partial(_find, self.filter, FOUND_ROWS, oldest)
        self._background.ask("older", question, self._add_older, self.failed)
        return True

    def close(self) -> None:
        """End reading in the background."""
        self._recount.stop()
        self._background.close()

    def _shown(self) -> Listing:
        return self._found if self._found is not None else self._all

    def _found_sorting(self) -> Sorting:
        return Sorting.DUE if self._sorting is Sorting.DUE else Sorting.TIME

    def _replace(self, order: RowOrder) -> None:
        self.beginResetModel()
        self._all = Listing(self._sorting, order)
        self.endResetModel()

    def _read_order(self) -> None:
        self._since["order"] = set()
        self._outdated = False
        self._background.ask("order", partial(_read_order, self._sorting), self._adopt, self.failed)

    def _adopt(self, order: RowOrder) -> None:
        late = self._since.pop("order", set())
        if order != self._all.order or self._all.sorting is not self._sorting:
            if self._found is None:
                self._replace(order)
            else:
                self._all = Listing(self._sorting, order)
        if self._found is None:
            self._say(State.READY)
        if self._outdated:
            # Rows left their places while the order was read: where they stood in it nobody here knows.
            self._read_order()
        self._follow(Changed(frozenset({"entry"}), frozenset(late)))

    def _find(self) -> None:
        if self._found is None:
            self._say(State.READING)
        self._background.drop("older")
        self._since.pop("older", None)
        self._since["find"] = set()
        limit = DUE_ROWS if self._sorting is Sorting.DUE else FOUND_ROWS
        self._background.ask("find", partial(_find, self.filter, limit, None), self._show_found, self.failed)
        self._count()

    def _count(self) -> None:
        self._background.ask("count", partial(_count, self.filter), self.counted.emit, self.failed)

    def _show_found(self, found: _Found) -> None:
        sorting = self._found_sorting()
        late = self._since.pop("find", set())
        self.beginResetModel()
        self._window.keep(found.rows)
        self._found_keys = {row.id: sorting.key(row) for row in found.rows}
        self._found = Listing(sorting, RowOrder.of_keys(self._found_keys.values()))
        self._more = found.more
        self.endResetModel()
        self._say(State.READY)
        self._follow_found(self._found, list(late))

    def _add_older(self, found: _Found) -> None:
        late = self._since.pop("older", set())
        if self._found is None:
            return
        self._window.keep(found.rows)
        self._more = found.more
        keys = {row.id: self._found.sorting.key(row) for row in found.rows}
        self._found_keys |= keys
        told = self._found.alteration(keys, {}, {row.id: row for row in found.rows})
        self._found.apply(told, self)
        self._follow_found(self._found, list(late))
        self.rows_altered.emit(Changed(frozenset({"entry"}), frozenset(keys)))

    def failed(self, error: Exception) -> None:
        """Reading failed; said in place of the rows."""
        self._since.clear()
        self.problem = error
        self._say(State.FAILED)

    def _say(self, state: State) -> None:
        self.state = state
        if state is not State.FAILED:
            self.problem = None
        self.state_changed.emit()

    # ── Following changes ────────────────────────────────────────────────────────────────────────

    def _take(self, changed: Changed) -> None:
        if changed.everything or len(changed.ids) > MANY_IDS:
            self._window.clear()
            self.reload()
        elif "entry" in changed.kinds and changed.ids:
            for late in self._since.values():
                late |= changed.ids
            self._follow(changed)

    def _follow(self, changed: Changed) -> None:
        ids = list(changed.ids)
        before = self._window.known(ids)
        rows = {row.id: row for row in self._workplace.reader.rows_by_id(ids)}
        told = self._all.alteration(ids, before, rows)
        self._outdated |= bool(told.moved or told.gone)
        self._window.forget(ids)
        self._window.keep(rows.values())
        hidden = self._found is not None
        if not self._all.apply(told, Backstage() if hidden else self) or told.doubtful:
            self._read_order()
        if self._found is not None:
            self._follow_found(self._found, ids)
        self._tell_changed(rows)
        self.rows_altered.emit(changed)

    def _follow_found(self, found: Listing, ids: list[str]) -> None:
        passing = {row.id: row for row in self._workplace.reader.passing(self.filter, ids)}
        if self._more and len(found.order):
            # Older than what was fetched: it comes with its neighbours.
            oldest = min(found.order.minors)
            passing = {one: row for one, row in passing.items() if row.pos > oldest or one in self._found_keys}
        before = {one: self._found_keys[one] for one in ids if one in self._found_keys}
        touched = [one for one in ids if one in before or one in passing]
        told = found.alteration(touched, before, passing)
        told.doubtful = False
        for one in touched:
            self._found_keys.pop(one, None)
        self._found_keys |= {one: found.sorting.key(row) for one, row in passing.items()}
        if not found.apply(told, self):
            self._find()
        if touched:
            self._recount.start()

    def _tell_changed(self, rows: dict[str, EntryRow]) -> None:
        shown = self._shown()
        found = sorted(at for row in rows.values() if (at := shown.order.find(shown.sorting.key(row))) >= 0)
        # Beyond a screenful of changes one signal tells all: each costs the view and a screen reader their own work.
        spans = [(found[0], found[-1])] if len(found) > FEW_ROWS else [(at, at) for at in found]
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    # ── Stage ────────────────────────────────────────────────────────────────────────────────────

    def begin_insert(self, first: int, last: int) -> None:
        """See `Stage`."""
        self.beginInsertRows(_NOWHERE, first, last)

    def end_insert(self) -> None:
        """See `Stage`."""
        self.endInsertRows()

    def begin_remove(self, first: int, last: int) -> None:
        """See `Stage`."""
        self.beginRemoveRows(_NOWHERE, first, last)

    def end_remove(self) -> None:
        """See `Stage`."""
        self.endRemoveRows()

    def begin_move(self, first: int, last: int, before: int) -> None:
        """See `Stage`."""
        self.beginMoveRows(_NOWHERE, first, last, _NOWHERE, before)

    def end_move(self) -> None:
        """See `Stage`."""
        self.endMoveRows()


_TEXT_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    }
)


def _read_order(sorting: Sorting, reader: Reader) -> RowOrder:
    order = reader.order()
    if sorting is Sorting.THREADS:
        return RowOrder(order.threads, order.places)
    return RowOrder.of_places(order.places)


def _find(chosen: EntryFilter, limit: int, before: int | None, reader: Reader) -> _Found:
    rows = reader.find(chosen, limit=limit, before=before)
    return _Found(rows, len(rows) >= limit)


def _count(chosen: EntryFilter, reader: Reader) -> int:
    return reader.count(chosen, limit=COUNTED + 1)
