"""Rules that hold for every tracked file and every module, which no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MAX_LINES = 400
MAX_LINES_OF_CASES = 600  # a file of tests is a list: it is read one case at a time
# A file may pass the limit only with its reason here.
LONGER: dict[str, str] = {}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
# Assembled, so that this file does not hold what it looks for.
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "debian" + ".org/debian",
    "npm" + "js",
    "index" + "-url",
    "artifact" + "-registry",
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|tmp/w)/[\w.-]+")
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|xox[abpr]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9]{32,})\b"),
    "an address with a password": re.compile(r"\b[a-z][a-z+]*://[^\s/:@\"'{}]+:[^\s/:@\"'{}]+@"),
}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, and every new one that it would; outside of a checkout, nothing."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout: there is no list of tracked files")
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def modules() -> list[Path]:
    """Every Python file of ours."""
    return [path for path in tracked() if path.suffix == ".py"]


def texts() -> list[tuple[str, str]]:
    """Name and text of each tracked file that is text."""
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found.append((path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")))
    return found


def name_of(path: Path) -> str:
    """The path as git names it."""
    return path.relative_to(ROOT).as_posix()


def test_every_module_says_in_a_docstring_what_it_is() -> None:
    silent = [name_of(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]

    assert silent == []


def test_a_file_that_passes_400_lines_becomes_two() -> None:
    def length(path: Path) -> int:
        return len(path.read_text(encoding="utf-8").splitlines())

    def limit(path: Path) -> int:
        return MAX_LINES_OF_CASES if path.name.startswith("test_") else MAX_LINES

    long = {name_of(path): length(path) for path in modules() if length(path) > limit(path)}

    assert {name: lines for name, lines in long.items() if name not in LONGER} == {}
    assert LONGER.keys() <= long.keys(), "a reason for a long file that is no longer long"


def test_no_room_is_named_by_nothing() -> None:
    parts = {name_of(path): {*path.relative_to(ROOT).with_suffix("").parts} for path in modules()}

    assert {name: found for name, words in parts.items() if (found := words & BANNED_NAMES)} == {}


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for name, text in texts():
        found += [f"{name}: {host}" for host in HOSTS if host in text.lower() and not is_lock_tool(name)]
        found += [f"{name}: {path}" for path in MACHINE_PATHS.findall(text)]

    assert found == []


def is_lock_tool(name: str) -> bool:
    """The tool that tells uv to leave addresses out must name that option."""
    return name == "tools/lock.py"


def test_no_file_holds_a_secret() -> None:
    found = [f"{name}: {what}" for name, text in texts() for what, shape in SECRETS.items() if shape.search(text)]

    assert found == []


def test_every_text_is_utf8_with_unix_line_ends_unless_an_office_made_it() -> None:
    found = []
    for name, _ in texts():
        if name.endswith((".csv", ".bat", ".cmd")) or name.startswith("resources/demo/"):
            continue
        data = (ROOT / name).read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            found.append(f"{name}: not UTF-8")
        if b"\r\n" in data:
            found.append(f"{name}: CRLF")

    assert found == []


def test_no_test_sleeps() -> None:
    found = []
    for path in modules():
        if path.relative_to(ROOT).parts[0] != "tests":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "sleep":
                found.append(f"{name_of(path)}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and any(name.name == "sleep" for name in node.names):
                found.append(f"{name_of(path)}:{node.lineno}")

    assert found == []


def test_no_test_mocks_our_own_classes() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(ROOT).parts[0] == "tests"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and ("unittest.mock" in {getattr(node, "module", ""), *(name.name for name in node.names)})
    ]

    assert found == []
