"""Use cases of the chronology: record, reply, correct, cancel, set a field, choose between values, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from liaison_desk import wording
from liaison_desk.domain.changed import Changed
from liaison_desk.domain.chronology import (
    INSTRUCTION_KINDS,
    LIVE_FIELDS,
    WORDING_FIELDS,
    ChronologyEntry,
    EntryDraft,
    Revision,
    RevisionKind,
    Status,
    Verification,
    number,
    to_wire,
)
from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment
from liaison_desk.domain.text import TextFlaw, flaw_of
from liaison_desk.errors import DeskProblem
from liaison_desk.services.desk import Desk
from liaison_desk.store import chronology, desk_tables, entry_rows
from liaison_desk.store.connection import translated
from sync.operation import Operation


@dataclass(frozen=True, slots=True)
class Recorded:
    """A new entry, durable: its id, its number, and what changed."""

    entry_id: str
    no: str
    changed: Changed
    seq: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whether the last entry was taken back, and what that changed."""

    done: bool
    changed: Changed


def record_entry(desk: Desk, draft: EntryDraft, *, slot: str = "") -> Recorded:
    """Record an entry under this PC's next number.

    Args:
        desk: the open desk.
        draft: what was typed; without `occurred_at` it happened now.
        slot: the draft to forget together with it, "" for none.

    Raises:
        DeskProblem: empty or impossible text or values, or the disk refused; nothing was recorded.
    """
    check_draft(draft)
    now = desk.now()
    instruction = draft.kind in INSTRUCTION_KINDS
    entry = ChronologyEntry(
        id=desk.ids.new_id(),
        no=number(desk.seat.mark, desk.next_number()),
        recorded_at=now,
        device_mark=desk.seat.mark,
        device_name=desk.seat.device_name,
        operator=desk.seat.operator,
        org=desk.seat.org,
        **_given(
            replace(
                draft, occurred_at=draft.occurred_at or now, status=draft.status or (Status.OPEN if instruction else "")
            )
        ),
    )
    transactions, changed = desk.commit([Operation("entry", entry.id, "record", "set", entry.to_record())], slot=slot)
    return Recorded(entry.id, entry.no, changed, transactions[0].seq)


def reply_to_entry(desk: Desk, parent_id: str, draft: EntryDraft, *, slot: str = "") -> Recorded:
    """Record a reply; it joins its parent's thread.

    Raises:
        DeskProblem: as `record_entry`, or there is no such parent.
    """
    _entry(desk, parent_id)
    return record_entry(desk, replace(draft, reply_to=parent_id), slot=slot)


def correct_entry(desk: Desk, entry_id: str, changes: Mapping[str, Any], reason: str) -> Changed:
    """Reword an entry by a further record; the first wording stays, struck through.

    Args:
        desk: the open desk.
        entry_id: the entry.
        changes: new values by names of `WORDING_FIELDS`; those equal to what stands are dropped.
        reason: why; asked for by the record rules.

    Raises:
        DeskProblem: nothing would change, no reason, or an impossible value.
    """
    entry = _entry(desk, entry_id)
    told = {name: value for name, value in changes.items() if name in WORDING_FIELDS and getattr(entry, name) != value}
    if not told:
        raise DeskProblem(wording.text("nothing_changes"), wording.text("nothing_changes_do"))
    if told.get("occurred_at", entry.occurred_at) is None:
        raise DeskProblem(wording.text("time_unclear", text=""), wording.text("time_unclear_do"))
    check_draft(replace(_draft_of(entry), **told))
    return _revise(desk, entry_id, RevisionKind.CORRECT, reason, told)


def cancel_entry(desk: Desk, entry_id: str, reason: str) -> Changed:
    """Strike an entry through; it stays readable.

    Raises:
        DeskProblem: no reason given, or no such entry.
    """
    _entry(desk, entry_id)
    return _revise(desk, entry_id, RevisionKind.CANCEL, reason, {})


def set_fields(desk: Desk, entry_id: str, values: Mapping[str, Any]) -> Changed:
    """Set 状況, 担当, 期限, 確度 or 重要; every value that stood before, as far as this PC saw it, is replaced.

    Choosing between values that stand side by side is setting the chosen one.

    Args:
        desk: the open desk.
        entry_id: the entry.
        values: by names of `LIVE_FIELDS`.

    Raises:
        DeskProblem: an impossible value.
    """
    _entry(desk, entry_id)
    journal = desk.the_journal()
    operations = []
    for name, value in values.items():
        check_field(name, value)
        with translated():
            standing = journal.live("entry", entry_id, name)
        setting = {"value": to_wire(value), "operator": desk.seat.operator, "org": desk.seat.org}
        operations.append(Operation("entry", entry_id, name, "set", setting, tuple(live.dot for live in standing)))
    if not operations:
        return Changed(frozenset())
    return desk.commit(operations)[1]


