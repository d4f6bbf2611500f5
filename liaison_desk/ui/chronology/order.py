"""The order of a list's rows: two sorted arrays of 64-bit numbers, 16 bytes a row.

Pure: no Qt, no database. `minor` is always the row's place in time (`EntryRow.pos`) and tells rows apart;
`major` is what the list sorts by first: the thread's place, the place itself, or the due time.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum

from liaison_desk.domain.listing import EntryRow

Key = tuple[int, int]
# Later than any moment of a chronology: instructions without a due time come last.
_NEVER = 1 << 62


class Sorting(Enum):
    """What a list sorts by first."""

    THREADS = "threads"
    TIME = "time"
    DUE = "due"

    def key(self, row: EntryRow) -> Key:
        """Where a row belongs in a list sorted like this."""
        if self is Sorting.THREADS:
            return row.thread_pos, row.pos
        if self is Sorting.TIME:
            return row.pos, row.pos
        return (row.due.utc_ms if row.due else _NEVER), row.pos


class RowOrder:
    """Rows ascending by (major, minor).

    Attributes:
        majors, minors: of equal length; `minors[n]` is the place in time of row n.
    """

    def __init__(self, majors: array[int] | None = None, minors: array[int] | None = None) -> None:
        """Take over two arrays that are already in order."""
        self.majors: array[int] = array("q") if majors is None else majors
        self.minors: array[int] = array("q") if minors is None else minors

    @classmethod
    def of_keys(cls, keys: Iterable[Key]) -> RowOrder:
        """The order of these keys, which need not be sorted."""
        ordered = sorted(set(keys), key=_rank)
        return cls(array("q", (key[0] for key in ordered)), array("q", (key[1] for key in ordered)))

    @classmethod
    def of_places(cls, places: array[int]) -> RowOrder:
        """Rows by their place in time alone; `places` need not be sorted."""
        ordered = array("q", sorted(places))
        return cls(ordered, array("q", ordered))

    def __len__(self) -> int:
        return len(self.minors)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowOrder) and self.minors == other.minors and self.majors == other.majors

    __hash__ = None  # type: ignore[assignment]

    def key_at(self, row: int) -> Key:
        """Major and minor of a row."""
        return self.majors[row], self.minors[row]

    def place(self, key: Key) -> int:
        """The row that a key has, or would have."""
        low = bisect_left(self.majors, key[0])
        high = bisect_right(self.majors, key[0], low)
        if _is_head(key):
            return low
        replies = low + (low < high and _is_head(self.key_at(low)))
        return bisect_left(self.minors, key[1], replies, high)

    def find(self, key: Key) -> int:
        """The row of a key, -1 when it is not here."""
        row = self.place(key)
        return row if row < len(self) and self.key_at(row) == key else -1

    def block(self, major: int) -> tuple[int, int]:
        """First row of this major, and the first row behind its last."""
        low = bisect_left(self.majors, major)
        return low, bisect_right(self.majors, major, low)

    def insert(self, row: int, keys: Sequence[Key]) -> None:
        """Put neighbours in at a row; the caller asked `place`."""
        self.majors[row:row] = array("q", (key[0] for key in keys))
        self.minors[row:row] = array("q", (key[1] for key in keys))

    def remove(self, first: int, last: int) -> None:
        """Take rows out, both ends included."""
        del self.majors[first : last + 1]
        del self.minors[first : last + 1]

    def insertions(self, keys: Iterable[Key]) -> list[tuple[int, list[Key]]]:
        """Where new keys go: (row in the present order, neighbours that go there), last row first."""
        groups: list[tuple[int, list[Key]]] = []
        for key in sorted(set(keys), key=_rank):
            row = self.place(key)
            if groups and groups[-1][0] == row:
                groups[-1][1].append(key)
            else:
                groups.append((row, [key]))
        groups.reverse()
        return groups


def _is_head(key: Key) -> bool:
    """Whether this row gives its group its place: the first entry of a thread."""
    return key[0] == key[1]


def _rank(key: Key) -> tuple[int, bool, int]:
    # The head comes first, also where a reply's time is before what it answers (noted late, another day's clock).
    return key[0], not _is_head(key), key[1]
