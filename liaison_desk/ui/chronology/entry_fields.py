"""The fields of the entry bar in the order of speech: who → to whom → how → what, and a second row by need."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from liaison_desk.domain.chronology import INSTRUCTION_KINDS, TYPED_KINDS, Channel, EntryDraft, EntryKind, Status
from liaison_desk.domain.chronology import Verification as Sure
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.coordinates import parse_coordinates
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.choice import ChoiceButton
from liaison_desk.ui.chronology.completion import Completion
from liaison_desk.ui.chronology.content_editor import ContentEditor
from liaison_desk.ui.chronology.phrases import Phrases
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.chronology.time_field import TimeField
from liaison_desk.ui.workplace import Workplace

LINES = ("from_party", "to_party", "subject", "place", "coordinates", "owner")
_COMPLETED = ("from_party", "to_party", "subject", "place", "owner")


class EntryFields(QWidget):
    """All fields of one line of the chronology.

    Attributes:
        typed: a person typed in any of them.
        chose: a person chose a value or ticked a box.
        height_changed: the bar needs another height.
    """

    typed = Signal()
    chose = Signal()
    height_changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        """Lay the fields out."""
        super().__init__(parent)
        self._phrases = Phrases(workplace)
        self.time = TimeField(workplace.clock, shows_now=True, parent=self)
        self.time.line.setAccessibleName(words.word("occurred_at"))
        self.time.line.setToolTip(self.tr("When it happened (Alt+T): 1305, 13:05頃, -10, 11/22 13:05"))
        self.lines = {name: LineEditor(self) for name in LINES}
        self.channel = ChoiceButton(
            tuple(Channel), name=words.word("channel"), keys=[f"Alt+{n}" for n in range(1, 10)], parent=self
        )
        self.channel.set_value("")
        kind_keys = [f"Ctrl+{n}" for n in range(1, 7)]
        self.kind = ChoiceButton(TYPED_KINDS, name=words.word("kind"), keys=kind_keys, parent=self)
        self.status = ChoiceButton(tuple(Status), name=words.word("status"), parent=self)
        self.due = TimeField(workplace.clock, forward=True, parent=self)
        self.unverified = QCheckBox(words.word(Sure.UNVERIFIED), self)
        self.approx = QCheckBox(words.word("occurred_approx"), self)
        self.important = QCheckBox(words.word("important"), self)
        self.content = ContentEditor(self)
        self.more = QToolButton(self)
        self.record = QPushButton(self.tr("Record"), self)
        self._name_fields()
        self._lay_out()
        self._join()
        self.completions = {name: self._completion(name) for name in _COMPLETED}
        self.show_details(False)
        theme.events().changed.connect(self._paint)
        self._paint()

    def draft(self, started_at: Moment | None) -> EntryDraft:
        """What the fields hold, as an entry to record."""
        place = parse_coordinates(self.lines["coordinates"].text())
        instruction = self.kind.value() in INSTRUCTION_KINDS
        return EntryDraft(
            content=self.content.plain_text(),
            occurred_at=self.time.moment() or started_at,
            occurred_approx=self.time.approx(),
            from_party=self.lines["from_party"].text().strip(),
            to_party=self.lines["to_party"].text().strip(),
            channel=self.channel.value(),
            kind=self.kind.value(),
            subject=self.lines["subject"].text().strip(),
            place=self.lines["place"].text().strip(),
            latitude=place[0] if place else None,
            longitude=place[1] if place else None,
            verification=Sure.UNVERIFIED if self.unverified.isChecked() else Sure.VERIFIED,
            important=self.important.isChecked(),
            owner=self.lines["owner"].text().strip() if instruction else "",
            due=self.due.moment() if instruction else None,
            status=self.status.value() if instruction else "",
        )

    def values(self) -> dict[str, str]:
        """What is typed, preedit included, for a draft; empty when nothing is worth keeping."""
        if self.is_blank():
            return {}
        values = {name: line.whole_text() for name, line in self.lines.items()}
        values["content"] = self.content.whole_text()
        values["time"] = self.time.line.whole_text() if self.time.is_by_hand() else ""
        values["due"] = self.due.line.whole_text()
        values["channel"], values["kind"], values["status"] = (
            self.channel.value(),
            self.kind.value(),
            self.status.value(),
        )
        for name, box in self._boxes().items():
            values[name] = "1" if box.isChecked() else ""
        return {name: value for name, value in values.items() if value}

    def set_values(self, values: Mapping[str, str], base: Moment) -> None:
        """Put a draft back.

        Args:
            values: as `values` gave them.
            base: the moment its times were typed at.
        """
        self.clear()
        for name, line in self.lines.items():
            line.setText(values.get(name, ""))
            line.setCursorPosition(0)
        self.content.set_text(values.get("content", ""))
        self.channel.set_value(values.get("channel", ""))
        self.set_kind(values.get("kind", EntryKind.REPORT))
        self.status.set_value(values.get("status", Status.OPEN))
        for name, box in self._boxes().items():
            box.setChecked(bool(values.get(name)))
        self.time.fix(base)
        if values.get("time"):
            self.time.set_typed(values["time"], base)
        if self.time.approx() != self.approx.isChecked():
            self.time.set_approx(self.approx.isChecked())
        if values.get("due"):
            self.due.set_typed(values["due"], base)
        self.show_details(self._has_details())

    def is_blank(self) -> bool:
        """Whether nothing was typed; suggestions left from the last entry do not count."""
        typed = any(line.whole_text().strip() and not is_suggested(line) for line in self.lines.values())
        return not typed and not self.content.whole_text().strip() and not self.due.line.whole_text()

    def clear(self) -> None:
        """Empty every field."""
        for line in self.lines.values():
            line.clear()
            suggest(line, False)
        suggest(self.channel, False)
        self.content.set_text("")
        self.time.clear()
        self.due.clear()
        self.channel.set_value("")
        self.set_kind(EntryKind.REPORT)
        self.status.set_value(Status.OPEN)
        for box in self._boxes().values():
            box.setChecked(False)
        self.show_details(False)

    def set_kind(self, kind: str) -> None:
        """Choose 種別; an instruction or request opens owner, due and status."""
        self.kind.set_value(kind)
        instruction = kind in INSTRUCTION_KINDS
        self._task.setVisible(instruction)
        if instruction:
            self.show_details(True)
        elif not self._has_details():
            self.show_details(False)

    def show_details(self, shown: bool) -> None:
        """Open or close the second row; it stays open while it holds something."""
        shown = shown or self._has_details()
        if self._details.isHidden() == shown:
            self._details.setVisible(shown)
            self.more.setChecked(shown)
            self.updateGeometry()
            self.height_changed.emit()
        self._paint_more()

    def details_shown(self) -> bool:
        """Whether the second row is open."""
        return not self._details.isHidden()

    def wrong_field(self) -> tuple[QWidget, str] | None:
        """The first field that cannot be recorded as it is, and why."""
        if self.time.is_wrong():
            return self.time.line, self.tr("The time “{text}” could not be read.").format(text=self.time.line.text())
        if self.due.is_wrong() and self.kind.value() in INSTRUCTION_KINDS:
            return self.due.line, self.tr("The due time “{text}” could not be read.").format(text=self.due.line.text())
        coordinates = self.lines["coordinates"]
        if coordinates.text().strip() and parse_coordinates(coordinates.text()) is None:
            says = self.tr("The coordinates “{text}” could not be read.").format(text=coordinates.text())
            return coordinates, says
        return None

    def commit_preedit(self) -> None:
        """Make every text under conversion text."""
        for line in (*self.lines.values(), self.time.line, self.due.line):
            line.commit_preedit()
        self.content.commit_preedit()

    def composing(self) -> bool:
        """Whether a conversion is open in any field."""
        lines = (*self.lines.values(), self.time.line, self.due.line)
        return any(line.preedit() for line in lines) or bool(self.content.preedit())

    def _boxes(self) -> dict[str, QCheckBox]:
        return {"unverified": self.unverified, "approx": self.approx, "important": self.important}

    def _has_details(self) -> bool:
        texts = any(self.lines[name].whole_text() for name in ("place", "coordinates"))
        boxes = self.unverified.isChecked() or self.important.isChecked()
        return texts or boxes or self.kind.value() in INSTRUCTION_KINDS

    def _name_fields(self) -> None:
        examples = {
            "subject": words.word("subject"),
            "place": words.word("place"),
            "coordinates": self.tr("Lat, lon"),
            "owner": words.word("owner"),
            "from_party": words.word("from_party"),
            "to_party": words.word("to_party"),
        }
        for name, line in self.lines.items():
            line.setPlaceholderText(examples[name])
            line.setAccessibleName(examples[name])
            line.setMinimumWidth(theme.px(72))
        self.due.line.setPlaceholderText(words.word("due"))
        self.due.line.setAccessibleName(words.word("due"))
        self.content.setPlaceholderText(self.tr("What was said (Esc, then type)"))
        self.content.setAccessibleName(words.word("content"))
        self.more.setCheckable(True)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setToolTip(self.tr("Place, verification, about, important (Alt+D)"))
        self.more.setAccessibleName(self.tr("More fields"))
        self.unverified.setToolTip("Alt+U")
        self.approx.setToolTip("Alt+K")
        self.important.setToolTip("Alt+J")
        theme.set_role(self.record, "primary")
        self.record.setAutoDefault(False)
        self.record.setToolTip("Ctrl+Enter")

    def _lay_out(self) -> None:
        arrow = QLabel("→", self)
        theme.set_role(arrow, "secondary")
        head = _row(self.time, self.lines["from_party"], arrow, self.lines["to_party"], self.channel, self.kind)
        head.addWidget(self.lines["subject"], 3)
        head.addWidget(self.more)
        head.setStretch(1, 3)
        head.setStretch(3, 3)
        self._task = QWidget(self)
        task = _row(self.lines["owner"], self.due, self.status)
        self._task.setLayout(task)
        self._details = QWidget(self)
        details = _row(self.lines["place"], self.lines["coordinates"], self.unverified, self.approx, self.important)
        details.addWidget(self._task, 3)
        details.setStretch(0, 3)
        details.setStretch(1, 2)
        self._details.setLayout(details)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.content, 1)
        foot.addWidget(self.record, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(head)
        column.addWidget(self._details)
        column.addLayout(foot)
        order: list[QWidget] = [self.time.line, self.lines["from_party"], self.lines["to_party"], self.channel]
        order += [self.kind, self.lines["subject"], self.lines["place"], self.lines["coordinates"], self.unverified]
        order += [self.approx, self.important, self.lines["owner"], self.due.line, self.status, self.content]
        order.append(self.record)
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _join(self) -> None:
        for line in self.lines.values():
            line.typed.connect(partial(suggest, line, False))
            line.typed.connect(self.typed)
            line.focused.connect(partial(_show_head, line))
        self.content.typed.connect(self.typed)
        self.time.typed.connect(self._time_typed)
        self.due.typed.connect(self.typed)
        for choice in (self.channel, self.status):
            choice.chosen.connect(lambda _value: self.chose.emit())
        self.channel.chosen.connect(lambda _value: suggest(self.channel, False))
        self.kind.chosen.connect(self._kind_chosen)
        for box in (self.unverified, self.important):
            box.toggled.connect(lambda _on: self._paint_more())
        for box in self._boxes().values():
            box.clicked.connect(lambda _on: self.chose.emit())
        self.approx.clicked.connect(self._approx_clicked)
        self.more.clicked.connect(lambda: self.show_details(not self.details_shown()))
        self.content.height_changed.connect(self.height_changed)

    def _completion(self, name: str) -> Completion:
        return Completion(self.lines[name], partial(self._phrases.suggest, name), partial(self._phrases.refresh, name))

    def _kind_chosen(self, kind: str) -> None:
        self.set_kind(kind)
        self.chose.emit()

    def _time_typed(self) -> None:
        self.approx.setChecked(self.time.approx())
        self.typed.emit()

    def _approx_clicked(self, on: bool) -> None:
        self.time.set_approx(on)

    def _paint(self) -> None:
        for line in self.lines.values():
            line.setFont(theme.font("input"))
        self._paint_more()

    def _paint_more(self) -> None:
        self.more.setIcon(theme.icon("chevron-down" if self.details_shown() else "more", "text"))
        self.more.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.more.setChecked(self.details_shown())


def suggest(field: QWidget, suggested: bool) -> None:
    """Show that a value was carried over from the last entry, or that it is the person's own."""
    if bool(field.property("suggested")) != suggested:
        field.setProperty("suggested", suggested)
        theme.restyle(field)


def is_suggested(field: QWidget) -> bool:
    """Whether a value was only carried over."""
    return bool(field.property("suggested"))


def _show_head(line: LineEditor, came: bool) -> None:
    # A name is known by its beginning.
    if not came:
        line.setCursorPosition(0)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(6))
    for widget in widgets:
        row.addWidget(widget)
    return row
