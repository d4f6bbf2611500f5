"""Where things are on this PC: the one place that knows operating systems.

Profiles live on a local disk and are opened by one desk at a time. Written for Windows first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from liaison_desk import wording
from liaison_desk.errors import DeskProblem

APP_NAME = "LiaisonDesk"
DATABASE_NAME = "desk.sqlite3"
_LOCK_NAME = "desk.lock"
_NETWORK_FILE_SYSTEMS = frozenset(
    "cifs smb smb2 smb3 smbfs nfs nfs4 ncpfs afs 9p ceph glusterfs fuse.sshfs fuse.rclone fuse.davfs2 davfs".split()
)
_DRIVE_REMOTE = 4
_LOCAL_PREFIXES = ("\\\\?\\", "\\\\.\\")


def resources() -> Path:
    """The folder of icons, translations and other data: beside the packages, also inside a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).resolve().parent.parent) / "resources"


def desks_root() -> Path:
    """The folder of this user's profiles (Windows: %LOCALAPPDATA%, never the roaming one)."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False, roaming=False))


def profile_of(option: str | None) -> Path:
    """The profile folder: the option, LIAISON_DESK_PROFILE, or the user's own."""
    named = option or os.environ.get("LIAISON_DESK_PROFILE")
    return Path(named).expanduser().absolute() if named else desks_root() / "desk"


def long_path(path: Path) -> Path:
    r"""The path in a form Windows takes beyond 260 characters (\\?\…); elsewhere the path itself."""
    if sys.platform != "win32":
        return path
    text = str(path.absolute())
    if text.startswith(_LOCAL_PREFIXES):
        return path
    return Path("\\\\?\\UNC\\" + text[2:] if text.startswith("\\\\") else "\\\\?\\" + text)


def is_network(path: Path) -> bool:
    """Whether the folder, or the nearest existing one above it, lies on another machine.

    SQLite's write-ahead log needs shared memory and true locks; over SMB or NFS it damages databases
    (sqlite.org, "Write-Ahead Logging", and "How To Corrupt").
    """
    if sys.platform == "win32":
        import ctypes  # Windows only, and needed nowhere else

        return windows_is_network(str(path.absolute()), lambda root: int(ctypes.windll.kernel32.GetDriveTypeW(root)))
    mounts = Path("/proc/mounts")
    return linux_is_network(path, mounts.read_text(encoding="utf-8", errors="replace")) if mounts.exists() else False


def windows_is_network(path: str, drive_type: Callable[[str], int]) -> bool:
    r"""Windows' answer: a UNC path, or a drive letter of type DRIVE_REMOTE (GetDriveTypeW, 4)."""
    plain = path.replace("/", "\\")
    if plain.upper().startswith("\\\\?\\UNC\\"):
        return True
    if plain.startswith(_LOCAL_PREFIXES):
        plain = plain[4:]
    elif plain.startswith("\\\\"):
        return True
    return len(plain) >= 2 and plain[1] == ":" and drive_type(plain[:2] + "\\") == _DRIVE_REMOTE


def linux_is_network(path: Path, mounts: str) -> bool:
    """Linux' answer, from the text of /proc/mounts: the file system of the deepest mount above the path."""
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind in _NETWORK_FILE_SYSTEMS


class ProfileLock:
    """One desk at a time in one profile folder; released when the process ends, however it ends."""

    def __init__(self, profile: Path) -> None:
        """Take the lock.

        Raises:
            DeskProblem: another desk has this profile open, or the folder cannot be written.
        """
        self._lock = FileLock(str(long_path(profile / _LOCK_NAME)), timeout=0)
        try:
            self._lock.acquire()
        except Timeout as held:
            raise DeskProblem(
                wording.text("profile_in_use", profile=profile), wording.text("profile_in_use_do")
            ) from held
        except OSError as refused:
            raise DeskProblem(
                wording.text("profile_not_writable", profile=profile, reason=refused.strerror or refused),
                wording.text("profile_not_writable_do"),
            ) from refused

    def release(self) -> None:
        """Let another desk open the profile."""
        self._lock.release()
