"""The list of cards: grouped by organisation, searched by spelling and by sound, painted in two lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.domain.readings import sound
from liaison_desk.domain.text import one_line
from liaison_desk.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ORDER = {CardKind.ORGANIZATION: 0, CardKind.LINE: 1, CardKind.PERSON: 2}


class Row(NamedTuple):
    """A line of the list: a group's heading, or a card."""

    heading: str
    card: Contact | None = None


class Book:
    """All cards, ready to be searched: spellings and readings folded once."""

    def __init__(self, cards: Iterable[Contact]) -> None:
        """Take the cards."""
        self.cards = sorted(cards, key=lambda card: (_ORDER.get(CardKind(card.card), 3), card.kana, card.name))
        self._short = {card.name: card.short_name for card in self.cards if card.short_name}
        self._sounds = {card.id: _sounds(card, self.group_of(card)) for card in self.cards}

    def group_of(self, card: Contact) -> str:
        """The organisation under which a card stands."""
        if card.card == CardKind.ORGANIZATION:
            return card.short_name or card.name
        return self._short.get(card.organization, card.organization)

    def find(self, text: str, kind: str = "") -> list[Contact]:
        """The cards of a kind ("" for all) in which every word occurs."""
        words = [sound(word) for word in text.split()]
        of_kind = (card for card in self.cards if not kind or card.card == kind)
        return [card for card in of_kind if all(word in self._sounds[card.id] for word in words)]

    def rows(self, text: str, kind: str = "") -> list[Row]:
        """The same, under the headings of their organisations."""
        groups: dict[str, list[Contact]] = {}
        for card in self.find(text, kind):
            groups.setdefault(self.group_of(card), []).append(card)
        rows: list[Row] = []
        for name in sorted(groups, key=lambda name: (name == "", name)):
            rows.append(Row(name))
            rows += (Row(name, card) for card in groups[name])
        return rows


def _sounds(card: Contact, group: str) -> str:
    # Hyphens of numbers are typed or not.
    numbers = (number.replace("-", "") for number in (card.phone, card.mobile, card.radio))
    told = (card.name, card.kana, card.short_name, card.organization, group, card.section, card.title, card.role)
    rest = (card.code, card.device, card.phone, card.mobile, card.radio, card.mail, card.note, card.deployment)
    return "\n".join(map(sound, (*told, *rest, *numbers)))


class CardModel(QAbstractListModel):
    """The rows for a view."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, contact_id: str) -> QModelIndex:
        """Where a card stands; invalid when it is not shown."""
        for place, row in enumerate(self._rows):
            if row.card and row.card.id == contact_id:
                return self.index(place)
        return QModelIndex()

    def first_card(self) -> QModelIndex:
        """Where the first card stands."""
        return self.index(1) if len(self._rows) > 1 else QModelIndex()

    def cards(self) -> list[Contact]:
        """The cards that are shown."""
        return [row.card for row in self._rows if row.card]

    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and cards."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a screen reader says."""
        row = self.row_at(index)
        if row is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return " ".join((*names_of(row.card), number_of(row.card))) if row.card else row.heading

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        row = self.row_at(index)
        if row is None or row.card is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class CardDelegate(QStyledItemDelegate):
    """Paints a row: name and post, below the place in the house; the number large at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines for a card, one for a heading."""
        model = index.model()
        row = model.row_at(index) if isinstance(model, CardModel) else None
        return QSize(theme.px(200), theme.px(52 if row and row.card else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        model = index.model()
        row = model.row_at(index) if isinstance(model, CardModel) else None
        if row is None:
            return
        box: QRect = option.rect
        painter.save()
        inner = box.adjusted(theme.px(16), theme.px(6), -theme.px(16), -theme.px(6))
        if row.card is None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text_secondary"))
            at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(inner, at, one_line(row.heading, 60) or "―")
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.colour("selection" if selected else "surface"))
        number = number_of(row.card)
        painter.setFont(theme.font("time"))
        width = painter.fontMetrics().horizontalAdvance(number)
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        left = inner.adjusted(0, 0, -width - theme.px(12), 0)
        name, where = names_of(row.card)
        painter.setFont(theme.font("strong"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_secondary"))
        shown = painter.fontMetrics().elidedText(where, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)
        painter.restore()


def names_of(card: Contact) -> tuple[str, str]:
    """Who it is, and where in the house."""
    if card.card == CardKind.ORGANIZATION:
        rest = (card.name if card.short_name and card.short_name != card.name else "", card.section, card.address)
        return one_line(card.short_name or card.name, 80), one_line(" ・ ".join(filter(None, rest)), 120)
    if card.card == CardKind.LINE:
        name = " ".join(filter(None, (card.section, card.name))) or card.organization
        return one_line(name, 80), one_line(" ・ ".join(filter(None, (card.hours, card.note))), 120)
    rest = (card.section, card.title, card.role)
    return one_line(card.name, 80), one_line(" ・ ".join(filter(None, rest)), 120)


def number_of(card: Contact) -> str:
    """The number to dial first."""
    return one_line(card.mobile or card.phone or card.radio, 40)
