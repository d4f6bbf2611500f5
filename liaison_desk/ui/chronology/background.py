"""Reading that may take longer than a frame, on a thread of its own; the newest question of a topic wins."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from liaison_desk.services.reading import Reader
from liaison_desk.ui.desk_thread import DeskThread, as_desk_error
from liaison_desk.ui.results import still_there

T = TypeVar("T")
# Longer than any question takes; a disk that does not answer must not hold the window.
_CLOSE_S = 5.0


@dataclass(frozen=True, slots=True)
class _Question:
    topic: str
    number: int
    ask: Callable[[Reader], Any]
    answer: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    token: int


class BackgroundReading:
    """Asks a reader of its own; answers arrive on the UI thread. The thread begins with the first question."""

    def __init__(self, desk: DeskThread) -> None:
        """Belong to this desk."""
        self._desk = desk
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._count = 0
        self._thread: threading.Thread | None = None
        self._closed = False

    def ask(
        self,
        topic: str,
        question: Callable[[Reader], T],
        answer: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Have a question answered; earlier ones of the same topic are dropped, asked or not.

        Args:
            topic: what it is about.
            question: called on the reading thread.
            answer: called on the UI thread.
            failed: called on the UI thread with what the question raised; without it the desk's `problem` tells.
        """
        self._count += 1
        self._newest[topic] = self._count
        if self._closed:
            return
        token = self._desk.hold(question, answer, failed)
        self._questions.put(_Question(topic, self._count, question, answer, failed, token))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="reading", daemon=True)
            self._thread.start()

    def drop(self, topic: str) -> None:
        """Nobody waits for this topic's answer any more."""
        self._newest.pop(topic, None)

    def close(self) -> None:
        """End the thread and its reader; no answer arrives after this."""
        self._closed = True
        self._newest.clear()
        self._questions.put(None)
        if self._thread is not None:
            self._thread.join(_CLOSE_S)

    def _work(self) -> None:
        reader: Reader | None = None
        try:
            while (question := self._questions.get()) is not None:
                token = question.token
                if self._newest.get(question.topic) == question.number:
                    reader = self._answer(question, reader)
                del question
                self._desk.let_go(token)
        finally:
            if reader:
                reader.close()

    def _answer(self, question: _Question, reader: Reader | None) -> Reader | None:
        try:
            reader = reader or self._desk.reader()
            result = question.ask(reader)
        except Exception as error:  # noqa: BLE001 - handed on to the UI thread, whatever it is
            self._desk.call_on_ui(self._fail, (question, error))
        else:
            self._desk.call_on_ui(self._deliver, (question, result))
        return reader

    def _deliver(self, told: tuple[_Question, Any]) -> None:
        question, result = told
        if self._newest.get(question.topic) == question.number and still_there(question.answer):
            question.answer(result)

    def _fail(self, told: tuple[_Question, Exception]) -> None:
        question, error = told
        if self._newest.get(question.topic) != question.number:
            return
        if question.failed:
            if still_there(question.failed):
                question.failed(error)
        else:
            self._desk.problem.emit(as_desk_error(error))
