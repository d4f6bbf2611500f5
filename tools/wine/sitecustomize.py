"""What Wine 8 does otherwise than Windows, mended for the tests' Python there; never shipped.

tools/windows_tests.py puts this file beside that Python's standard library.
WORKAROUND Wine 8, until Debian 13's Wine 10.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import _winapi
    import errno
    import os
    from collections.abc import Callable
    from typing import Any

    # shutil.copy2 would call it; Wine has none, and hangs.
    if hasattr(_winapi, "CopyFile2"):
        del _winapi.CopyFile2

    def _as_windows_says(look: Callable[..., Any]) -> Callable[..., Any]:
        # Looking into a file as if it were a folder: Windows says ERROR_DIRECTORY (267), Wine ERROR_INVALID_NAME (123).
        def looked(path: Any = ".") -> Any:
            try:
                return look(path)
            except OSError as error:
                if error.winerror == 123 and os.path.isfile(path):  # noqa: PTH113 - os.listdir's own kind of argument
                    raise NotADirectoryError(errno.ENOTDIR, "The directory name is invalid", path, 267) from None
                raise

        return looked

    os.listdir = _as_windows_says(os.listdir)
    os.scandir = _as_windows_says(os.scandir)
