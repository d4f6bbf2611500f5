"""What a list of entries shows: the filter a person set, the row, the details.

Pure values between the store, which reads them, and the faces, which draw them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from liaison_desk.domain.chronology import ChronologyEntry, FieldValue, Revision
from liaison_desk.domain.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries to show; everything empty means all. Conditions are joined by "and".

    Attributes:
        text: words parted by blanks; each must occur (NFKC, case and blanks ignored).
        kinds: any of these 種別.
        place: occurs in 場所.
        person: occurs in 記録者, 担当, 発信元 or 発信先.
        mark: the PC's mark.
        since: occurred at or after.
        until: occurred before.
        open_only: instructions and requests that are not 完了.
    """

    text: str = ""
    kinds: frozenset[str] = frozenset()
    place: str = ""
    person: str = ""
    mark: str = ""
    since: Moment | None = None
    until: Moment | None = None
    open_only: bool = False
    important_only: bool = False
    unverified_only: bool = False

    def is_empty(self) -> bool:
        """Whether all entries pass."""
        return self == EntryFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One line of the list: the entry as it stands, light enough to read by the hundred.

    Attributes:
        pos: the place in time order (store-local, may change when the time is corrected).
        thread_pos: `pos` of the first entry of its thread.
        content: at most 400 characters.
        device, seq: the transaction whose delivery this row shows.
        conflicts: names of the live fields that hold several values.
        cancelled, corrected: struck through; number of corrections (also by an imported 取消 or 訂正 line).
        unseen: came from another PC and was not looked at yet.
    """

    pos: int
    thread_pos: int
    id: str
    no: str
    occurred_at: Moment
    occurred_approx: bool
    recorded_at: Moment
    from_party: str
    to_party: str
    channel: str
    kind: str
    subject: str
    content: str
    place: str
    verification: str
    important: bool
    status: str
    owner: str
    due: Moment | None
    reply_to: str | None
    reply_to_no: str
    device_mark: str
    operator: str
    device: str
    seq: int
    attachments: int
    conflicts: tuple[str, ...]
    cancelled: bool
    corrected: int
    unseen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetails:
    """Everything about one entry.

    Attributes:
        entry: as it stands now.
        original: as it was first recorded.
        revisions: oldest first.
        live: for each live field the values that stand side by side, oldest first (empty: the recorded one holds).
        history: every value ever set in a live field, oldest first, with the field's name.
        thread: the whole thread in time order, this entry included.
        noted_by: numbers of imported 訂正 / 取消 lines about this entry.
    """

    row: EntryRow
    entry: ChronologyEntry
    original: ChronologyEntry
    revisions: tuple[Revision, ...] = ()
    live: Mapping[str, tuple[FieldValue, ...]] = field(default_factory=dict)
    history: tuple[tuple[str, FieldValue], ...] = ()
    thread: tuple[EntryRow, ...] = ()
    noted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished line: kept on this PC only, offered back after a crash.

    `values` are the entry bar's fields as typed text; `started_at` is the first keystroke.
    """

    slot: str
    values: Mapping[str, str]
    started_at: Moment
    saved_at: Moment
