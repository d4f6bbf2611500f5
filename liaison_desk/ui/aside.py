"""Work that is neither reading nor writing the desk: looking at a slow folder, preparing the drill."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from liaison_desk.ui.desk_thread import DeskThread

T = TypeVar("T")


def run_aside(
    desk: DeskThread,
    work: Callable[[], T],
    *,
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Run on a thread of its own; a share that does not answer must hold up neither the window nor the desk.

    Args:
        desk: brings the result back to the UI thread, or the problem to everyone.
        work: touches no widget.
        done: called on the UI thread with the result.
        failed: called on the UI thread with what was raised.
    """
    # The thread gets a box that it empties, for its own arguments live on after it has let go.
    box: list[Any] = [work, done, failed]
    token = desk.hold(work, done, failed)
    threading.Thread(target=_run, args=(desk, box, token), name="aside", daemon=True).start()


def _run(desk: DeskThread, box: list[Any], token: int) -> None:
    try:
        result = box[0]()
    except Exception as error:  # noqa: BLE001 - handed on to the UI thread, whatever it is
        if box[2]:
            desk.call_on_ui(box[2], error)
        else:
            desk.tell_problem(error)
    else:
        desk.call_on_ui(box[1], result)
    finally:
        box.clear()
        desk.let_go(token)
