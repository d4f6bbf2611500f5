"""What this PC has and lacks: programs, system libraries, fonts, a display; and how to get what is missing.

Standard library only: run.py uses it before anything is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

WINDOWS = sys.platform == "win32"

# What Qt opens on Linux: the first group to draw at all, the second to draw in a window (X11).
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT = "fonts-morisawa-bizud-gothic"  # the first of design page 4
FONT_FILES = re.compile(r"(bizud|noto.*(cjk|jp)|ipa(ex)?[gm]|takao|vl-?p?gothic|yugoth|meiryo|msgothic)", re.IGNORECASE)


class Stop(Exception):
    """The world lacks something; the message says what, and the next step."""


def say(japanese: str, english: str) -> None:
    """Tell in both languages: a bare console may have no Japanese font, and no setting is known yet."""
    print(f"▸ {japanese}\n  {english}", file=sys.stderr, flush=True)


def ask(command: Sequence[str], limit_s: float | None = None, **environment: str) -> tuple[int, str]:
    """Run a program that asks nothing back.

    Returns:
        Its exit code, and what it said with addresses left out: a registry's may carry a password.
    """
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=limit_s,
        check=False,
    )
    return done.returncode, re.sub(r"\b[a-z+]+://\S+", "<address>", done.stdout + done.stderr)


def tail(text: str, lines: int = 12) -> str:
    """The last lines of a program's output, indented."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-lines:])


def provide_libraries(python: str, known: list[str] | None) -> list[str]:
    """Install, or name, the system libraries and the Japanese font that Qt needs.

    Args:
        python: The Python that will load them.
        known: What an earlier run could not get; apt is not asked again for the same.

    Returns:
        Debian packages that are still missing, none of them indispensable.

    Raises:
        Stop: Qt cannot start without what is missing.
    """
    missing = missing_packages(python)
    if missing and sorted(missing.values()) != known:
        wanted = " ".join(missing.values())
        say(f"足りないシステム部品: {wanted}", f"Missing on this system: {wanted}")
        apt_install([*missing.values()])
        missing = missing_packages(python)
    if not missing:
        return []
    command = "sudo apt-get install " + " ".join(missing.values())
    if not shutil.which("apt-get"):
        command = "(Debian) " + command
    if LIBRARIES.keys() & missing.keys() or (has_display() and WINDOW_LIBRARIES.keys() & missing.keys()):
        raise Stop(
            f"画面を表示する部品が足りません。次を実行してから、もう一度実行してください:  {command}\n"
            f"  Qt cannot draw without these: run  {command}  and start again."
        )
    say(f"次の実行をおすすめします:  {command}", f"Recommended:  {command}")
    return sorted(missing.values())


def missing_packages(python: str) -> dict[str, str]:
    """What Qt lacks here, {library or font: Debian package}; asked of the dynamic loader in a process of its own."""
    wanted = {**LIBRARIES, **WINDOW_LIBRARIES}
    load = "import ctypes, sys\nfor name in sys.argv[1:]:\n  try: ctypes.CDLL(name)\n  except OSError: print(name)\n"
    _, told = ask([python, "-c", load, *wanted])
    missing = {name: wanted[name] for name in told.split() if name in wanted}
    return missing if has_japanese_font() else {**missing, "a Japanese font": FONT}


def has_japanese_font() -> bool:
    """Whether any font can show Japanese."""
    if shutil.which("fc-list"):
        return bool(ask(["fc-list", ":lang=ja"])[1].strip())
    places = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    places.append(Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "fonts")
    files = (path for place in places if place.is_dir() for path in place.rglob("*.[ot]t[cf]"))
    return any(FONT_FILES.search(path.name) for path in files)


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages when this is root on Debian; False when it is not, or apt refused."""
    if sys.platform == "win32" or not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"apt-get で入れています: {' '.join(packages)}", f"apt-get install {' '.join(packages)}")
    steps = (
        ["apt-get", "update", "-qq"],  # may fail in part and still know enough
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    )
    for step in steps:
        try:
            code, told = ask(step, limit_s=600, DEBIAN_FRONTEND="noninteractive")
        except subprocess.TimeoutExpired:
            say("apt-get が 10 分で終わりませんでした。", "apt-get did not end within 10 minutes.")
            return False
        if code != 0 and step[1] == "install":
            say("apt-get が断りました。", f"apt-get refused:\n{tail(told)}")
            return False
    return True


def has_display() -> bool:
    """Whether a window can be opened here."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
