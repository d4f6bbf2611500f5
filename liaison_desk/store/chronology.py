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
from liaison_desk.store import presence, search, threads
from liaison_desk.store.chronology_tables import PROJECTED, first_pos
from liaison_desk.store.entry_rows import read_entry
from liaison_desk.store.slots import Slots
from sync.cells import Values
from sync.operation import Operation
from sync.transaction import Transaction

_COLUMNS = (
    "pos thread_pos id no mark count occurred_ms occurred_min occurred_approx known_ms known_min "
    "received_ms received_min recorded_ms recorded_min device_mark device_name operator org from_party "
    "to_party channel kind subject content place latitude longitude verification important status owner "
    "due_ms due_min reply_to related attachments device seq folded"
).split()
_INSERT = f"INSERT INTO entries ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_UNINDEX = "INSERT INTO entry_search (entry_search, rowid, grams) VALUES ('delete', ?, ?)"
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
        rows = [(t.device, t.seq, o.id if o.kind == "entry" else _revised(o)) for o, t, _ in later]
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
    slots = Slots(connection, [wanted for wanted, *_ in keyed])
    known = presence.entries_among(connection, [e.id for e, _ in entries])
    rows: list[tuple[Any, ...]] = []
    grams: list[tuple[int, str]] = []
    fresh: dict[str, str | None] = {}
    twice: list[str] = []
    phrases: dict[tuple[str, str], list[int]] = {}
    notes: list[tuple[str, str, str, str]] = []
    touched: set[str] = set()
    for wanted, entry, transaction in keyed:
        touched.add(entry.id)
        if entry.id in known or entry.id in fresh:
            twice.append(entry.id)  # the same line imported on two PCs: one entry
            continue
        fresh[entry.id] = entry.reply_to
        pos = slots.take(wanted)
        text = search.folded(_searched(entry))
        rows.append(_row(pos, pos, entry, transaction.device, transaction.seq, text))
        grams.append((pos, search.grams(text)))
        for name in _COMPLETED:
            value = getattr(entry, name)
            if value and len(value) <= 200:
                counted = phrases.setdefault((name, value), [0, 0])
                counted[0] += 1
                counted[1] = max(counted[1], entry.recorded_at.utc_ms)
        notes += _notes_of(entry)
    connection.executemany(_INSERT, rows)
    connection.executemany("INSERT INTO entry_search (rowid, grams) VALUES (?, ?)", sorted(grams))
    _count_phrases(connection, phrases)
    touched |= threads.join(connection, fresh)
    for entry_id in presence.spoken_of(connection, list(fresh)):
        touched |= _restand(connection, entry_id, reword=True)
    if notes:
        connection.executemany("INSERT OR IGNORE INTO notes_on VALUES (?, ?, ?, ?)", notes)
        touched |= _mark_noted(connection, [no for no, *_ in notes])
    _mark_noted(connection, _noted_among(connection, [e.no for _, e, _ in keyed]))
    for entry_id in twice:
        touched |= _settle_original(connection, entry_id)
    return touched


def _notes_of(entry: ChronologyEntry) -> list[tuple[str, str, str, str]]:
    if entry.kind not in (EntryKind.CORRECTION, EntryKind.CANCELLATION):
        return []
    return [(no, entry.id, entry.no, entry.kind) for no in entry.related[:1]]


def _settle_original(connection: sqlite3.Connection, entry_id: str) -> set[str]:
    # Two PCs that imported one line may have numbered it differently: the oldest record holds, on every PC.
    found = original_of(connection, entry_id)
    for live in Values(connection).live("entry", entry_id, "record"):
        try:
            oldest = ChronologyEntry.from_record(entry_id, live.value if isinstance(live.value, dict) else {})
        except ValueError:
            continue
        if found is None:
            return set()
        where = (live.dot.device, live.dot.seq, entry_id)
        connection.execute("UPDATE entries SET device = ?, seq = ? WHERE id = ?", where)
        if oldest == found[0]:
            return set()
        record = json.dumps(oldest.to_record(), ensure_ascii=False)
        connection.execute("UPDATE entries SET original = ? WHERE id = ?", (record, entry_id))
        touched = _restand(connection, entry_id, reword=True)
        if oldest.reply_to != found[0].reply_to:
            touched |= threads.rejoin(connection, entry_id, oldest.reply_to)
        connection.execute("DELETE FROM notes_on WHERE by_id = ?", (entry_id,))
        notes = _notes_of(oldest)
        connection.executemany("INSERT OR IGNORE INTO notes_on VALUES (?, ?, ?, ?)", notes)
        numbers = {found[0].no, oldest.no, *found[0].related[:1], *oldest.related[:1]}
        return touched | _mark_noted(connection, numbers)
    return set()


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
            touched |= _restand(connection, entry_id, reword=False)
    return touched


