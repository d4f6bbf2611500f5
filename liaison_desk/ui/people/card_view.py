"""One card in full: numbers large enough to dial from, and two buttons that put it into the entry bar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.domain.text import one_line, visible
from liaison_desk.ui import theme
from liaison_desk.ui.people import field_names

_NUMBERS = ("phone", "mobile", "extension", "fax", "radio")


class CardView(QWidget):
    """Shows one card.

    Attributes:
        party_chosen: "from_party" or "to_party", and the card's label.
        edit_requested, hide_requested: the `Contact`.
    """

    party_chosen = Signal(str, str)
    edit_requested = Signal(object)
    hide_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No card yet."""
        super().__init__(parent)
        self.card: Contact | None = None
        theme.set_role(self, "surface")
        self._name = QLabel(self)
        self._where = QLabel(self)
        for label, role in ((self._name, "title"), (self._where, "secondary")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            theme.set_role(label, role)
        self.use_from = QPushButton(self.tr("Use as “from”"), self)
        self.use_to = QPushButton(self.tr("Use as “to”"), self)
        self.edit = QPushButton(theme.icon("edit"), self.tr("Edit…"), self)
        self.hide_card = QPushButton(theme.icon("delete"), self.tr("Take out"), self)
        theme.set_role(self.hide_card, "quiet")
        self.use_from.clicked.connect(lambda: self._use("from_party"))
        self.use_to.clicked.connect(lambda: self._use("to_party"))
        self.edit.clicked.connect(lambda: self.edit_requested.emit(self.card))
        self.hide_card.clicked.connect(lambda: self.hide_requested.emit(self.card))
        use = QHBoxLayout()
        use.setSpacing(theme.px(8))
        for button in (self.use_from, self.use_to):
            use.addWidget(button)
        use.addStretch(1)
        change = QHBoxLayout()
        change.setSpacing(theme.px(8))
        change.addWidget(self.edit)
        change.addWidget(self.hide_card)
        change.addStretch(1)
        self._facts = QWidget(self)
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self._inner = QWidget(self)
        self._inner.setObjectName("scrolled")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(self._name)
        column.addWidget(self._where)
        column.addSpacing(theme.px(8))
        column.addLayout(use)
        column.addSpacing(theme.px(12))
        column.addWidget(self._facts)
        column.addStretch(1)
        column.addLayout(change)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        theme.events().changed.connect(self._restyle)
        self.show_card(None)

    def show_card(self, card: Contact | None) -> None:
        """Show a card, or that none is chosen."""
        self.card = card
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for widget in (self._where, self.use_from, self.use_to, self.edit, self.hide_card, self._facts):
            widget.setVisible(card is not None)
        if card is None:
            self._name.setText(self.tr("Choose a card"))
            return
        organization = card.card == CardKind.ORGANIZATION
        self._name.setText(
            one_line((card.short_name if organization else "") or card.name or card.section or card.organization, 80)
        )
        where = (card.kana, card.name if organization else card.organization, card.section, card.title)
        self._where.setText(one_line("　".join(filter(None, where)), 200))
        row = 0
        for name in _NUMBERS:
            if getattr(card, name):
                self._add_number(row, field_names.name_of(name), getattr(card, name))
                row += 1
        for name in ("mail", "hours", "role", "device", "shift", "deployment", "address", "note", "code"):
            if getattr(card, name):
                self._add_fact(row, field_names.name_of(name), getattr(card, name))
                row += 1

    def _restyle(self) -> None:
        self.show_card(self.card)

    def numbers(self) -> list[str]:
        """The numbers that are shown large."""
        card = self.card
        return [getattr(card, name) for name in _NUMBERS if getattr(card, name)] if card else []

    def _add_number(self, row: int, label: str, number: str) -> None:
        shown = QLabel(one_line(number, 60), self._facts)
        shown.setObjectName("number")
        large = theme.font("time")
        large.setPixelSize(theme.px(24))
        shown.setFont(large)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = QToolButton(self._facts)
        copy.setIcon(theme.icon("copy"))
        copy.setToolTip(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy"))
        copy.clicked.connect(partial(_copy, number))
        self._put(row, label, shown)
        self._grid.addWidget(copy, row, 2)

    def _add_fact(self, row: int, label: str, value: str) -> None:
        shown = QLabel(visible(value), self._facts)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setWordWrap(True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._put(row, label, shown)

    def _put(self, row: int, label: str, shown: QLabel) -> None:
        named = QLabel(label, self._facts)
        theme.set_role(named, "small")
        self._grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(shown, row, 1)

    def _use(self, field: str) -> None:
        if self.card:
            self.party_chosen.emit(field, self.card.label())


def _copy(text: str, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(text)
