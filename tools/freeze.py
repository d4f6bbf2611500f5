"""Freeze the desk into one folder that runs on a PC without Python.

    .venv/bin/python tools/freeze.py [--out FOLDER]     makes FOLDER/LiaisonDesk (default: dist/)

For the system it runs on: Windows' build is made by Windows' Python. Needs the packages of requirements/build.txt,
which the test lock holds as well.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from tools.this_pc import Stop, apt_install, say

HOME = Path(__file__).resolve().parent.parent


def freeze(out: Path, limit_s: float = 240) -> Path:
    """Build the frozen program.

    Args:
        out: Where its folder is put; an older one there goes.
        limit_s: After so many seconds the build is given up.

    Returns:
        The folder that holds the programs `LiaisonDesk` and `liaison-desk`.

    Raises:
        Stop: this PC lacks what the build needs, or the build failed; the message says which.
    """
    provide_tools()
    with tempfile.TemporaryDirectory(prefix="liaison-desk-build-") as work:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
        command += ["--distpath", str(out), "--workpath", work, str(HOME / "build.spec")]
        try:
            built = subprocess.run(
                command,
                cwd=HOME,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=limit_s,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise Stop(f"PyInstaller did not end within {limit_s:.0f} s.\n{late.output or ''}") from late
    if built.returncode != 0:
        raise Stop(f"PyInstaller ended with {built.returncode}.\n{built.stdout}")
    return out / "LiaisonDesk"


def provide_tools() -> None:
    """Get what PyInstaller needs of the system: Python as a shared library, and objdump.

    Raises:
        Stop: it is missing and cannot be installed here.
    """
    if sys.platform != "linux":
        return
    missing = []
    if not has_python_library():
        if ".so" not in python_library():
            raise Stop("This Python was built without a shared library: freeze with Debian's own (/usr/bin/python3).")
        missing.append(f"libpython{sys.version_info[0]}.{sys.version_info[1]}")
    if not shutil.which("objdump"):
        missing.append("binutils")
    if not missing:
        return
    say(f"ビルドに足りない部品: {' '.join(missing)}", f"The build lacks: {' '.join(missing)}")
    if not apt_install(missing):
        raise Stop(f"The frozen build needs these first: sudo apt-get install {' '.join(missing)}")


def python_library() -> str:
    """The file name of this Python as a shared library, or of its archive where it was built without one."""
    return str(sysconfig.get_config_var("INSTSONAME") or "")


def has_python_library() -> bool:
    """Whether this Python is there as a shared library, which a frozen program carries along."""
    name = python_library()
    if ".so" not in name:
        return False
    if (Path(sysconfig.get_config_var("LIBDIR") or "/") / name).is_file():
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def main() -> int:
    """Freeze, and say where the result lies."""
    parser = argparse.ArgumentParser(description="Freeze the desk into one folder.")
    parser.add_argument("--out", type=Path, default=HOME / "dist", help="where to put it")
    try:
        folder = freeze(parser.parse_args().out)
    except Stop as stop:
        print(f"✖ {stop}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder}  {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
