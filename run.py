"""Start Liaison Desk, or test it, from nothing but Python 3.11 or newer (Debian 12 and Windows).

    python3 run.py [arguments of liaison-desk]    open the desk; without a display and arguments: the demo, headless
    python3 run.py test [arguments of pytest]     form, lint, types, import rules, tests, coverage

The first run makes `.venv`, installs the locked dependencies by hash and looks after the system libraries that Qt
needs; the stamp it leaves lets later runs start at once. Standard library only: this file runs before anything is
installed. Where packages come from is the machine's own pip configuration.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must say so, not stumble
    sys.exit(
        f"Python 3.11 以上が必要です (いまは {sys.version.split()[0]})。新しい Python で run.py を実行してください。\n"
        "Python 3.11 or newer is needed: start run.py with it."
    )

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

from tools.this_pc import WINDOWS, Stop, apt_install, ask, has_display, provide_libraries, say, tail

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
STAMP = VENV / "liaison-desk.json"
LOCK_FILE = HOME / ".venv.lock"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LAYOUT = 1  # raise it when this file makes the venv differently: every stamp of an older layout is void


def main(arguments: Sequence[str]) -> int:
    """Set up and start what the arguments ask for."""
    for stream in (sys.stdout, sys.stderr):  # a console of another code page shows ? instead of ending the program
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if arguments[:1] == ["test"]:
            set_up("test")
            start_tests(arguments[1:])
        set_up("desk")
        start_desk(arguments)
    except Stop as stop:
        print(f"✖ {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# ── The environment ──────────────────────────────────────────────────────────────────────────────


def set_up(lock: str) -> None:
    """Make `.venv` hold the packages of one lock; at once when the stamp says that it does."""
    if is_ready(lock):
        return
    with only_one():
        if is_ready(lock):  # another run has made it while this one waited
            return
        stamp = read_stamp()
        if stamp is None:
            make_venv()
            stamp = {"layout": LAYOUT, "home": str(HOME), "base": base_python(), "locks": {}, "packages": []}
        if stamp["locks"].get(lock) != digest_of(lock):
            # From here to the new stamp the venv counts as half-made: an interrupted run is started over.
            STAMP.unlink(missing_ok=True)
            install(lock)
            wider = {lock} | ({"desk"} if lock == "test" else set())  # the test lock holds the desk's
            stamp = {**stamp, "locks": {name: digest_of(name) for name in wider}, "packages": installed_packages()}
            write_stamp(stamp)
        if not WINDOWS:
            write_stamp({**stamp, "missing": provide_libraries(str(VENV_PYTHON), stamp.get("missing"))})


def is_ready(lock: str) -> bool:
    """Whether the stamp, the lock and what lies in `.venv` agree; reads a few small files, starts nothing."""
    stamp = read_stamp()
    return stamp is not None and stamp["locks"].get(lock) == digest_of(lock) and (WINDOWS or stamp.get("missing") == [])


def read_stamp() -> dict[str, Any] | None:
    """Read the stamp of a venv that is whole; None when it must be made anew."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        sound = (
            stamp["layout"] == LAYOUT
            and stamp["home"] == str(HOME)
            and stamp["base"] == base_python()
            and VENV_PYTHON.exists()
            and set(stamp["packages"]) <= set(installed_packages())
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return stamp if sound else None


def write_stamp(stamp: dict[str, Any]) -> None:
    """Leave the stamp in one move, so that it is never half there."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


def digest_of(lock: str) -> str:
    """Hash of one lock file, whatever its line ends."""
    path = HOME / "requirements" / f"{lock}.txt"
    try:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError as error:
        raise Stop(f"{path.name} を読めません。配布物を取り直してください / cannot read {path}: {error}") from error


def site_packages() -> Path:
    """Where the venv keeps its packages."""
    if WINDOWS:
        return VENV / "Lib" / "site-packages"
    found = sorted((VENV / "lib").glob("python3*/site-packages"))
    return found[-1] if found else VENV / "lib" / "site-packages"


def installed_packages() -> list[str]:
    """Name and version of each installed package, from the directory's names alone."""
    try:
        return sorted(entry.name for entry in os.scandir(site_packages()) if entry.name.endswith(".dist-info"))
    except OSError:
        return []


def base_python() -> str:
    """Version and place of the Python that the venv stands on; changes when the system's Python does.

    For a venv that exists this is its own base, not the Python that runs this file: starting run.py with
    another Python is no reason to make everything anew.
    """
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        settings = dict(line.split(" = ", 1) for line in lines if " = " in line)
        base = Path(settings["home"]) / ("python.exe" if WINDOWS else VENV_PYTHON.resolve().name)
        if not base.exists():
            return "gone"
        version = ".".join(settings["version"].split(".")[:2])
        return f"{version} {base.resolve()}"
    except (OSError, KeyError, ValueError):
        return "none"


