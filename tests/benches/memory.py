"""How much memory the desk holds with its window open, after scrolling and searching."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benches.figures import Figure, at_most
from tests.benches.volume import full_profile

_DESK = """
import os, sys
from pathlib import Path
from liaison_desk.app import Program
program = Program()
session = program.open(Path(sys.argv[1]))
window = session.show()
window.resize(1440, 900)
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.ui.application import run_until
run_until(session.is_settled, 60000)
view = session.main.chronology().view
bar = view.table.verticalScrollBar()
for step in range(0, 101):
    bar.setValue(bar.maximum() * step // 100)
    run_until(session.is_settled, 5000)
for text in ("避難", "停電", "国道5号", ""):
    view.show_filter(EntryFilter(text=text))
    run_until(session.is_settled, 5000)
from tests.benches.memory import resident_mb
print(resident_mb(), flush=True)
window.close()
session.end()
"""


def resident_mb() -> float:
    """This process's resident memory: from /proc, or 0 where there is none."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def run(folder: Path, entries: int) -> list[Figure]:
    """Resident memory of a process of its own."""
    home = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": str(home)}
    if sys.platform == "linux" and not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-c", _DESK, str(full_profile(folder, entries))],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return [at_most("memory", "resident, window open", float(done.stdout.split()[-1]), "MB", 300)]
