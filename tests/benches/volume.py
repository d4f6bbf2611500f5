"""A desk full of varied entries: the bulk generator's when `../shared` is there, else the drill's over and over."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from liaison_desk.domain.chronology import ChronologyEntry
from liaison_desk.services import importing, incident
from liaison_desk.services.desk import Desk

BULK = Path(__file__).resolve().parents[3] / "shared" / "exercise" / "bulk.py"
DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "chronology.csv"


def bulk_file(folder: Path, entries: int) -> Path:
    """A JSON Lines file of so many entries; made once a folder."""
    out = folder / f"bulk-{entries}.jsonl"
    if out.exists():
        return out
    if BULK.exists():
        command = [sys.executable, str(BULK), "--entries", str(entries), "--seed", "1", "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True)
        return out
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for line in islice(_repeated(), entries):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return out


def _repeated() -> Iterator[dict[str, object]]:
    preview = importing.preview_file(DEMO)
    count = 0
    while True:
        for entry in importing.entries_of(preview):
            count += 1
            moved: ChronologyEntry = replace(entry, no=f"{entry.device_mark or '訓'}-{count:06d}")
            yield {
                "番号": moved.no,
                "発生日時": moved.occurred_at.plus(minutes=count / 8).iso(),
                "記録日時": moved.recorded_at.plus(minutes=count / 8).iso(),
                "発信元": moved.from_party,
                "発信先": moved.to_party,
                "手段": moved.channel,
                "種別": moved.kind,
                "件名": moved.subject,
                "内容": f"{moved.content}（{count}）",
                "場所": moved.place,
            }


def full_profile(folder: Path, entries: int) -> Path:
    """A profile with so many entries; made once a folder and shared by the benches that only read."""
    profile = folder / f"full-{entries}"
    if not profile.exists():
        desk = Desk(profile)
        incident.new_incident(desk, name="測定", mark="測", operator="測定", org="測定")
        importing.import_preview(desk, importing.preview_file(bulk_file(folder, entries)))
        desk.close()
    return profile
