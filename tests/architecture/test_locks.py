"""The locks in requirements/ agree with each other and with the project's own words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("lock", ["desk", "test", "build", "windows-test"])
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = [part for part in re.split(r"\n(?=\S)", text) if not part.startswith("#")]

    assert entries
    assert [
        entry.split()[0] for entry in entries if "==" not in entry.split()[0] or "--hash=sha256:" not in entry
    ] == []


def test_the_locks_name_the_same_versions() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        return set(re.findall(r"^([A-Za-z0-9._-]+==[^\s;\\]+)", text, re.MULTILINE))

    wide = pins("test")

    assert pins("desk") <= pins("build") <= wide
    assert pins("windows-test") <= wide


def test_the_project_and_its_lock_ask_for_the_same_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = (ROOT / "requirements" / "desk.in").read_text(encoding="utf-8").splitlines()

    locked = {line.replace('"', "'") for line in lines if line and not line.startswith("#")}

    assert locked == set(project)
