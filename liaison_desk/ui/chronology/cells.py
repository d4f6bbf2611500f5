"""The cells of a row as text: for copying, tooltips and screen readers. Painting is `delegate`'s."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryRow
from liaison_desk.domain.text import one_line
from liaison_desk.ui.chronology import words
from liaison_desk.ui.chronology.columns import Column


def cell(row: EntryRow, column: Column, delivery: str) -> str:
    """One cell in one line."""
    if column is Column.NO:
        return one_line(row.no, 40)
    if column is Column.TIME:
        return words.day_and_clock(row.occurred_at, row.occurred_approx)
    if column is Column.PARTIES:
        return " → ".join(filter(None, (one_line(row.from_party, 60), one_line(row.to_party, 60))))
    if column is Column.CHANNEL:
        return words.word(row.channel) if row.channel else ""
    if column is Column.KIND:
        return words.word(row.kind)
    if column is Column.CONTENT:
        return " ".join(filter(None, (one_line(row.subject, 80), one_line(row.content))))
    if column is Column.STATUS:
        return words.word(row.status) if row.status else ""
    return words.word(delivery)


def tooltip(row: EntryRow, column: Column, delivery: str, receivers: Sequence[str]) -> str | None:
    """What is not said in the cell itself; None where there is nothing more."""
    translate = QCoreApplication.translate
    if column is Column.NO:
        return translate("Cells", "{no}, noted by {operator}").format(
            no=one_line(row.no, 40), operator=row.operator or "?"
        )
    if column is Column.TIME:
        late = words.minutes_late(row.occurred_at, row.recorded_at)
        lines = [
            f"{words.word('occurred_at')}: {words.day_and_clock(row.occurred_at, row.occurred_approx)}",
            f"{words.word('recorded_at')}: {words.day_and_clock(row.recorded_at)}",
            translate("Cells", "recorded {span} later").format(span=words.span(late)) if late else "",
        ]
        return "\n".join(filter(None, lines))
    if column is Column.STATUS and (row.owner or row.due):
        lines = [
            f"{words.word('owner')}: {one_line(row.owner, 60)}" if row.owner else "",
            f"{words.word('due')}: {words.day_and_clock(row.due)}" if row.due else "",
        ]
        return "\n".join(filter(None, lines))
    if column is Column.DELIVERY:
        whom = translate("Cells", "{count} PCs").format(count=len(receivers)) if receivers else ""
        return " · ".join(filter(None, (words.word(delivery), whom)))
    return cell(row, column, delivery) if column in (Column.PARTIES, Column.CHANNEL) else None


def spoken(row: EntryRow, now: Moment, delivery: str) -> str:
    """The whole row as one sentence for a screen reader."""
    translate = QCoreApplication.translate
    parts = [
        translate("Words", "new") if row.unseen else "",
        one_line(row.no, 40),
        translate("Words", "reply to {no}").format(no=one_line(row.reply_to_no, 40)) if row.reply_to_no else "",
        words.day_and_clock(row.occurred_at, row.occurred_approx),
        translate("Words", "from {party}").format(party=one_line(row.from_party, 60)) if row.from_party else "",
        translate("Words", "to {party}").format(party=one_line(row.to_party, 60)) if row.to_party else "",
        words.word(row.channel) if row.channel else "",
        words.word(row.kind),
        words.word("important") if row.important else "",
        words.word("未確認") if row.verification == "未確認" else "",
        translate("Words", "cancelled") if row.cancelled else "",
        translate("Words", "corrected") if row.corrected else "",
        translate("Words", "several values") if row.conflicts else "",
        one_line(row.subject, 80),
        one_line(row.content, 200),
        words.word(row.status) if row.status else "",
        one_line(row.owner, 40),
        translate("Words", "due {time}").format(time=words.day_and_clock(row.due)) if row.due else "",
        translate("Words", "overdue") if words.is_overdue(row, now) else "",
        words.word(delivery),
    ]
    return ", ".join(filter(None, parts))
