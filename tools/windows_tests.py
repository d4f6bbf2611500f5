"""Run the unit, property, contract and migration tests under a real Windows Python, which Wine runs on Debian.

    .venv/bin/python tools/windows_tests.py [--recipe FOLDER] [--limit SECONDS] [other tests, arguments of pytest]

The recipe (setup.sh and two stand-in DLLs) lies in ../shared/windows beside the checkout and is not part of it. What
it makes is kept in ${XDG_CACHE_HOME:-~/.cache}/liaison-desk-wine and made anew when the lock or the recipe changes.
Where it cannot be had the step is skipped, and says so; tests that fail, fail it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.screen import screen

HOME = Path(__file__).resolve().parent.parent
LOCK = HOME / "requirements" / "windows-test.txt"
LAYERS = ("unit", "properties", "contracts", "migrations")
STAMP = "made-from.txt"
# WORKAROUND Wine 8 has no CopyFile2, and hangs where Python 3.13's shutil.copy2 calls it, until Debian 13's Wine 10.
# What Wine 8 lacks or does otherwise than Windows, mended in its prefix only.
STAND_IN = HOME / "tools" / "wine" / "bcryptprimitives.c"
SITE = HOME / "tools" / "wine" / "sitecustomize.py"


def main() -> int:
    """Make Windows' Python unless it is there, run the tests, give a verdict."""
    parser = argparse.ArgumentParser(description="Run tests under Windows' Python.")
    parser.add_argument("--recipe", type=Path, default=HOME.parent / "shared" / "windows", help="folder of setup.sh")
    parser.add_argument("--limit", type=float, default=900, help="seconds for everything")
    asked, rest = parser.parse_known_args()
    end = time.monotonic() + asked.limit
    if sys.platform != "linux":
        return skipped("this is not Linux: run the tests themselves")
    if not (asked.recipe / "setup.sh").is_file():
        return skipped(f"no recipe at {asked.recipe}")
    with screen() as shown:
        # setup.sh calls python3 -m pip: the venv's has one, the system's may not.
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        environment = {**os.environ, **shown, "PATH": path}
        folder = cache()
        why = provide(folder, asked.recipe, environment, end)
        if why is not None:
            return skipped(why)
        layers = [f"tests/{name}" for name in LAYERS if (HOME / "tests" / name).exists()]
        return run_pytest(folder, rest or layers, environment, end)


def skipped(why: str) -> int:
    """Say loudly that nothing was tested."""
    line = f"SKIPPED: the tests under Windows' Python did not run: {why}"
    print(f"\n{'!' * len(line)}\n{line}\n{'!' * len(line)}", flush=True)
    return 0


def cache() -> Path:
    """Where Windows' Python is kept between runs, outside of the checkout."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "liaison-desk-wine"


def provide(folder: Path, recipe: Path, environment: dict[str, str], end: float) -> str | None:
    """Make Windows' Python with the locked wheels, unless the same was made before.

    Returns:
        None when it is there, otherwise why it cannot be had.
    """
    stamp = folder / STAMP
    sources = (LOCK, recipe / "setup.sh", STAND_IN, SITE)
    made_from = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == made_from and (folder / "wpy").is_file():
        return None
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"Making Windows' Python in {folder} …", flush=True)
    # pip evaluates a wheel's own conditions for Debian's Python, not Windows': so the lock, made for Windows, is all.
    command = [str(recipe / "setup.sh"), str(folder), "--no-deps", "-r", str(LOCK)]
    code, told = bounded(command, environment, end, show=False)
    if code != 0 or not (folder / "wpy").is_file():
        last = [line for line in told.splitlines() if line.strip() and "WARNING" not in line][-8:]
        print("\n".join(re.sub(r"\b[a-z+]+://\S+", "<address>", line) for line in last))
        return f"setup.sh ended with {code}" if code is not None else "setup.sh did not end within the limit"
    library = folder / "prefix" / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-s", "-o", str(library), str(STAND_IN), "-ladvapi32"]
    code, told = bounded(compiler, environment, end, show=False)
    if code != 0:
        return f"{STAND_IN.name} could not be compiled: {told}"
    shutil.copyfile(SITE, folder / "py" / "Lib" / SITE.name)
    stamp.write_text(made_from, encoding="ascii")
    return None


def run_pytest(folder: Path, arguments: Sequence[str], environment: dict[str, str], end: float) -> int:
    """Run pytest under Windows' Python in this checkout, and print one verdict."""
    environment = {
        **environment,
        "PYTHONDONTWRITEBYTECODE": "1",  # the checkout's caches are Debian's
        "PYTHONUTF8": "0",  # an office's PC has it off: code that leans on it must fail here
        "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "hypothesis"),
        "LIAISON_DESK_HYPOTHESIS": "quick",
        "QT_QPA_PLATFORM": "offscreen",
    }
    # Windows has no alarm signal: a test over its time ends them all, so it gets more of it.
    pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=300", "--durations=8", *arguments]
    code, told = bounded([str(folder / "wpy"), *pytest], environment, end, show=True)
    counts = dict.fromkeys(("passed", "failed", "skipped", "error"), 0)
    for line in told.splitlines()[-5:]:  # pytest's closing line
        counts |= {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|error)", line)}
    failed = counts["failed"] + counts["error"]
    if code is None:
        print("FAILED: the tests under Windows' Python did not end within the limit")
    if code != 0 or not counts["passed"]:
        failed = max(1, failed)
    print(f"Windows: {counts['passed']} passed, {failed} failed, {counts['skipped']} skipped", flush=True)
    return 1 if failed else 0


def bounded(command: Sequence[str], environment: dict[str, str], end: float, *, show: bool) -> tuple[int | None, str]:
    """Run a program and all that it starts until a moment.

    Args:
        command: The program.
        environment: Its environment.
        end: The moment (time.monotonic) at which it is ended.
        show: Whether to print its output as it comes.

    Returns:
        Its exit code, None when it was ended; and its output.
    """
    told: list[str] = []
    with subprocess.Popen(
        command,
        cwd=HOME,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as running:

        def stop(*_: object) -> None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, max(1.0, end - time.monotonic()))
        try:
            assert running.stdout is not None
            for line in running.stdout:
                told.append(line)
                if show:
                    print(line, end="", flush=True)
            code = running.wait()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    return (None if code == -signal.SIGKILL else code), "".join(told)


if __name__ == "__main__":
    sys.exit(main())
