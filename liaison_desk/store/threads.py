"""Threads: every row knows the place of the first entry of its thread (`thread_pos`).

A reply may arrive before what it answers (files imported on two PCs), and with any clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

_AT_ONCE = 500
_JOIN = (
    "UPDATE entries SET thread_pos = p.thread_pos FROM (SELECT thread_pos FROM entries WHERE id = ?) AS p "
    "WHERE entries.id = ?"
)


def join(connection: sqlite3.Connection, fresh: Mapping[str, str | None]) -> set[str]:
    """Join entries that were added just now to threads, and to them the replies that waited for them.

    Args:
        connection: inside the write transaction.
        fresh: what each new entry answers.

    Returns:
        The ids of older entries whose thread is another one now.
    """
    settled: set[str] = set()
    joining: list[tuple[str | None, str]] = []
    for entry_id in fresh:
        # A reply to a reply needs its parent's thread settled, whatever the clocks of the PCs say.
        chain: list[str] = []
        here: str | None = entry_id
        while here is not None and here in fresh and here not in settled:
            settled.add(here)
            chain.append(here)
            here = fresh[here]
        joining += [(fresh[each], each) for each in reversed(chain) if fresh[each]]
    connection.executemany(_JOIN, joining)
    return _gather(connection, list(fresh))


def follow(connection: sqlite3.Connection, old_pos: int, new_pos: int) -> set[str]:
    """Move a whole thread whose first entry took another place in time, or joined another thread."""
    moved = {row[0] for row in connection.execute("SELECT id FROM entries WHERE thread_pos = ?", (old_pos,))}
    connection.execute("UPDATE entries SET thread_pos = ? WHERE thread_pos = ?", (new_pos, old_pos))
    return moved


def rejoin(connection: sqlite3.Connection, entry_id: str, parent: str | None) -> set[str]:
    """Let an entry, and all below it, answer something else than before."""
    below = connection.execute(
        "WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT e.id FROM entries e JOIN below ON e.reply_to = below.id) "
        "SELECT id FROM below",
        (entry_id,),
    ).fetchall()
    (pos,) = connection.execute("SELECT pos FROM entries WHERE id = ?", (entry_id,)).fetchone()
    connection.executemany("UPDATE entries SET thread_pos = ? WHERE id = ?", [(pos, each) for (each,) in below])
    above = connection.execute("SELECT thread_pos FROM entries WHERE id = ?", (parent,)).fetchone()
    if above and (parent,) not in below:
        follow(connection, pos, above[0])
    return {each for (each,) in below}


def _gather(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    moved: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        # Those that stand alone though they answer somebody: they came first.
        waiting = connection.execute(
            f"SELECT pos, reply_to FROM entries WHERE reply_to IN ({marks}) AND thread_pos = pos AND id <> reply_to",
            part,
        ).fetchall()
        for pos, parent in waiting:
            (thread_pos,) = connection.execute("SELECT thread_pos FROM entries WHERE id = ?", (parent,)).fetchone()
            if thread_pos != pos:
                moved |= follow(connection, pos, thread_pos)
    return moved