def withdraw_last(desk: Desk, recorded: Recorded) -> Withdrawn:
    """Undo the entry just recorded, while nothing of it has left this PC.

    Returns:
        `done` is False when it was offered to a share already, or is not the last act any more: then a
        correction or a cancellation is the way.
    """
    journal = desk.the_journal()
    with translated():
        withdrawn = journal.withdraw(recorded.seq, undone=chronology.forget)
    changed = Changed(frozenset({"entry"}), frozenset({recorded.entry_id}))
    return Withdrawn(done=withdrawn is not None, changed=changed)


def mark_seen(desk: Desk, ids: Iterable[str]) -> Changed:
    """These entries from other PCs were looked at here."""
    looked = list(ids)
    with translated():
        desk_tables.mark_seen(desk.database.writer, looked)
    return Changed(frozenset({"entry"}), frozenset(looked))


def mark_all_seen(desk: Desk) -> Changed:
    """Everything was looked at here."""
    with translated():
        looked = desk_tables.unseen_ids(desk.database.writer)
        desk_tables.mark_all_seen(desk.database.writer)
    return Changed(frozenset({"entry"}), looked)


def check_draft(draft: EntryDraft) -> None:
    """Whether an entry can be recorded as it is.

    Raises:
        DeskProblem: with the field's name and the next step.
    """
    if not draft.content.strip() and not draft.subject.strip():
        raise DeskProblem(wording.text("content_empty"), wording.text("content_empty_do"))
    for name in (f.name for f in fields(draft)):
        value = getattr(draft, name)
        if isinstance(value, str):
            check_text(name, value)
        elif isinstance(value, Moment):
            check_moment(name, value)
        elif isinstance(value, tuple):
            for part in value:
                check_text(name, part)
    check_coordinates(draft.latitude, draft.longitude)
    for name in LIVE_FIELDS:
        if getattr(draft, name):
            check_field(name, getattr(draft, name))


def check_text(name: str, value: str) -> None:
    """Whether a text can be kept.

    Raises:
        DeskProblem: lone surrogate, NUL or over 2 MB.
    """
    flaw = flaw_of(value)
    if flaw is TextFlaw.TOO_LONG:
        raise DeskProblem(
            wording.text("text_too_long", field=wording.text("field_" + name)), wording.text("text_too_long_do")
        )
    if flaw is not None:
        raise DeskProblem(
            wording.text("text_broken", field=wording.text("field_" + name)), wording.text("text_broken_do")
        )


def check_moment(name: str, value: Moment) -> None:
    """Whether a time is one of a chronology.

    Raises:
        DeskProblem: outside 1900 to 2200.
    """
    if not MIN_MS <= value.utc_ms <= MAX_MS:
        raise DeskProblem(
            wording.text("time_impossible", field=wording.text("field_" + name)), wording.text("time_impossible_do")
        )


def check_coordinates(latitude: float | None, longitude: float | None) -> None:
    """Whether the coordinates are a place on Earth, or both absent.

    Raises:
        DeskProblem: otherwise.
    """
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise DeskProblem(wording.text("coordinates_impossible"), wording.text("coordinates_impossible_do"))


def check_field(name: str, value: Any) -> None:
    """Whether a live field takes this value.

    Raises:
        DeskProblem: otherwise.
    """
    allowed: dict[str, tuple[str, ...]] = {"verification": tuple(Verification), "status": ("", *Status)}
    good = {
        "verification": lambda: value in allowed["verification"],
        "status": lambda: value in allowed["status"],
        "important": lambda: isinstance(value, bool),
        "owner": lambda: isinstance(value, str),
        "due": lambda: value is None or isinstance(value, Moment),
    }[name]()
    if not good:
        raise DeskProblem(
            wording.text("value_unknown", field=wording.text("field_" + name), value=value),
            wording.text("value_unknown_do", known="・".join(filter(None, allowed.get(name, ()))) or "―"),
        )
    if isinstance(value, str):
        check_text(name, value)
    if isinstance(value, Moment):
        check_moment(name, value)


def _given(draft: EntryDraft) -> dict[str, Any]:
    return {f.name: getattr(draft, f.name) for f in fields(draft)}


def _draft_of(entry: ChronologyEntry) -> EntryDraft:
    return EntryDraft(**{f.name: getattr(entry, f.name) for f in fields(EntryDraft)})


def _entry(desk: Desk, entry_id: str) -> ChronologyEntry:
    with translated():
        entry = entry_rows.read_entry(desk.database.writer, entry_id)
    if entry is None:
        raise DeskProblem(wording.text("no_such_entry", no=entry_id), wording.text("no_such_entry_do"))
    return entry


def _revise(desk: Desk, entry_id: str, kind: RevisionKind, reason: str, changes: Mapping[str, Any]) -> Changed:
    if not reason.strip():
        raise DeskProblem(wording.text("reason_missing"), wording.text("reason_missing_do"))
    check_text("reason", reason)
    revision = Revision(
        id=desk.ids.new_id(),
        entry_id=entry_id,
        kind=kind,
        reason=reason,
        recorded_at=desk.now(),
        operator=desk.seat.operator,
        org=desk.seat.org,
        device_mark=desk.seat.mark,
        changes=changes,
    )
    return desk.commit([Operation("revision", revision.id, "record", "set", revision.to_record())])[1]
