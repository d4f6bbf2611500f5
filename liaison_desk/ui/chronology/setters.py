"""The quick setters of an entry: 状況, 確度, 重要 at one click, 担当 and 期限 by typing.

A refresh never writes into a field that has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from liaison_desk.domain.chronology import ChronologyEntry, Status, Verification
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.completion import Completion
from liaison_desk.ui.chronology.phrases import Phrases
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.chronology.time_field import TimeField
from liaison_desk.ui.workplace import Workplace


class Setters(QWidget):
    """Sets live fields.

    Attributes:
        chosen: a field's name and its new value.
    """

    chosen = Signal(str, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Without an entry; `show_entry` gives one."""
        super().__init__(parent)
        self._entry: ChronologyEntry | None = None
        self._status = self._group({status: words.word(status) for status in Status}, "status")
        self._verification = self._group({value: words.word(value) for value in Verification}, "verification")
        self.important = QPushButton(words.word("important"), self)
        self.important.setCheckable(True)
        theme.set_role(self.important, "segment")
        self.important.clicked.connect(lambda checked: self._choose("important", bool(checked)))
        self.owner = LineEditor(self)
        self.owner.setPlaceholderText(self.tr("Who does it"))
        self.owner.setAccessibleName(words.word("owner"))
        phrases = Phrases(workplace)
        Completion(self.owner, lambda typed: phrases.suggest("owner", typed), lambda: phrases.refresh("owner"))
        self.owner.entered.connect(lambda _modifiers: self._take_owner())
        self.owner.focused.connect(self._owner_focused)
        self.due = TimeField(workplace.clock, forward=True, parent=self)
        self.due.line.setAccessibleName(words.word("due"))
        self.due.line.entered.connect(lambda _modifiers: self._take_due())
        self.due.line.focused.connect(self._due_focused)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        signs = QHBoxLayout()
        signs.setSpacing(theme.px(8))
        signs.addLayout(self._row(self._verification))
        signs.addWidget(self.important)
        signs.addStretch(1)
        typed = QHBoxLayout()
        typed.setSpacing(theme.px(8))
        typed.addWidget(self.owner, 1)
        typed.addWidget(self._label("due"))
        typed.addWidget(self.due)
        grid.addWidget(self._label("status"), 0, 0)
        grid.addLayout(self._row(self._status, stretch=True), 0, 1)
        self._less = [self._box(typed), self._box(signs), self._label("owner"), self._label("verification")]
        grid.addWidget(self._less[2], 1, 0)
        grid.addWidget(self._less[0], 1, 1)
        grid.addWidget(self._less[3], 2, 0)
        grid.addWidget(self._less[1], 2, 1)
        grid.setColumnStretch(1, 1)

    def show_entry(self, entry: ChronologyEntry | None) -> None:
        """Show an entry's values."""
        other = entry is None or self._entry is None or entry.id != self._entry.id
        self._entry = entry
        self.setEnabled(entry is not None)
        if entry is None:
            return
        self._check(self._status, entry.status)
        self._check(self._verification, entry.verification)
        self.important.setChecked(entry.important)
        if other or not self.owner.hasFocus():
            self.owner.setText(entry.owner)
            self.owner.setCursorPosition(0)
        if other or not self.due.line.hasFocus():
            self.due.set_moment(entry.due)

    def set_compact(self, compact: bool) -> None:
        """Show 状況 alone where there is no height for more."""
        for widget in self._less:
            widget.setHidden(compact)

    def button(self, value: str) -> QPushButton:
        """The button of a value, for tests."""
        for group in (self._status, self._verification):
            for one in group.buttons():
                if one.property("value") == value and isinstance(one, QPushButton):
                    return one
        raise KeyError(value)

    def _group(self, values: dict[str, str], field: str) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setExclusive(True)
        for value, name in values.items():
            button = QPushButton(name, self)
            button.setCheckable(True)
            button.setProperty("value", str(value))
            theme.set_role(button, "segment")
            button.clicked.connect(self._setter(field, str(value)))
            group.addButton(button)
        return group

    def _setter(self, field: str, value: str) -> Callable[[], None]:
        return lambda: self._choose(field, value)

    def _row(self, group: QButtonGroup, *, stretch: bool = False) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        for button in group.buttons():
            row.addWidget(button)
        if stretch:
            row.addStretch(1)
        return row

    def _box(self, row: QHBoxLayout) -> QWidget:
        row.setContentsMargins(0, 0, 0, 0)
        box = QWidget(self)
        box.setLayout(row)
        return box

    def _label(self, field: str) -> QLabel:
        label = QLabel(words.word(field), self)
        theme.set_role(label, "small")
        return label

    def _check(self, group: QButtonGroup, value: str) -> None:
        group.setExclusive(False)
        for button in group.buttons():
            button.setChecked(button.property("value") == value)
        group.setExclusive(True)

    def _owner_focused(self, came: bool) -> None:
        if not came:
            self._take_owner()

    def _due_focused(self, came: bool) -> None:
        if not came:
            self._take_due()

    def _take_owner(self) -> None:
        if self._entry is not None and self.owner.text().strip() != self._entry.owner:
            self._choose("owner", self.owner.text().strip())

    def _take_due(self) -> None:
        if self._entry is not None and not self.due.is_wrong() and self.due.moment() != self._entry.due:
            self._choose("due", self.due.moment())

    def _choose(self, field: str, value: Any) -> None:
        if self._entry is None or getattr(self._entry, field) == value:
            return
        self.chosen.emit(field, value)
