"""The rows that are near the eye: read by the page, kept while they are used, forgotten when they are far.

Knows no Qt. A list of a million entries keeps a few thousand rows in memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from liaison_desk.domain.listing import EntryRow
from liaison_desk.services.reading import Reader
from liaison_desk.ui.chronology.order import RowOrder

PAGE_ROWS = 24
KEPT_ROWS = 3_000


class ReadingWindow:
    """Rows by their place in time, the least recently used ones dropped."""

    def __init__(self, reader: Reader) -> None:
        """Read through the UI thread's reader."""
        self._reader = reader
        self._rows: OrderedDict[int, EntryRow] = OrderedDict()
        self._places: dict[str, int] = {}

    def row_at(self, order: RowOrder, row: int) -> EntryRow | None:
        """The entry in a row, its whole page read with it; None when it has left its place a moment ago."""
        place = order.minors[row]
        found = self._rows.get(place)
        if found is not None:
            self._rows.move_to_end(place)
            return found
        first = row - row % PAGE_ROWS
        self.read(order, first, first + PAGE_ROWS - 1)
        return self._rows.get(place)

    def read(self, order: RowOrder, first: int, last: int) -> None:
        """Read those of these rows that are not in memory, together."""
        missing = [one for one in order.minors[first : last + 1] if one not in self._rows]
        if missing:
            self.keep(self._reader.rows_at(missing).values())

    def known(self, ids: Iterable[str]) -> dict[str, EntryRow]:
        """The rows of these entries that are in memory, as they were read last."""
        return {one: self._rows[self._places[one]] for one in ids if one in self._places}

    def keep(self, rows: Iterable[EntryRow]) -> None:
        """Take rows in, newly read."""
        for row in rows:
            self.forget((row.id,))
            displaced = self._rows.pop(row.pos, None)
            if displaced is not None:
                self._places.pop(displaced.id, None)
            self._rows[row.pos] = row
            self._places[row.id] = row.pos
        while len(self._rows) > KEPT_ROWS:
            _, dropped = self._rows.popitem(last=False)
            self._places.pop(dropped.id, None)

    def forget(self, ids: Sequence[str]) -> None:
        """Drop these entries' rows."""
        for one in ids:
            place = self._places.pop(one, None)
            if place is not None:
                self._rows.pop(place, None)

    def clear(self) -> None:
        """Drop every row."""
        self._rows.clear()
        self._places.clear()

    def __len__(self) -> int:
        return len(self._rows)
