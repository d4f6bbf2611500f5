"""The command line as a script uses it: real processes, a real profile, a real shared folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).resolve().parents[2]
DEMO = HOME / "resources" / "demo" / "chronology.csv"
JSON_NAMES = {
    "no", "id", "occurred_at", "occurred_approx", "recorded_at", "device_mark", "operator", "org", "from_party",
    "to_party", "channel", "kind", "subject", "content", "place", "latitude", "longitude", "verification", "important",
    "status", "owner", "due", "reply_to", "revisions", "attachments", "delivery",
}  # fmt: skip

Say = Callable[..., subprocess.CompletedProcess[str]]


def command(profile: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "liaison_desk", "--profile", str(profile), *words],
        cwd=HOME,
        env=os.environ | {"PYTHONUTF8": "1"} | (env or {}),
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path: Path) -> Say:
    """A desk with an incident and a share: `desk("record", "--content", …)`."""
    (tmp_path / "共有").mkdir()

    def say(*words: str, at: str = "七飯", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return command(tmp_path / at, *words, env=env)

    new = ["incident", "new", "--name", "大雨訓練", "--mark", "七", "--operator", "高瀬 雅人", "--org", "地域政策課"]
    done = say(*new, "--share", str(tmp_path / "共有"))
    assert done.returncode == 0, done.stderr
    return say


def test_an_entry_lives_its_whole_life_by_commands(desk: Say) -> None:
    options = {
        "content": "大沼で土砂崩れ。国道5号を塞いでいる。", "from": "七飯町", "to": "指揮室", "channel": "電話",
        "kind": "指示",
        "subject": "土砂崩れ", "occurred": "11/22 13:05頃", "place": "七飯町大沼", "lat": "41.97", "lon": "140.67",
        "verification": "未確認", "owner": "建設課", "due": "11/22 15:00",
    }  # fmt: skip
    words = [word for name, value in options.items() for word in ("--" + name, value)]
    record = desk("record", *words, "--important", "--json")
    assert told(record)["no"] == "七-001"
    assert told(desk("reply", "七-001", "--content", "了解。確認に向かう。", "--json"))["no"] == "七-002"
    assert desk("correct", "七-001", "--content", "西大沼で土砂崩れ。", "--reason", "地名の聞き違い").returncode == 0
    assert desk("set", "七-001", "--status", "対応中", "--verification", "確認済", "--owner", "消防").returncode == 0
    assert desk("cancel", "七-002", "--reason", "二重").returncode == 0

    shown = told(desk("show", "七-001", "--json"))
    assert shown.keys() >= JSON_NAMES
    assert shown["content"] == "西大沼で土砂崩れ。"
    assert shown["occurred_at"].endswith("-11-22T13:05:00+09:00") or "T13:05:00" in shown["occurred_at"]
    assert (shown["occurred_approx"], shown["important"], shown["latitude"]) == (True, True, 41.97)
    assert (shown["status"], shown["verification"], shown["owner"]) == ("対応中", "確認済", "消防")
    assert shown["revisions"][0]["reason"] == "地名の聞き違い"
    assert shown["delivery"] == "local"
    listed = told(desk("list", "--json", "--open"))
    assert [entry["no"] for entry in listed] == ["七-001"]
    assert "【取消】" in desk("list").stdout
    assert [entry["no"] for entry in told(desk("list", "--json", "--search", "ﾆｼ大沼"))] == []
    assert [entry["no"] for entry in told(desk("list", "--json", "--search", "国道５号"))] == ["七-001"]


def test_two_desks_meet_through_the_share_by_commands(desk: Say, tmp_path: Path) -> None:
    desk("record", "--content", "先に書いた行")
    assert desk("sync").returncode == 0
    assert desk("incident", "invite", "--out", str(tmp_path / "招待")).returncode == 0
    join = ["incident", "join", str(tmp_path / "招待"), "--mark", "森", "--operator", "吉岡", "--org", "水産課"]
    assert desk(*join, at="森").returncode == 0
    assert told(desk("sync", "--json", at="森"))["received"] == 1
    assert desk("record", "--content", "森から", at="森").returncode == 0
    assert desk("sync", at="森").returncode == 0
    assert desk("sync").returncode == 0
    assert desk("sync", at="森").returncode == 0

    both = [{e["content"]: e["delivery"] for e in told(desk("list", "--json", at=at))} for at in ("七飯", "森")]
    assert both[0] == both[1] == {"先に書いた行": "received", "森から": "received"}
    status = [told(desk("status", "--json", at=at)) for at in ("七飯", "森")]
    assert status[0]["digest"] == status[1]["digest"]
    assert status[0]["waiting"] == 0


def test_the_exercise_comes_in_once_and_goes_out_equal(desk: Say, tmp_path: Path) -> None:
    look = told(desk("import", str(DEMO), "--dry-run", "--json"))
    assert (look["entries"], look["refused"], look["unknown"]) == (434, 0, [])
    assert told(desk("list", "--json")) == []
    assert told(desk("import", str(DEMO), "--json"))["added"] == 434
    assert told(desk("import", str(DEMO), "--json"))["added"] == 0
    entries = told(desk("list", "--json", "--limit", "1000"))
    for suffix in ("csv", "xlsx", "jsonl"):
        out = tmp_path / f"写し.{suffix}"
        assert desk("export", "--out", str(out)).returncode == 0
        new = ["incident", "new", "--name", "写し", "--mark", "写", "--operator", "写", "--org", "写"]
        assert desk(*new, at=suffix).returncode == 0
        assert told(desk("import", str(out), "--json", at=suffix))["added"] == 434
        copied = told(desk("list", "--json", "--limit", "1000", at=suffix))
        for one, other in zip(entries, copied, strict=True):
            assert one == other


def test_a_problem_is_one_sentence_and_the_next_step(desk: Say, tmp_path: Path) -> None:
    for words, says in (
        (("show", "七-999"), "七-999"),
        (("record", "--content", "  "), "空"),
        (("record", "--content", "x", "--occurred", "25時"), "25時"),
        (("record", "--content", "x", "--lat", "200", "--lon", "0"), "緯度"),
        (("import", str(tmp_path / "ない.csv")), "ない.csv"),
        (("export", "--out", str(tmp_path / "out.pdf")), "out.pdf"),
        (("set", "七-999", "--status", "対応中"), "七-999"),
    ):
        done = desk(*words)
        assert done.returncode == 1, words
        assert says in done.stderr
        assert "→ " in done.stderr
        assert "Traceback" not in done.stderr
    assert desk("record").returncode == 2
    assert desk("no-such-command").returncode == 2
    english = desk("show", "七-999", env={"LIAISON_DESK_LANG": "en"})
    assert "There is no entry 七-999." in english.stderr


def test_commands_without_an_incident_say_what_to_do(tmp_path: Path) -> None:
    for words in (("list",), ("record", "--content", "x"), ("sync",), ("status",)):
        done = command(tmp_path / "新しい", *words)
        assert done.returncode == 1, (words, done.stdout, done.stderr)
        assert "incident new" in done.stderr


def test_a_profile_that_is_open_elsewhere_is_refused_and_can_still_be_read(desk: Say, tmp_path: Path) -> None:
    from liaison_desk.services.desk import Desk

    desk("record", "--content", "読める行")
    holder = Desk(tmp_path / "七飯")
    try:
        refused = desk("record", "--content", "二つ目")
        assert refused.returncode == 1
        assert "別のリエゾンデスクが開いています" in refused.stderr
        assert [entry["content"] for entry in told(desk("list", "--json"))] == ["読める行"]
    finally:
        holder.close()


def test_check_says_that_the_record_is_whole_and_rebuilds(desk: Say) -> None:
    desk("import", str(DEMO))
    before = told(desk("list", "--json", "--limit", "1000"))
    assert told(desk("check", "--json")) == {"findings": [], "rebuilt": False, "set_aside": None, "salvaged": None}
    assert told(desk("check", "--rebuild", "--json"))["rebuilt"] is True
    assert told(desk("list", "--json", "--limit", "1000")) == before


def test_a_damaged_database_is_set_aside_and_rebuilt_from_what_is_left_and_the_share(desk: Say, tmp_path: Path) -> None:
    desk("import", str(DEMO))
    desk("sync")
    before = {entry["id"] for entry in told(desk("list", "--json", "--limit", "1000"))}
    database = tmp_path / "七飯" / "desk.sqlite3"
    damaged = bytearray(database.read_bytes())
    damaged[: 4096 * 3] = os.urandom(4096 * 3)
    database.write_bytes(damaged)

    refused = desk("record", "--content", "壊れている")
    assert refused.returncode == 1
    assert "check --rebuild" in refused.stderr
    rebuilt = told(desk("check", "--rebuild", "--json"))
    assert Path(rebuilt["set_aside"]).read_bytes() == bytes(damaged)
    desk("sync")

    assert {entry["id"] for entry in told(desk("list", "--json", "--limit", "1000"))} == before
    fresh = told(desk("record", "--content", "続きを書ける", "--json"))["no"]
    assert fresh.startswith("七-")
    assert int(fresh[2:]) > 66


def test_the_headless_demo_exchanges_the_exercise_and_leaves_a_picture(tmp_path: Path) -> None:
    done = command(tmp_path / "unused", "demo", "--headless", "--dir", str(tmp_path / "訓練"))
    assert done.returncode == 0, done.stderr
    assert "同じ状態になりました" in done.stdout
    picture = next((tmp_path / "訓練").glob("*.png"))
    assert picture.stat().st_size > 20_000
