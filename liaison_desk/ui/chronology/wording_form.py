"""Every wording field of an entry as a form, for corrections; filled once, never by a refresh."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from liaison_desk.domain.chronology import TYPED_KINDS, Channel, ChronologyEntry
from liaison_desk.domain.coordinates import parse_coordinates, shown_coordinates
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.choice import ChoiceButton
from liaison_desk.ui.chronology.completion import Completion
from liaison_desk.ui.chronology.content_editor import ContentEditor
from liaison_desk.ui.chronology.phrases import Phrases
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.chronology.time_field import TimeField
from liaison_desk.ui.sheet import Form
from liaison_desk.ui.workplace import Workplace

_LINES = ("from_party", "to_party", "subject", "place")
_TIMES = ("occurred_at", "known_at", "received_at")


class WordingForm(QWidget):
    """The wording of one entry.

    Attributes:
        typed: something was typed or chosen.
    """

    typed = Signal()

    def __init__(self, workplace: Workplace, entry: ChronologyEntry, parent: QWidget | None = None) -> None:
        """Show the wording as it stands."""
        super().__init__(parent)
        self._entry = entry
        phrases = Phrases(workplace)
        self.times = {name: TimeField(workplace.clock, parent=self) for name in _TIMES}
        self.lines = {name: LineEditor(self) for name in _LINES}
        self.coordinates = LineEditor(self)
        self.channel = ChoiceButton(("", *Channel), name=words.word("channel"), parent=self)
        self.kind = ChoiceButton(TYPED_KINDS, name=words.word("kind"), parent=self)
        self.approx = QCheckBox(words.word("occurred_approx"), self)
        self.content = ContentEditor(self, least_lines=3)
        for name, field in self.times.items():
            field.set_moment(getattr(entry, name), approx=name == "occurred_at" and entry.occurred_approx)
            field.typed.connect(self._time_typed)
        for name, line in self.lines.items():
            line.setText(getattr(entry, name))
            line.setCursorPosition(0)
            line.typed.connect(self.typed)
            Completion(line, partial(phrases.suggest, name), partial(phrases.refresh, name))
        self.coordinates.setText(shown_coordinates(entry.latitude, entry.longitude))
        self.coordinates.typed.connect(self.typed)
        self.channel.set_value(entry.channel)
        self.kind.set_value(entry.kind)
        self.approx.setChecked(entry.occurred_approx)
        self.content.set_text(entry.content)
        self.content.typed.connect(self.typed)
        self.content.setAccessibleName(words.word("content"))
        for choice in (self.channel, self.kind):
            choice.chosen.connect(lambda _value: self.typed.emit())
        self.approx.clicked.connect(self._approx_clicked)
        self._lay_out()

    def values(self) -> dict[str, Any]:
        """Every wording field as it stands in the form; what cannot be read stays as it was."""
        typed = self.coordinates.whole_text()
        kept = (self._entry.latitude, self._entry.longitude)
        place: tuple[float | None, float | None] = (None, None)
        if typed.strip():
            untouched = typed == shown_coordinates(*kept)
            place = kept if untouched else parse_coordinates(typed) or kept
        values: dict[str, Any] = {name: line.whole_text().strip() for name, line in self.lines.items()}
        for name, line in self.lines.items():
            # Blanks around a wording that nobody touched are not a correction.
            if line.whole_text() == getattr(self._entry, name):
                values[name] = getattr(self._entry, name)
        for name, field in self.times.items():
            values[name] = self._entry.occurred_at if name == "occurred_at" and not field.moment() else field.moment()
        values["occurred_approx"] = self.times["occurred_at"].approx()
        values["content"] = self.content.whole_text()
        values["channel"], values["kind"] = self.channel.value(), self.kind.value()
        values["latitude"], values["longitude"] = place
        return values

    def wrong(self) -> str:
        """Why the form cannot be recorded, "" when it can; goes to the field."""
        for field in self.times.values():
            if field.is_wrong():
                field.line.setFocus()
                return self.tr("The time “{text}” could not be read.").format(text=field.line.text())
        if not self.times["occurred_at"].line.text().strip():
            self.times["occurred_at"].line.setFocus()
            return self.tr("An entry needs the time when it happened.")
        text = self.coordinates.text()
        if text.strip() and parse_coordinates(text) is None:
            self.coordinates.setFocus()
            return self.tr("The coordinates “{text}” could not be read.").format(text=text)
        return ""

    def commit_preedit(self) -> None:
        """Make every text under conversion text."""
        for line in (*self.lines.values(), self.coordinates, *(field.line for field in self.times.values())):
            line.commit_preedit()
        self.content.commit_preedit()

    def _time_typed(self) -> None:
        self.approx.setChecked(self.times["occurred_at"].approx())
        self.typed.emit()

    def _approx_clicked(self, on: bool) -> None:
        self.times["occurred_at"].set_approx(on)
        self.typed.emit()

    def _lay_out(self) -> None:
        when = QWidget(self)
        row = QHBoxLayout(when)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self.times["occurred_at"], self.approx, self.channel, self.kind):
            row.addWidget(widget)
        row.addStretch(1)
        form = Form()
        form.add_row(("・".join(words.word(name) for name in ("occurred_at", "channel", "kind")), when, ""))
        lines = self.lines
        form.add_row(
            (words.word("from_party"), lines["from_party"], ""), (words.word("to_party"), lines["to_party"], "")
        )
        form.add_row((words.word("subject"), lines["subject"], ""))
        form.add_row((words.word("content"), self.content, ""))
        both = f"{words.word('latitude')}, {words.word('longitude')}"
        form.add_row((words.word("place"), lines["place"], ""), (both, self.coordinates, ""))
        known, received = self.times["known_at"], self.times["received_at"]
        form.add_row((words.word("known_at"), known, ""), (words.word("received_at"), received, ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