def make_venv() -> None:
    """Make an empty `.venv` of the Python that runs this file; what lay there half-made goes."""
    if VENV.exists():
        say("準備が途中で終わっていたため、.venv を作り直します。", "Making .venv anew: it was half-made or broken.")
        try:
            shutil.rmtree(VENV)
        except OSError as error:
            raise Stop(
                f".venv を消せません ({error})。リエゾンデスクを終了してから、もう一度実行してください。\n"
                "  .venv cannot be removed: close Liaison Desk, then run this again."
            ) from error
    else:
        say("初回の準備をします (数分かかることがあります)。", "First run: making .venv (this can take minutes).")
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        provide_venv_module()
    code, told = ask([sys.executable, "-m", "venv", str(VENV)])
    if code != 0:
        raise Stop(
            f".venv を作れません。書き込める場所と空き容量を確かめてください。\n"
            f"  .venv could not be made in {HOME}: check that it can be written and has room.\n{tail(told)}"
        )


def provide_venv_module() -> None:
    """Get Debian's python3-venv, which a bare Debian lacks; or name the command."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    say(f"この Python には venv がありません ({package})。", f"This Python lacks its venv module ({package}).")
    if not apt_install([package]):
        raise Stop(
            f"次を実行してから、もう一度 python3 run.py を実行してください:  sudo apt-get install {package}\n"
            f"  Run this, then python3 run.py again:  sudo apt-get install {package}"
        )
    importlib.invalidate_caches()


def install(lock: str) -> None:
    """Install exactly what one lock names, each file checked by its hash; packages outside of it go."""
    say("部品を入れています (ハッシュで確認)。", f"Installing requirements/{lock}.txt, checked by hash.")
    path = HOME / "requirements" / f"{lock}.txt"
    pip = [str(VENV_PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    code, told = ask([*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", str(path)])
    if code != 0:
        if "do not match the hashes" in told.lower():
            why = "届いた部品が控えと一致しません。入れずに止めました。配布元を確かめてください。"
            reason = "A package did not match its hash and was not installed: check where your packages come from."
        elif "no space left" in told.lower():
            why = "ディスクの空きが足りません。1 GB ほど空けて、もう一度実行してください。"
            reason = "The disk is full: free about 1 GB, then run this again."
        else:
            why = "部品を取り寄せられませんでした。ネットワークと pip の設定を確かめ、もう一度実行してください。"
            reason = "The packages could not be fetched: check the network and pip's settings, then run this again."
        raise Stop(f"{why}\n  {reason}\n{tail(told)}")
    locked = {canonical(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", path.read_text("utf-8"), re.MULTILINE)}
    present = {canonical(name.split("-")[0]) for name in installed_packages()}
    extra = sorted(present - locked - {"pip"})
    if extra:
        ask([*pip, "uninstall", "-y", *extra])
    # The checkout itself, importable from any directory, and its command.
    (site_packages() / "liaison-desk.pth").write_text(f"{HOME}\n", encoding="utf-8")
    command, text = "liaison-desk", f'#!/bin/sh\nexec {shlex.quote(str(VENV_PYTHON))} -m liaison_desk "$@"\n'
    if WINDOWS:
        command, text = "liaison-desk.cmd", f'@"{VENV_PYTHON}" -m liaison_desk %*\n'
    script = VENV_PYTHON.with_name(command)
    script.write_text(text, encoding="utf-8")
    script.chmod(0o755)


def canonical(name: str) -> str:
    """The one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one run at a time set up this checkout; a second one waits and says so."""
    try:
        file = LOCK_FILE.open("a+", encoding="utf-8")
    except OSError as error:
        raise Stop(
            f"{HOME} に書き込めません。書き込めるフォルダに置いて、もう一度実行してください。\n"
            f"  This folder cannot be written ({error.strerror}): put it where you can write, and run this again."
        ) from error
    with file:
        if not try_lock(file):
            say("別の実行が準備中です。終わるのを待っています。", "Another run is setting up: waiting for it.")
            while not try_lock(file):
                time.sleep(0.2)
        yield


def try_lock(file: IO[str]) -> bool:
    """Take the lock of an open file, which ends with the process; False when another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# ── What is started ──────────────────────────────────────────────────────────────────────────────


def start_desk(arguments: Sequence[str]) -> NoReturn:
    """Become the desk; without a display and arguments, its demo."""
    environment = dict(os.environ)
    if not arguments and not has_display():
        say("画面がないため、訓練データで試します (headless)。", "No display: running the demo headless.")
        arguments = ["demo", "--headless"]
    if not has_display():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    become(["-m", "liaison_desk", *arguments], environment)


def start_tests(arguments: Sequence[str]) -> NoReturn:
    """Become the checks and tests (tools/check.py)."""
    if sys.platform == "linux" and not shutil.which("Xvfb") and not apt_install(["xvfb"]):
        say("Xvfb がないため、実画面のテストは飛ばします。", "No Xvfb: tests of a real window will be skipped.")
    become([str(HOME / "tools" / "check.py"), *arguments], dict(os.environ))


def become(arguments: Sequence[str], environment: dict[str, str]) -> NoReturn:
    """Go on as another program of the venv's Python; never returns."""
    command = [str(VENV_PYTHON), *arguments]
    if WINDOWS:  # exec would give the console back at once and leave two programs reading it
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    os.execve(command[0], command, environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
