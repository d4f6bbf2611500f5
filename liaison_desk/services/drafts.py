"""The unfinished line: kept on this PC while typing pauses, offered back after a crash with its age."""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import Draft
from liaison_desk.services.desk import Desk
from liaison_desk.store import desk_tables
from liaison_desk.store.connection import translated


def save_draft(desk: Desk, slot: str, values: Mapping[str, str], started_at: Moment) -> None:
    """Keep what is typed so far. Never synced.

    Raises:
        DeskProblem: the disk refused.
    """
    with translated():
        desk_tables.save_draft(desk.database.writer, Draft(slot, values, started_at, desk.now()))


def drop_draft(desk: Desk, slot: str) -> None:
    """Forget a draft that was thrown away."""
    with translated():
        desk_tables.drop_draft(desk.database.writer, slot)
