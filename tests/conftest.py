"""What holds for every test: no person's settings, no screen of its own, one way to wait."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt. run.py test brings an X server for the few tests that ask for a real window.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("desk", deadline=None, print_blob=True)
hypothesis.settings.register_profile("long", parent=hypothesis.settings.get_profile("desk"), max_examples=2000)
# Where each example costs much, as in Wine: fewer, and a failing one is shown as it is, not made smaller first.
hypothesis.settings.register_profile(
    "quick",
    parent=hypothesis.settings.get_profile("desk"),
    max_examples=15,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate),
)
hypothesis.settings.load_profile(os.environ.get("LIAISON_DESK_HYPOTHESIS", "desk"))

POLL_S = 0.01


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out, with the reason, what needs a display where there is none."""
    if item.get_closest_marker("display") and sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("no X server: start the tests with `python3 run.py test`, which brings one")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a long text by its length: pytest puts the name into an environment variable, which Windows bounds."""
    return f"{argname}-of-{len(val)}" if isinstance(val, str | bytes) and len(val) > 200 else None


@pytest.fixture(autouse=True)
def no_persons_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every place where the desk keeps a person's things to an empty folder; returns that folder."""
    home = tmp_path_factory.mktemp("home")
    for name in ("LIAISON_DESK_PROFILE", "LIAISON_DESK_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """Wait for a condition that another process or thread makes true: `wait_until(condition, limit_s=10)`."""

    def wait(condition: Callable[[], object], limit_s: float = 10.0) -> None:
        end = time.monotonic() + limit_s
        pause = threading.Event()
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"still not so after {limit_s} s: {condition}")
            pause.wait(POLL_S)

    return wait
