"""What a folder needs of a disk, and the real disk.

Paths are tuples of names below the folder. Errors are the system's own ``OSError``s; ``folder`` gives
them their meaning, ``retrying`` repeats what passes.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias

Parts: TypeAlias = Sequence[str]

# Answers of file systems that have no hard links (exFAT sticks, many FUSE and SMB mounts).
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.EINVAL}
)
_NO_FLUSH: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})


class Files(Protocol):
    """A directory tree, by its few operations."""

    def list(self, path: Parts) -> list[str]:
        """Names in a directory; FileNotFoundError when it is not there."""
        ...  # pragma: no cover

    def read(self, path: Parts, limit_bytes: int) -> bytes:
        """At most so many bytes from a file's start."""
        ...  # pragma: no cover

    def create(self, path: Parts, data: bytes) -> None:
        """Write a new file and flush it to the disk; FileExistsError when the name is taken."""
        ...  # pragma: no cover

    def rename(self, path: Parts, target: Parts) -> None:
        """Give a file another name; FileExistsError when that is taken, which it never replaces."""
        ...  # pragma: no cover

    def remove(self, path: Parts) -> None:
        """Remove a file."""
        ...  # pragma: no cover

    def make_directory(self, path: Parts) -> None:
        """Make a directory below an existing one; there already is success."""
        ...  # pragma: no cover

    def modified_ms(self, path: Parts) -> int:
        """When a file changed last, by the disk's own clock, in milliseconds UTC."""
        ...  # pragma: no cover


class DiskFiles:
    """A directory of the machine or of a server.

    Args:
        root: An existing directory; on Windows the caller gives it with its long-path prefix.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def list(self, path: Parts) -> list[str]:
        """See ``Files``."""
        try:
            return os.listdir(self._root.joinpath(*path))  # noqa: PTH208 names are wanted, not paths
        except OSError as error:
            # A file where a directory is expected: Windows says 267, Wine 123.
            if getattr(error, "winerror", None) in {123, 267}:
                raise NotADirectoryError(errno.ENOTDIR, "not a directory", "/".join(path)) from error
            raise

    def read(self, path: Parts, limit_bytes: int) -> bytes:
        """See ``Files``."""
        with self._root.joinpath(*path).open("rb") as file:
            return file.read(limit_bytes)

    def create(self, path: Parts, data: bytes) -> None:
        """See ``Files``."""
        with self._root.joinpath(*path).open("xb") as file:
            file.write(data)
            file.flush()
            try:
                os.fsync(file.fileno())
            except OSError as error:
                # Some user-space mounts cannot be told to flush. Nothing relies on it alone: a torn file is
                # noticed by its hash, and only another replica's acknowledgement counts as safe.
                if error.errno not in _NO_FLUSH:
                    raise

    def rename(self, path: Parts, target: Parts) -> None:
        """See ``Files``."""
        before, after = self._root.joinpath(*path), self._root.joinpath(*target)
        if os.name == "nt":  # pragma: no cover
            # Windows refuses a taken name by itself.
            before.rename(after)
            return
        try:
            after.hardlink_to(before)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # Names carry their content's hash: should two writers pass this check at once, the second
            # replaces bytes by equal bytes.
            if after.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(after)) from error
            before.rename(after)
        else:
            before.unlink()

    def remove(self, path: Parts) -> None:
        """See ``Files``."""
        self._root.joinpath(*path).unlink()

    def make_directory(self, path: Parts) -> None:
        """See ``Files``."""
        self._root.joinpath(*path).mkdir(exist_ok=True)

    def modified_ms(self, path: Parts) -> int:
        """See ``Files``."""
        return self._root.joinpath(*path).stat().st_mtime_ns // 1_000_000
