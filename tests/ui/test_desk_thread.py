"""The one thread that writes, as the window sees it."""

from __future__ import annotations

import threading
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.ui.desk_thread import DeskThread
from liaison_desk.ui.workplace import Workplace


def arrived(entry_id: str, desk: Desk) -> Changed:
    """What a remote entry changes."""
    return Changed(frozenset({"entry"}), frozenset({entry_id}), "elsewhere")


def note(ran: list[str], name: str, desk: Desk) -> None:
    """Keep that a use case ran."""
    ran.append(name)


def echo(n: int, desk: Desk) -> int:
    """Return what it was given."""
    return n


def test_a_use_case_runs_on_the_desk_thread_and_its_result_arrives_on_the_ui_thread(
    qtbot: QtBot, workplace: Workplace
) -> None:
    seen: list[tuple[str, str]] = []

    workplace.desk.submit(
        lambda desk: threading.current_thread().name,
        done=lambda name: seen.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [("desk", threading.main_thread().name)]


def test_what_a_use_case_changed_is_told_before_its_result(qtbot: QtBot, workplace: Workplace) -> None:
    order: list[object] = []
    workplace.desk.changed.connect(order.append)

    workplace.desk.submit(
        lambda desk: chronology.record_entry(desk, EntryDraft(content="大沼で土砂崩れ")), done=order.append
    )
    qtbot.waitUntil(lambda: len(order) == 2)

    changed, recorded = order
    assert isinstance(changed, Changed)
    assert isinstance(recorded, chronology.Recorded)
    assert changed.ids == {recorded.entry_id}
    assert recorded.no == "七-001"


def test_changes_that_arrive_together_are_told_once(qtbot: QtBot, workplace: Workplace) -> None:
    told: list[Changed] = []
    workplace.desk.changed.connect(told.append)
    gate = threading.Event()
    workplace.desk.submit(lambda desk: gate.wait(10))

    for n in range(50):
        workplace.desk.submit(partial(arrived, str(n)))
    workplace.desk.submit(lambda desk: workplace.desk.tell_changed(Changed(frozenset({"contact"}), frozenset({"c"}))))
    gate.set()
    blocker = threading.Event()
    workplace.desk.submit(lambda desk: blocker.set())
    assert blocker.wait(10)
    qtbot.waitUntil(workplace.desk.idle)

    assert [(len(one.ids), one.origin) for one in told] == [(50, "elsewhere"), (1, "here")]


def test_interactive_use_cases_overtake_bulk_ones_and_keep_their_own_order(qtbot: QtBot, workplace: Workplace) -> None:
    ran: list[str] = []
    gate = threading.Event()
    workplace.desk.submit(lambda desk: gate.wait(10))

    for name in ("bulk 1", "bulk 2"):
        workplace.desk.submit(partial(note, ran, name), bulk=True)
    for name in ("typed 1", "typed 2", "typed 3"):
        workplace.desk.submit(partial(note, ran, name))
    gate.set()
    qtbot.waitUntil(workplace.desk.idle)

    assert ran == ["typed 1", "typed 2", "typed 3", "bulk 1", "bulk 2"]


def test_a_typed_line_goes_between_two_steps_of_a_long_work(qtbot: QtBot, workplace: Workplace) -> None:
    ran: list[str] = []
    first_step = threading.Event()
    submitted = threading.Event()

    def long_work(desk: Desk) -> Generator[object, None, str]:
        ran.append("step 1")
        first_step.set()
        submitted.wait(10)
        yield 50
        ran.append("step 2")
        yield 100
        return "imported"

    shown: list[int] = []
    end: list[str] = []
    workplace.desk.submit_steps(long_work, progress=shown.append, done=end.append)
    assert first_step.wait(10)
    workplace.desk.submit(lambda desk: ran.append("typed"))
    submitted.set()
    qtbot.waitUntil(lambda: bool(end))

    assert ran == ["step 1", "typed", "step 2"]
    assert (shown, end) == ([50, 100], ["imported"])


def test_a_problem_goes_to_whoever_asked_or_else_to_everyone(qtbot: QtBot, workplace: Workplace) -> None:
    asked: list[Exception] = []
    everyone: list[Exception] = []
    workplace.desk.problem.connect(everyone.append)

    def refused(desk: Desk) -> None:
        raise DeskProblem("いっぱいです。", "空けてください。")

    workplace.desk.submit(refused, failed=asked.append)
    workplace.desk.submit(refused)
    qtbot.waitUntil(workplace.desk.idle)

    assert [type(one) for one in asked + everyone] == [DeskProblem, DeskProblem]


def test_an_unexpected_error_becomes_a_bug_that_keeps_its_cause(qtbot: QtBot, workplace: Workplace) -> None:
    bugs: list[Exception] = []
    workplace.desk.problem.connect(bugs.append)

    def broken(desk: Desk) -> Generator[object, None, None]:
        yield 1
        raise ZeroDivisionError("nothing to divide by")

    workplace.desk.submit_steps(broken)
    qtbot.waitUntil(lambda: bool(bugs))

    assert isinstance(bugs[0], DeskBug)
    assert isinstance(bugs[0].__cause__, ZeroDivisionError)


def test_a_failing_callback_does_not_cost_the_others_their_results(qtbot: QtBot, workplace: Workplace) -> None:
    seen: list[str] = []

    def fails(_: Any) -> None:
        raise ValueError("a widget's fault")

    workplace.desk.submit(lambda desk: "first", done=fails)
    workplace.desk.submit(lambda desk: "second", done=seen.append)
    with qtbot.captureExceptions() as caught:
        qtbot.waitUntil(lambda: bool(seen))

    assert seen == ["second"]
    assert [error[0] for error in caught] == [ValueError]


def test_closing_runs_what_waits_and_delivers_the_last_results(qapp: object, desk: Desk) -> None:
    thread = DeskThread(desk)
    ran: list[int] = []
    for n in range(20):
        thread.submit(partial(echo, n), done=ran.append, bulk=n % 2 == 0)

    assert thread.close(timeout_s=20)

    assert sorted(ran) == list(range(20))


def test_closing_ends_a_long_work_after_its_present_step(qapp: object, desk: Desk) -> None:
    thread = DeskThread(desk)
    steps: list[int] = []
    running = threading.Event()
    closing = threading.Event()
    ended: list[bool] = []

    def endless(desk: Desk) -> Generator[object, None, None]:
        try:
            while True:
                steps.append(1)
                running.set()
                closing.wait(10)
                yield None
        finally:
            ended.append(True)

    thread.submit_steps(endless)
    assert running.wait(10)
    threading.Timer(0.05, closing.set).start()

    assert thread.close(timeout_s=20)

    assert ended == [True]
    assert len(steps) <= 2


def test_a_desk_that_cannot_be_opened_says_so_and_every_use_case_learns_why(qtbot: QtBot, tmp_path: Path) -> None:
    def opening() -> Desk:
        raise DeskProblem("別のデスクが開いています。", "閉じてください。")

    thread = DeskThread(opening)
    failures: list[Exception] = []
    with pytest.raises(DeskProblem, match="別のデスク"):
        thread.wait_open()
    thread.submit(lambda desk: None, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))

    assert thread.close(timeout_s=20)
    assert isinstance(failures[0], DeskProblem)
    assert thread.seat.incident_id == ""


