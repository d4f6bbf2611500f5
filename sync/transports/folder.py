"""A share: a plain folder on a file server, a stick, or a disk.

    FORMAT.json            written once: format, incident, canary
    roster/  <space>/heads/  <space>/seg/<dev>/  <space>/ack/
    tmp/<dev>-<random>     everything unfinished

A file is written in ``tmp``, flushed to the disk, closed, and renamed to its name, never over another
one. Only the explicit ``create`` writes FORMAT.json: a mount that vanished, or a directory that is
suddenly empty, is "offline" and never a new share.
"""

from __future__ import annotations

import errno
import json
import re
from typing import Any, Final, NoReturn

from sync.errors import Corrupt, Gone, Offline, Refused, TooNew
from sync.names import Shelf
from sync.stamp import Clock, IdSource
from sync.transports.files import Files, Parts
from sync.transports.transport import Listing

FORMAT_NAME: Final = "FORMAT.json"
FORMAT: Final = "liaison-desk-share"
VERSION: Final = 1
_TMP: Final = "tmp"
_LIMIT: Final = 64 * 1024
# What Windows, macOS and office programs leave in every folder.
_JUNK: Final = re.compile(r"(?i)thumbs\.db|desktop\.ini|\.ds_store|\._.*|~\$.*|~.*\.tmp|.*\.tmp|.*~[0-9]+(\..{0,3})?")
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def create(files: Files, *, incident: str, canary: str) -> str:
    """Make a folder a share of an incident; done already is success.

    Args:
        files: An existing folder.
        incident: The incident's id.
        canary: A new random text; who creates at the same time and loses gets the winner's.

    Returns:
        The share's canary.

    Raises:
        Offline: The folder is not there or cannot be written.
        Refused: It is another incident's share.
        TooNew: A newer program made it.
    """
    text = json.dumps({"format": FORMAT, "version": VERSION, "incident": incident, "canary": canary}, indent=1)
    unfinished = (_TMP, f"format-{canary}")
    try:
        files.make_directory((_TMP,))
        files.create(unfinished, text.encode())
        files.rename(unfinished, (FORMAT_NAME,))
    except (FileExistsError, FileNotFoundError):
        # Somebody was first, perhaps ourselves in an attempt whose answer was lost; or there is no folder.
        _remove_unfinished(files, unfinished)
    except OSError as error:
        _give_meaning(error)
    return read_format(files, incident)


def read_format(files: Files, incident: str) -> str:
    """The canary of a share of this incident.

    Raises:
        Offline: Nothing there, or nothing whole.
        Refused: Another incident's, or not a share at all.
        TooNew: A newer program made it.
    """
    try:
        data = files.read((FORMAT_NAME,), _LIMIT)
    except FileNotFoundError as error:
        raise _absent(files, error) from error
    except OSError as error:
        _give_meaning(error)
    try:
        found: Any = json.loads(data)
    except ValueError as error:
        raise Offline(f"{FORMAT_NAME} is not whole: {error}", reason="emptied") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refused("the folder's FORMAT.json is not that of a share", reason="format", expected=FORMAT)
    version = found.get("version")
    if type(version) is not int or version > VERSION:
        raise TooNew(f"a share of version {version}", found=str(version), known=str(VERSION))
    if found.get("incident") != incident:
        other = str(found.get("incident"))
        raise Refused("the share belongs to another incident", reason="incident", expected=incident, found=other)
    canary = found.get("canary")
    if type(canary) is not str or not canary:
        raise Refused("the share has no canary", reason="format", expected="canary")
    return canary


