"""The entry bar: what a liaison on the phone relies on."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import ChronologyEntry, EntryDraft, EntryKind
from liaison_desk.domain.listing import EntryFilter, EntryRow
from liaison_desk.errors import DeskProblem
from liaison_desk.services.chronology import record_entry
from liaison_desk.ui.chronology.entry_bar import CARRIED_MS, EntryBar
from liaison_desk.ui.workplace import Workplace
from tests.ui.input_method import ALT, CONTROL, compose, enter, press, tap


@pytest.fixture
def bar(workplace: Workplace, qtbot: QtBot) -> EntryBar:
    """A bar on screen with the focus in it."""
    bar = EntryBar(workplace)
    qtbot.addWidget(bar)
    bar.resize(1000, 300)
    bar.show()
    bar.activateWindow()
    bar.take_focus()
    qtbot.waitUntil(bar.fields.lines["from_party"].hasFocus)
    return bar


def write(bar: EntryBar, **texts: str) -> None:
    """Type into fields, as an input method commits it."""
    for name, text in texts.items():
        compose(bar.fields.content if name == "content" else bar.fields.lines[name], "", text)


def recorded(workplace: Workplace, qtbot: QtBot) -> list[ChronologyEntry]:
    """Everything on the disk, once the desk has done what was asked of it."""
    qtbot.waitUntil(workplace.desk.idle)
    return list(workplace.reader.entries(EntryFilter()))


def record(bar: EntryBar, qtbot: QtBot) -> None:
    """Ctrl+Enter, and wait until it is durable."""
    with qtbot.waitSignal(bar.recorded):
        enter(bar.fields.content, CONTROL)


def row_of(workplace: Workplace, qtbot: QtBot, **draft: Any) -> EntryRow:
    """An entry that is there already."""
    workplace.desk.submit(lambda desk: record_entry(desk, EntryDraft(**draft)))
    qtbot.waitUntil(workplace.desk.idle)
    return workplace.reader.last_rows(1)[0]


def test_the_time_stands_still_from_the_first_keystroke(
    bar: EntryBar, workplace: Workplace, clock: Any, qtbot: QtBot
) -> None:
    tap(bar.fields.content, "a")
    clock.go_on(minutes=4)
    write(bar, content="b")

    record(bar, qtbot)

    assert bar.occurred_at() is None
    (entry,) = recorded(workplace, qtbot)
    assert entry.occurred_at.iso() == "2026-11-22T13:05:20+09:00"
    assert entry.recorded_at.iso() == "2026-11-22T13:09:20+09:00"


def test_the_present_is_shown_until_typing_begins(bar: EntryBar, clock: Any) -> None:
    assert bar.fields.time.line.placeholderText() == "13:05"
    clock.go_on(minutes=2)
    bar.fields.time.tick()

    assert bar.fields.time.line.placeholderText() == "13:07"
    assert bar.fields.time.line.text() == ""


@pytest.mark.parametrize(
    ("typed", "meant", "about", "hint"),
    [
        ("1258", "2026-11-22T12:58:00+09:00", False, "→ 12:58"),
        ("１２：５８頃", "2026-11-22T12:58:00+09:00", True, "→ 12:58頃"),
        ("-10", "2026-11-22T12:55:00+09:00", False, "→ 12:55"),
        ("11/21 13:05", "2026-11-21T13:05:00+09:00", False, "(yesterday)"),
        ("2350", "2026-11-21T23:50:00+09:00", False, "→ 11/21 23:50 (yesterday)"),
    ],
)
def test_the_time_can_be_changed_and_says_how_it_was_understood(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot, typed: str, meant: str, about: bool, hint: str
) -> None:
    write(bar, content="停電")
    press(bar.fields.content, Qt.Key.Key_T, ALT)
    assert bar.fields.time.line.hasFocus()
    compose(bar.fields.time.line, "", typed)
    assert hint in bar.fields.time.hint()

    record(bar, qtbot)

    (entry,) = recorded(workplace, qtbot)
    assert entry.occurred_at.iso() == meant
    assert entry.occurred_approx is about


def test_a_time_that_is_none_is_said_calmly_and_nothing_is_recorded(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    write(bar, content="停電")
    bar.fields.time.line.setFocus()
    bar.fields.time.line.selectAll()
    compose(bar.fields.time.line, "", "25:00")

    enter(bar.fields.content, CONTROL)

    assert recorded(workplace, qtbot) == []
    assert "25:00" in bar.banner.text()
    assert bar.fields.time.line.hasFocus()
    assert bar.fields.content.plain_text() == "停電"


def test_looking_at_the_time_does_not_change_it(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    write(bar, content="停電")
    bar.fields.time.line.setFocus()
    bar.fields.content.setFocus()

    record(bar, qtbot)

    assert [entry.occurred_at.iso() for entry in recorded(workplace, qtbot)] == ["2026-11-22T13:05:20+09:00"]


def test_tab_follows_speech(bar: EntryBar) -> None:
    seen = []
    for _ in range(6):
        focused = QApplication.focusWidget()
        seen.append(focused)
        assert focused is not None
        press(focused, Qt.Key.Key_Tab, text="\t")
    lines = bar.fields.lines
    order = [
        lines["from_party"],
        lines["to_party"],
        bar.fields.channel,
        bar.fields.kind,
        lines["subject"],
        bar.fields.content,
    ]

    assert seen == order


def test_everything_typed_is_recorded(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    write(
        bar,
        from_party="大友局長",
        to_party="三上課長",
        subject="派遣",
        content="七飯町へ\n派遣せよ。",
        place="七飯町役場",
    )
    press(bar.fields.content, Qt.Key.Key_3, ALT)
    press(bar.fields.content, Qt.Key.Key_I, CONTROL)
    press(bar.fields.content, Qt.Key.Key_J, ALT)
    press(bar.fields.content, Qt.Key.Key_U, ALT)
    write(bar, owner="三上課長", coordinates="41.8958, 140.6944")
    compose(bar.fields.due.line, "", "1500")

    record(bar, qtbot)

    (entry,) = recorded(workplace, qtbot)
    said = (entry.from_party, entry.to_party, entry.channel, entry.kind, entry.subject, entry.content, entry.place)
    assert said == ("大友局長", "三上課長", "会議", "指示", "派遣", "七飯町へ\n派遣せよ。", "七飯町役場")
    assert (entry.important, entry.verification, entry.status, entry.owner) == (True, "未確認", "未対応", "三上課長")
    assert entry.due is not None
    assert entry.due.iso() == "2026-11-22T15:00:00+09:00"
    assert (entry.latitude, entry.longitude) == (41.8958, 140.6944)


def test_the_second_row_opens_by_key_or_by_need(bar: EntryBar) -> None:
    assert not bar.fields.details_shown()
    press(bar.fields.content, Qt.Key.Key_D, ALT)
    assert bar.fields.details_shown()
    press(bar.fields.content, Qt.Key.Key_D, ALT)
    assert not bar.fields.details_shown()

    bar.set_kind(EntryKind.INSTRUCTION)

    assert bar.fields.details_shown()
    assert bar.fields.due.isVisible()


def test_control_enter_pressed_twice_records_once(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    write(bar, content="停電")

    enter(bar.fields.content, CONTROL)
    enter(bar.fields.content, CONTROL)

    assert [entry.content for entry in recorded(workplace, qtbot)] == ["停電"]


def test_an_empty_bar_records_nothing(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    write(bar, from_party="七飯町", content=" \n")

    enter(bar.fields.content, CONTROL)

    assert recorded(workplace, qtbot) == []
    assert bar.fields.lines["from_party"].text() == "七飯町"


def test_what_is_typed_while_the_disk_is_slow_becomes_the_next_line(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    write(bar, content="一件目。")
    enter(bar.fields.content, CONTROL)
    tap(bar.fields.content, "next")
    with qtbot.waitSignal(bar.recorded):
        pass

    assert bar.fields.content.plain_text() == "next"
    record(bar, qtbot)
    assert [entry.content for entry in recorded(workplace, qtbot)] == ["一件目。", "next"]


def test_when_the_disk_refuses_everything_stays_and_the_banner_says_so(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from liaison_desk.ui.chronology import entry_bar

    def full(*_args: object, **_kwargs: object) -> None:
        raise DeskProblem("ディスクの空きがありません。", "空きを作ってください。")

    write(bar, content="停電", from_party="森町")
    with monkeypatch.context() as disk:
        disk.setattr(entry_bar, "record_entry", full)
        enter(bar.fields.content, CONTROL)
        qtbot.waitUntil(lambda: "空き" in bar.banner.text())

    assert bar.fields.content.plain_text() == "停電"
    assert bar.fields.lines["from_party"].text() == "森町"
    record(bar, qtbot)
    assert [entry.content for entry in recorded(workplace, qtbot)] == ["停電"]
    assert bar.banner.isHidden()


def test_parties_and_channel_are_carried_over_dimmed_and_one_key_clears_them(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    write(bar, from_party="七飯町", to_party="指揮室", content="一件目")
    bar.set_channel("電話")
    record(bar, qtbot)
    fields = bar.fields
    assert (fields.lines["from_party"].text(), fields.lines["to_party"].text(), fields.channel.value()) == (
        "七飯町",
        "指揮室",
        "電話",
    )
    assert bar.draft_is_empty()
    assert fields.lines["from_party"].property("suggested") is True

    press(fields.content, Qt.Key.Key_Escape)

    assert (fields.lines["from_party"].text(), fields.lines["to_party"].text(), fields.channel.value()) == ("", "", "")


def test_what_was_carried_over_is_forgotten_after_a_calls_length(bar: EntryBar, qtbot: QtBot) -> None:
    write(bar, from_party="七飯町", content="一件目")
    record(bar, qtbot)
    assert bar._carry_end.isActive()
    assert bar._carry_end.interval() == CARRIED_MS

    bar._carry_end.timeout.emit()

    assert bar.fields.lines["from_party"].text() == ""


def test_a_reply_shows_its_chip_and_joins_the_thread(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    row = row_of(workplace, qtbot, content="状況は", from_party="指揮室", to_party="七飯町")
    bar.start_reply(row)
    assert row.no in bar.chip.text()
    assert bar.fields.lines["to_party"].text() == "指揮室"
    write(bar, content="了解")

    record(bar, qtbot)

    assert recorded(workplace, qtbot)[-1].reply_to == row.id
    assert bar.chip.text() == ""


def test_escape_takes_the_chip_away_and_leaves_the_text(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    bar.start_reply(row_of(workplace, qtbot, content="状況は"))
    write(bar, content="了解")

    press(bar.fields.content, Qt.Key.Key_Escape)

    assert bar.reply_no() == ""
    assert bar.fields.content.plain_text() == "了解"


def test_escape_in_a_bar_with_nothing_to_close_is_the_windows(bar: EntryBar) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    offered = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    offered.ignore()
    QApplication.sendEvent(bar.fields.lines["subject"], offered)

    assert not offered.isAccepted()


def test_the_text_of_a_record_that_was_taken_back_returns(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    write(bar, content="誤り", from_party="森町")
    with qtbot.waitSignal(bar.recorded) as told:
        enter(bar.fields.content, CONTROL)

    draft = bar.draft_of(told.args[0])
    assert draft is not None
    bar.resume(draft)

    assert bar.fields.content.plain_text() == "誤り"
    assert bar.occurred_at() is not None


def test_the_content_grows_to_five_lines_preedit_included(bar: EntryBar) -> None:
    content = bar.fields.content
    assert content.lines() == 1
    one = content.height()
    compose(content, "あ" * 150)
    assert content.lines() >= 2
    assert content.height() > one
    compose(content, "", "い\n" * 12)

    assert content.lines() == 5


def test_plain_enter_goes_on_to_the_next_field_and_never_records(
    bar: EntryBar, workplace: Workplace, qtbot: QtBot
) -> None:
    write(bar, content="停電")
    enter(bar.fields.lines["from_party"])

    assert bar.fields.lines["to_party"].hasFocus()
    assert recorded(workplace, qtbot) == []


def test_plain_enter_records_where_a_person_chose_so(bar: EntryBar, workplace: Workplace, qtbot: QtBot) -> None:
    bar.set_plain_enter(True)
    tap(bar.fields.content, "abc")

    enter(bar.fields.content)

    assert [entry.content for entry in recorded(workplace, qtbot)] == ["abc"]
