"""What Qt's binding does to Python behind our back."""

from __future__ import annotations

import gc
import threading
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import liaison_desk.ui
from liaison_desk.domain.changed import Changed
from liaison_desk.services.desk import Desk
from liaison_desk.ui.aside import run_aside
from liaison_desk.ui.chronology.background import BackgroundReading
from liaison_desk.ui.desk_thread import DeskThread
from liaison_desk.ui.workplace import Workplace


class Bell(QObject):
    """Something that rings."""

    rung = Signal(object)


def test_a_shift_of_signals_does_not_wear_out_the_value_true() -> None:
    assert liaison_desk.ui.__doc__
    bell = Bell()
    heard: list[object] = []
    bell.rung.connect(heard.append)

    # Without the workaround Python 3.11 ends itself here.
    for number in range(20_000):
        bell.rung.emit(number)

    assert len(heard) == 20_000


def test_changes_from_elsewhere_are_told_at_once_and_then_together(workplace: Workplace, qtbot: QtBot) -> None:
    told: list[Changed] = []
    workplace.desk.changed.connect(told.append)
    for number in range(5):
        workplace.desk.tell_changed(Changed(frozenset({"entry"}), frozenset({str(number)}), "elsewhere"))
        QApplication.processEvents()
    assert [changed.ids for changed in told] == [frozenset({"0"})]

    qtbot.waitUntil(workplace.desk.idle)

    assert [changed.ids for changed in told] == [frozenset({"0"}), frozenset({"1", "2", "3", "4"})]


def test_a_change_made_here_never_waits(workplace: Workplace) -> None:
    told: list[Changed] = []
    workplace.desk.changed.connect(told.append)
    for number in range(3):
        workplace.desk.tell_changed(Changed(frozenset({"entry"}), frozenset({str(number)}), "here"))
        QApplication.processEvents()

    assert len(told) == 3


def test_garbage_is_looked_for_on_the_ui_thread_alone_while_a_desk_is_open(qapp: object, desk: Desk) -> None:
    gc.enable()
    thread = DeskThread(desk)
    assert not gc.isenabled()

    assert thread.close()

    assert gc.isenabled()


class Holder:
    """Stands for a widget; notes which thread destroyed it."""

    def __init__(self, freed_on: list[int]) -> None:
        self._freed_on = freed_on

    def __del__(self) -> None:
        self._freed_on.append(threading.get_ident())

    def take(self, _value: object) -> None:
        """A callback of a widget."""


def test_what_a_thread_gives_up_last_is_destroyed_on_the_ui_thread(qtbot: QtBot, workplace: Workplace) -> None:
    freed_on: list[int] = []

    def work() -> None:
        holder = Holder(freed_on)
        token = workplace.desk.hold(holder.take)
        del holder
        workplace.desk.let_go(token)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert freed_on == []
    qtbot.waitUntil(lambda: len(freed_on) == 1)

    assert freed_on == [threading.get_ident()]


def test_callbacks_of_every_thread_are_given_up_on_the_ui_thread(qtbot: QtBot, workplace: Workplace) -> None:
    freed_on: list[int] = []

    def ask(holder: Holder) -> None:
        workplace.desk.submit(lambda desk: holder.take(desk), done=holder.take, failed=holder.take)
        run_aside(workplace.desk, lambda: holder.take(None), done=holder.take, failed=holder.take)
        background.ask("topic", lambda reader: holder.take(reader), holder.take, holder.take)

    background = BackgroundReading(workplace.desk)
    for _ in range(50):
        ask(Holder(freed_on))
    qtbot.waitUntil(lambda: workplace.desk.idle() and len(freed_on) == 50)
    background.close()

    assert set(freed_on) == {threading.get_ident()}


class Card(QObject):
    """A widget that asks and may be closed before the answer comes."""

    def __init__(self, answers: list[object]) -> None:
        super().__init__()
        self._answers = answers

    def take(self, answer: object) -> None:
        """What the answer does."""
        self.objectName()
        self._answers.append(answer)

    def ask(self, workplace: Workplace) -> None:
        """Ask in every form that a widget has."""
        workplace.desk.call_on_ui(self.take, 1)
        workplace.desk.call_on_ui(partial(Card.take, self), 2)
        workplace.desk.call_on_ui(partial(self.take), 3)
        workplace.desk.call_on_ui(lambda answer: self.take(answer), 4)


def test_an_answer_that_comes_after_its_widget_was_closed_is_dropped(qtbot: QtBot, workplace: Workplace) -> None:
    answers: list[object] = []
    open_one, closed_one = Card(answers), Card(answers)
    open_one.ask(workplace)
    qtbot.waitUntil(lambda: len(answers) == 4)

    workplace.desk.call_on_ui(closed_one.take, "late")
    workplace.desk.call_on_ui(partial(closed_one.take), "late")
    workplace.desk.call_on_ui(answers.append, "last")
    shiboken6.delete(closed_one)
    qtbot.waitUntil(lambda: answers[-1] == "last")

    assert answers == [1, 2, 3, 4, "last"]