class FolderTransport:
    """One share, as one device sees it.

    Args:
        files: The folder.
        name: The share's lasting name in this profile's database.
        incident: The incident that it must belong to.
        device: Whose unfinished files are ours to clear.
        clock: The machine's clock, to compare with the share's.
        ids: Names for unfinished files.
    """

    def __init__(self, files: Files, *, name: str, incident: str, device: str, clock: Clock, ids: IdSource) -> None:
        self._files = files
        self._name = name
        self._incident = incident
        self._device = device
        self._clock = clock
        self._ids = ids
        self._skew_ms: int | None = None
        self._cleared = False

    @property
    def name(self) -> str:
        """See ``Transport``."""
        return self._name

    @property
    def skew_ms(self) -> int | None:
        """See ``Transport``; seen on the file that this device wrote last."""
        return self._skew_ms

    def open(self) -> str:
        """See ``Transport``."""
        canary = read_format(self._files, self._incident)
        if not self._cleared:
            self._clear_unfinished()
        return canary

    def list(self, shelf: Shelf) -> Listing:
        """See ``Transport``."""
        try:
            names = self._files.list(shelf.parts)
        except (FileNotFoundError, NotADirectoryError):
            return Listing(())
        except OSError as error:
            _give_meaning(error)
        wanted = sorted(name for name in names if not _JUNK.fullmatch(name))
        return Listing(tuple(wanted), len(names) - len(wanted))

    def read(self, shelf: Shelf, name: str, limit_bytes: int) -> bytes:
        """See ``Transport``."""
        try:
            data = self._files.read((*shelf.parts, name), limit_bytes + 1)
        except FileNotFoundError as error:
            raise Gone("listed, but not there") from error
        except OSError as error:
            # One bad sector must not end the round; a dead link must.
            read_format(self._files, self._incident)
            raise Corrupt(f"not readable: {error}") from error
        if len(data) > limit_bytes:
            raise Corrupt(f"more than {limit_bytes} bytes")
        return data

    def put(self, shelf: Shelf, name: str, data: bytes, *, own: bool) -> None:
        """See ``Transport``."""
        target = (*shelf.parts, name)
        unfinished = self._write(data)
        if self._rename(unfinished, target):
            self._compare_clocks(target)
            return
        if self._holds(target, data):
            self._remove(unfinished)
            return
        if not own:
            self._remove(unfinished)
            raise Corrupt(f"{'/'.join(target)} holds other bytes, and only its writer may move them")
        # A torn file of our own: set aside, never deleted, and the name is free for the right bytes.
        if not self._rename(target, (_TMP, f"{self._device}-torn-{self._ids.device_id()}")):
            raise Offline(f"{'/'.join(target)} is torn and cannot be moved")
        if not self._rename(unfinished, target) and not self._holds(target, data):
            raise Offline(f"{'/'.join(target)} cannot be written")
        self._remove(unfinished)

    def remove(self, shelf: Shelf, name: str) -> None:
        """See ``Transport``."""
        self._remove((*shelf.parts, name))

    def _write(self, data: bytes) -> Parts:
        for _ in range(3):
            path = (_TMP, f"{self._device}-{self._ids.device_id()}")
            try:
                self._files.create(path, data)
            except FileNotFoundError:
                self._make_directories((_TMP,))
            except FileExistsError:
                # An attempt whose answer was lost has made it; take a new name, this one is cleared later.
                self._cleared = False
            except OSError as error:
                # What is left of it would fill a full disk further with every attempt.
                self._discard(path)
                _give_meaning(error)
            else:
                return path
        raise Offline("no unfinished file can be written")

    def _discard(self, path: Parts) -> None:
        try:
            self._files.remove(path)
        except OSError:
            # Not now; the next round clears it.
            self._cleared = False

    def _rename(self, path: Parts, target: Parts) -> bool:
        """Whether the file bears its new name now; False when that name is taken."""
        for _ in range(2):
            try:
                self._files.rename(path, target)
            except FileExistsError:
                return False
            except FileNotFoundError:
                # Either the shelf is not there yet, or an attempt whose answer was lost has renamed it.
                self._make_directories(target[:-1])
            except OSError as error:
                _give_meaning(error)
            else:
                return True
        return False

    def _holds(self, path: Parts, data: bytes) -> bool:
        try:
            return self._files.read(path, len(data) + 1) == data
        except FileNotFoundError:
            return False
        except OSError as error:
            _give_meaning(error)

    def _compare_clocks(self, target: Parts) -> None:
        try:
            self._skew_ms = self._files.modified_ms(target) - self._clock.now_ms()
        except OSError:
            # The comparison of clocks is a hint; the item itself is there.
            self._skew_ms = None

    def _remove(self, path: Parts) -> None:
        try:
            self._files.remove(path)
        except FileNotFoundError:
            return
        except OSError as error:
            _give_meaning(error)

    def _make_directories(self, path: Parts) -> None:
        try:
            # Never the folder itself, and nothing at all where the share's mark is not visible.
            self._files.read((FORMAT_NAME,), 1)
            for depth in range(1, len(path) + 1):
                self._files.make_directory(path[:depth])
        except OSError as error:
            _give_meaning(error)

    def _clear_unfinished(self) -> None:
        """Remove what an earlier run of this device left half done."""
        try:
            names = self._files.list((_TMP,))
        except (FileNotFoundError, NotADirectoryError):
            names = []
        except OSError as error:
            _give_meaning(error)
        for name in names:
            if name.startswith(f"{self._device}-") and "-torn-" not in name:
                self._remove((_TMP, name))
        self._cleared = True


def _remove_unfinished(files: Files, path: Parts) -> None:
    try:
        files.remove(path)
    except FileNotFoundError:
        return
    except OSError as error:
        _give_meaning(error)


def _absent(files: Files, error: OSError) -> Offline:
    try:
        names = files.list(())
    except OSError:
        return Offline(f"the folder is not there: {error}", reason="absent")
    says = "the folder is empty" if not names else f"the folder holds {len(names)} names but no {FORMAT_NAME}"
    return Offline(says, reason="emptied")


def _give_meaning(error: OSError) -> NoReturn:
    if error.errno in _FULL or getattr(error, "winerror", None) in {39, 112}:
        raise Offline(f"the place is full: {error}", reason="full") from error
    if error.errno in _READ_ONLY:
        raise Offline(f"the place may not be written: {error}", reason="read_only") from error
    raise Offline(f"no contact: {error}", reason="unreachable") from error