def _add_revision(connection: sqlite3.Connection, operation: Operation, transaction: Transaction) -> set[str]:
    if not isinstance(operation.value, dict):
        return set()
    try:
        revision = Revision.from_record(operation.id, operation.value)
    except ValueError:
        return set()
    # One revision imported on two PCs has two stamps: the older one holds, on every PC.
    before = connection.execute("SELECT entry_id FROM revisions WHERE id = ?", (revision.id,)).fetchone()
    connection.execute(
        "INSERT INTO revisions VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET entry_id = excluded.entry_id, "
        "hlc = excluded.hlc, device = excluded.device, record = excluded.record "
        "WHERE (excluded.hlc, excluded.device) < (hlc, device)",
        (
            revision.id,
            revision.entry_id,
            transaction.hlc,
            transaction.device,
            json.dumps(revision.to_record(), ensure_ascii=False),
        ),
    )
    touched: set[str] = set()
    for entry_id in {revision.entry_id, *(before or ())}:
        touched |= _restand(connection, entry_id, reword=True)
    return touched


def _set_field(connection: sqlite3.Connection, operation: Operation, transaction: Transaction, index: int) -> set[str]:
    if operation.field not in LIVE_FIELDS:
        return set()
    # As in the log's cells: what is replaced goes, but only out of this very field.
    connection.executemany(
        "UPDATE field_values SET live = 0 WHERE dot = ? AND entry_id = ? AND field = ?",
        [(f"{dot.device}:{dot.seq}:{dot.index}", operation.id, operation.field) for dot in operation.replaces],
    )
    setting = operation.value
    if operation.verb == "set" and isinstance(setting, dict):
        _add_value(connection, operation, transaction, index, setting)
    return _restand(connection, operation.id, reword=operation.field == "owner")


def _add_value(
    connection: sqlite3.Connection, operation: Operation, transaction: Transaction, index: int, setting: dict[str, Any]
) -> None:
    try:
        value = to_wire(from_wire(operation.field, setting.get("value")))
    except ValueError:
        return
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
        "WHERE entry_id = ? ORDER BY hlc, device, length(dot), dot",
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


def _restand(connection: sqlite3.Connection, entry_id: str, *, reword: bool) -> set[str]:
    """Write the entry's row anew from its original, its revisions and its live values; returns what moved."""
    found = original_of(connection, entry_id)
    if found is None:
        return set()
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
            new_pos = Slots(connection).take(first_pos(entry.occurred_at, entry.recorded_at))
        connection.execute(_UNINDEX, (pos, search.grams(folded)))
        connection.execute("INSERT INTO entry_search (rowid, grams) VALUES (?, ?)", (new_pos, search.grams(text)))
        folded = text
    new_thread = new_pos if thread_pos == pos else thread_pos
    values = dict(zip(_COLUMNS, _row(new_pos, new_thread, entry, device, seq, folded), strict=True))
    values |= {"conflicts": conflicts, "cancelled": int(cancelled), "corrected": corrected}
    values["original"] = stored or json.dumps(original.to_record(), ensure_ascii=False)
    assignments = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE entries SET {assignments} WHERE pos = ?", (*values.values(), pos))
    return {entry_id} | (threads.follow(connection, pos, new_pos) if new_pos != pos else set())


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
        found = original_of(connection, operation.id)
        if found is None:
            continue
        entry = found[0]
        pos, folded = connection.execute("SELECT pos, folded FROM entries WHERE id = ?", (entry.id,)).fetchone()
        connection.execute(_UNINDEX, (pos, search.grams(folded)))
        connection.execute("DELETE FROM entries WHERE pos = ?", (pos,))
        said = [(name, getattr(entry, name)) for name in _COMPLETED]
        connection.executemany("UPDATE phrases SET uses = uses - 1 WHERE field = ? AND text = ?", said)
        connection.execute("DELETE FROM phrases WHERE uses < 1")
        connection.execute("DELETE FROM notes_on WHERE by_id = ?", (entry.id,))
        _mark_noted(connection, entry.related[:1])
