"""Renew the locks in requirements/: every package by version and hash, and no address.

    python tools/lock.py            take the newest versions that the .in files admit
    python tools/lock.py --keep     keep what is locked; add and drop only what the .in files now ask

Needs uv (`pip install uv` in any environment, or --uv PATH). run.py reads the result; nothing
here runs on a user's PC. The wide lock comes first and binds the narrower ones, so that all name the same versions.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
HEADER = "# Made by tools/lock.py from {source}: do not edit. No address: pip's own settings say where to fetch.\n"
UNIVERSAL = ("--universal", "--python-version", "3.11")
WINDOWS = ("--python-platform", "windows", "--python-version", "3.13")

LOCKS = (
    ("test", UNIVERSAL, None),
    ("build", UNIVERSAL, "test"),
    ("desk", UNIVERSAL, "test"),
    ("windows-test", WINDOWS, "test"),
)


def pins(lock: str) -> str:
    """Read the `name==version` part of a lock, without hashes and markers, to bind another lock to it."""
    return "".join(f"{name}\n" for name in re.findall(r"^([A-Za-z0-9._-]+==[^\s;\\]+)", lock, re.MULTILINE))


def compile_lock(uv: str, name: str, how: tuple[str, ...], bound_by: str | None, *, keep: bool) -> None:
    """Resolve one `.in` file into one lock.

    Args:
        uv: The uv program.
        name: Stem of the files in requirements/.
        how: uv's options that say for which Python and platform.
        bound_by: Stem of the lock whose versions hold here too.
        keep: Prefer the versions that are locked now.
    """
    source, target = REQUIREMENTS / f"{name}.in", REQUIREMENTS / f"{name}.txt"
    fresh = REQUIREMENTS / f".{name}.new"
    bounds = REQUIREMENTS / f".{name}.bounds"
    try:
        command = [uv, "pip", "compile", "--quiet", "--generate-hashes", "--no-emit-index-url", "--no-annotate"]
        command += ["--no-header", *how, "--output-file", str(fresh)]
        if keep and target.exists():
            shutil.copyfile(target, fresh)
        if bound_by is not None:
            bounds.write_text(pins((REQUIREMENTS / f"{bound_by}.txt").read_text("utf-8")), encoding="utf-8")
            command += ["--constraints", str(bounds)]
        subprocess.run([*command, str(source)], check=True)
        lock = fresh.read_text("utf-8")
        target.write_text(HEADER.format(source=source.name) + lock, encoding="utf-8", newline="\n")
        print(f"{target.name}: {len(pins(lock).splitlines())} packages")
    finally:
        fresh.unlink(missing_ok=True)
        bounds.unlink(missing_ok=True)


def main() -> int:
    """Renew every lock, the widest first."""
    parser = argparse.ArgumentParser(description="Renew the locks in requirements/.")
    parser.add_argument("--keep", action="store_true", help="keep the locked versions where the .in files admit them")
    parser.add_argument("--uv", default=shutil.which("uv"), help="the uv program (default: the one on PATH)")
    asked = parser.parse_args()
    if asked.uv is None:
        print("uv was not found: install it (pip install uv) or name it with --uv PATH.", file=sys.stderr)
        return 1
    for name, how, bound_by in LOCKS:
        compile_lock(asked.uv, name, how, bound_by, keep=asked.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
