"""The projection of chronology operations: entries, revisions, live fields, completion, search.

Runs inside the journal's write transaction. Operations come in causal order: an entry before what is said of it.
Rules of the record are `domain.chronology`'s; this room only knows where the rows lie.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from liaison_desk.domain.chronology import (
    LIVE_FIELDS,
    ChronologyEntry,
    EntryKind,
    FieldValue,
    Revision,
    count_of,
    from_wire,
    is_cancelled,
    stand,
    to_wire,
)
from liaison_desk.domain.clock import Moment
from liaison_desk.store import search
from liaison_desk.store.chronology_tables import PROJECTED, first_pos
from liaison_desk.store.entry_rows import read_entry
from sync.operation import Operation
from sync.transaction import Transaction

_COLUMNS = (
    "pos thread_pos id no mark count occurred_ms occurred_min occurred_approx known_ms known_min "
    "received_ms received_min recorded_ms recorded_min device_mark device_name operator org from_party "
    "to_party channel kind subject content place latitude longitude verification important status owner "
    "due_ms due_min reply_to related attachments device seq folded"
).split()
_INSERT = f"INSERT INTO entries ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_COMPLETED = ("from_party", "to_party", "place", "subject", "owner")


def apply(connection: sqlite3.Connection, transactions: Sequence[Transaction], *, own: bool) -> set[str]:
    """Project these transactions; returns the ids of the entries that they touched."""
    entries: list[tuple[ChronologyEntry, Transaction]] = []
    later: list[tuple[Operation, Transaction, int]] = []
    for transaction in transactions:
        for index, operation in enumerate(transaction.ops):
            if operation.kind == "entry" and operation.field == "record":
                entry = _entry_of(operation)
                if entry is not None:
                    entries.append((entry, transaction))
            elif operation.kind in ("entry", "revision"):
                later.append((operation, transaction, index))
    touched = _add_entries(connection, entries)
    for operation, transaction, index in later:
        if operation.kind == "revision":
            touched |= _add_revision(connection, operation, transaction)
        else:
            touched |= _set_field(connection, operation, transaction, index)
    if own:
        rows = [(t.device, t.seq, o.id) for o, t, _ in later if o.kind == "entry"]
        rows += [(t.device, t.seq, _revised(o)) for o, t, _ in later if o.kind == "revision"]
        connection.executemany("UPDATE entries SET device = ?, seq = ? WHERE id = ?", rows)
    return touched


def reset(connection: sqlite3.Connection) -> None:
    """Empty every projected table of the chronology."""
    for table in PROJECTED:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO entry_search (entry_search) VALUES ('delete-all')")


def _entry_of(operation: Operation) -> ChronologyEntry | None:
    # A record of a newer or a broken desk must not stop the rest of its transaction: it stays in the log,
    # and `check` counts records that have no row.
    if not isinstance(operation.value, dict):
        return None
    try:
        return ChronologyEntry.from_record(operation.id, operation.value)
    except ValueError:
        return None


def _revised(operation: Operation) -> str:
    return str(operation.value.get("entry", "")) if isinstance(operation.value, dict) else ""


def _add_entries(connection: sqlite3.Connection, entries: Sequence[tuple[ChronologyEntry, Transaction]]) -> set[str]:
    if not entries:
        return set()
    # In the order of time, so that FTS5 appends to its buffer instead of flushing it.
    keyed = sorted(((first_pos(e.occurred_at, e.recorded_at), e, t) for e, t in entries), key=lambda k: (k[0], k[1].no))
    taken = _taken(connection, keyed[0][0], keyed[-1][0]) if len(keyed) > 8 else None
    known = _existing(connection, [e.id for e, _ in entries])
    rows: list[tuple[Any, ...]] = []
    grams: list[tuple[int, str]] = []
    replies: list[ChronologyEntry] = []
    phrases: dict[tuple[str, str], list[int]] = {}
    notes: list[tuple[str, str, str, str]] = []
    touched: set[str] = set()
    used: set[int] = set()
    for wanted, entry, transaction in keyed:
        touched.add(entry.id)
        if entry.id in known:
            continue  # the same line imported on two PCs: one entry
        known.add(entry.id)
        pos = _free(connection, wanted, used, taken)
        used.add(pos)
        text = search.folded(_searched(entry))
        rows.append(_row(pos, pos, entry, transaction.device, transaction.seq, text))
        grams.append((pos, search.grams(text)))
        if entry.reply_to:
            replies.append(entry)
        for name in _COMPLETED:
            value = getattr(entry, name)
            if value and len(value) <= 200:
                counted = phrases.setdefault((name, value), [0, 0])
                counted[0] += 1
                counted[1] = max(counted[1], entry.recorded_at.utc_ms)
        if entry.kind in (EntryKind.CORRECTION, EntryKind.CANCELLATION):
            notes += [(no, entry.id, entry.no, entry.kind) for no in entry.related[:1]]
    connection.executemany(_INSERT, rows)
    connection.executemany("INSERT INTO entry_search (rowid, grams) VALUES (?, ?)", sorted(grams))
    _count_phrases(connection, phrases)
    _thread(connection, replies)
    if notes:
        connection.executemany("INSERT OR IGNORE INTO notes_on VALUES (?, ?, ?, ?)", notes)
        touched |= _mark_noted(connection, [no for no, *_ in notes])
    _mark_noted(connection, _noted_among(connection, [e.no for _, e, _ in keyed]))
    return touched


def _taken(connection: sqlite3.Connection, low: int, high: int) -> set[int] | None:
    # A batch that spans a long busy time would read too much; then each place is asked for by itself.
    rows = connection.execute("SELECT pos FROM entries WHERE pos BETWEEN ? AND ? LIMIT 20001", (low, high + 1024))
    taken = {row[0] for row in rows}
    return taken if len(taken) <= 20000 else None


def _free(connection: sqlite3.Connection, wanted: int, used: set[int], taken: set[int] | None) -> int:
    pos = wanted
    if taken is not None:
        while pos in used or pos in taken:
            pos += 1
        # Beyond what was read ahead only the table knows.
        if pos <= wanted + 1000:
            return pos
    while pos in used or connection.execute("SELECT 1 FROM entries WHERE pos = ?", (pos,)).fetchone():
        pos += 1
    return pos


def _existing(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        found.update(row[0] for row in connection.execute(f"SELECT id FROM entries WHERE id IN ({marks})", part))
    return found


def _searched(entry: ChronologyEntry, extra: Iterable[str] = ()) -> Iterable[str]:
    yield from (entry.no, entry.subject, entry.content, entry.from_party, entry.to_party, entry.place)
    yield from (entry.operator, entry.org, entry.owner, entry.kind, entry.channel, *entry.attachments)
    yield from extra


def _row(pos: int, thread_pos: int, e: ChronologyEntry, device: str, seq: int, folded: str) -> tuple[Any, ...]:
    mark, count = count_of(e.no) or (e.device_mark, 0)
    known, received, due = e.known_at, e.received_at, e.due
    return (
        pos, thread_pos, e.id, e.no, mark, count,
        e.occurred_at.utc_ms, e.occurred_at.offset_min, int(e.occurred_approx),
        known and known.utc_ms, known and known.offset_min,
        received and received.utc_ms, received and received.offset_min,
        e.recorded_at.utc_ms, e.recorded_at.offset_min,
        e.device_mark, e.device_name, e.operator, e.org, e.from_party, e.to_party, e.channel, e.kind, e.subject,
        e.content, e.place, e.latitude, e.longitude, e.verification, int(e.important), e.status, e.owner,
        due and due.utc_ms, due and due.offset_min, e.reply_to,
        json.dumps(e.related, ensure_ascii=False) if e.related else "[]",
        json.dumps(e.attachments, ensure_ascii=False) if e.attachments else "[]",
        device, seq, folded,
    )  # fmt: skip


def _count_phrases(connection: sqlite3.Connection, phrases: dict[tuple[str, str], list[int]]) -> None:
    connection.executemany(
        "INSERT INTO phrases VALUES (?, ?, ?, ?) ON CONFLICT (field, text) DO UPDATE SET "
        "uses = uses + excluded.uses, last_ms = max(last_ms, excluded.last_ms)",
        [(name, text, uses, last_ms) for (name, text), (uses, last_ms) in phrases.items()],
    )


def _thread(connection: sqlite3.Connection, replies: Sequence[ChronologyEntry]) -> None:
    # In the order of recording, so that a reply to a reply finds its parent's thread already settled.
    for entry in sorted(replies, key=lambda e: (e.recorded_at.utc_ms, e.no)):
        connection.execute(
            "UPDATE entries SET thread_pos = p.thread_pos FROM (SELECT thread_pos FROM entries WHERE id = ?) AS p "
            "WHERE entries.id = ?",
            (entry.reply_to, entry.id),
        )


def _noted_among(connection: sqlite3.Connection, numbers: Sequence[str]) -> list[str]:
    if not connection.execute("SELECT 1 FROM notes_on LIMIT 1").fetchone():
        return []
    found: list[str] = []
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        marks = ",".join("?" * len(part))
        found += [r[0] for r in connection.execute(f"SELECT DISTINCT no FROM notes_on WHERE no IN ({marks})", part)]
    return found


def _mark_noted(connection: sqlite3.Connection, numbers: Iterable[str]) -> set[str]:
    touched: set[str] = set()
    for no in numbers:
        for (entry_id,) in connection.execute("SELECT id FROM entries WHERE no = ?", (no,)).fetchall():
            _restand(connection, entry_id, reword=False)
            touched.add(entry_id)
    return touched


def _add_revision(connection: sqlite3.Connection, operation: Operation, transaction: Transaction) -> set[str]:
    if not isinstance(operation.value, dict):
        return set()
    try:
        revision = Revision.from_record(operation.id, operation.value)
    except ValueError:
        return set()
    connection.execute(
        "INSERT OR IGNORE INTO revisions VALUES (?, ?, ?, ?, ?)",
        (
            revision.id,
            revision.entry_id,
            transaction.hlc,
            transaction.device,
            json.dumps(revision.to_record(), ensure_ascii=False),
        ),
    )
    _restand(connection, revision.entry_id, reword=True)
    return {revision.entry_id}


def _set_field(connection: sqlite3.Connection, operation: Operation, transaction: Transaction, index: int) -> set[str]:
    setting = operation.value
    if operation.field not in LIVE_FIELDS or not isinstance(setting, dict):
        return set()
    try:
        value = to_wire(from_wire(operation.field, setting.get("value")))
    except ValueError:
        return set()
    connection.executemany(
        "UPDATE field_values SET live = 0 WHERE dot = ?",
        [(f"{dot.device}:{dot.seq}:{dot.index}",) for dot in operation.replaces],
    )
    connection.execute(
        "INSERT OR IGNORE INTO field_values VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        (
            f"{transaction.device}:{transaction.seq}:{index}",
            operation.id,
            operation.field,
            json.dumps(value, ensure_ascii=False),
            transaction.hlc,
            transaction.device,
            transaction.wall_ms,
            transaction.tz_min,
            str(setting.get("operator", "")),
            str(setting.get("org", "")),
        ),
    )
    _restand(connection, operation.id, reword=operation.field == "owner")
    return {operation.id}


def revisions_of(connection: sqlite3.Connection, entry_id: str) -> tuple[Revision, ...]:
    """An entry's revisions, oldest stamp first."""
    rows = connection.execute(
        "SELECT id, record FROM revisions WHERE entry_id = ? ORDER BY hlc, device, id", (entry_id,)
    )
    return tuple(Revision.from_record(revision_id, json.loads(record)) for revision_id, record in rows)


