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
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
STAMP = VENV / "liaison-desk.json"
LOCK_FILE = HOME / ".venv.lock"
WINDOWS = sys.platform == "win32"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LAYOUT = 1  # raise it when this file makes the venv differently: every stamp of an older layout is void

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
FONTS = ("fonts-morisawa-bizud-gothic", "fonts-noto-cjk")
FONT_FILES = re.compile(r"(bizud|noto.*(cjk|jp)|ipa(ex)?[gm]|takao|vl-?p?gothic|yugoth|meiryo|msgothic)", re.IGNORECASE)


class Stop(Exception):
    """The world lacks something; the message says what, and the next step."""


def say(japanese: str, english: str) -> None:
    """Tell in both languages: a bare console may have no Japanese font, and no setting is known yet."""
    print(f"▸ {japanese}\n  {english}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Set up and start what the arguments ask for."""
    for stream in (sys.stdout, sys.stderr):  # a console of another code page shows ? instead of ending the program
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if arguments[:1] == ["test"]:
            set_up("test")
            return run_tests(arguments[1:])
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
            locks = {name: digest_of(name) for name in wider}
            stamp = {**stamp, "locks": locks, "packages": installed_packages(), "libraries": False}
        if not WINDOWS:
            stamp["libraries"] = provide_libraries()
        write_stamp(stamp)


def is_ready(lock: str) -> bool:
    """Whether the stamp, the lock and what lies in `.venv` agree; reads a few small files, starts nothing."""
    stamp = read_stamp()
    return stamp is not None and stamp["locks"].get(lock) == digest_of(lock) and (WINDOWS or stamp["libraries"] is True)


def read_stamp() -> dict[str, Any] | None:
    """Read the stamp of a venv that is whole; None when it must be made anew."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        sound = (
            stamp["layout"] == LAYOUT
            and stamp["home"] == str(HOME)
            and stamp["base"] == base_python()
            and VENV_PYTHON.exists()
            and stamp["packages"] == installed_packages()
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
        if "hash" in told.lower() and "mismatch" in told.lower():
            why = "届いた部品が控えと一致しません。入れずに止めました。配布元を確かめてください。"
            reason = "A package did not match its hash and was not installed: check where your packages come from."
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


def canonical(name: str) -> str:
    """The one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def tail(text: str, lines: int = 12) -> str:
    """The last lines of a program's output, indented."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-lines:])


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one run at a time set up this checkout; a second one waits and says so."""
    with LOCK_FILE.open("a+", encoding="utf-8") as file:
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


# ── System libraries (Linux) ─────────────────────────────────────────────────────────────────────


def provide_libraries() -> bool:
    """Install, or name, the system libraries and the Japanese font that Qt needs.

    Returns:
        Whether nothing is missing any more; if not, the next run looks again.
    """
    missing = missing_libraries()
    fonts = [] if has_japanese_font() else [FONTS[0]]
    if not missing and not fonts:
        return True
    wanted = [*missing.values(), *fonts]
    say(f"足りないシステム部品: {' '.join(wanted)}", f"Missing system libraries: {' '.join(wanted)}")
    apt_install(wanted)
    missing = missing_libraries()
    fonts = [] if has_japanese_font() else [FONTS[0]]
    if not missing and not fonts:
        return True
    left = " ".join([*missing.values(), *fonts])
    command = f"sudo apt-get install {left}" if shutil.which("apt-get") else f"install: {' '.join([*missing, *fonts])}"
    if LIBRARIES.keys() & missing.keys() or (has_display() and missing):
        raise Stop(
            f"画面を表示する部品が足りません。次を実行してから、もう一度実行してください:  {command}\n"
            f"  Qt cannot draw without these: run  {command}  and start again."
        )
    say(f"次の実行をおすすめします:  {command}", f"Recommended:  {command}")
    return False


def missing_libraries() -> dict[str, str]:
    """Ask the dynamic loader, in a process of its own, which libraries are not there: {library: Debian package}."""
    wanted = {**LIBRARIES, **WINDOW_LIBRARIES}
    load = "import ctypes, sys\nfor name in sys.argv[1:]:\n  try: ctypes.CDLL(name)\n  except OSError: print(name)\n"
    _, told = ask([str(VENV_PYTHON), "-c", load, *wanted])
    return {name: wanted[name] for name in told.split()}


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
    if WINDOWS or not shutil.which("apt-get") or os.geteuid() != 0:
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


# ── The desk ─────────────────────────────────────────────────────────────────────────────────────


def start_desk(arguments: Sequence[str]) -> NoReturn:
    """Become the desk; never returns."""
    environment = dict(os.environ)
    if not arguments and not has_display():
        say("画面がないため、訓練データで試します (headless)。", "No display: running the demo headless.")
        arguments = ["demo", "--headless"]
    if not has_display():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [str(VENV_PYTHON), "-m", "liaison_desk", *arguments]
    if WINDOWS:  # exec would give the console back at once and leave two programs reading it
        try:
            sys.exit(subprocess.run(command, env=environment, check=False).returncode)
        except KeyboardInterrupt:
            sys.exit(130)
    os.execve(command[0], command, environment)


# ── The tests ────────────────────────────────────────────────────────────────────────────────────


def run_tests(arguments: Sequence[str]) -> int:
    """Run every check, name each with its time, and end on one line that counts.

    Args:
        arguments: For pytest. With any, the tests are a part only, so coverage floors are left out.
    """
    python = [str(VENV_PYTHON), "-m"]
    alone = any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
    parallel = [] if alone else ["-n", "2"]
    with tempfile.TemporaryDirectory(prefix="liaison-desk-test-") as folder, display() as shown:
        report, coverage = Path(folder) / "pytest.xml", Path(folder) / "coverage"
        environment = {**os.environ, **shown, "COVERAGE_FILE": str(coverage)}
        whole = ["--cov", "--cov-report="] if not arguments else []
        steps = [
            ("ruff format", [*python, "ruff", "format", "--check", "--output-format", "concise", "."]),
            ("ruff check", [*python, "ruff", "check", "--output-format", "concise", "."]),
            ("mypy", [*python, "mypy"]),
            ("import-linter", [str(VENV_PYTHON.with_name("lint-imports")), "--no-cache"]),
            ("pytest", [*python, "pytest", *parallel, *whole, f"--junitxml={report}", *arguments]),
        ]
        if not arguments:
            steps.append(("coverage", [str(VENV_PYTHON), str(HOME / "tools" / "coverage_floor.py")]))
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
    """Run one check in the checkout; its seconds and exit code."""
    print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
    start = time.monotonic()
    code = subprocess.run(command, cwd=HOME, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    return time.monotonic() - start, code


def count(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a pytest run."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest's own file, a moment old

    def total(what: str) -> int:
        return sum(int(suite.get(what, 0)) for suite in suites)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return max(0, total("tests") - failed - skipped), failed, skipped


@contextlib.contextmanager
def display() -> Iterator[dict[str, str]]:
    """Bring an X server for the tests that need one; Qt draws offscreen unless the environment says otherwise."""
    settings = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    if WINDOWS or sys.platform == "darwin":
        yield settings
        return
    if not shutil.which("Xvfb") and not apt_install(["xvfb"]):
        say("Xvfb がないため、実画面のテストは飛ばします。", "No Xvfb: tests that need a real display will be skipped.")
        yield settings
        return
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"],
        pass_fds=(theirs,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    try:
        with os.fdopen(ours, encoding="ascii") as told:
            number = told.readline().strip()  # an Xvfb that cannot start closes the pipe: an empty line
        yield {**settings, "DISPLAY": f":{number}"} if number else settings
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
