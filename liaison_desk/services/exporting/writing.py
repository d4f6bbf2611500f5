"""Putting a file in its place: written beside it, made durable, then exchanged for the old one."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liaison_desk import wording
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import long_path

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Write the file that the block gets; when the block ends well, it stands at `path`, else nothing changed.

    Raises:
        DeskProblem: the folder is missing, the file is open in Excel, the disk is full or read-only.
    """
    target = long_path(path.absolute())
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        try:
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            # Excel keeps its file open without sharing it: the exchange is refused then, and the old file stays.
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except PermissionError as held:
        raise DeskProblem(wording.text("export_held", path=path), wording.text("export_held_do")) from held
    except FileNotFoundError as missing:
        raise DeskProblem(
            wording.text("export_no_folder", folder=path.parent), wording.text("export_no_folder_do")
        ) from missing
    except OSError as refused:
        if refused.errno in _FULL:
            raise DeskProblem(wording.text("export_full", path=path), wording.text("export_full_do")) from refused
        raise DeskProblem(
            wording.text("file_not_written", path=path, reason=refused.strerror or refused),
            wording.text("file_not_written_do"),
        ) from refused