def values_of(connection: sqlite3.Connection, entry_id: str) -> list[tuple[str, FieldValue, bool]]:
    """Every value ever set in an entry's live fields, oldest stamp first: field, value, whether it still stands."""
    rows = connection.execute(
        "SELECT field, value, dot, at_ms, at_min, operator, org, live FROM field_values "
        "WHERE entry_id = ? ORDER BY hlc, device, dot",
        (entry_id,),
    )
    return [
        (name, FieldValue(from_wire(name, json.loads(value)), dot, Moment(ms, minute), operator, org), bool(live))
        for name, value, dot, ms, minute, operator, org, live in rows
    ]


def live_values(values: Iterable[tuple[str, FieldValue, bool]]) -> dict[str, tuple[FieldValue, ...]]:
    """Of `values_of`, those that stand, by field."""
    live: dict[str, tuple[FieldValue, ...]] = {}
    for name, value, stands in values:
        if stands:
            live[name] = (*live.get(name, ()), value)
    return live


def original_of(connection: sqlite3.Connection, entry_id: str) -> tuple[ChronologyEntry, str | None] | None:
    """The entry as first recorded, and the stored JSON of it when it has been overlaid; None if unknown."""
    row = connection.execute("SELECT original FROM entries WHERE id = ?", (entry_id,)).fetchone()
    if row is None:
        return None
    if row[0] is not None:
        return ChronologyEntry.from_record(entry_id, json.loads(row[0])), row[0]
    entry = read_entry(connection, entry_id)
    return (entry, None) if entry else None


