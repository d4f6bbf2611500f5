"""Values that two PCs set while apart, side by side, until a person chooses one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from liaison_desk.domain.chronology import FieldValue
from liaison_desk.domain.listing import EntryDetails
from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.details_page import setter, shown_value


class Conflicts(QWidget):
    """One card for each field that holds several values.

    Attributes:
        chosen: the field and the value that a person chose.
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to choose."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(4))
        self._column.setSpacing(theme.px(8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shown: dict[str, tuple[FieldValue, ...]] = {}
        self.hide()

    def show_details(self, details: EntryDetails | None) -> None:
        """Show the entry's open choices; keeps its buttons while nothing changed, so that a click is never lost."""
        wanted = {name: details.live[name] for name in details.row.conflicts if name in details.live} if details else {}
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, values in wanted.items():
            self._column.addWidget(self._card(name, values))
        self.setVisible(bool(wanted))

    def buttons(self) -> list[QPushButton]:
        """The buttons, in the order of the values."""
        return [button for button in self.findChildren(QPushButton) if not button.isHidden()]

    def _card(self, name: str, values: tuple[FieldValue, ...]) -> QWidget:
        card = QWidget(self)
        card.setObjectName("conflict")
        theme.set_role(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(5))
        sign = QLabel(card)
        sign.setPixmap(theme.icon("conflict", "conflict").pixmap(theme.px(18), theme.px(18)))
        title = self.tr("{field}: {count} values were set at the same time. Which one holds?")
        head = QLabel(title.format(field=words.word(name), count=len(_distinct(values))), card)
        head.setWordWrap(True)
        head.setFont(theme.font("strong"))
        grid.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(head, 0, 1, 1, 2)
        for line, value in enumerate(_distinct(values), start=1):
            shown = one_line(words.word(shown_value(value.value)), 80) or "―"
            text = QLabel(shown, card)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setFont(theme.font("strong"))
            who = QLabel(f"{words.day_and_clock(value.at)}　{setter(value)}", card)
            who.setTextFormat(Qt.TextFormat.PlainText)
            who.setWordWrap(True)
            theme.set_role(who, "small")
            button = QPushButton(self.tr("Take this"), card)
            button.setAccessibleName(self.tr("Take {value} for {field}").format(value=shown, field=words.word(name)))
            button.clicked.connect(partial(self._choose, name, value.value))
            grid.addWidget(text, 2 * line, 1)
            grid.addWidget(button, 2 * line, 2)
            grid.addWidget(who, 2 * line + 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        return card

    def _choose(self, name: str, value: object, _checked: bool = False) -> None:
        for button in self.buttons():
            button.setEnabled(False)
        self.chosen.emit(name, value)


def _distinct(values: tuple[FieldValue, ...]) -> list[FieldValue]:
    """One for each different value, its newest setting."""
    return list({repr(value.value): value for value in values}.values())
