"""Edit a card, or make a new one. Filled once; no change from elsewhere writes into it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.people import CardKind, Contact
from liaison_desk.services.people import save_contact
from liaison_desk.ui.chronology.choice import ChoiceButton
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.people import field_names
from liaison_desk.ui.sheet import Form, Sheet
from liaison_desk.ui.workplace import Workplace

_ROWS = (
    ("name", "kana"),
    ("organization", "section"),
    ("title", "role"),
    ("phone", "mobile"),
    ("extension", "fax"),
    ("radio", "mail"),
    ("short_name", "hours"),
    ("address", "note"),
)


class CardDialog(Sheet):
    """One card's fields."""

    def __init__(self, workplace: Workplace, card: Contact | None = None, parent: QWidget | None = None) -> None:
        """Show the card, or an empty one."""
        super().__init__(workplace, "", parent=parent)
        self.set_title(self.tr("Edit the card") if card else self.tr("New card"))
        self._card = card or Contact(id="")
        self._sent = False
        self.kind = ChoiceButton(tuple(CardKind), name=field_names.name_of("card"), parent=self)
        self.kind.set_value(self._card.card)
        self.lines = {name: LineEditor(self) for pair in _ROWS for name in pair}
        form = Form()
        form.add_row((field_names.name_of("card"), self.kind, ""))
        for pair in _ROWS:
            form.add_row(*((field_names.name_of(name), self.lines[name], "") for name in pair))
        for name, line in self.lines.items():
            line.setText(getattr(self._card, name))
            line.setCursorPosition(0)
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.save = self.set_primary(self.tr("Save"), self.submit)
        self.lines["name"].setFocus()

    def submit(self) -> None:
        """Write the fields that differ."""
        for line in self.lines.values():
            line.commit_preedit()
        if self._sent:
            return
        self._sent = True
        typed = {name: line.text().strip() for name, line in self.lines.items()}
        # A blank that nobody touched is not a change.
        typed = {name: text for name, text in typed.items() if text != getattr(self._card, name).strip()}
        card = replace(self._card, card=self.kind.value(), **typed)
        self.run(lambda desk: save_contact(desk, card)[1], self._saved)

    def fail(self, error: Exception) -> None:
        """Show the problem; what was typed stays."""
        self._sent = False
        super().fail(error)

    def _saved(self, _changed: Changed) -> None:
        self.accept()