def test_a_desk_opened_on_its_own_thread_can_be_read(qtbot: QtBot, tmp_path: Path) -> None:
    thread = DeskThread(lambda: Desk(tmp_path / "new"))

    thread.wait_open()
    reader = thread.reader()

    assert reader.count_all() == 0
    reader.close()
    assert thread.close(timeout_s=20)


def test_another_thread_can_wait_for_a_result_and_for_a_problem(qtbot: QtBot, workplace: Workplace) -> None:
    heard: list[object] = []

    def refused(desk: Desk) -> None:
        raise DeskProblem("いっぱいです。", "空けてください。")

    def sync_thread() -> None:
        heard.append(workplace.desk.run_and_wait(lambda desk: desk.seat.mark))
        try:
            workplace.desk.run_and_wait(refused)
        except DeskProblem as problem:
            heard.append(problem.says)

    other = threading.Thread(target=sync_thread)
    other.start()
    other.join(10)

    assert heard == ["七", "いっぱいです。"]


def test_whoever_comes_after_the_end_learns_that_the_desk_is_closed(qapp: object, desk: Desk) -> None:
    thread = DeskThread(desk)
    assert thread.close(timeout_s=20)

    with pytest.raises(DeskBug, match="closed"):
        thread.run_and_wait(lambda desk: 1)
