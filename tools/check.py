"""Run every check of the project, and end on one line that counts.

    python3 run.py test [arguments of pytest]     makes the environment first, then runs this with it

Form, lint, types, import rules, tests, coverage: each is run whatever the others said, named with its time. With
arguments for pytest the tests are only a part, so the coverage floors are left out.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from tools.screen import screen

HOME = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
LIMIT_S = 1800
TIMED_OUT = 124  # as timeout(1) says it


def run_tests(arguments: Sequence[str]) -> int:
    """Run every check, name each with its time, and end on one line that counts.

    Args:
        arguments: For pytest. With any, the tests are a part only, so coverage floors are left out.
    """
    python = [sys.executable, "-m"]
    alone = any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
    parallel = [] if alone else ["-n", "2"]
    windows = ["--platform", "win32", "--cache-dir", ".mypy_cache/windows"]
    with tempfile.TemporaryDirectory(prefix="liaison-desk-test-") as folder, screen() as shown:
        report, coverage = Path(folder) / "pytest.xml", Path(folder) / "coverage"
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **shown, "COVERAGE_FILE": str(coverage)}
        whole = ["--cov", "--cov-report="] if not arguments else []
        steps = [
            ("ruff format", [*python, "ruff", "format", "--check", "--output-format", "concise", "."]),
            ("ruff check", [*python, "ruff", "check", "--output-format", "concise", "."]),
            ("mypy", [*python, "mypy"]),
            # What only Windows runs, this PC's own check passes over.
            ("mypy for Windows", [*python, "mypy", *windows, "liaison_desk", "sync", "run.py"]),
            ("import-linter", [str(PROGRAMS / "lint-imports"), "--no-cache"]),
            ("pytest", [*python, "pytest", *parallel, *whole, f"--junitxml={report}", *arguments]),
        ]
        if not arguments:
            steps.append(("coverage", [sys.executable, str(HOME / "tools" / "coverage_floor.py")]))
        verdicts = [(name, *run_step(name, command, environment)) for name, command in steps]
        passed, failed, skipped = count(report)
    print("\n── " + "─" * 60)
    for name, seconds, code in verdicts:
        print(f"{'ok    ' if code == 0 else 'FAILED'}  {name:<16}{seconds:8.1f} s{f'   exit {code}' if code else ''}")
        if name != "pytest":
            passed, failed = passed + (code == 0), failed + (code != 0)
    if {name: code for name, _, code in verdicts}["pytest"] not in (0, 1):
        failed += 1  # pytest itself stumbled, or found no test: no test counted that
    print(f"The tests, and {len(verdicts) - 1} checks that count as one each:")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    return 1 if failed or any(code for _, _, code in verdicts) else 0


def run_step(name: str, command: Sequence[str], environment: dict[str, str]) -> tuple[float, int]:
    """Run one check in the checkout, with all that it starts, for at most LIMIT_S; its seconds and exit code."""
    print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
    start = time.monotonic()
    running = subprocess.Popen(command, cwd=HOME, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        code = running.wait(LIMIT_S)
    except subprocess.TimeoutExpired:
        print(f"{name} did not end within {LIMIT_S} s", flush=True)
        code = TIMED_OUT
    finally:
        if running.poll() is None:  # out of time, or this program is being ended
            end(running)
    return time.monotonic() - start, code


def end(running: subprocess.Popen[bytes]) -> None:
    """End a program and, where the system knows groups, whatever it started."""
    if sys.platform == "win32":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def count(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a pytest run."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest's own file, a moment old

    def total(what: str) -> int:
        return sum(int(suite.get(what, 0)) for suite in suites)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return max(0, total("tests") - failed - skipped), failed, skipped


if __name__ == "__main__":
    sys.exit(run_tests(sys.argv[1:]))
