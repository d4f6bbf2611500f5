"""F1: every key of the window on one sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from liaison_desk.ui import theme
from liaison_desk.ui.sheet import Sheet
from liaison_desk.ui.workplace import Workplace


class KeyHelp(Sheet):
    """The sheet of keys."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay out the sheet."""
        super().__init__(workplace, "", parent=parent)
        self.set_title(self.tr("Keyboard"), self.tr("Esc, then type: the entry bar is always one key away."))
        enter = self.tr("Record") if not workplace.choices.current.enter_records else self.tr("Record (Enter as well)")
        left = (
            (
                self.tr("Record"),
                (
                    ("Esc", self.tr("To the entry bar")),
                    ("Ctrl+Enter", enter),
                    ("Alt+1 … 9", self.tr("Channel: telephone, in person, meeting …")),
                    ("Ctrl+1 … 6", self.tr("Kind: report, instruction, request …")),
                    ("Ctrl+I", self.tr("Instruction, with owner and due time")),
                    ("Alt+T", self.tr("To the time")),
                    ("Alt+D", self.tr("Place, verification, more fields")),
                    ("Alt+U  Alt+K  Alt+J", self.tr("Unverified, about, important")),
                    ("Ctrl+R", self.tr("Reply to the selected entry")),
                    ("Ctrl+Z", self.tr("Take back the last record, while it is only here")),
                    ("Ctrl+Shift+⌫", self.tr("Clear the entry bar; the draft is offered back")),
                ),
            ),
            (
                self.tr("Times"),
                (
                    ("1305  13:05", self.tr("Today's 13:05, the nearest one")),
                    ("13:05頃", self.tr("About 13:05")),
                    ("-10", self.tr("Ten minutes ago")),
                    ("11/22 3:00", self.tr("With the date")),
                ),
            ),
        )
        right = (
            (
                self.tr("Find"),
                (
                    ("Ctrl+F", self.tr("Search and filter")),
                    ("F7", self.tr("Next new entry from another PC")),
                    ("Ctrl+T", self.tr("Threads on or off (in the list)")),
                    ("↑ ↓  Enter", self.tr("Choose an entry, read its details")),
                ),
            ),
            (
                self.tr("Rooms and files"),
                (
                    ("F2 F3 F4 F6", self.tr("Chronology, instructions, people, exchange")),
                    ("F5", self.tr("Exchange now")),
                    ("Ctrl+O", self.tr("Import a file")),
                    ("Ctrl+E", self.tr("Export")),
                    ("Ctrl+,", self.tr("Settings")),
                    ("F1", self.tr("This sheet")),
                ),
            ),
        )
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(40))
        for groups in (left, right):
            columns.addLayout(self._column(groups), 1)
        self.body.addLayout(columns)
        self.set_close_only()
        self.setMinimumWidth(theme.px(820))

    def _column(self, groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        for number, (name, keys) in enumerate(groups):
            if number:
                column.addSpacing(theme.px(12))
            heading = QLabel(name, self)
            theme.set_role(heading, "heading")
            column.addWidget(heading)
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(16))
            grid.setVerticalSpacing(theme.px(6))
            for row, (key, meaning) in enumerate(keys):
                cap = QLabel(key, self)
                theme.set_role(cap, "chip")
                says = QLabel(meaning, self)
                says.setWordWrap(True)
                grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                grid.addWidget(says, row, 1)
            grid.setColumnStretch(1, 1)
            grid.setColumnMinimumWidth(0, theme.px(132))
            column.addLayout(grid)
        column.addStretch(1)
        return column
