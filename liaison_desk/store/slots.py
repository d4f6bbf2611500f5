"""Free places in time for rows of the chronology (`chronology_tables.first_pos` says where each belongs)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

# A batch that spans a long busy time would read too much ahead; then each place is asked for by itself.
_MAX_AHEAD = 20_000
_MARGIN = 1024
_GAP = (
    "SELECT e.pos + 1 FROM entries e WHERE e.pos >= ? "
    "AND NOT EXISTS (SELECT 1 FROM entries n WHERE n.pos = e.pos + 1) ORDER BY e.pos LIMIT 1"
)


class Slots:
    """Gives each row the first free place at or behind the one it wants; belongs to one batch.

    Files with a day but no time put thousands of rows in one second, so what was found is remembered.
    """

    def __init__(self, connection: sqlite3.Connection, wanted: Sequence[int] = ()) -> None:
        """Begin a batch; with many ascending wishes the places around them are read ahead."""
        self._connection = connection
        self._used: set[int] = set()
        self._next: dict[int, int] = {}
        self._taken: set[int] = set()
        self._known_upto = -(1 << 62)
        if len(wanted) > 8:
            low, high = wanted[0], wanted[-1] + _MARGIN
            rows = connection.execute(
                "SELECT pos FROM entries WHERE pos BETWEEN ? AND ? LIMIT ?", (low, high, _MAX_AHEAD + 1)
            )
            taken = {row[0] for row in rows}
            if len(taken) <= _MAX_AHEAD:
                self._taken, self._known_upto = taken, high

    def take(self, wanted: int) -> int:
        """A place that is free in the table and in this batch."""
        pos = self._next.get(wanted, wanted)
        while pos in self._used or pos in self._taken:
            pos += 1
        while (
            pos > self._known_upto
            and self._connection.execute("SELECT 1 FROM entries WHERE pos = ?", (pos,)).fetchone()
        ):
            (pos,) = self._connection.execute(_GAP, (pos,)).fetchone()
            while pos in self._used:
                pos += 1
        self._used.add(pos)
        self._next[wanted] = pos + 1
        return pos
