"""The frozen desk: built by build.spec as for an office's PC, then started as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from tools.freeze import freeze

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ENDING = ".exe" if sys.platform == "win32" else ""
# Takes the picture of the whole screen; a process of its own, because the tests' own Qt draws offscreen.
LOOK = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
picture = app.primaryScreen().grabWindow(0).toImage()
colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
picture.save(sys.argv[1])
print(len(colours))
"""


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the frozen programs, built once for all workers: the others wait for the first."""
    root = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with FileLock(root / "frozen.lock"):
        made = root / "frozen" / "LiaisonDesk"
        return made if made.is_dir() else freeze(root / "frozen")


def bare(home: Path, **more: str) -> dict[str, str]:
    """An environment that knows no Python of ours: only what is in the folder may be used."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV"))}
    return {**kept, "HOME": str(home), **more}


def run(command: list[str], environment: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the frozen programs to its end."""
    return subprocess.run(
        command,
        env=environment,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@contextmanager
def started(command: list[str], environment: dict[str, str], told: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that goes on until the test is done with it."""
    with told.open("wb") as log:
        running = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield running
        finally:
            running.terminate()
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def test_the_frozen_command_runs_the_demo_without_a_screen(frozen: Path, tmp_path: Path) -> None:
    demo = tmp_path / "訓練 データ"
    environment = bare(tmp_path, QT_QPA_PLATFORM="offscreen")

    done = run([str(frozen / f"liaison-desk{ENDING}"), "demo", "--headless", "--dir", str(demo)], environment, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    assert list(demo.rglob("*.png")), "the demo writes a screenshot"


def test_the_frozen_command_names_what_it_does_not_know(frozen: Path, tmp_path: Path) -> None:
    done = run([str(frozen / f"liaison-desk{ENDING}"), "no-such-command"], bare(tmp_path), tmp_path)

    assert done.returncode == 2, done.stdout + done.stderr


@pytest.mark.display
def test_the_frozen_desk_opens_its_window(frozen: Path, tmp_path: Path, wait_until: Callable[..., None]) -> None:
    environment = bare(tmp_path, QT_QPA_PLATFORM="windows" if sys.platform == "win32" else "xcb")
    desk = [str(frozen / f"LiaisonDesk{ENDING}"), "--profile", str(tmp_path / "profile")]
    picture, told = tmp_path / "desk.png", tmp_path / "desk.log"

    def colours() -> int:
        done = run([sys.executable, "-c", LOOK, str(picture)], {**os.environ, "QT_QPA_PLATFORM": "xcb"}, tmp_path)
        return int(done.stdout or 0)

    with started(desk, environment, told) as running:

        def is_shown() -> bool:
            if running.poll() is not None:
                pytest.fail(f"the desk ended with {running.returncode}: {told.read_text('utf-8', 'replace')}")
            return colours() > 20

        wait_until(is_shown, limit_s=60)

    assert picture.stat().st_size > 5_000
