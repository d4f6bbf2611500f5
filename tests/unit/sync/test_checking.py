"""``check`` finds every way in which a database can disagree with itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sync import checking
from tests.unit.sync.replicas import Replica, put


def filled() -> Replica:
    one, other = Replica("a"), Replica("b")
    one.journal.receive([other.write(put("1", "theirs"))])
    for number in range(10):
        one.write(put(str(number), number), put(str(number), None, name="owner"))
    one.write(put("1", "chosen", *one.dots("1")))
    assert one.journal.check() == []
    return one


DAMAGES = {
    "a body is altered": (
        "UPDATE log SET body = CAST(replace(body, 'chosen', 'forged') AS BLOB) WHERE position = 12",
        ["its chain is broken"],
    ),
    "a body is cut": ("UPDATE log SET body = substr(body, 1, 20) WHERE position = 4", ["not CBOR", "the vector says"]),
    "a row is another's": ("UPDATE log SET hlc = hlc + 1 WHERE position = 4", ["holds transaction"]),
    "a row's device is unknown": ("UPDATE log SET device = 99 WHERE position = 1", ["number 99"]),
    "a chain is altered": ("UPDATE log SET chain = zeroblob(32) WHERE position = 3", ["its chain is broken"]),
    "a row is gone": ("DELETE FROM log WHERE position = 5", ["which it needs"]),
    "the last row is gone": ("DELETE FROM log WHERE position = 12", ["the vector says 11, the log holds 10"]),
    "the order is not causal": ("UPDATE log SET position = 0 WHERE position = 12", ["which it needs"]),
    "the vector runs ahead": ("UPDATE vector SET seq = seq + 1", ["the vector says"]),
    "the vector knows a device too many": (
        "INSERT INTO devices (number, id) VALUES (9, 'c'); INSERT INTO vector VALUES (9, 1, x'00', 0)",
        ["device c: the vector says 1"],
    ),
    "a cell is gone": (
        "DELETE FROM cells WHERE id = '2' AND field = 'owner'",
        ["cell entry 2 owner: a value is missing"],
    ),
    "a cell is too many": (
        "INSERT INTO cells VALUES ('entry', '1', 'due', 1, 1, 0)",
        ["cell entry 1 due: a value is too many"],
    ),
    "many cells are gone": ("DELETE FROM cells", ["more values is missing"]),
}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_every_damage_is_found_and_named(damage: str) -> None:
    statement, words = DAMAGES[damage]
    one = filled()
    one.connection.executescript(statement)
    findings = one.journal.check()
    for word in words:
        assert any(word in finding for finding in findings), findings
    # Asking changes nothing, and asking again gives the same answer.
    assert one.journal.check() == findings


def test_building_again_mends_what_was_made_from_the_log() -> None:
    one = filled()
    digest = one.journal.digest()
    one.connection.executescript("DELETE FROM cells; UPDATE vector SET seq = 1")
    again = one.opened()
    assert again.check()
    again.rebuild()
    assert again.check() == []
    assert again.digest() == digest


def test_building_again_over_a_lost_row_lets_the_rest_wait_and_loses_nothing() -> None:
    one = filled()
    lost = one.log()[4]
    one.connection.execute("DELETE FROM log WHERE position = 5")
    again = one.opened()
    again.rebuild()
    assert len(one.reader.parked()) == 7
    assert again.check() == []
    assert again.vector()[one.device] == lost.seq - 1


def test_a_reader_can_check_without_writing(tmp_path: Path) -> None:
    one = Replica("a", path=tmp_path / "desk.db")
    one.write(put("1", 1))
    with closing(sqlite3.connect(f"{(tmp_path / 'desk.db').as_uri()}?mode=ro", uri=True)) as connection:
        assert checking.check(connection) == []
    one.connection.close()


def test_a_page_that_cannot_be_read_is_a_finding() -> None:
    one = filled()
    one.connection.execute("UPDATE log SET body = CAST(body AS TEXT) WHERE position = 5")
    assert "cannot be read to its end" in one.journal.check()[-1]
