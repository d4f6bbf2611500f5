"""Reading entries: by the hundred for a list, one whole for the details.

Every function takes any connection, also a read-only one, and runs one short statement.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryFilter, EntryRow
from liaison_desk.domain.text import fold, mend
from liaison_desk.store import search
from liaison_desk.store.chronology_tables import pos_at

_ROW = (
    "e.pos, e.thread_pos, e.id, e.no, e.occurred_ms, e.occurred_min, e.occurred_approx, e.recorded_ms, e.recorded_min, "
    "e.from_party, e.to_party, e.channel, e.kind, e.subject, substr(e.content, 1, 400), e.place, e.verification, "
    "e.important, e.status, e.owner, e.due_ms, e.due_min, e.reply_to, "
    "(SELECT p.no FROM entries p WHERE p.id = e.reply_to), e.device_mark, e.operator, e.device, e.seq, "
    "json_array_length(e.attachments), e.conflicts, e.cancelled, e.corrected, "
    "EXISTS (SELECT 1 FROM unseen u WHERE u.entry_id = e.id)"
)
_ENTRY = (
    "id, no, occurred_ms, occurred_min, recorded_ms, recorded_min, content, occurred_approx, known_ms, known_min, "
    "received_ms, received_min, device_mark, device_name, operator, org, from_party, to_party, channel, kind, subject, "
    "place, latitude, longitude, verification, important, status, owner, due_ms, due_min, reply_to, related, "
    "attachments"
)


def _moment(ms: int | None, minute: int | None) -> Moment | None:
    return None if ms is None or minute is None else Moment(ms, minute)


def _row(r: Sequence[Any]) -> EntryRow:
    return EntryRow(
        pos=r[0], thread_pos=r[1], id=r[2], no=r[3], occurred_at=Moment(r[4], r[5]), occurred_approx=bool(r[6]),
        recorded_at=Moment(r[7], r[8]), from_party=r[9], to_party=r[10], channel=r[11], kind=r[12], subject=r[13],
        content=r[14], place=r[15], verification=r[16], important=bool(r[17]), status=r[18], owner=r[19],
        due=_moment(r[20], r[21]), reply_to=r[22], reply_to_no=r[23] or "", device_mark=r[24], operator=r[25],
        device=r[26], seq=r[27], attachments=r[28], conflicts=tuple(filter(None, r[29].split(","))),
        cancelled=bool(r[30]), corrected=r[31], unseen=bool(r[32]),
    )  # fmt: skip


def _entry(r: Sequence[Any]) -> ChronologyEntry:
    return ChronologyEntry(
        id=r[0], no=r[1], occurred_at=Moment(r[2], r[3]), recorded_at=Moment(r[4], r[5]), content=r[6],
        occurred_approx=bool(r[7]), known_at=_moment(r[8], r[9]), received_at=_moment(r[10], r[11]),
        device_mark=r[12], device_name=r[13], operator=r[14], org=r[15], from_party=r[16], to_party=r[17],
        channel=r[18], kind=r[19], subject=r[20], place=r[21], latitude=r[22], longitude=r[23], verification=r[24],
        important=bool(r[25]), status=r[26], owner=r[27], due=_moment(r[28], r[29]), reply_to=r[30],
        related=tuple(json.loads(r[31])), attachments=tuple(json.loads(r[32])),
    )  # fmt: skip


def read_entry(connection: sqlite3.Connection, entry_id: str) -> ChronologyEntry | None:
    """One entry as it stands."""
    row = connection.execute(f"SELECT {_ENTRY} FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return _entry(row) if row else None


def all_entries(connection: sqlite3.Connection, chosen: EntryFilter | None = None) -> Iterator[ChronologyEntry]:
    """Every entry that passes the filter as it stands, in the order of recording; streams."""
    chosen = chosen or EntryFilter()
    where, values = _conditions(chosen)
    match, verify = search.query(chosen.text)
    if match:
        where.append("e.pos IN (SELECT rowid FROM entry_search WHERE entry_search MATCH ?)")
        clauses, words = search.holds("e.folded", verify)
        where, values = where + clauses, [*values, match, *words]
    statement = f"SELECT {_ENTRY} FROM entries e {_where(where)} ORDER BY recorded_ms, mark, count, id"
    return map(_entry, connection.execute(statement, values))


def ids_of_number(connection: sqlite3.Connection, no: str) -> list[str]:
    """The ids of the entries with this number: one, unless two PCs took one mark while apart."""
    return [row[0] for row in connection.execute("SELECT id FROM entries WHERE no = ? ORDER BY recorded_ms, id", (no,))]


def count_all(connection: sqlite3.Connection) -> int:
    """How many entries there are."""
    return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


def count_unseen(connection: sqlite3.Connection) -> int:
    """How many entries from other PCs were not looked at."""
    return int(connection.execute("SELECT count(*) FROM unseen").fetchone()[0])


def rows_by_id(connection: sqlite3.Connection, ids: Sequence[str]) -> list[EntryRow]:
    """The rows of these ids that exist, in no certain order."""
    found: list[EntryRow] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        found += map(_row, connection.execute(f"SELECT {_ROW} FROM entries e WHERE e.id IN ({marks})", tuple(part)))
    return found


def rows_at(connection: sqlite3.Connection, positions: Sequence[int]) -> dict[int, EntryRow]:
    """The rows at these places; a place that has been left since is missing."""
    found: dict[int, EntryRow] = {}
    for start in range(0, len(positions), 500):
        part = positions[start : start + 500]
        marks = ",".join("?" * len(part))
        for row in connection.execute(f"SELECT {_ROW} FROM entries e WHERE e.pos IN ({marks})", tuple(part)):
            found[row[0]] = _row(row)
    return found


def thread_of(connection: sqlite3.Connection, thread_pos: int) -> tuple[EntryRow, ...]:
    """A whole thread in time order."""
    rows = connection.execute(
        f"SELECT {_ROW} FROM entries e WHERE e.thread_pos = ? ORDER BY e.pos <> e.thread_pos, e.pos", (thread_pos,)
    )
    return tuple(map(_row, rows))


def last_rows(connection: sqlite3.Connection, limit: int) -> list[EntryRow]:
    """The newest rows, oldest of them first: what a window shows before anything else is read."""
    rows = connection.execute(f"SELECT {_ROW} FROM entries e ORDER BY e.pos DESC LIMIT ?", (limit,)).fetchall()
    return [_row(row) for row in reversed(rows)]


def order(connection: sqlite3.Connection) -> tuple[array[int], array[int]]:
    """The whole list's order: for each row its thread's place and its own, ascending by both.

    16 bytes a row: 100,000 rows take 1.6 MB. Read from the index by thread alone, without touching rows.
    """
    threads, places = array("q"), array("q")
    for thread_pos, pos in connection.execute(
        "SELECT thread_pos, pos FROM entries ORDER BY thread_pos, pos <> thread_pos, pos"
    ):
        threads.append(thread_pos)
        places.append(pos)
    return threads, places


def find(
    connection: sqlite3.Connection, chosen: EntryFilter, *, limit: int, before: int | None = None
) -> list[EntryRow]:
    """The entries that pass the filter, the newest occurrence first.

    Args:
        connection: any.
        chosen: the filter.
        limit: at most so many rows.
        before: continue behind this `pos` (of the last row that was got).
    """
    where, values = _conditions(chosen)
    match, verify = search.query(chosen.text)
    if match:
        clauses, words = search.holds("e.folded", verify)
        where += clauses
        edge = "" if before is None else "AND s.rowid < ?"
        bounds: list[Any] = [] if before is None else [before]
        # CROSS JOIN keeps the index first: it is in time order, and stops at the limit.
        statement = (
            f"SELECT {_ROW} FROM entry_search s CROSS JOIN entries e ON e.pos = s.rowid "
            f"WHERE entry_search MATCH ? {edge} {_and(where)} ORDER BY s.rowid DESC LIMIT ?"
        )
        arguments = [match, *bounds, *values, *words, limit]
    else:
        if before is not None:
            where.append("e.pos < ?")
            values.append(before)
        statement = f"SELECT {_ROW} FROM entries e {_where(where)} ORDER BY e.pos DESC LIMIT ?"
        arguments = [*values, limit]
    return [_row(row) for row in connection.execute(statement, arguments)]


def count(connection: sqlite3.Connection, chosen: EntryFilter, *, limit: int) -> int:
    """How many entries pass the filter, counted no further than `limit`."""
    where, values = _conditions(chosen)
    match, verify = search.query(chosen.text)
    if match and not where and not verify:
        statement, arguments = "SELECT 1 FROM entry_search WHERE entry_search MATCH ?", [match]
    elif match:
        clauses, words = search.holds("e.folded", verify)
        where += clauses
        statement = (
            "SELECT 1 FROM entry_search s CROSS JOIN entries e ON e.pos = s.rowid "
            f"WHERE entry_search MATCH ? {_and(where)}"
        )
        arguments = [match, *values, *words]
    else:
        statement, arguments = f"SELECT 1 FROM entries e {_where(where)}", values
    return int(connection.execute(f"SELECT count(*) FROM ({statement} LIMIT ?)", [*arguments, limit]).fetchone()[0])


def passing(connection: sqlite3.Connection, chosen: EntryFilter, ids: Sequence[str]) -> list[EntryRow]:
    """Of these entries, the rows that pass the filter; asks for them alone, not the search index."""
    where, values = _conditions(chosen)
    clauses, words = search.holds("e.folded", search.words_of(chosen.text))
    where += clauses
    found: list[EntryRow] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        statement = f"SELECT {_ROW} FROM entries e WHERE e.id IN ({marks}) {_and(where)}"
        found += map(_row, connection.execute(statement, [*part, *values, *words]))
    return found


def complete(connection: sqlite3.Connection, field: str, typed: str, *, limit: int = 8) -> list[str]:
    """What was used in a field before and holds what is typed: the most used and newest first."""
    folded = fold(typed)
    rows = connection.execute(
        "SELECT text FROM phrases WHERE field = ? ORDER BY uses DESC, last_ms DESC LIMIT 4000", (field,)
    )
    heads: list[str] = []
    inner: list[str] = []
    for (text,) in rows:
        plain = fold(text)
        if plain.startswith(folded):
            heads.append(text)
        elif folded in plain:
            inner.append(text)
        if len(heads) >= limit:
            break
    return (heads + inner)[:limit]


def _conditions(chosen: EntryFilter) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []
    if chosen.kinds:
        where.append(f"e.kind IN ({','.join('?' * len(chosen.kinds))})")
        values += sorted(chosen.kinds)
    if chosen.place:
        where.append("instr(e.place, ?) > 0")
        values.append(mend(chosen.place))
    if chosen.person:
        where.append("(instr(e.operator, ?) OR instr(e.owner, ?) OR instr(e.from_party, ?) OR instr(e.to_party, ?))")
        values += [mend(chosen.person)] * 4
    if chosen.mark:
        where.append("e.device_mark = ?")
        values.append(mend(chosen.mark))
    if chosen.since:
        where.append("e.pos >= ?")
        values.append(pos_at(chosen.since))
    if chosen.until:
        where.append("e.pos < ?")
        values.append(pos_at(chosen.until))
    if chosen.open_only:
        where.append("e.status IN ('未対応', '対応中') AND e.cancelled = 0")
    if chosen.important_only:
        where.append("e.important = 1")
    if chosen.unverified_only:
        where.append("e.verification = '未確認'")
    return where, values


def _where(conditions: list[str]) -> str:
    return "WHERE " + " AND ".join(conditions) if conditions else ""


def _and(conditions: list[str]) -> str:
    return "AND " + " AND ".join(conditions) if conditions else ""