def _restand(connection: sqlite3.Connection, entry_id: str, *, reword: bool) -> None:
    """Write the entry's row anew from its original, its revisions and its live values."""
    found = original_of(connection, entry_id)
    if found is None:
        return
    original, stored = found
    revisions = revisions_of(connection, entry_id)
    live = live_values(values_of(connection, entry_id))
    entry = stand(original, revisions, live)
    notes = connection.execute(
        "SELECT kind, count(*) FROM notes_on WHERE no = ? AND by_id <> ? GROUP BY kind", (original.no, entry_id)
    ).fetchall()
    noted = dict(notes)
    conflicts = ",".join(name for name in LIVE_FIELDS if len({repr(v.value) for v in live.get(name, ())}) > 1)
    cancelled = is_cancelled(revisions) or EntryKind.CANCELLATION in noted
    corrected = sum(r.kind == "correct" for r in revisions) + noted.get(EntryKind.CORRECTION, 0)
    pos, thread_pos, device, seq, folded = connection.execute(
        "SELECT pos, thread_pos, device, seq, folded FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    new_pos = pos
    if reword:
        said = [v for r in revisions for v in (r.reason, *(c for c in r.changes.values() if isinstance(c, str)))]
        text = search.folded(_searched(entry, (original.subject, original.content, *said)))
        if first_pos(entry.occurred_at, entry.recorded_at) != first_pos(*_times_at(connection, entry_id)):
            new_pos = _free(connection, first_pos(entry.occurred_at, entry.recorded_at), set(), None)
        connection.execute(
            "INSERT INTO entry_search (entry_search, rowid, grams) VALUES ('delete', ?, ?)", (pos, search.grams(folded))
        )
        connection.execute("INSERT INTO entry_search (rowid, grams) VALUES (?, ?)", (new_pos, search.grams(text)))
        folded = text
    new_thread = new_pos if thread_pos == pos else thread_pos
    values = dict(zip(_COLUMNS, _row(new_pos, new_thread, entry, device, seq, folded), strict=True))
    values |= {"conflicts": conflicts, "cancelled": int(cancelled), "corrected": corrected}
    values["original"] = stored or json.dumps(original.to_record(), ensure_ascii=False)
    assignments = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE entries SET {assignments} WHERE pos = ?", (*values.values(), pos))
    if new_pos != pos:
        connection.execute("UPDATE entries SET thread_pos = ? WHERE thread_pos = ?", (new_pos, pos))


def _times_at(connection: sqlite3.Connection, entry_id: str) -> tuple[Moment, Moment]:
    row = connection.execute(
        "SELECT occurred_ms, occurred_min, recorded_ms, recorded_min FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    return Moment(row[0], row[1]), Moment(row[2], row[3])


def next_count(connection: sqlite3.Connection, mark: str) -> int:
    """The next count of a mark: one more than the greatest that this desk knows."""
    row = connection.execute("SELECT max(count) FROM entries WHERE mark = ?", (mark,)).fetchone()
    return int(row[0] or 0) + 1


def noted_by(connection: sqlite3.Connection, no: str) -> tuple[str, ...]:
    """Numbers of the imported 訂正 and 取消 lines about the entry with this number."""
    return tuple(row[0] for row in connection.execute("SELECT by_no FROM notes_on WHERE no = ? ORDER BY by_no", (no,)))


def forget(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """Take back the rows of an own transaction that only recorded entries (undo)."""
    for operation in transaction.ops:
        row = connection.execute("SELECT pos, folded FROM entries WHERE id = ?", (operation.id,)).fetchone()
        if row is None:
            continue
        connection.execute(
            "INSERT INTO entry_search (entry_search, rowid, grams) VALUES ('delete', ?, ?)",
            (row[0], search.grams(row[1])),
        )
        connection.execute("DELETE FROM entries WHERE pos = ?", (row[0],))
