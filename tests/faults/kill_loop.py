"""Kill a desk at random instants while it records, again and again, and look for what it had acknowledged.

    python -m tests.faults.kill_loop --records 2000 [--seed 1] [--profile DIR]

The child opens a real desk, and records lines; every third one it first saves as a draft. It says each step. The
parent reads what was said, kills the child at a random instant (SIGKILL; TerminateProcess on Windows), opens the
profile and looks: every acknowledged record is there, whole and once; the unfinished line is there as a draft or as a
record, never as both and never as neither.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.clock import Moment
from liaison_desk.services import chronology, drafts, recovery
from liaison_desk.services.desk import Desk, space_of
from liaison_desk.services.reading import Reader
from sync.log_reader import LogReader

ROOT = Path(__file__).resolve().parent.parent.parent
SLOT = "main"


@dataclass
class Counts:
    """What one loop did and found."""

    kills: int = 0
    records: int = 0
    opened_only: int = 0
    drafts_back: int = 0
    recorded_unsaid: int = 0
    lost: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The counts on one line."""
        return (
            f"kill loop: {self.records} acknowledged records, {self.kills} kills ({self.opened_only} before the first "
            f"word), {self.drafts_back} drafts came back, {self.recorded_unsaid} recorded but not yet said, "
            f"lost = {len(self.lost)}"
        )


def content_of(n: int) -> str:
    """The n-th line: long enough to fill pages, and it proves itself."""
    body = f"{n:06d} 七飯町 大中山コモンに避難所を開設、" + "受入れを開始。" * (n % 97)
    return body + "#" + hashlib.blake2b(body.encode(), digest_size=8).hexdigest()


def is_whole(content: str) -> bool:
    """Whether a line proves itself."""
    return content == content_of(int(content[:6]))


def child(profile: Path) -> None:
    """Record until somebody kills us; each line is told on the standard output when it is safe."""
    desk = Desk(profile)
    if desk.journal is None:
        incident_id = desk.seat.incident_id or "1c" * 16
        desk.save_seat(incident_id=incident_id, incident_name="訓練", mark="七", operator="高瀬", org="振興局")
        desk.begin_journal(space_of(incident_id), desk.ids.new_id())
    with closing(Reader(desk.database)) as reader:
        n = reader.count_all()
    while True:
        n += 1
        text = content_of(n)
        if n % 3 == 0:
            # Typing paused long enough in the middle of this line.
            drafts.save_draft(desk, SLOT, {"content": text}, desk.now())
            say(f"D {n}")
        recorded = chronology.record_entry(desk, EntryDraft(content=text), slot=SLOT)
        say(f"R {n} {recorded.entry_id} {recorded.no} {recorded.seq}")


def say(line: str) -> None:
    """One whole line in one write: a pipe does not tear it."""
    os.write(1, (line + "\n").encode())


def kill_loop(profile: Path, *, records: int, seed: int, limit_s: float = 3600) -> Counts:
    """Run, kill and look until so many records were acknowledged, or the time is over."""
    chance = random.Random(seed)
    counts = Counts()
    acknowledged: dict[str, tuple[int, str]] = {}
    end = time.monotonic() + limit_s
    while counts.records < records and time.monotonic() < end:
        # One run in eight is killed while it opens.
        opening = chance.random() < 0.125
        said = run_and_kill(
            profile, chance.uniform(0.0, 0.3) if opening else chance.uniform(0.02, 1.4), opening=opening
        )
        counts.kills += 1
        counts.opened_only += not said
        draft = 0
        for line in said:
            kind, n, *rest = line.split()
            if kind == "D":
                draft = int(n)
            else:
                acknowledged[rest[0]] = (int(n), rest[1])
                draft = 0
        counts.records = len(acknowledged)
        look(profile, acknowledged, draft, counts, deep=counts.kills % 10 == 0 or counts.records >= records)
    return counts


def run_and_kill(profile: Path, seconds: float, *, opening: bool) -> list[str]:
    """One life of the desk; what it said in whole lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_loop", "--child", str(profile)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    said: list[bytes] = []
    spoke = threading.Event()

    def listen(pipe: object = process.stdout) -> None:
        for line in pipe:  # type: ignore[attr-defined]
            said.append(line)
            spoke.set()
        spoke.set()

    listener = threading.Thread(target=listen)
    listener.start()
    if not opening:
        spoke.wait(30)
    threading.Event().wait(seconds)
    process.kill()
    process.wait()
    listener.join()
    process.stdout.close()
    return [line.decode().rstrip("\n") for line in said if line.endswith(b"\n")]


def look(profile: Path, acknowledged: dict[str, tuple[int, str]], draft: int, counts: Counts, *, deep: bool) -> None:
    """Open the profile as the next start does, and compare it with what was said."""
    desk = Desk(profile)
    try:
        with closing(Reader(desk.database)) as reader:
            here = {entry.id: entry for entry in reader.entries()}
            left = reader.drafts()
        for entry_id, (n, no) in acknowledged.items():
            entry = here.get(entry_id)
            if entry is None or entry.content != content_of(n) or entry.no != no:
                counts.lost.append(f"record {n} {no} {entry_id}")
        assert all(is_whole(entry.content) for entry in here.values()), "half a record"
        assert len({entry.no for entry in here.values()}) == len(here), "a number given twice"
        contents = [entry.content for entry in here.values()]
        assert len(set(contents)) == len(contents), "a line recorded twice"
        assert len(left) <= 1
        for one in left:
            assert is_whole(one.values["content"])
            assert one.values["content"] not in contents, "a draft of what was recorded"
            assert age_of(one.saved_at, desk.now()) < 3_600_000
        if draft and not left and content_of(draft) not in contents:
            counts.lost.append(f"draft {draft}")
        counts.drafts_back += len(left)
        counts.recorded_unsaid += len(here) - len(acknowledged.keys() & here.keys())
        for entry in here.values():
            # Recorded, but killed before it was said: from now on it is known.
            acknowledged.setdefault(entry.id, (int(entry.content[:6]), entry.no))
        if deep and desk.journal is not None:
            findings = recovery.check_desk(desk)
            assert findings == [], findings
            with closing(desk.database.reader()) as connection:
                assert LogReader(connection).vector().get(desk.journal.device, 0) == len(here)
    finally:
        desk.close()


def age_of(then: Moment, now: Moment) -> int:
    """How old a draft is, in milliseconds."""
    assert then.utc_ms <= now.utc_ms
    return now.utc_ms - then.utc_ms


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
    with tempfile.TemporaryDirectory(prefix="kill-loop-") as folder:
        counts = kill_loop(options.profile or Path(folder) / "desk", records=options.records, seed=options.seed)
    print(counts.line())
    print("\n".join(counts.lost))
    return 1 if counts.lost else 0


if __name__ == "__main__":
    sys.exit(main())
