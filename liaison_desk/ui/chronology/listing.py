"""What a list holds at the moment: its order, and how a change of some entries alters it.

Knows no Qt: `ChronologyModel` gives itself as the `Stage`, which announces each step to the views.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from liaison_desk.domain.listing import EntryRow
from liaison_desk.ui.chronology.order import Key, RowOrder, Sorting

# Beyond this many separate steps, taking over a freshly read order is quicker than telling each.
MAX_STEPS = 120


class Stage(Protocol):
    """Who is told before and after rows come, go or move."""

    def begin_insert(self, first: int, last: int) -> None:
        """Rows will stand at first … last."""

    def end_insert(self) -> None:
        """They do."""

    def begin_remove(self, first: int, last: int) -> None:
        """Rows first … last will go."""

    def end_remove(self) -> None:
        """They did."""

    def begin_move(self, first: int, last: int, before: int) -> None:
        """Rows first … last will stand before what is now row `before`."""

    def end_move(self) -> None:
        """They do."""


class Backstage:
    """A stage without an audience, for a list that nobody looks at."""

    def begin_insert(self, first: int, last: int) -> None:
        """Nobody is told."""

    def end_insert(self) -> None:
        """Nobody is told."""

    def begin_remove(self, first: int, last: int) -> None:
        """Nobody is told."""

    def end_remove(self) -> None:
        """Nobody is told."""

    def begin_move(self, first: int, last: int, before: int) -> None:
        """Nobody is told."""

    def end_move(self) -> None:
        """Nobody is told."""


@dataclass(slots=True)
class Alteration:
    """What became of some entries, as keys of one sorting.

    Attributes:
        gone: keys that are no longer in the list.
        come: new keys.
        moved: old and new key of entries whose place changed.
        doubtful: something changed that cannot be told from here; the order must be read again.
    """

    gone: list[Key] = field(default_factory=list)
    come: list[Key] = field(default_factory=list)
    moved: list[tuple[Key, Key]] = field(default_factory=list)
    doubtful: bool = False

    def is_empty(self) -> bool:
        """Whether rows stay where they are."""
        return not (self.gone or self.come or self.moved)


class Listing:
    """One list's order, and the rules by which it follows changes."""

    def __init__(self, sorting: Sorting, order: RowOrder | None = None) -> None:
        """Begin with an order, or empty."""
        self.sorting = sorting
        self.order = order or RowOrder()

    def alteration(
        self, ids: Iterable[str], before: Mapping[str, EntryRow | Key], after: Mapping[str, EntryRow]
    ) -> Alteration:
        """Compare what the list knew of some entries with what is read of them now.

        Args:
            ids: the entries that changed.
            before: rows (or keys) as the list knew them; entries it had not looked at are missing.
            after: rows that belong into the list now.
        """
        told = Alteration()
        needed = {self.sorting.key(row) for row in after.values()}
        for entry_id in ids:
            known, row = before.get(entry_id), after.get(entry_id)
            old = self.sorting.key(known) if isinstance(known, EntryRow) else known
            # A place that one entry left another may have taken in the same breath: then it stays in the list.
            left = old is not None and old not in needed
            if row is None:
                told.doubtful |= old is None
                if old is not None and left:
                    told.gone.append(old)
                continue
            new = self.sorting.key(row)
            arrives = self.order.find(new) < 0
            if old is not None and left and arrives:
                told.moved.append((old, new))
            elif old is not None and left:
                told.gone.append(old)
            elif arrives:
                told.come.append(new)
                # Nobody here ever looked at it, and its time was corrected: it may stand elsewhere as well.
                told.doubtful |= old is None and row.corrected > 0
        return told

    def apply(self, told: Alteration, stage: Stage) -> bool:
        """Alter the order step by step; False when there are too many steps and nothing was done."""
        insertions = self.order.insertions(told.come)
        if len(insertions) + len(told.gone) + len(told.moved) > MAX_STEPS:
            return False
        for key in told.gone:
            row = self.order.find(key)
            if row >= 0:
                stage.begin_remove(row, row)
                self.order.remove(row, row)
                stage.end_remove()
        # Heads first: each takes its replies along, and what else is told of them is then found in its new thread.
        for old, new in sorted(told.moved, key=lambda pair: pair[0][0] != pair[0][1]):
            self._move(old, new, stage)
        for row, keys in self.order.insertions(told.come) if told.gone or told.moved else insertions:
            fresh = [key for key in keys if self.order.find(key) < 0]
            if fresh:
                stage.begin_insert(row, row + len(fresh) - 1)
                self.order.insert(row, fresh)
                stage.end_insert()
        return True

    def _move(self, old: Key, new: Key, stage: Stage) -> None:
        row = self.order.find(old)
        if row < 0:
            old = (new[0], old[1])
            row = self.order.find(old)
        if row < 0 or old == new:
            return
        if self.sorting is Sorting.THREADS and old[0] == old[1] and new[0] == new[1]:
            # The head of a thread stands first in it, and takes its replies along.
            first, behind = self.order.block(old[0])
            replies = [(new[0], minor) for minor in self.order.minors[first + 1 : behind]]
            self._shift(first, behind - 1, [new, *replies], stage)
            return
        self._shift(row, row, [new], stage)

    def _shift(self, first: int, last: int, keys: Sequence[Key], stage: Stage) -> None:
        before = self.order.place(keys[0])
        if first <= before <= last + 1:
            self.order.remove(first, last)
            self.order.insert(first, keys)
            return
        stage.begin_move(first, last, before)
        self.order.remove(first, last)
        self.order.insert(before if before < first else before - len(keys), keys)
        stage.end_move()
