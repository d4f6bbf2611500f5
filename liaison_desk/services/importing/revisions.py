"""Corrections and cancellations that come along with entries of our own files (`exporting.as_json`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from liaison_desk.domain.chronology import WORDING_FIELDS, Revision, from_wire
from liaison_desk.domain.clock import MAX_MS, MIN_MS, Moment

_ID = re.compile(r"[0-9a-f]{32}")


def overlay_original(record: dict[str, Any], original: Mapping[str, Any]) -> None:
    """Bring a record back to its first wording.

    Raises:
        TypeError, ValueError, AttributeError: the first wording is not one.
    """
    for name, value in original.items():
        if name in WORDING_FIELDS:
            wire = _wire(name, value)
            from_wire(name, wire)
            if wire is None or wire is False or wire == "":
                record.pop(name, None)
            else:
                record[name] = wire


def revision_of(entry_id: str, told: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A told correction or cancellation as its id and its record.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is not one.
    """
    changes = {name: from_wire(name, _wire(name, value)) for name, value in (told.get("changes") or {}).items()}
    at = Moment.parse_iso(str(told["recorded_at"]))
    if not (MIN_MS <= at.utc_ms <= MAX_MS and _ID.fullmatch(str(told["id"]))):
        raise ValueError(told["id"])
    record = Revision(
        id=told["id"],
        entry_id=entry_id,
        kind=told["kind"],
        reason=str(told.get("reason", "")),
        recorded_at=at,
        operator=str(told.get("operator", "")),
        org=str(told.get("org", "")),
        device_mark=str(told.get("device_mark", "")),
        changes=changes,
    ).to_record()
    Revision.from_record(told["id"], record)
    return told["id"], record


def _wire(name: str, value: Any) -> Any:
    if name.endswith("_at") and isinstance(value, str):
        moment = Moment.parse_iso(value)
        return [moment.utc_ms, moment.offset_min]
    return value
