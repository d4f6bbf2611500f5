"""Out of a damaged database comes every intact transaction, and an honest account of the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from sync.errors import Corrupt
from sync.salvage import salvage
from tests.unit.sync.replicas import Replica, connect, device, made_share, put


def filled(path: Path, count: int = 300) -> Replica:
    one, other = Replica("a", path=path), Replica("b")
    one.journal.receive([other.write(put("b", "theirs"))])
    for number in range(count):
        one.write(put(str(number), f"値 {number} " * 5))
    return one


def test_an_intact_database_gives_everything(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 20)
    found = salvage(one.connection)
    assert list(found) == one.log()
    assert (found.taken, found.lost, found.unproven, found.findings) == (21, 0, 0, [])
    fresh = Replica("c")
    assert fresh.journal.receive(salvage(tmp_path / "desk.db"), bulk=True).count == 21
    assert fresh.journal.digest() == one.journal.digest()
    one.connection.close()


@pytest.mark.parametrize("seed", range(12))
def test_flipped_pages_cost_their_own_rows_only(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "desk.db"
    one = filled(path)
    log = one.log()
    one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    one.connection.close()
    data = bytearray(path.read_bytes())
    random = Random(seed)
    # Never the first page: without a schema there is no database at all.
    page = random.randrange(1, len(data) // 4096)
    data[page * 4096 : page * 4096 + 4096] = random.randbytes(4096)
    path.write_bytes(data)
    found = salvage(path)
    taken = list(found)
    assert all(each in log for each in taken)
    assert len({(each.device, each.seq) for each in taken}) == len(taken) == found.taken
    assert len(taken) + found.lost >= len(log)
    assert len(taken) >= len(log) * 0.5, found.findings[:3]
    assert (found.lost == 0) == (taken == log)
    # A new profile takes them, under a new device id; what has a gap before it waits.
    fresh = Replica("e")
    received = fresh.journal.receive(taken, bulk=True)
    assert received.count + received.parked == len(taken)
    assert fresh.journal.check() == []


def test_an_altered_row_is_not_taken_and_its_neighbours_are(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 10)
    log = one.log()
    one.connection.execute("UPDATE log SET body = CAST(replace(body, '値 4', '値 9') AS BLOB) WHERE position = 6")
    found = salvage(one.connection)
    assert list(found) == [*log[:5], *log[6:]]
    assert found.lost == 1
    assert "chain" in found.findings[0]


def test_an_altered_chain_costs_one_row_at_most(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 10)
    log = one.log()
    one.connection.execute("UPDATE log SET chain = zeroblob(32) WHERE position = 6")
    found = salvage(one.connection)
    assert list(found) == [*log[:5], *log[6:]]


def test_rows_behind_an_unreadable_one_are_taken_without_proof_and_counted(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 10)
    log = one.log()
    one.connection.execute("UPDATE log SET body = x'00', seq = 99 WHERE position = 6")
    one.connection.execute("UPDATE log SET seq = 98 WHERE position = 11")
    found = salvage(one.connection)
    assert list(found) == [*log[:5], *log[6:10]]
    assert (found.lost, found.unproven) == (2, 1)


def test_what_the_log_lost_comes_from_the_kept_segments(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 10)
    log = one.log()
    one.round(made_share())
    one.connection.execute("UPDATE log SET body = x'00' WHERE seq BETWEEN 3 AND 5")
    found = salvage(one.connection)
    assert sorted(found, key=lambda each: (each.device, each.seq)) == sorted(
        log, key=lambda each: (each.device, each.seq)
    )
    one.connection.execute("UPDATE segments SET body = x'00'")
    found = salvage(one.connection)
    assert len(list(found)) == 8
    assert any(finding.startswith("segment") for finding in found.findings)
    one.connection.execute("UPDATE segments SET device = 77")
    one.connection.execute("DELETE FROM journal_meta")
    assert len(list(salvage(one.connection))) == 8


def test_what_is_no_database_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "noise.db").write_bytes(b"not a database" * 1000)
    sqlite3.connect(tmp_path / "empty.db").close()
    for name in ("noise.db", "empty.db", "absent.db"):
        with pytest.raises(Corrupt):
            list(salvage(tmp_path / name))


def test_many_problems_are_counted_and_some_are_told(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 150)
    one.connection.execute("UPDATE log SET body = x'00'")
    found = salvage(one.connection)
    assert list(found) == []
    assert (found.lost, len(found.findings)) == (151, 100)


class EndUnreadable(sqlite3.Connection):
    """The rightmost page is gone: neither the highest row id nor some rows can be read."""

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        rows = parameters[0] if parameters else ()
        if sql.startswith("SELECT max") or (" log WHERE rowid" in sql and rows[0] >= 8):  # type: ignore[index]
            message = "database disk image is malformed"
            raise sqlite3.DatabaseError(message)
        return super().execute(sql, *parameters)  # type: ignore[arg-type]


def test_an_unreadable_end_still_gives_the_rows_before_it(tmp_path: Path) -> None:
    one = filled(tmp_path / "desk.db", 10)
    log = one.log()
    with closing(sqlite3.connect(tmp_path / "desk.db", factory=EndUnreadable)) as broken:
        found = salvage(broken)
        assert list(found) == log[:7]
    assert any("the end is unreadable" in finding for finding in found.findings)
    one.connection.close()


def test_a_salvaged_profile_goes_on_and_everybody_gets_what_was_never_sent(tmp_path: Path) -> None:
    files = made_share()
    one, other = Replica("a", path=tmp_path / "desk.db"), Replica("b")
    one.write(put("1", "sent"))
    one.round(files)
    one.write(put("2", "never sent"))
    fresh = Replica("e", connection=connect(tmp_path / "new.db"))
    fresh.journal.receive(salvage(one.connection), bulk=True)
    fresh.round(files)
    other.round(files)
    assert other.values("2") == ["never sent"]
    assert other.journal.vector()[device("a")] == 2
