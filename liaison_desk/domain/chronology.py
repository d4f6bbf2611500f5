"""The chronology (クロノロジー): entries, their kinds, revisions and numbers.

Pure. An entry is never changed: what a person sees is its record overlaid by later revisions (訂正, 取消)
and by the fields that live on (状況, 担当, 期限, 確度, 重要), which are registers of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment


class Channel(StrEnum):
    """手段: how the information came. Files may bring others; they are kept as text."""

    PHONE = "電話"
    IN_PERSON = "対面"
    MEETING = "会議"
    RADIO = "無線"
    FAX = "FAX"
    MAIL = "メール"
    OBSERVED = "現認"
    SNS = "SNS"
    WEB_MEETING = "Web会議"


class EntryKind(StrEnum):
    """種別. The last three come in with offices' files, where a correction is a line of its own."""

    REPORT = "報告"
    INSTRUCTION = "指示"
    REQUEST = "依頼"
    DECISION = "決定"
    CONFIRMATION = "確認"
    NOTICE = "連絡"
    REPLY = "返信"
    CORRECTION = "訂正"
    CANCELLATION = "取消"


TYPED_KINDS = tuple(EntryKind)[:6]
INSTRUCTION_KINDS = frozenset({EntryKind.INSTRUCTION, EntryKind.REQUEST})


class Verification(StrEnum):
    """確度."""

    UNVERIFIED = "未確認"
    VERIFIED = "確認済"


class Status(StrEnum):
    """状況 of an instruction or request."""

    OPEN = "未対応"
    IN_PROGRESS = "対応中"
    DONE = "完了"


class RevisionKind(StrEnum):
    """What a revision does to its entry."""

    CORRECT = "correct"
    CANCEL = "cancel"


