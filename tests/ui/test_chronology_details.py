"""The details: nothing of an entry is hidden, values side by side wait for a person, nothing is read as markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.services import chronology
from liaison_desk.ui.chronology.details import DetailsPane
from liaison_desk.ui.chronology.details_page import SHOWN_CHARACTERS
from liaison_desk.ui.workplace import Workplace
from tests.desks import written_by
from tests.ui.chronology_lists import OtherPc, at, other_pc, receive, record_drill, run

__all__ = ["other_pc"]


@pytest.fixture
def pane(qtbot: QtBot, workplace: Workplace) -> DetailsPane:
    """The pane on the screen."""
    shown = DetailsPane(workplace)
    qtbot.addWidget(shown)
    shown.resize(420, 800)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def text(pane: DetailsPane) -> str:
    return pane.page.toPlainText()


def struck(pane: DetailsPane) -> str:
    """Everything that is struck through."""
    found = []
    block = pane.page.document().begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            part = parts.fragment()
            if part.charFormat().fontStrikeOut():
                found.append(part.text())
            parts += 1
        block = block.next()
    return "|".join(found)


def test_a_correction_shows_the_first_wording_struck_through_and_why(
    qtbot: QtBot, workplace: Workplace, pane: DetailsPane
) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[4])

    run(
        qtbot,
        workplace,
        lambda d: chronology.correct_entry(
            d, ids[4], {"content": "大沼婦人会館など3か所を開設、避難者７２名。"}, "再集計"
        ),
    )

    assert "避難者７２名" in text(pane)
    assert "Reason: 再集計" in text(pane)
    assert "６０" in struck(pane)
    assert "大沼婦人会館など3か所を開設、避難者６０名。毛布30枚が不足。" in struck(pane)


def test_values_set_while_apart_stand_side_by_side_until_one_is_taken(
    qtbot: QtBot, workplace: Workplace, other_pc: OtherPc, pane: DetailsPane
) -> None:
    ids = run(qtbot, workplace, record_drill)
    other_pc.take(run(qtbot, workplace, written_by))
    run(qtbot, workplace, lambda d: chronology.set_fields(d, ids[3], {"status": "対応中"}))
    chronology.set_fields(other_pc.desk, ids[3], {"status": "完了"})
    receive(qtbot, workplace, other_pc.written())
    pane.show_entry(ids[3])
    buttons = pane.conflicts.buttons()
    assert len(buttons) == 2
    assert {button.accessibleName() for button in buttons} == {"Take In progress for Status", "Take Done for Status"}

    chosen = next(button for button in buttons if "Done" in button.accessibleName())
    with qtbot.waitSignal(workplace.desk.changed):
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: not pane.conflicts.isVisible())
    details = workplace.reader.details(ids[3])
    assert details is not None
    assert details.entry.status == "完了"
    assert details.row.conflicts == ()
    assert len(details.history) == 3


def test_a_status_is_set_with_one_click(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[3])

    with qtbot.waitSignal(workplace.desk.changed):
        QTest.mouseClick(pane.setters.button("対応中"), Qt.MouseButton.LeftButton)

    details = workplace.reader.details(ids[3])
    assert details is not None
    assert details.entry.status == "対応中"
    assert pane.setters.button("対応中").isChecked()


def test_a_refresh_never_writes_into_a_field_that_is_being_typed_in(
    qtbot: QtBot, workplace: Workplace, pane: DetailsPane
) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[3])
    pane.activateWindow()
    pane.setters.owner.setFocus()
    qtbot.waitUntil(pane.setters.owner.hasFocus)
    pane.setters.owner.setText("土木班 さ")

    run(qtbot, workplace, lambda d: chronology.set_fields(d, ids[3], {"owner": "消防班"}))

    assert pane.setters.owner.text() == "土木班 さ"


def test_a_due_time_is_typed_as_it_is_spoken(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[3])
    pane.setters.due.line.setFocus()
    pane.setters.due.line.clear()
    QTest.keyClicks(pane.setters.due.line, "1500")

    with qtbot.waitSignal(workplace.desk.changed):
        QTest.keyClick(pane.setters.due.line, Qt.Key.Key_Return)

    details = workplace.reader.details(ids[3])
    assert details is not None
    assert details.entry.due == at("15:00")


def test_late_recording_is_noted(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    recorded = run(
        qtbot, workplace, lambda d: chronology.record_entry(d, EntryDraft(content="遅れ", occurred_at=at("10:55")))
    )

    pane.show_entry(recorded.entry_id)

    assert "recorded 2 h 10 min later" in text(pane)


def test_what_people_wrote_is_never_markup(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    hostile = "<a href='http://evil.example/'>押す</a><img src='file:///x'><script>1</script>\u202eabc"
    recorded = run(
        qtbot,
        workplace,
        lambda d: chronology.record_entry(d, EntryDraft(content=hostile, subject="<h1>題</h1>")),
    )

    pane.show_entry(recorded.entry_id)

    assert "<a href='http://evil.example/'>押す</a>" in text(pane)
    assert "<h1>題</h1>" in text(pane)
    assert "⟦202E⟧abc" in text(pane)


def test_a_wording_of_a_megabyte_is_shown_in_parts(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    recorded = run(qtbot, workplace, lambda d: chronology.record_entry(d, EntryDraft(content="あ" * 350_000)))

    pane.show_entry(recorded.entry_id)
    assert text(pane).count("あ") == SHOWN_CHARACTERS
    pane.page.anchorClicked.emit(QUrl("more:"))

    assert text(pane).count("あ") == 2 * SHOWN_CHARACTERS


def test_a_thread_leads_to_its_other_entries(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[1])
    reply = run(qtbot, workplace, lambda d: chronology.reply_to_entry(d, ids[1], EntryDraft(content="了解した")))
    assert "Thread (2)" in text(pane)
    assert "了解した" in text(pane)

    with qtbot.waitSignal(pane.entry_requested) as asked:
        pane.page.anchorClicked.emit(QUrl(f"id:{reply.entry_id}"))

    assert asked.args == [reply.entry_id]


def test_the_searched_words_are_marked_also_in_the_details(
    qtbot: QtBot, workplace: Workplace, pane: DetailsPane
) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[4])
    before = pane.page.document().toHtml()

    pane.mark_words("60名")

    assert pane.page.document().toHtml() != before
    assert "避難者６０名" in text(pane)


def test_the_buttons_ask_for_what_they_say(qtbot: QtBot, workplace: Workplace, pane: DetailsPane) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[0])

    for button, signal in (
        (pane.reply, pane.reply_requested),
        (pane.correct, pane.correct_requested),
        (pane.cancel, pane.cancel_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(pane.copy, Qt.MouseButton.LeftButton)

    assert "土砂災害警戒情報" in QGuiApplication.clipboard().text()


def test_a_cancelled_entry_is_struck_through_and_cannot_be_cancelled_again(
    qtbot: QtBot, workplace: Workplace, pane: DetailsPane
) -> None:
    ids = run(qtbot, workplace, record_drill)
    pane.show_entry(ids[0])

    run(qtbot, workplace, lambda d: chronology.cancel_entry(d, ids[0], "重複"))

    assert "土砂災害警戒情報" in struck(pane)
    assert "重複" in text(pane)
    assert not pane.cancel.isEnabled()
