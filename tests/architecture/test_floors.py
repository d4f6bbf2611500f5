"""The import rules of pyproject.toml hold, and each of them can fail.

The rules themselves are import-linter's step of `python3 run.py test`; here a wrong import is put into a copy.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
WRONG = [
    ("liaison_desk/domain/wrong.py", "import PySide6.QtCore", "Only ui imports Qt"),
    ("sync/wrong.py", "import PySide6.QtCore", "No floor below ui reaches Qt through another"),
    ("liaison_desk/domain/wrong.py", "import liaison_desk.store", "Each floor imports only floors below it"),
    ("liaison_desk/wrong.py", "import liaison_desk.domain", "every room has a floor"),
    ("sync/wrong.py", "import liaison_desk.domain", "sync imports nothing of the desk"),
    ("liaison_desk/domain/wrong.py", "import sync", "domain and sync do not know each other"),
    ("liaison_desk/services/wrong.py", "import sqlite3", "Only store and sync speak SQL"),
    ("sync/wrong.py", "import http.client", "Only sync's transports and hub speak HTTP"),
    ("sync/codec.py", "import sync.merge", "No circles among siblings"),
]


def rules(checkout: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of a checkout."""
    program = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--config", str(checkout / "pyproject.toml")],
        cwd=checkout,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packages, to be spoiled."""
    for package in ("liaison_desk", "sync"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


@pytest.mark.parametrize(("file", "line", "rule"), WRONG, ids=[f"{file}: {line}" for file, line, _ in WRONG])
def test_a_wrong_import_breaks_its_rule(copy: Path, file: str, line: str, rule: str) -> None:
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else '"""Wrong."""\n'
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")

    told = rules(copy)

    broken = [told_line for told_line in told.stdout.splitlines() if "BROKEN" in told_line]
    assert told.returncode == 1, told.stdout + told.stderr
    assert any(rule in told_line for told_line in broken), broken