# Cells that live on after the entry was recorded, each a register that people may set again.
LIVE_FIELDS = ("verification", "important", "status", "owner", "due")
# What a correction may reword.
WORDING_FIELDS = (
    "occurred_at",
    "occurred_approx",
    "known_at",
    "received_at",
    "from_party",
    "to_party",
    "channel",
    "kind",
    "subject",
    "content",
    "place",
    "latitude",
    "longitude",
)
MOMENT_FIELDS = frozenset({"occurred_at", "known_at", "received_at", "recorded_at", "due"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """What a person gives to have an entry recorded; everything else the desk knows.

    `occurred_at` is fixed at the first keystroke. Coordinates are WGS 84 degrees.
    """

    content: str
    occurred_at: Moment | None = None
    occurred_approx: bool = False
    known_at: Moment | None = None
    received_at: Moment | None = None
    from_party: str = ""
    to_party: str = ""
    channel: str = ""
    kind: str = EntryKind.REPORT
    subject: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    verification: str = Verification.VERIFIED
    important: bool = False
    status: str = ""
    owner: str = ""
    due: Moment | None = None
    reply_to: str | None = None
    related: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyEntry:
    """One entry as it was recorded, or as it stands now (`Standing entry`, see `stand`).

    `id` is 32 hexadecimal digits; `no` is the PC's mark and its own count (七-012) and never changes;
    `reply_to` is another entry's id; `related` are numbers of other entries as a file gave them.
    """

    id: str
    no: str
    occurred_at: Moment
    recorded_at: Moment
    content: str = ""
    occurred_approx: bool = False
    known_at: Moment | None = None
    received_at: Moment | None = None
    device_mark: str = ""
    device_name: str = ""
    operator: str = ""
    org: str = ""
    from_party: str = ""
    to_party: str = ""
    channel: str = ""
    kind: str = EntryKind.REPORT
    subject: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    verification: str = Verification.VERIFIED
    important: bool = False
    status: str = ""
    owner: str = ""
    due: Moment | None = None
    reply_to: str | None = None
    related: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """The record as it goes into the log: only what is not empty; moments as [utc_ms, offset_min]."""
        record: dict[str, Any] = {}
        for name in _ENTRY_FIELDS:
            value = getattr(self, name)
            # What reads back as something else when it is left out (種別, 確度) is written even when empty.
            if name == "id" or (not value and type(value) is not float and name not in _NEVER_LEFT_OUT):
                continue
            record[name] = to_wire(value)
        return record

    @classmethod
    def from_record(cls, entry_id: str, record: Mapping[str, Any]) -> ChronologyEntry:
        """Read a record out of the log. Unknown names, of newer desks, are passed over.

        Raises:
            ValueError: the record lacks a number, a time or has values of the wrong type.
        """
        known: dict[str, Any] = {}
        for name, value in record.items():
            if type(value) is str and name in _TEXT_FIELDS:
                known[name] = value
            elif name in _RECORD_FIELDS:
                known[name] = from_wire(name, value)
        try:
            # `to_record` leaves out what is empty: an entry may have a subject alone.
            return cls(id=entry_id, **{"content": "", **known})
        except TypeError as missing:
            raise ValueError(str(missing)) from missing


_ENTRY_FIELDS = tuple(f.name for f in fields(ChronologyEntry))
_NEVER_LEFT_OUT = frozenset({"kind", "verification"})
_NULLABLE = frozenset({"known_at", "received_at", "due", "latitude", "longitude", "reply_to"})
_RECORD_FIELDS = frozenset(_ENTRY_FIELDS) - {"id"}
_TEXT_FIELDS = frozenset(f.name for f in fields(ChronologyEntry) if f.type in ("str", "str | None")) - {"id"}
_TYPES: dict[str, Any] = {
    "occurred_approx": bool,
    "important": bool,
}
_DAY_MIN = 24 * 60


def to_wire(value: Any) -> Any:
    """A field's value in the log's plain types."""
    if isinstance(value, Moment):
        return [value.utc_ms, value.offset_min]
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value


def from_wire(name: str, value: Any) -> Any:
    """A field's value out of the log's plain types.

    Raises:
        ValueError: the value has not the type of the field, or no chronology can hold it. One such record of a
            broken desk must not reach a table: there it would stop every later one.
    """
    if value is None and name in _NULLABLE:
        return None
    if name in MOMENT_FIELDS:
        if isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value):
            return _moment(*value)
    elif name in ("related", "attachments"):
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
    elif name in ("latitude", "longitude"):
        if type(value) in (int, float):
            return float(value)
    elif isinstance(value, _TYPES.get(name, str)):
        return value
    raise ValueError(name)


def _moment(utc_ms: int, offset_min: int) -> Moment:
    if not MIN_MS <= utc_ms <= MAX_MS or not -_DAY_MIN < offset_min < _DAY_MIN:
        raise ValueError(utc_ms, offset_min)
    return Moment(utc_ms, offset_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A correction or cancellation: a further record; the first wording stays readable.

    `changes` holds the fields of `WORDING_FIELDS` that a correction rewords, as values of `ChronologyEntry`.
    """

    id: str
    entry_id: str
    kind: RevisionKind
    reason: str
    recorded_at: Moment
    operator: str = ""
    org: str = ""
    device_mark: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)

    def to_record(self) -> dict[str, Any]:
        """The revision as it goes into the log."""
        record: dict[str, Any] = {
            "entry": self.entry_id,
            "kind": str(self.kind),
            "reason": self.reason,
            "recorded_at": to_wire(self.recorded_at),
            "operator": self.operator,
            "org": self.org,
            "device_mark": self.device_mark,
        }
        if self.changes:
            record["changes"] = {name: to_wire(value) for name, value in self.changes.items()}
        return record

    @classmethod
    def from_record(cls, revision_id: str, record: Mapping[str, Any]) -> Revision:
        """Read a revision out of the log.

        Raises:
            ValueError: a part is missing or has another type.
        """
        try:
            changes = {name: from_wire(name, value) for name, value in dict(record.get("changes", {})).items()}
            return cls(
                id=revision_id,
                entry_id=_text(record["entry"]),
                kind=RevisionKind(record["kind"]),
                reason=_text(record.get("reason", "")),
                recorded_at=from_wire("recorded_at", record["recorded_at"]),
                operator=_text(record.get("operator", "")),
                org=_text(record.get("org", "")),
                device_mark=_text(record.get("device_mark", "")),
                changes={name: value for name, value in changes.items() if name in WORDING_FIELDS},
            )
        except (KeyError, TypeError) as wrong:
            raise ValueError(str(wrong)) from wrong


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value that somebody set in a live field; several stand side by side until someone chooses.

    `dot` names the operation ("device:seq:index"), `at` is the setter's own time.
    """

    value: Any
    dot: str
    at: Moment
    operator: str = ""
    org: str = ""


def stand(
    entry: ChronologyEntry, revisions: tuple[Revision, ...], live: Mapping[str, tuple[FieldValue, ...]]
) -> ChronologyEntry:
    """The entry as it stands now: corrections applied oldest first, live fields by their newest value.

    `revisions` are in the order of their stamps. A field with several live values shows the newest; that there
    are others is told by whoever holds `live`.
    """
    changes: dict[str, Any] = {}
    for revision in revisions:
        if revision.kind is RevisionKind.CORRECT:
            changes.update(revision.changes)
    for name, values in live.items():
        if values:
            changes[name] = values[-1].value
    return replace(entry, **changes) if changes else entry


def is_cancelled(revisions: tuple[Revision, ...]) -> bool:
    """Whether any revision cancels the entry."""
    return any(revision.kind is RevisionKind.CANCEL for revision in revisions)


def number(mark: str, count: int) -> str:
    """An entry's number: the PC's mark and its own count, as in 七-012."""
    return f"{mark}-{count:03d}"


def count_of(no: str) -> tuple[str, int] | None:
    """Mark and count of a number, or None when it is not of that form."""
    mark, dash, count = no.rpartition("-")
    return (mark, int(count)) if dash and mark and count.isascii() and count.isdigit() and len(count) < 12 else None
