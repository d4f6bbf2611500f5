"""Which new entries were looked at: told to the desk in batches, never for each row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from liaison_desk.domain.changed import Changed
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.ui.chronology.model import ChronologyModel
from liaison_desk.ui.chronology.table import ChronologyTable
from liaison_desk.ui.workplace import Workplace

# Looked at every half second; what stays on screen for more than 1.5 s, or is selected, counts as seen.
TICK_MS = 500
TICKS = 4


class SeenWatch(QObject):
    """Watches which unseen entries are in front of a person."""

    def __init__(self, workplace: Workplace, model: ChronologyModel, table: ChronologyTable) -> None:
        """Watch a list; belongs to its table."""
        super().__init__(table)
        self._workplace = workplace
        self._model = model
        self._table = table
        self._ticks: dict[str, int] = {}
        self._told: set[str] = set()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def stop(self) -> None:
        """Look no more by itself."""
        self._timer.stop()

    def tick(self) -> None:
        """Count how long each unseen entry has been on screen; tell the desk of those that were seen."""
        window = self._table.window()
        if not (self._table.isVisible() and window.isActiveWindow()):
            self._ticks.clear()
            return
        selection = self._table.selectionModel()
        ticks: dict[str, int] = {}
        seen: set[str] = set()
        for number in self._table.rows_on_screen():
            row = self._model.row_at(number)
            if row is None or not row.unseen or row.id in self._told:
                continue
            ticks[row.id] = self._ticks.get(row.id, 0) + 1
            if ticks[row.id] >= TICKS or selection.isRowSelected(number, self._model.index(-1, -1)):
                seen.add(row.id)
        self._ticks = ticks
        if seen:
            self._told |= seen
            use_case = partial(_mark, seen)
            self._workplace.desk.submit(use_case, bulk=True, done=lambda _changed: self._told.difference_update(seen))


def _mark(seen: set[str], desk: Desk) -> Changed:
    return chronology.mark_seen(desk, seen)
