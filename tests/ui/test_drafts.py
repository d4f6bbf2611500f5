"""The unfinished line: saved while typing, offered back with its age, gone when it is recorded or thrown away."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desk.domain.listing import Draft, EntryFilter
from liaison_desk.ui.chronology import drafting
from liaison_desk.ui.chronology.entry_bar import EntryBar
from liaison_desk.ui.workplace import Workplace
from tests.ui.input_method import CONTROL, SHIFT, compose, enter, press, tap


def made(workplace: Workplace, qtbot: QtBot) -> EntryBar:
    """A bar on screen with the focus in its content."""
    bar = EntryBar(workplace)
    qtbot.addWidget(bar)
    bar.resize(900, 200)
    bar.show()
    bar.activateWindow()
    bar.fields.content.setFocus()
    qtbot.waitUntil(bar.fields.content.hasFocus)
    return bar


@pytest.fixture
def bar(workplace: Workplace, qtbot: QtBot) -> EntryBar:
    """A bar on screen."""
    return made(workplace, qtbot)


def saved(workplace: Workplace, qtbot: QtBot) -> list[Draft]:
    """The drafts on the disk."""
    qtbot.waitUntil(workplace.desk.idle)
    return workplace.reader.drafts()


def test_a_pause_saves_the_line_with_what_is_under_conversion(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    compose(bar.fields.content, "", "大沼で")
    compose(bar.fields.content, "どしゃ")
    qtbot.waitUntil(lambda: bool(workplace.reader.drafts()), timeout=3000)

    (draft,) = saved(workplace, qtbot)
    assert draft.values["content"] == "大沼でどしゃ"
    assert draft.started_at.iso() == "2026-11-22T13:05:20+09:00"
    assert bar.fields.content.preedit() == "どしゃ"


def test_typing_without_a_pause_is_saved_every_two_seconds(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    assert 300 <= drafting.PAUSE_MS <= 500
    assert drafting.AT_MOST_MS <= 2000
    keeper = bar._drafting
    for _ in range(3):
        tap(bar.fields.content, "a")
        assert keeper._at_most.isActive()
    keeper._pause.stop()

    keeper._at_most.timeout.emit()

    assert [draft.values["content"] for draft in saved(workplace, qtbot)] == ["aaa"]


def test_a_recorded_line_leaves_no_draft(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    compose(bar.fields.content, "", "停電")
    bar.commit_preedit()
    assert len(saved(workplace, qtbot)) == 1

    enter(bar.fields.content, CONTROL)

    assert saved(workplace, qtbot) == []
    assert workplace.reader.count_all() == 1


def test_an_emptied_line_leaves_no_draft(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    tap(bar.fields.content, "a")
    bar.commit_preedit()
    press(bar.fields.content, Qt.Key.Key_Backspace)

    assert saved(workplace, qtbot) == []


def test_closing_and_locking_commit_the_preedit_and_save(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    compose(bar.fields.content, "はしのうえ")

    bar.commit_preedit()

    assert [draft.values["content"] for draft in saved(workplace, qtbot)] == ["はしのうえ"]
    assert bar.fields.content.preedit() == ""


def test_a_draft_is_offered_back_with_its_age_and_goes_on_where_it_was(
    bar: EntryBar, workplace: Workplace, clock: Any, qtbot: QtBot
) -> None:
    compose(bar.fields.lines["from_party"], "", "七飯町")
    compose(bar.fields.content, "", "大沼で")
    bar.commit_preedit()
    (left,) = saved(workplace, qtbot)
    clock.go_on(minutes=7)
    again = made(workplace, qtbot)

    again.offer_draft(left)

    assert "7" in again.offer.text()
    assert "大沼で" in again.offer.text()
    again.offer.resume()
    assert again.fields.content.plain_text() == "大沼で"
    assert again.fields.lines["from_party"].text() == "七飯町"
    enter(again.fields.content, CONTROL)
    assert saved(workplace, qtbot) == []
    (entry,) = workplace.reader.entries(EntryFilter())
    assert entry.occurred_at.iso() == "2026-11-22T13:05:20+09:00"
    assert entry.recorded_at.iso() == "2026-11-22T13:12:20+09:00"


def test_a_new_line_does_not_overwrite_the_draft_that_is_offered(
    bar: EntryBar, workplace: Workplace, clock: Any, qtbot: QtBot
) -> None:
    compose(bar.fields.content, "", "古い")
    bar.commit_preedit()
    clock.go_on(minutes=1)
    again = made(workplace, qtbot)
    again.offer_draft(saved(workplace, qtbot)[0])

    compose(again.fields.content, "", "新しい")
    again.commit_preedit()

    assert {draft.values["content"] for draft in saved(workplace, qtbot)} == {"古い", "新しい"}


def test_a_draft_that_is_thrown_away_is_gone(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    compose(bar.fields.content, "", "古い")
    bar.commit_preedit()
    again = made(workplace, qtbot)
    again.offer_draft(saved(workplace, qtbot)[0])

    again.offer.discard()

    assert saved(workplace, qtbot) == []
    assert again.offer.isHidden()


def test_a_cleared_bar_offers_its_line_back(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    compose(bar.fields.content, "", "消した")

    press(bar.fields.content, Qt.Key.Key_Backspace, CONTROL | SHIFT)

    assert bar.draft_is_empty()
    assert "消した" in bar.offer.text()
    assert len(saved(workplace, qtbot)) == 1
    bar.offer.resume()
    assert bar.fields.content.plain_text() == "消した"


def test_a_draft_keeps_the_reply_the_kind_and_the_typed_time(
    bar: EntryBar, workplace: Workplace, clock: Any, qtbot: QtBot
) -> None:
    values = {
        "content": "確認中",
        "kind": "指示",
        "owner": "三上課長",
        "due": "1500",
        "time": "-10",
        "reply_to": "ab" * 16,
    }
    draft = Draft("bar:1", {**values, "reply_no": "指-001"}, clock.now(), clock.now())
    clock.go_on(minutes=30)

    bar.offer_draft(draft)
    bar.offer.resume()

    assert bar.reply_no() == "指-001"
    assert bar.fields.kind.value() == "指示"
    assert bar.fields.due.moment() is not None
    moment = bar.occurred_at()
    assert moment is not None
    assert moment.iso() == "2026-11-22T12:55:00+09:00"
