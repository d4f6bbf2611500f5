"""An entry as JSON with the English names of the design's first page: for scripts, and for coming back in.

Times are ISO 8601 with offset; values (手段, 種別, 確度, 状況) are the Japanese words that stand on screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from liaison_desk.domain.chronology import WORDING_FIELDS, ChronologyEntry, FieldValue, Revision
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryDetails, EntryRow
from liaison_desk.services.reading import Reader
from sync.delivery import Standing

_AT_ONCE = 500


def entry_json(
    entry: ChronologyEntry,
    *,
    reply_to_no: str = "",
    revisions: Sequence[Revision] = (),
    original: ChronologyEntry | None = None,
    live: Mapping[str, tuple[FieldValue, ...]] | None = None,
    cancelled: bool = False,
    delivery: str = "",
) -> dict[str, Any]:
    """One entry as it stands, with everything that lies behind it.

    Args:
        entry: as it stands now.
        reply_to_no: the number of the entry that `reply_to` (an id) names.
        revisions: oldest first.
        original: as first recorded; only what was reworded since is told.
        live: values of live fields; those that stand side by side are told under `conflicts`.
        cancelled: struck through.
        delivery: "local", "sending", "shared" or "received".
    """
    return {
        "no": entry.no,
        "id": entry.id,
        "occurred_at": entry.occurred_at.iso(),
        "occurred_approx": entry.occurred_approx,
        "known_at": _iso(entry.known_at),
        "received_at": _iso(entry.received_at),
        "recorded_at": entry.recorded_at.iso(),
        "device_mark": entry.device_mark,
        "device_name": entry.device_name,
        "operator": entry.operator,
        "org": entry.org,
        "from_party": entry.from_party,
        "to_party": entry.to_party,
        "channel": entry.channel,
        "kind": entry.kind,
        "subject": entry.subject,
        "content": entry.content,
        "place": entry.place,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "verification": entry.verification,
        "important": entry.important,
        "status": entry.status,
        "owner": entry.owner,
        "due": _iso(entry.due),
        "reply_to": entry.reply_to,
        "reply_to_no": reply_to_no,
        "related": list(entry.related),
        "cancelled": cancelled,
        "revisions": [revision_json(revision) for revision in revisions],
        "original": _reworded(entry, original),
        "conflicts": {
            name: [_value_json(value) for value in values]
            for name, values in (live or {}).items()
            if len({repr(value.value) for value in values}) > 1
        },
        "attachments": list(entry.attachments),
        "delivery": delivery,
    }


def revision_json(revision: Revision) -> dict[str, Any]:
    """One correction or cancellation."""
    return {
        "id": revision.id,
        "kind": str(revision.kind),
        "reason": revision.reason,
        "recorded_at": revision.recorded_at.iso(),
        "operator": revision.operator,
        "org": revision.org,
        "device_mark": revision.device_mark,
        "changes": {name: _plain(value) for name, value in revision.changes.items()},
    }


def details_json(details: EntryDetails, standing: Standing) -> dict[str, Any]:
    """One entry with its delivery."""
    row = details.row
    return entry_json(
        details.entry,
        reply_to_no=row.reply_to_no,
        revisions=details.revisions,
        original=details.original,
        live=details.live,
        cancelled=row.cancelled,
        delivery=standing.state(row.device, row.seq),
    )


def row_details(reader: Reader, rows: Iterable[EntryRow]) -> Iterator[EntryDetails]:
    """The details of listed rows, in their order; threads, histories and notes are left out."""
    entries = (found for row in rows if (found := reader.entry(row.id)) is not None)
    return entry_details(reader, entries)


def entry_details(reader: Reader, entries: Iterable[ChronologyEntry]) -> Iterator[EntryDetails]:
    """The details of entries, in their order, read by the batch; threads, histories and notes are left out."""
    source = iter(entries)
    while part := list(islice(source, _AT_ONCE)):
        ids = [entry.id for entry in part]
        rows = {row.id: row for row in reader.rows_by_id(ids)}
        behind = reader.behind(ids)
        for entry in part:
            # An entry cannot go, but a reader between two commits may see it before its row.
            if entry.id in rows:
                found = behind.get(entry.id)
                yield EntryDetails(
                    row=rows[entry.id],
                    entry=entry,
                    original=found.original if found and found.original else entry,
                    revisions=found.revisions if found else (),
                    live=found.live if found else {},
                )


def _reworded(entry: ChronologyEntry, original: ChronologyEntry | None) -> dict[str, Any]:
    if original is None:
        return {}
    pairs = ((name, getattr(original, name)) for name in WORDING_FIELDS)
    return {name: _plain(value) for name, value in pairs if value != getattr(entry, name)}


def _value_json(value: FieldValue) -> dict[str, Any]:
    return {
        "value": _plain(value.value),
        "at": value.at.iso(),
        "operator": value.operator,
        "org": value.org,
    }


def _plain(value: Any) -> Any:
    return value.iso() if isinstance(value, Moment) else value


def _iso(moment: Moment | None) -> str | None:
    return moment.iso() if moment else None
