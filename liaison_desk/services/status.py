"""What this desk is and how it stands, for `liaison-desk status` and scripts."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import Any

from liaison_desk import __version__, wording
from liaison_desk.errors import DeskProblem
from liaison_desk.services.desk import Seat, seat_in
from liaison_desk.store import entry_rows
from liaison_desk.store.connection import translated
from liaison_desk.store.database import Database
from sync.log_reader import LogReader


def status_of(database: Database) -> dict[str, Any]:
    """Incident, seat, counts and delivery, by their English names; reads only.

    Raises:
        DeskProblem: there is no incident, or the file cannot be read.
    """
    with closing(database.reader()) as connection, translated():
        seat = seat_in(connection)
        if not seat.incident_id:
            raise DeskProblem(wording.text("no_incident", profile=database.profile), wording.text("no_incident_do"))
        told: dict[str, Any] = {
            "version": __version__,
            "profile": str(database.profile),
            "incident": seat.incident_name,
        }
        told |= {name: getattr(seat, name) for name in ("mark", "operator", "org", "host_org", "device_name", "share")}
        told["entries"] = entry_rows.count_all(connection)
        told["unseen"] = entry_rows.count_unseen(connection)
        told["free_bytes"] = shutil.disk_usage(database.profile).free
        return told | _log_status(seat, LogReader(connection))


def _log_status(seat: Seat, reader: LogReader) -> dict[str, Any]:
    vector, place = reader.vector(), reader.place(seat.share)
    own = vector.get(reader.device, 0)
    standing = reader.standing()
    received = max((acked.get(reader.device, 0) for acked in standing.acked.values()), default=0)
    return {
        "incident_id": seat.incident_id,
        "device": reader.device,
        "vector": vector,
        "own_transactions": own,
        "waiting": own - (place.published if place else 0),
        "received_by_others": received,
        "parked": len(reader.parked()),
        "digest": reader.digest(),
    }
