"""Corrections and cancellations: the difference is seen, the reason is asked for, the first wording stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryDetails
from liaison_desk.services.chronology import record_entry
from liaison_desk.ui.chronology.revise import CancelDialog, CorrectDialog
from liaison_desk.ui.workplace import Workplace
from tests.ui.input_method import CONTROL, compose, enter


@pytest.fixture
def details(workplace: Workplace, qtbot: QtBot) -> EntryDetails:
    """One entry of the chronology."""
    draft = EntryDraft(
        content="3名が<b>行方不明</b>",
        occurred_at=Moment.parse_iso("2026-11-22T12:58:31+09:00"),
        from_party=" 警察",
        latitude=41.123456789,
        longitude=140.5,
        channel="口頭",
    )
    workplace.desk.submit(lambda desk: record_entry(desk, draft))
    qtbot.waitUntil(workplace.desk.idle)
    return read(workplace)


def read(workplace: Workplace) -> EntryDetails:
    """The entry with everything about it."""
    details = workplace.reader.details(workplace.reader.last_rows(1)[0].id)
    assert details is not None
    return details


def shown(qtbot: QtBot, dialog: CorrectDialog | CancelDialog) -> None:
    """Put a dialog on screen."""
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()


def test_an_untouched_wording_is_no_correction(workplace: Workplace, details: EntryDetails, qtbot: QtBot) -> None:
    dialog = CorrectDialog(workplace, details)
    shown(qtbot, dialog)

    assert dialog.changes() == {}
    assert not dialog.record.isEnabled()


def test_a_correction_shows_the_difference_and_asks_for_the_reason(
    workplace: Workplace, details: EntryDetails, qtbot: QtBot
) -> None:
    dialog = CorrectDialog(workplace, details)
    shown(qtbot, dialog)
    dialog.form.content.selectAll()
    compose(dialog.form.content, "", "2名が行方不明")
    assert dialog.changes() == {"content": "2名が行方不明"}
    assert "2名が行方不明" in dialog.difference.text()
    assert "<b>行方不明" not in dialog.difference.text()

    dialog.submit()
    assert dialog.reason.line.property("wrong") is True
    compose(dialog.reason.line, "ききまちがい")
    dialog.submit()
    dialog.submit()

    qtbot.waitUntil(lambda: not dialog.isVisible())
    after = read(workplace)
    assert after.entry.content == "2名が行方不明"
    assert after.original.content == "3名が<b>行方不明</b>"
    assert [revision.reason for revision in after.revisions] == ["ききまちがい"]


def test_times_place_and_kind_can_be_corrected(workplace: Workplace, details: EntryDetails, qtbot: QtBot) -> None:
    dialog = CorrectDialog(workplace, details)
    shown(qtbot, dialog)
    form = dialog.form
    form.times["occurred_at"].line.selectAll()
    compose(form.times["occurred_at"].line, "", "1240頃")
    form.coordinates.selectAll()
    compose(form.coordinates, "", "42, 141")
    compose(form.lines["place"], "", "濁川")
    dialog.reason.choices[0].click()

    dialog.submit()

    qtbot.waitUntil(lambda: not dialog.isVisible())
    entry = read(workplace).entry
    assert (entry.occurred_at.iso(), entry.occurred_approx) == ("2026-11-22T12:40:00+09:00", True)
    assert (entry.latitude, entry.longitude, entry.place) == (42.0, 141.0, "濁川")
    assert (entry.from_party, entry.channel) == (" 警察", "口頭")


def test_a_wrong_time_is_said_and_nothing_is_recorded(
    workplace: Workplace, details: EntryDetails, qtbot: QtBot
) -> None:
    dialog = CorrectDialog(workplace, details)
    shown(qtbot, dialog)
    dialog.form.times["occurred_at"].line.selectAll()
    compose(dialog.form.times["occurred_at"].line, "", "25:00")
    dialog.reason.choices[0].click()

    enter(dialog.form.content, CONTROL)

    assert "25:00" in dialog.banner.text()
    assert read(workplace).revisions == ()


def test_a_cancellation_asks_for_its_reason(workplace: Workplace, details: EntryDetails, qtbot: QtBot) -> None:
    dialog = CancelDialog(workplace, details)
    shown(qtbot, dialog)
    dialog.submit()
    assert dialog.isVisible()
    compose(dialog.reason.line, "", "誤報")

    # The Enter of the conversion closes nothing; the one after it does the one thing to do.
    enter(dialog.reason.line)
    QApplication.processEvents()
    enter(dialog.reason.line)
    qtbot.waitUntil(lambda: not dialog.isVisible())

    assert read(workplace).row.cancelled
    assert [revision.reason for revision in read(workplace).revisions] == ["誤報"]
