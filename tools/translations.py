"""Bring the window's translations up to date with Qt's own tools.

    .venv/bin/python -m tools.translations            gather the source's words, then make the .qm
    .venv/bin/python -m tools.translations --check    say what is missing or old, change nothing

English stands in the source; resources/translations/liaison_desk_ja.ts holds the Japanese, by hand and complete.
Both the .ts and the .qm are kept in git: a frozen build and a fresh clone need no Qt tools.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
FOLDER = HOME / "resources" / "translations"
TS = FOLDER / "liaison_desk_ja.ts"
QM = FOLDER / "liaison_desk_ja.qm"
PROGRAMS = Path(sys.executable).parent


def sources() -> list[Path]:
    """Every module of the window, in one lasting order."""
    return sorted((HOME / "liaison_desk" / "ui").rglob("*.py"))


def gather(ts: Path) -> None:
    """Have lupdate write every tr string of the window into a .ts; words that are gone leave it."""
    names = [str(path.relative_to(HOME)) for path in sources()]
    run("pyside6-lupdate", "-noobsolete", "-locations", "none", *names, "-ts", str(ts))


def release(ts: Path, qm: Path) -> None:
    """Have lrelease make the binary form."""
    run("pyside6-lrelease", "-silent", str(ts), "-qm", str(qm))


def messages(ts: Path) -> list[tuple[str, str, str, str]]:
    """(context, English, Japanese, state) of every message; the state is "" for a finished one."""
    found = []
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            state = translation.get("type", "") if translation is not None else "missing"
            text = (translation.text or "") if translation is not None else ""
            found.append((name, message.findtext("source", ""), text, state))
    return found


def findings() -> list[str]:
    """What is not complete or not current; empty when all is well."""
    with tempfile.TemporaryDirectory(prefix="liaison-desk-translations-") as folder:
        ts, qm = Path(folder) / TS.name, Path(folder) / QM.name
        ts.write_bytes(TS.read_bytes())
        gather(ts)
        told = [f"unfinished: {name}: {text}" for name, text, japanese, state in messages(ts) if state or not japanese]
        known = {(name, text) for name, text, _, _ in messages(TS)}
        now = {(name, text) for name, text, _, _ in messages(ts)}
        told += [f"gone from the source: {name}: {text}" for name, text in sorted(known - now)]
        release(TS, qm)
        if qm.read_bytes() != QM.read_bytes():
            told.append(f"{QM.name} is older than {TS.name}: run python -m tools.translations")
    return told


def run(program: str, *arguments: str) -> None:
    """Run one of Qt's tools; its words only when it fails."""
    found = PROGRAMS / (program + (".exe" if sys.platform == "win32" else ""))
    done = subprocess.run(
        [str(found), *arguments],
        cwd=HOME,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{program} ended with {done.returncode}\n{done.stdout}{done.stderr}")


def main() -> int:
    """Gather and release, or only look."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say what is missing or old")
    options = parser.parse_args()
    if not options.check:
        gather(TS)
        release(TS, QM)
    told = findings()
    print("\n".join(told) if told else f"{len(messages(TS))} messages, all translated, the .qm is current")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
