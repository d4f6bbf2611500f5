"""訂正 and 取消: a further record with its reason; the first wording stays readable."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.coordinates import parse_coordinates, shown_coordinates
from liaison_desk.domain.listing import EntryDetails
from liaison_desk.domain.text import visible
from liaison_desk.errors import DeskProblem
from liaison_desk.services.chronology import cancel_entry, correct_entry
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.preedit import LineEditor
from liaison_desk.ui.chronology.wording_form import WordingForm
from liaison_desk.ui.sheet import Sheet
from liaison_desk.ui.workplace import Workplace

# What is shown of a long wording: so many characters beside the change, and of the change itself.
_AROUND = 12
_SHOWN = 240


class ReasonField(QWidget):
    """A reason, typed or chosen from what is usual.

    Attributes:
        entered: Enter in the line.
    """

    entered = Signal(object)

    def __init__(self, usual: Sequence[str], parent: QWidget | None = None) -> None:
        """An empty reason with quick choices."""
        super().__init__(parent)
        self.line = LineEditor(self)
        self.line.setPlaceholderText(self.tr("Why (required)"))
        self.line.setAccessibleName(self.tr("Reason"))
        self.line.entered.connect(self.entered)
        self.choices = [QPushButton(reason, self) for reason in usual]
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for button in self.choices:
            button.setAutoDefault(False)
            theme.set_role(button, "segment")
            button.clicked.connect(partial(self._choose, button.text()))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.line)
        column.addLayout(row)
        self.setFocusProxy(self.line)

    def _choose(self, reason: str, _checked: bool = False) -> None:
        self.line.commit_preedit()
        self.line.setText(reason)
        self.line.typed.emit()


class _RevisionSheet(Sheet):
    """What both revisions share: an entry, a reason, one thing to do."""

    def __init__(self, workplace: Workplace, details: EntryDetails, parent: QWidget | None) -> None:
        super().__init__(workplace, "", parent=parent)
        self.details = details
        self._sent = False

    def _send(self, use_case: Callable[..., Changed]) -> None:
        # One press, one revision: a second one before the first is durable does nothing.
        if self._sent:
            return
        self._sent = True
        self.run(use_case, self._recorded)

    def fail(self, error: Exception) -> None:
        """Show the problem; what was typed stays and can be sent again."""
        self._sent = False
        super().fail(error)

    def _recorded(self, _changed: Changed) -> None:
        self.accept()

    def _ask_reason(self, reason: ReasonField) -> bool:
        reason.line.commit_preedit()
        if reason.line.text().strip():
            return True
        theme.mark_wrong(reason.line, True)
        reason.line.setFocus()
        return False


class CorrectDialog(_RevisionSheet):
    """Reword an entry: the wording as it stands, editable; the difference; the reason."""

    def __init__(self, workplace: Workplace, details: EntryDetails, parent: QWidget | None = None) -> None:
        """Show the wording as it stands."""
        super().__init__(workplace, details, parent)
        self.set_title(
            self.tr("Correct {no}").format(no=details.entry.no),
            self.tr("The first wording stays readable, struck through, with your name, the time and the reason."),
        )
        self.form = WordingForm(workplace, details.entry, self)
        self.difference = QLabel(self)
        self.difference.setObjectName("difference")
        self.difference.setTextFormat(Qt.TextFormat.RichText)
        self.difference.setWordWrap(True)
        usual = (
            self.tr("Misheard"),
            self.tr("Typing error"),
            self.tr("Later report"),
            self.tr("Found out on checking"),
        )
        self.reason = ReasonField(usual, self)
        for widget in (self.form, self.difference, self.reason):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.record = self.set_primary(self.tr("Record the correction"), self.submit)
        self.form.typed.connect(self._compare)
        self.form.content.height_changed.connect(self._make_room)
        self.form.content.entered.connect(lambda _modifiers: self.submit())
        self.reason.line.typed.connect(lambda: theme.mark_wrong(self.reason.line, False))
        self._compare()
        self.form.content.setFocus()
        self.setMinimumWidth(theme.px(760))

    def changes(self) -> dict[str, Any]:
        """The fields that would be reworded, with their new values."""
        return {name: new for name, new in self.form.values().items() if getattr(self.details.entry, name) != new}

    def submit(self) -> None:
        """Record the correction."""
        self.form.commit_preedit()
        wrong = self.form.wrong()
        if wrong:
            self.banner.show_problem(DeskProblem(wrong, self.tr("Correct it, then record again.")))
            return
        if not self._ask_reason(self.reason):
            return
        reason, changes = self.reason.line.text().strip(), self.changes()
        self._send(lambda desk: correct_entry(desk, self.details.entry.id, changes, reason))

    def _compare(self) -> None:
        changes = self.changes()
        told = [_difference(self.details.entry, name, new) for name, new in changes.items() if name != "longitude"]
        if "longitude" in changes and "latitude" not in changes:
            told.append(_difference(self.details.entry, "longitude", changes["longitude"]))
        nothing = html.escape(self.tr("Nothing is changed yet."))
        said = "<br>".join(told) or f"<span style='color:{_ink('text_secondary')}'>{nothing}</span>"
        self.difference.setText(f"<p style='line-height:140%'>{said}</p>")
        self.record.setEnabled(bool(changes))
        self._make_room()

    def _make_room(self) -> None:
        # A label that wraps has no part in a dialog's least height.
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout else 0
        if needed > self.height():
            self.resize(self.width(), min(needed, self.screen().availableGeometry().height()))


class CancelDialog(_RevisionSheet):
    """Strike an entry through, with the reason."""

    def __init__(self, workplace: Workplace, details: EntryDetails, parent: QWidget | None = None) -> None:
        """Show what will be struck through."""
        super().__init__(workplace, details, parent)
        self.set_title(
            self.tr("Cancel {no}").format(no=details.entry.no),
            self.tr("The entry stays readable, struck through, with your name, the time and the reason."),
        )
        quoted = QLabel(visible(details.entry.content[:400]), self)
        quoted.setTextFormat(Qt.TextFormat.PlainText)
        quoted.setWordWrap(True)
        quoted.setContentsMargins(*(theme.px(12),) * 4)
        theme.set_role(quoted, "canvas")
        self.reason = ReasonField((self.tr("Typed twice"), self.tr("False report"), self.tr("Typed by mistake")), self)
        self.reason.line.typed.connect(lambda: theme.mark_wrong(self.reason.line, False))
        self.body.addWidget(quoted)
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.record = self.set_primary(self.tr("Cancel the entry"), self.submit)
        self.reason.line.setFocus()

    def submit(self) -> None:
        """Record the cancellation."""
        if self._ask_reason(self.reason):
            reason = self.reason.line.text().strip()
            self._send(lambda desk: cancel_entry(desk, self.details.entry.id, reason))


def _difference(entry: ChronologyEntry, name: str, new: Any) -> str:
    old = getattr(entry, name)
    if name == "latitude":
        place = parse_coordinates(shown_coordinates(entry.latitude, entry.longitude))
        old, label = (
            (shown_coordinates(*place) if place else ""),
            f"{words.word('latitude')}・{words.word('longitude')}",
        )
    else:
        label = words.word(name)
    before, after = (html.escape(text).replace("\n", "<br>") for text in changed_parts(_said(old), _said(new)))
    grey = _ink("text_secondary")
    return f"<b>{html.escape(label)}</b>　<s style='color:{grey}'>{before or '―'}</s> → {after or '―'}"


def changed_parts(old: str, new: str) -> tuple[str, str]:
    """Both texts cut to where they differ, with a few characters around, so that a long wording shows its change."""
    head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - head
    pairs = zip(reversed(old), reversed(new), strict=False)
    tail = next((n for n, (a, b) in enumerate(pairs) if n >= rest or a != b), rest)
    start, end = max(0, head - _AROUND), max(0, tail - _AROUND)

    def cut(text: str) -> str:
        part = text[start : len(text) - end]
        shown = part if len(part) <= _SHOWN else part[:_SHOWN] + "…"
        return ("…" if start and part else "") + shown + ("…" if end and part else "")

    return cut(old), cut(new)


def _said(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Moment):
        return words.day_and_clock(value)
    if isinstance(value, bool):
        return "○" if value else "―"
    text = visible(str(value))
    return words.word(text) if len(text) < 10 else text


def _ink(name: str) -> str:
    return theme.colour(name).name()
