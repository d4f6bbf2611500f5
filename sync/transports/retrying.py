"""Repeat file operations that failed for a reason that passes, a bounded number of times.

A virus scanner holds a new file for a moment (WinError 5, 32, 33), an NFS handle goes stale, a
server restarts. Every operation of ``Files`` may be repeated: one that took effect although it
failed answers "exists" or "not found" the next time, which its caller understands.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from sync.transports.files import Files, Parts

DELAYS_S: Final = (0.05, 0.2, 0.5, 1.0)
_WINDOWS: Final = frozenset({5, 32, 33})
_POSIX: Final = frozenset({errno.ESTALE, errno.EIO, errno.EAGAIN})

T = TypeVar("T")


def passes(error: OSError) -> bool:
    """Whether an error may be gone in a moment."""
    return getattr(error, "winerror", None) in _WINDOWS or error.errno in _POSIX


class RetryingFiles:
    """A directory tree whose passing errors are waited out.

    Args:
        files: The real one.
        sleep: Waits so many seconds.
        delays_s: How long before each further attempt; their number is the bound.
    """

    def __init__(self, files: Files, sleep: Callable[[float], object], delays_s: Sequence[float] = DELAYS_S) -> None:
        self._files = files
        self._sleep = sleep
        self._delays_s = delays_s
        self.retried = 0

    def list(self, path: Parts) -> list[str]:
        """See ``Files``."""
        return self._try(lambda: self._files.list(path))

    def read(self, path: Parts, limit_bytes: int) -> bytes:
        """See ``Files``."""
        return self._try(lambda: self._files.read(path, limit_bytes))

    def create(self, path: Parts, data: bytes) -> None:
        """See ``Files``."""
        self._try(lambda: self._files.create(path, data))

    def rename(self, path: Parts, target: Parts) -> None:
        """See ``Files``."""
        self._try(lambda: self._files.rename(path, target))

    def remove(self, path: Parts) -> None:
        """See ``Files``."""
        self._try(lambda: self._files.remove(path))

    def make_directory(self, path: Parts) -> None:
        """See ``Files``."""
        self._try(lambda: self._files.make_directory(path))

    def modified_ms(self, path: Parts) -> int:
        """See ``Files``."""
        return self._try(lambda: self._files.modified_ms(path))

    def _try(self, action: Callable[[], T]) -> T:
        for delay_s in self._delays_s:
            try:
                return action()
            except OSError as error:
                if not passes(error):
                    raise
            self.retried += 1
            self._sleep(delay_s)
        return action()
