"""A writer is killed at any moment: every acknowledged transaction is there, whole, and the log is clean."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from sync.operation import Operation
from tests.unit.sync.replicas import Replica, SeenProjection, connect, device

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12

WRITER = """
import sys
from sync.operation import Operation
from tests.unit.sync.replicas import Replica, connect

connection = connect(sys.argv[1])
connection.execute("PRAGMA synchronous=FULL")
one = Replica("a", connection=connection)
number = one.journal.vector().get(one.device, 0)
while True:
    number += 1
    ops = [Operation("entry", str(number), name, "set", f"{number} {name}") for name in ("record", "status")]
    written = one.journal.commit(ops)[0]
    print(written.seq, flush=True)
"""


def test_a_writer_killed_at_any_moment_loses_no_acknowledged_transaction(tmp_path: Path) -> None:
    path = tmp_path / "記録 desk.db"
    acknowledged = 0
    chance = random.Random(1)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 25)):
                acknowledged = int(process.stdout.readline())
            process.kill()
            # What was said while the axe fell was acknowledged too, if the line is whole.
            for line in process.stdout:
                acknowledged = int(line) if line.endswith("\n") else acknowledged
    with closing(connect(path)) as connection:
        one = Replica("a", connection=connection)
        assert one.journal.vector()[device("a")] >= acknowledged > KILLS
        assert one.journal.check() == []
        assert len(SeenProjection.rows(connection)) == one.journal.vector()[device("a")]
        for transaction in one.log():
            assert [op.field for op in transaction.ops] == ["record", "status"]
            assert one.values(str(transaction.seq), "record") == [f"{transaction.seq} record"]
        assert one.write(Operation("entry", "1", "x", "set", 1)).seq > acknowledged
