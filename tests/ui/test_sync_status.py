"""The room 同期 tells how the exchange stands, in every state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.sync_state import DeviceState, Link, SyncState
from liaison_desk.ui.sync_status import words
from liaison_desk.ui.sync_status.page import SyncPage
from liaison_desk.ui.workplace import Workplace

NOW = Moment.parse_iso("2026-11-22T13:05:20+09:00")
OTHER = DeviceState(device="22" * 16, mark="本", name="指揮室PC1", operator="奥村", org="総合振興局", behind=0)


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> Iterator[SyncPage]:
    """The room, shown."""
    page = SyncPage(workplace)
    page.show()
    yield page
    page.close()
    page.deleteLater()


def seen(page: SyncPage) -> str:
    """Every word that can be seen."""
    QApplication.processEvents()  # widgets that joined a layout show themselves at the next turn
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_without_a_share_the_page_says_what_to_do(page: SyncPage) -> None:
    page.show_state(SyncState())

    assert page.choose.isVisible()
    assert not page.sync_now.isVisible()
    assert "Choose a folder" in seen(page)
    assert "Last contact" not in seen(page)


def test_a_connected_share_shows_contact_and_what_waits(page: SyncPage) -> None:
    page.show_state(
        SyncState(
            link=Link.ONLINE,
            place="N:\\災害\\共有",
            contact_at=NOW.plus(seconds=-20),
            next_try_s=4,
            waiting=3,
            skew_ms=1_000,
            bytes_sent=1_200,
            bytes_received=3_400_000,
        )
    )

    for word in ("Connected", "N:\\災害\\共有", "20 s ago", "3 acts", "in 4 s", "Clock OK", "1 KB sent", "3.4 MB"):
        assert word in seen(page), word


def test_an_unreachable_share_says_so_and_that_recording_goes_on(page: SyncPage) -> None:
    says, do = "フォルダが見つかりません。", "接続を確かめてください。"
    page.show_state(SyncState(link=Link.OFFLINE, place="N:", says=says, do=do, waiting=2, next_try_s=15))

    assert "recording on this PC" in page.headline()
    assert says in seen(page)
    assert do in seen(page)


def test_a_refusal_says_why_and_what_to_do(page: SyncPage) -> None:
    page.show_state(SyncState(link=Link.REFUSED, place="N:", says="別の事案の共有です。", do="設定で選び直します。"))

    assert page.headline() == "別の事案の共有です。"
    assert "設定で選び直します。" in seen(page)


def test_devices_show_what_they_hold_and_whose_clock_is_wrong(page: SyncPage) -> None:
    late = DeviceState(device="33" * 16, mark="森", name="リエゾンPC2", behind=5, ahead_ms=3 * 3_600_000)
    here = DeviceState(device="11" * 16, mark="七", name="リエゾンPC1", this_pc=True)

    page.show_state(SyncState(link=Link.ONLINE, devices=(late, OTHER, here)))

    for word in ("七", "本", "森", "✓ everything", "5 not yet", "3 h ahead", "this PC"):
        assert word in seen(page), word


def test_what_waits_and_what_was_set_aside_is_named_with_its_reason(page: SyncPage) -> None:
    page.show_state(
        SyncState(
            link=Link.ONLINE,
            parked=(("本", 12, "本の 11 番目を待っています"),),
            set_aside=(("seg/22…/1-3.abc", "中身が名前と違います"),),
            notices=("この端末は複製でした。",),
        )
    )

    for word in ("Arrived early", "本の 11 番目を待っています", "Set aside", "中身が名前と違います", "複製でした"):
        assert word in seen(page), word


def test_names_from_other_pcs_are_never_read_as_markup(page: SyncPage) -> None:
    page.show_state(SyncState(link=Link.ONLINE, devices=(DeviceState(device="44" * 16, name="<b>PC</b>"),)))

    assert "<b>PC</b>" in seen(page)
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if "<b>" in label.text()
    )


def test_the_buttons_ask_for_what_they_say(page: SyncPage, qtbot: QtBot) -> None:
    page.show_state(SyncState(link=Link.ONLINE))
    with qtbot.waitSignal(page.sync_requested):
        page.sync_now.click()
    with qtbot.waitSignal(page.pause_requested, check_params_cb=lambda paused: paused):
        page.pause.click()
    page.show_state(SyncState(link=Link.PAUSED))
    with qtbot.waitSignal(page.pause_requested, check_params_cb=lambda paused: not paused):
        page.pause.click()
    with qtbot.waitSignal(page.invite_requested):
        page.invite.click()

    assert not page.sync_now.isEnabled()


def test_a_state_that_was_told_arrives_at_the_page(page: SyncPage, workplace: Workplace, qtbot: QtBot) -> None:
    workplace.desk.tell_sync_state(SyncState(link=Link.PAUSED, place="N:"))

    qtbot.waitUntil(lambda: "paused" in page.headline())


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (3, "just now"),
        (47, "40 s ago"),
        (300, "5 min ago"),
        (7200, "2 h ago"),
        (86_400, "11/21 13:05"),
        (-50, "just now"),
    ],
)
def test_ages_are_coarse_and_never_negative(qapp: object, seconds: int, told: str) -> None:
    assert words.ago(NOW.plus(seconds=-seconds), NOW) == told
