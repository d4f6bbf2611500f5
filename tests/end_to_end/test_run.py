"""run.py from nothing: a checkout in miniature, whose one locked package comes from a folder and not from a network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.timeout(240), pytest.mark.slow]


class Checkout:
    """A folder with run.py, its tools, a desk that only says how it was called, and a shelf of wheels."""

    def __init__(self, folder: Path) -> None:
        """Lay it out."""
        self.folder, self.shelf = folder / "リエゾン デスク", folder / "shelf"
        self.shelf.mkdir(parents=True)
        for name in ("tools", "requirements", "liaison_desk"):
            (self.folder / name).mkdir(parents=True)
        shutil.copyfile(ROOT / "run.py", self.folder / "run.py")
        for name in ("__init__.py", "this_pc.py"):
            shutil.copyfile(ROOT / "tools" / name, self.folder / "tools" / name)
        self.write("liaison_desk/__init__.py", "")
        self.write("liaison_desk/__main__.py", "import sys, tinyness\nprint(tinyness.VERSION, sys.argv[1:])\n")
        self.lock("1.0")

    def write(self, name: str, text: str) -> None:
        """Put a text file."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def lock(self, version: str) -> None:
        """Put a wheel of a package on the shelf, and lock it."""
        info = f"tinyness-{version}.dist-info"
        wheel = self.shelf / f"tinyness-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as pack:
            pack.writestr("tinyness.py", f"VERSION = {version!r}\n")
            pack.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tinyness\nVersion: {version}\n")
            pack.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            pack.writestr(f"{info}/RECORD", f"tinyness.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        self.write("requirements/desk.txt", f"tinyness=={version} \\\n    --hash=sha256:{digest}\n")

    def run(self, *arguments: str, display: str = ":0") -> subprocess.CompletedProcess[str]:
        """Start run.py as a person would, with a Python that is not in a venv."""
        environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.shelf), "DISPLAY": display}
        environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_EXTRA_INDEX_URL": "", "WAYLAND_DISPLAY": ""}
        return subprocess.run(
            [getattr(sys, "_base_executable", sys.executable), str(self.folder / "run.py"), *arguments],
            env=environment,
            cwd=self.folder.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def one_for_all(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Making an environment takes seconds, so the tests share one checkout."""
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def checkout(one_for_all: Checkout) -> Checkout:
    """A checkout that has been run, whatever an earlier test did to it."""
    one_for_all.lock("1.0")
    made = one_for_all.run("list")
    assert (made.returncode, made.stdout) == (0, "1.0 ['list']\n"), made.stderr
    return one_for_all


def test_a_second_run_makes_nothing_and_says_nothing_of_its_own(checkout: Checkout) -> None:
    second = checkout.run("list", "--json")

    assert (second.returncode, second.stdout, second.stderr) == (0, "1.0 ['list', '--json']\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a display")
def test_without_a_display_and_arguments_the_demo_runs(checkout: Checkout) -> None:
    done = checkout.run(display="")

    assert done.stdout == "1.0 ['demo', '--headless']\n", done.stderr


def test_an_interrupted_set_up_is_started_over(checkout: Checkout) -> None:
    (checkout.folder / ".venv" / "liaison-desk.json").unlink()  # it is written last

    done = checkout.run("list")

    assert "anew" in done.stderr
    assert done.stdout == "1.0 ['list']\n"


def test_an_environment_that_lost_a_package_is_made_anew(checkout: Checkout) -> None:
    for part in (checkout.folder / ".venv").rglob("tinyness*"):
        shutil.rmtree(part) if part.is_dir() else part.unlink()

    done = checkout.run("list")

    assert "anew" in done.stderr
    assert done.stdout == "1.0 ['list']\n"


def test_a_renewed_lock_is_installed_at_the_next_run(checkout: Checkout) -> None:
    checkout.lock("1.1")

    done = checkout.run("list")

    assert "anew" not in done.stderr
    assert done.stdout == "1.1 ['list']\n"


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Checkout) -> None:
    checkout.lock("1.2")
    lock = checkout.folder / "requirements" / "desk.txt"
    lock.write_text(lock.read_text(encoding="utf-8")[:-5] + "0000\n", encoding="utf-8")

    done = checkout.run("list")

    assert done.returncode == 1
    assert "did not match its hash" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_package_out_of_reach_is_said_in_a_sentence(checkout: Checkout) -> None:
    checkout.lock("1.3")
    (checkout.shelf / "tinyness-1.3-py3-none-any.whl").unlink()

    done = checkout.run("list")

    assert done.returncode == 1
    assert "could not be fetched" in done.stderr
    assert "Traceback" not in done.stderr
