"""The shared folder as the desk uses it: make one, look who is there, say what is wrong with it."""

from __future__ import annotations

import threading
from pathlib import Path

from liaison_desk import wording
from liaison_desk.domain.clock import Clock, SystemClock
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import long_path
from liaison_desk.services.desk import JournalClock
from sync import names, papers
from sync.errors import Corrupt, Offline, Refused, SyncError, TooNew
from sync.operation import Value
from sync.stamp import RandomIds
from sync.transports import folder
from sync.transports.files import DiskFiles, Files
from sync.transports.folder import FolderTransport
from sync.transports.retrying import RetryingFiles

_ROSTER = names.Shelf("roster")


def share_files(share: Path) -> Files:
    """The share's files, with bounded retries for what passes on file servers."""
    return RetryingFiles(DiskFiles(long_path(share)), sleep=threading.Event().wait)


def transport(share: Path, *, incident_id: str, device: str, clock: Clock) -> FolderTransport:
    """The share as this device sees it; nothing is touched yet."""
    return FolderTransport(
        share_files(share),
        name=str(share),
        incident=incident_id,
        device=device,
        clock=JournalClock(clock),
        ids=RandomIds(),
    )


def create_share(share: Path, incident_id: str) -> None:
    """Make a folder the share of an incident; a share of this incident is taken as it is.

    Raises:
        DeskProblem: not there, not writable, or another incident's.
    """
    try:
        folder.create(share_files(share), incident=incident_id, canary=RandomIds().device_id())
    except SyncError as refused:
        raise problem_of(refused, share) from refused


def taken_marks(share: Path, incident_id: str) -> dict[str, str]:
    """The marks in use at a share and who uses each; empty while the share is out of reach.

    Raises:
        DeskProblem: the folder is another incident's share, or a newer program's.
    """
    here = transport(share, incident_id=incident_id, device="0" * 32, clock=SystemClock())
    taken: dict[str, str] = {}
    try:
        here.open()
        for name in here.list(_ROSTER).names:
            numbered = names.numbered(name)
            if numbered is None:
                continue
            try:
                card = papers.read_card(numbered, here.read(_ROSTER, name, papers.MAX_CARD))
            except (Corrupt, TooNew):
                # A torn card of another PC only means that its mark is not known yet.
                continue
            taken[text_of(card, "mark")] = f"{text_of(card, 'name')} {text_of(card, 'operator')}".strip()
    except Offline:
        return taken
    except SyncError as refused:
        raise problem_of(refused, share) from refused
    return taken


def text_of(card: dict[str, Value], key: str) -> str:
    """A text on a device card; "" when there is none."""
    value = card.get(key)
    return value if isinstance(value, str) else ""


def problem_of(error: SyncError, share: Path | str) -> DeskProblem:
    """What the engine says, as a sentence for a person and the next step."""
    key = "share_unreachable"
    if isinstance(error, TooNew):
        key = "share_too_new"
    elif isinstance(error, Refused):
        key = {"incident": "share_of_other", "format": "share_strange", "canary": "share_replaced"}.get(
            error.reason, "share_refused"
        )
    elif isinstance(error, Corrupt):
        key = "share_damaged"
    elif isinstance(error, Offline):
        known = {
            "absent": "share_absent",
            "emptied": "share_emptied",
            "head_missing": "share_older",
            "full": "share_full",
            "read_only": "share_read_only",
        }
        key = known.get(error.reason, "share_unreachable")
    return DeskProblem(wording.text(key, share=share, reason=error), wording.text(key + "_do"))
