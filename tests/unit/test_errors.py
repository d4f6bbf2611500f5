"""The two roots of errors, and what SQLite's mean to a person."""

from __future__ import annotations

import sqlite3

import pytest

from liaison_desk import wording
from liaison_desk.errors import DeskBug, DeskProblem
from liaison_desk.store.connection import Damaged, problem_of, translated
from sync.errors import Corrupt, TooNew


def error_of(kind: type[sqlite3.Error], code: int, says: str = "x") -> sqlite3.Error:
    """An error as SQLite raises it."""
    error = kind(says)
    error.sqlite_errorcode = code
    return error


def test_a_problem_says_one_sentence_and_the_next_step() -> None:
    problem = DeskProblem("紙がありません。", "紙を入れてください。")

    assert (problem.says, problem.do, str(problem)) == (
        "紙がありません。", "紙を入れてください。", "紙がありません。 紙を入れてください。"
    )  # fmt: skip
    assert str(DeskProblem("それだけ。")) == "それだけ。"


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_READONLY, "disk_read_only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "disk_read_only"),
        (sqlite3.SQLITE_CANTOPEN, "disk_read_only"),
        (sqlite3.SQLITE_PERM, "disk_read_only"),
        (sqlite3.SQLITE_BUSY, "database_busy"),
        (sqlite3.SQLITE_LOCKED, "database_busy"),
    ],
)
def test_an_error_of_the_world_is_a_sentence(code: int, key: str) -> None:
    problem = problem_of(error_of(sqlite3.OperationalError, code))

    assert isinstance(problem, DeskProblem)
    assert (problem.says, problem.do) == (wording.text(key), wording.text(key + "_do"))


def test_a_failing_disk_says_what_failed() -> None:
    problem = problem_of(error_of(sqlite3.OperationalError, sqlite3.SQLITE_IOERR_FSYNC, "disk I/O error"))

    assert isinstance(problem, DeskProblem)
    assert "disk I/O error" in problem.says


@pytest.mark.parametrize(
    "error",
    [
        error_of(sqlite3.DatabaseError, sqlite3.SQLITE_CORRUPT),
        error_of(sqlite3.DatabaseError, sqlite3.SQLITE_CORRUPT_VTAB),
        error_of(sqlite3.DatabaseError, sqlite3.SQLITE_NOTADB),
        error_of(sqlite3.OperationalError, sqlite3.SQLITE_ERROR, "no such table: entries"),
        error_of(sqlite3.OperationalError, sqlite3.SQLITE_ERROR, "Could not decode to UTF-8 column 'content'"),
    ],
)
def test_signs_of_a_damaged_file_are_told_as_damage(error: sqlite3.Error) -> None:
    assert isinstance(problem_of(error), Damaged)


def test_what_our_own_statements_caused_is_a_bug() -> None:
    assert isinstance(problem_of(error_of(sqlite3.OperationalError, sqlite3.SQLITE_ERROR, "near SELEKT")), DeskBug)
    assert isinstance(problem_of(sqlite3.ProgrammingError("closed")), DeskBug)


def test_errors_are_translated_where_they_come_up() -> None:
    with pytest.raises(Damaged), translated():
        raise Corrupt("not canonical")
    with pytest.raises(DeskProblem, match=r"新しい版（9）"), translated():
        raise TooNew("newer", found="9", known="1")
    with pytest.raises(Damaged), translated():
        b"\xff".decode()
    with pytest.raises(KeyError), translated():
        raise KeyError("ours")
