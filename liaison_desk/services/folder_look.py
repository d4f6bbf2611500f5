"""What a folder is before anyone makes it the share: looked at, and one file written and removed again.

Takes as long as the folder's server takes: never on the UI thread or the desk thread.
"""

from __future__ import annotations

import errno
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from liaison_desk.domain.clock import IdSource, RandomIds
from liaison_desk.paths import is_network, long_path

_FORMAT_NAME = "FORMAT.json"
_FORMAT = "liaison-desk-share"
_FORMAT_LIMIT = 64 * 1024


class FolderKind(StrEnum):
    """What the folder would mean as a share."""

    EMPTY = "empty"
    OTHER_FILES = "other_files"  # usable, but better a folder of its own
    THIS_INCIDENT = "this_incident"
    OTHER_INCIDENT = "other_incident"
    MISSING = "missing"
    NO_RIGHT = "no_right"
    FULL = "full"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class FolderLook:
    """What was found.

    Attributes:
        kind: see `FolderKind`.
        network: whether it lies on another machine; one on this PC reaches nobody else by itself.
        detail: the system's own words for what went wrong.
    """

    kind: FolderKind
    network: bool = False
    detail: str = ""

    @property
    def usable(self) -> bool:
        """Whether a share can be made of it, or it is this incident's."""
        return self.kind in (FolderKind.EMPTY, FolderKind.OTHER_FILES, FolderKind.THIS_INCIDENT)


def look_at_folder(folder: Path, incident_id: str = "", *, ids: IdSource | None = None) -> FolderLook:
    """Look at a folder that may become, or is, the share.

    Args:
        folder: as chosen.
        incident_id: the incident that it is for, "" when it does not exist yet.
        ids: names the file that is written as a trial.
    """
    place = long_path(folder)
    network = is_network(folder)
    try:
        names = os.listdir(place)  # noqa: PTH208 - names are wanted, not paths
        kind = _kind(place, names, incident_id)
        if kind is not FolderKind.OTHER_INCIDENT:
            _try_writing(place, ids or RandomIds())
    except OSError as refused:
        return FolderLook(_refusal(refused), network, refused.strerror or str(refused))
    return FolderLook(kind, network)


def _kind(place: Path, names: list[str], incident_id: str) -> FolderKind:
    if _FORMAT_NAME in names:
        with (place / _FORMAT_NAME).open("rb") as file:
            data = file.read(_FORMAT_LIMIT)
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            return FolderKind.OTHER_INCIDENT
        ours = isinstance(found, dict) and found.get("format") == _FORMAT and found.get("incident") == incident_id
        return FolderKind.THIS_INCIDENT if ours and incident_id else FolderKind.OTHER_INCIDENT
    return FolderKind.OTHER_FILES if any(not name.startswith((".", "~")) for name in names) else FolderKind.EMPTY


def _try_writing(place: Path, ids: IdSource) -> None:
    trial = place / f"~liaison-desk-{ids.new_id()[:8]}.tmp"
    try:
        trial.write_bytes(b"liaison desk\n" * 100)
    finally:
        trial.unlink(missing_ok=True)


def _refusal(error: OSError) -> FolderKind:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FolderKind.MISSING
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FolderKind.NO_RIGHT
    if error.errno == errno.ENOSPC or getattr(error, "winerror", None) in (39, 112):
        return FolderKind.FULL
    return FolderKind.NO_ANSWER
