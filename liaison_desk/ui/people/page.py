"""The room 関係者: find someone by name, sound, post or number; dial; use as 発信元 or 発信先."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.errors import DeskProblem
from liaison_desk.services.people import hide_contact
from liaison_desk.ui import theme
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.messages import Banner
from liaison_desk.ui.people import field_names
from liaison_desk.ui.people.card_dialog import CardDialog
from liaison_desk.ui.people.card_view import CardView
from liaison_desk.ui.people.cards import Book, CardDelegate, CardModel
from liaison_desk.ui.people.contacts_dialog import ContactsDialog
from liaison_desk.ui.workplace import Workplace

_KINDS = ("", CardKind.PERSON, CardKind.ORGANIZATION, CardKind.LINE)


class PeoplePage(QWidget):
    """The book.

    Attributes:
        party_chosen: "from_party" or "to_party", and a card's label.
    """

    party_chosen = Signal(str, str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Show the book as it is."""
        super().__init__(parent)
        self._workplace = workplace
        self._book = Book(())
        self._kind = ""
        self.banner = Banner(self)
        self.search = LineEditor(self)
        self.model = CardModel(self)
        self.list = QListView(self)
        self.view = CardView(self)
        self._count = QLabel(self)
        self._kinds = QButtonGroup(self)
        self._empty = self._empty_state()
        self._stack = QStackedWidget(self)
        self.add = QPushButton(theme.icon("add"), self.tr("New card…"), self)
        self.import_file = QPushButton(theme.icon("import"), self.tr("Import a list…"), self)
        self._lay_out()
        self._join()
        self.setAcceptDrops(False)
        self._read()

    def focus_search(self) -> None:
        """To the search."""
        self.search.setFocus()
        self.search.selectAll()

    def show_kind(self, kind: str) -> None:
        """Show the cards of one kind; "" for all."""
        self._kind = kind
        self._kinds.button(_KINDS.index(kind)).setChecked(True)
        self._show()

    def choose(self, contact_id: str) -> None:
        """Choose a card."""
        self.list.setCurrentIndex(self.model.place_of(contact_id))

    def _read(self) -> None:
        try:
            self._book = Book(self._workplace.reader.contacts())
        except DeskProblem as problem:
            self.banner.show_problem(problem)
            return
        self._stack.setCurrentIndex(1 if self._book.cards else 0)
        self._show()

    def _show(self) -> None:
        chosen = self.view.card.id if self.view.card else ""
        self.model.show(self._book.rows(self.search.text(), self._kind))
        place = self.model.place_of(chosen)
        # The card that was looked at stays; else the first answer is the likely one.
        if not place.isValid():
            place = self.model.first_card()
        if place.isValid():
            self.list.setCurrentIndex(place)
            self._current(place)
        else:
            self.view.show_card(None)
        count = len(self.model.cards())
        self._count.setText(self.tr("{count} cards").format(count=count) if count else self.tr("Nobody found"))

    def _follow(self, changed: Changed) -> None:
        if "contact" in changed.kinds or changed.everything:
            self._read()

    def _current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self.model.row_at(index)
        if row and row.card and row.card != self.view.card:
            self.view.show_card(row.card)

    def _add(self) -> None:
        self._open(CardDialog(self._workplace, None, self))

    def _edit(self, card: Contact) -> None:
        self._open(CardDialog(self._workplace, card, self))

    def _open(self, dialog: CardDialog | ContactsDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _hide(self, card: Contact) -> None:
        self._workplace.desk.submit(
            lambda desk: hide_contact(desk, card.id),
            done=lambda _changed: self._hidden(card),
            failed=self.banner.show_problem,
        )

    def _hidden(self, card: Contact) -> None:
        says = self.tr("{name} was taken out of the book.").format(name=card.label())
        self.banner.show_done(says, action=self.tr("Put back"), run=lambda: self._put_back(card))

    def _put_back(self, card: Contact) -> None:
        from liaison_desk.services.people import show_contact

        self._workplace.desk.submit(lambda desk: show_contact(desk, card.id), failed=self.banner.show_problem)

    def _import(self) -> None:
        kinds = self.tr("Lists") + " (*.csv *.xlsx *.tsv *.txt)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import people, organisations or a phone book"), "", kinds)
        if name:
            self.import_path(Path(name))

    def import_path(self, path: Path) -> ContactsDialog:
        """Look at a list and offer to take it in."""
        dialog = ContactsDialog(self._workplace, path, self)
        self._open(dialog)
        return dialog

    def _lay_out(self) -> None:
        theme.set_role(self, "canvas")
        title = QLabel(self.tr("People"), self)
        theme.set_role(title, "title")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.import_file)
        head.addWidget(self.add)
        self.search.setPlaceholderText(self.tr("Name, reading, organisation, post or number"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), LineEditor.ActionPosition.LeadingPosition)
        self.search.setAccessibleName(self.tr("Search the book"))
        kinds = QHBoxLayout()
        kinds.setSpacing(theme.px(4))
        for place, kind in enumerate(_KINDS):
            button = QPushButton(field_names.kind_name(kind), self)
            button.setCheckable(True)
            button.setChecked(not kind)
            theme.set_role(button, "segment")
            self._kinds.addButton(button, place)
            kinds.addWidget(button)
        kinds.addStretch(1)
        theme.set_role(self._count, "small")
        kinds.addWidget(self._count)
        self.list.setModel(self.model)
        self.list.setItemDelegate(CardDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(self.tr("People"))
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.search)
        column.addLayout(kinds)
        column.addWidget(self.list, 1)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(self.view)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setSizes([theme.px(600), theme.px(420)])
        both.setHandleWidth(theme.px(16))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        inner.setSpacing(theme.px(12))
        inner.addLayout(head)
        inner.addWidget(self._stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.banner)
        outer.addLayout(inner, 1)

    def _empty_state(self) -> QWidget:
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.setSpacing(theme.px(8))
        says = QLabel(self.tr("Nobody is in the book yet"), empty)
        theme.set_role(says, "heading")
        do = QLabel(
            self.tr("Import people.csv, organizations.csv or a phone book of the office, or add a card."), empty
        )
        theme.set_role(do, "secondary")
        for label in (says, do):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addWidget(says)
        column.addWidget(do)
        column.addStretch(2)
        return empty

    def _join(self) -> None:
        self.search.textChanged.connect(lambda _text: self._show())
        self.search.entered.connect(lambda _modifiers: self.list.setFocus())
        self._kinds.idClicked.connect(lambda place: self.show_kind(_KINDS[place]))
        self.list.selectionModel().currentChanged.connect(self._current)
        self.add.clicked.connect(self._add)
        self.import_file.clicked.connect(self._import)
        self.view.party_chosen.connect(self.party_chosen)
        self.view.edit_requested.connect(self._edit)
        self.view.hide_requested.connect(self._hide)
        self._workplace.desk.changed.connect(self._follow)
