"""What the details say about an entry, as one document: times, wording, place, thread, revisions, history, delivery.

Built from characters and formats alone. Nothing that people wrote is ever read as markup; links are ours and
carry an entry's id or number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from liaison_desk.domain.chronology import ChronologyEntry, FieldValue, Revision, RevisionKind
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryDetails, EntryRow
from liaison_desk.domain.text import one_line, visible
from liaison_desk.ui import theme
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.differences import difference
from liaison_desk.ui.chronology.hits import hits

# A wording of a megabyte is shown in parts; each "more" doubles what is shown.
SHOWN_CHARACTERS = 20_000
_THREAD_SHOWN = 60


class DetailsPage:
    """Writes one entry's details into a document."""

    def __init__(self, document: QTextDocument, now: Moment, searched: tuple[str, ...], shown: int) -> None:
        """Begin an empty page.

        Args:
            document: is emptied.
            now: the present moment.
            searched: words to mark.
            shown: how many characters of a wording are shown.
        """
        document.clear()
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._cursor = QTextCursor(document)
        self._fresh = True
        self._now = now
        self._searched = searched
        self._shown = shown

    def write(self, details: EntryDetails, delivery: str, receivers: Sequence[str]) -> None:
        """Write everything about an entry, the most needed first."""
        self._times(details.entry)
        self._parties(details.entry)
        self._wording(details)
        self._where(details.entry)
        self._links(details)
        self._thread(details)
        self._revisions(details)
        self._history(details)
        self._origin(details, delivery, receivers)
        bottom = self._cursor.blockFormat()
        bottom.setBottomMargin(theme.px(16))
        self._cursor.setBlockFormat(bottom)

    # ── Parts ────────────────────────────────────────────────────────────────────────────────────

    def _times(self, entry: ChronologyEntry) -> None:
        self._pair("occurred_at", words.day_and_clock(entry.occurred_at, entry.occurred_approx), strong=True)
        if entry.known_at:
            self._pair("known_at", words.day_and_clock(entry.known_at))
        if entry.received_at:
            self._pair("received_at", words.day_and_clock(entry.received_at))
        self._pair("recorded_at", words.day_and_clock(entry.recorded_at))
        late = words.minutes_late(entry.occurred_at, entry.recorded_at)
        if late:
            text = QCoreApplication.translate("Cells", "recorded {span} later").format(span=words.span(late))
            self._say(f"　⚠ {text}", self._form("warning", small=True))

    def _parties(self, entry: ChronologyEntry) -> None:
        if entry.from_party:
            self._pair("from_party", one_line(entry.from_party, 200))
        if entry.to_party:
            self._pair("to_party", one_line(entry.to_party, 200))
        if entry.channel:
            self._pair("channel", words.word(entry.channel))

    def _wording(self, details: EntryDetails) -> None:
        entry, cancelled = details.entry, details.row.cancelled
        ink = "cancelled" if cancelled else "text"
        if entry.subject:
            self._block(above=14, line_height=130)
            form = self._form(ink, bold=True, struck=cancelled)
            self._marked(one_line(entry.subject, 400), self._sized(form, "heading"))
        self._block(above=6 if entry.subject else 14, line_height=150)
        whole = entry.content
        self._marked(visible(whole[: self._shown]), self._form(ink, struck=cancelled))
        if len(whole) > self._shown:
            more = QCoreApplication.translate("DetailsPage", "Show more ({count} characters left)")
            self._block(above=4)
            self._link(more.format(count=f"{len(whole) - self._shown:,}"), "more:")

    def _where(self, entry: ChronologyEntry) -> None:
        if not entry.place and entry.latitude is None:
            return
        first = 14
        if entry.place:
            self._pair("place", one_line(entry.place, 200), above=first)
            first = 2
        if entry.latitude is not None and entry.longitude is not None:
            label = QCoreApplication.translate("DetailsPage", "Coordinates")
            self._labelled(label, f"{entry.latitude:.5f}, {entry.longitude:.5f}", above=first)

    def _links(self, details: EntryDetails) -> None:
        translate = QCoreApplication.translate
        related = [no for no in details.entry.related if no]
        if related:
            self._label(translate("DetailsPage", "Related"), above=8)
            self._numbers(related)
        if details.noted_by:
            self._label(translate("DetailsPage", "Corrected by"), above=8)
            self._numbers(details.noted_by)
        if details.entry.attachments:
            self._label(translate("DetailsPage", "Attachments"), above=8)
            self._say("\n".join(one_line(name, 200) for name in details.entry.attachments).replace("\n", "、"))

    def _thread(self, details: EntryDetails) -> None:
        if len(details.thread) < 2:
            return
        title = QCoreApplication.translate("DetailsPage", "Thread ({count})").format(count=len(details.thread))
        self._heading(title)
        for number, row in enumerate(details.thread[:_THREAD_SHOWN]):
            self._thread_line(row, head=number == 0, here=row.id == details.row.id)
        if len(details.thread) > _THREAD_SHOWN:
            rest = QCoreApplication.translate("DetailsPage", "… and {count} more in the list")
            self._block()
            self._say(rest.format(count=len(details.thread) - _THREAD_SHOWN), self._form("text_secondary", small=True))

    def _thread_line(self, row: EntryRow, *, head: bool, here: bool) -> None:
        self._block(left=0 if head else 16, hanging=16, above=3)
        self._say("▶ " if here else "・ ", self._form("accent" if here else "text_secondary"))
        if here:
            self._say(one_line(row.no, 40), self._form("text", bold=True))
        else:
            self._link(one_line(row.no, 40), f"id:{row.id}")
        when = words.near(row.occurred_at, self._now) + (" " if row.from_party else "")
        self._say(f"　{when}{one_line(row.from_party, 40)}　", self._form("text_secondary", small=True))
        ink = "cancelled" if row.cancelled else "text"
        self._say(one_line(row.subject or row.content, 60), self._form(ink, struck=row.cancelled, bold=here))

    def _revisions(self, details: EntryDetails) -> None:
        if not details.revisions:
            return
        self._heading(QCoreApplication.translate("DetailsPage", "Corrections and first wording"))
        stood: dict[str, Any] = {name: getattr(details.original, name) for name in _COMPARED}
        for revision in details.revisions:
            self._revision(revision, stood)
            stood.update(revision.changes)
        if any(revision.kind is RevisionKind.CORRECT for revision in details.revisions):
            self._block(above=10)
            self._say(
                QCoreApplication.translate("DetailsPage", "First wording"), self._form("text_secondary", bold=True)
            )
            self._block(left=12, above=2, line_height=140)
            first = "　".join(filter(None, (one_line(details.original.subject, 200), details.original.content)))
            self._say(visible(first[: self._shown]), self._form("cancelled", struck=True))

    def _revision(self, revision: Revision, stood: dict[str, Any]) -> None:
        cancels = revision.kind is RevisionKind.CANCEL
        self._block(above=8)
        self._say(
            words.word("取消" if cancels else "訂正"), self._form("important" if cancels else "corrected", bold=True)
        )
        who = " ".join(filter(None, (one_line(revision.operator, 40), one_line(revision.org, 60))))
        self._say(f"　{words.day_and_clock(revision.recorded_at)}　{who}", self._form("text_secondary", small=True))
        self._block(left=12, above=2)
        self._say(QCoreApplication.translate("DetailsPage", "Reason: "), self._form("text_secondary"))
        self._say(visible(revision.reason[: self._shown]))
        for name in _COMPARED:
            if name not in revision.changes:
                continue
            before, after = shown_value(stood.get(name)), shown_value(revision.changes[name])
            self._block(left=12, above=4, line_height=140)
            self._say(words.word(name) + "　", self._form("text_secondary", small=True))
            for piece in difference(visible(before[: self._shown]), visible(after[: self._shown])):
                self._say(piece.text, self._pieces(piece.what))

    def _pieces(self, what: str) -> QTextCharFormat:
        if what == "deleted":
            form = self._form("important", struck=True)
            form.setBackground(theme.colour("important_soft"))
            return form
        if what == "inserted":
            form = self._form("good", bold=True)
            form.setFontUnderline(True)
            form.setBackground(theme.colour("good_soft"))
            return form
        return self._form("text")

    def _history(self, details: EntryDetails) -> None:
        if not details.history:
            return
        self._heading(QCoreApplication.translate("DetailsPage", "History"))
        for name, value in details.history:
            self._block(hanging=16, above=2)
            self._say(f"{words.day_and_clock(value.at)}　", self._form("text_secondary", small=True))
            self._say(f"{words.word(name)}　", self._form("text_secondary", small=True))
            self._say(shown_value(value.value) or "―", self._form("text", bold=True))
            self._say(f"　{setter(value)}", self._form("text_secondary", small=True))

    def _origin(self, details: EntryDetails, delivery: str, receivers: Sequence[str]) -> None:
        entry = details.entry
        self._heading(QCoreApplication.translate("DetailsPage", "Recorded by, delivery"))
        who = " ".join(filter(None, (one_line(entry.operator, 40), one_line(entry.org, 80))))
        self._labelled(QCoreApplication.translate("DetailsPage", "Operator"), who or "―")
        if entry.device_name or entry.device_mark:
            device = " ".join(filter(None, (one_line(entry.device_mark, 10), one_line(entry.device_name, 60))))
            self._labelled(QCoreApplication.translate("DetailsPage", "PC"), device)
        self._labelled(QCoreApplication.translate("DetailsPage", "Delivery"), words.word(delivery))
        if receivers:
            self._labelled(QCoreApplication.translate("DetailsPage", "Received by"), "、".join(receivers))

    # ── Characters ───────────────────────────────────────────────────────────────────────────────

    def _block(self, *, above: int = 0, left: int = 0, hanging: int = 0, line_height: int = 125) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(theme.px(6 if self._fresh else above))
        form.setLeftMargin(theme.px(left + hanging))
        form.setTextIndent(-theme.px(hanging))
        form.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if hanging:
            form.setTabPositions([QTextOption.Tab(theme.px(hanging), QTextOption.TabType.LeftTab)])
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._fresh = False
        else:
            self._cursor.insertBlock(form)

    def _heading(self, text: str) -> None:
        self._block(above=18)
        self._say(text, self._form("text_secondary", bold=True))

    def _label(self, label: str, *, above: int = 2) -> None:
        self._block(hanging=84, above=above)
        self._say(f"{label}\t", self._form("text_secondary", small=True))

    def _labelled(self, label: str, text: str, *, above: int = 2) -> None:
        self._label(label, above=above)
        self._marked(text, self._form("text"))

    def _pair(self, field: str, text: str, *, strong: bool = False, above: int = 2) -> None:
        self._label(words.word(field), above=above)
        self._marked(text, self._form("text", bold=strong))

    def _numbers(self, numbers: Sequence[str]) -> None:
        for number, no in enumerate(numbers):
            if number:
                self._say("　")
            self._link(one_line(no, 40), f"no:{no}")

    def _link(self, text: str, target: str) -> None:
        form = self._form("accent")
        form.setAnchor(True)
        form.setAnchorHref(target)
        form.setFontUnderline(True)
        self._say(text, form)

    def _say(self, text: str, form: QTextCharFormat | None = None) -> None:
        self._cursor.insertText(text, form or self._form("text"))

    def _marked(self, text: str, form: QTextCharFormat) -> None:
        end = 0
        for start, length in hits(text, self._searched):
            self._say(text[end:start], form)
            marked = QTextCharFormat(form)
            marked.setBackground(theme.colour("match"))
            marked.setForeground(theme.colour("on_match"))
            end = start + length
            self._say(text[start:end], marked)
        self._say(text[end:], form)

    def _form(self, ink: str, *, bold: bool = False, small: bool = False, struck: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(theme.font("small" if small else "body"))
        form.setForeground(theme.colour(ink))
        if bold:
            form.setFontWeight(QFont.Weight.Bold)
        form.setFontStrikeOut(struck)
        return form

    def _sized(self, form: QTextCharFormat, role: str) -> QTextCharFormat:
        sized = QTextCharFormat(form)
        sized.setFont(theme.font(role))
        sized.setFontStrikeOut(form.fontStrikeOut())
        return sized


# The order in which a correction's fields are told.
_COMPARED = (
    "content",
    "subject",
    "occurred_at",
    "occurred_approx",
    "known_at",
    "received_at",
    "from_party",
    "to_party",
    "channel",
    "kind",
    "place",
    "latitude",
    "longitude",
)


def shown_value(value: object) -> str:
    """A field's value as a person reads it; "" for none."""
    if isinstance(value, Moment):
        return words.day_and_clock(value)
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("DetailsPage", "yes"), QCoreApplication.translate("DetailsPage", "no")
        return yes if value else no
    if isinstance(value, float):
        return f"{value:.5f}"
    return str(value) if value is not None else ""


def setter(value: FieldValue) -> str:
    """Who set a value."""
    return " ".join(filter(None, (one_line(value.operator, 40), one_line(value.org, 60))))
