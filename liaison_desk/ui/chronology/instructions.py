"""The open instructions and requests: what is overdue first, then by due time, then what has none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui.chronology.order import Sorting
from liaison_desk.ui.chronology.view import ChronologyView
from liaison_desk.ui.workplace import Workplace

OPEN_INSTRUCTIONS = EntryFilter(open_only=True)


class InstructionsView(ChronologyView):
    """指示・依頼 that are not 完了, sorted by 期限."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Show all open ones."""
        super().__init__(workplace, parent, sorting=Sorting.DUE)
        self.show_filter(OPEN_INSTRUCTIONS)
