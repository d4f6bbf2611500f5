"""Taking back the last record while it is only here: its text becomes the unfinished line again."""

from __future__ import annotations

from liaison_desk.domain.listing import Draft
from liaison_desk.services.chronology import Recorded, Withdrawn, withdraw_last
from liaison_desk.services.desk import Desk
from liaison_desk.services.drafts import drop_draft, save_draft


def take_back(desk: Desk, recorded: Recorded, draft: Draft | None) -> Withdrawn:
    """Withdraw a record; its text is a draft on the disk before the record is gone, so that a crash costs neither.

    Args:
        desk: the open desk.
        recorded: the last record.
        draft: the line as it was typed, None when that is not known.

    Raises:
        DeskProblem: the disk refused; the record stands.
    """
    if draft:
        save_draft(desk, draft.slot, draft.values, draft.started_at)
    withdrawn = withdraw_last(desk, recorded)
    if draft and not withdrawn.done:
        drop_draft(desk, draft.slot)
    return withdrawn
