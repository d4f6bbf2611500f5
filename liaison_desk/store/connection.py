"""SQLite connections and what their errors mean to a person."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from liaison_desk import wording
from liaison_desk.errors import DeskBug, DeskProblem
from sync.errors import Corrupt, TooNew

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# Our statements are tested, so these words of SQLite's mean that the page with the tables' names is damaged.
_DAMAGE_WORDS = ("no such table", "no such column", "has no column", "malformed", "could not decode", "no such module")


class Damaged(DeskProblem):
    """The database file is damaged; `services.recovery` can rebuild it."""

    def __init__(self, reason: str) -> None:
        """Say what SQLite found."""
        super().__init__(wording.text("database_damaged", reason=reason), wording.text("database_damaged_do"))
        self.reason = reason


def connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    """Open in autocommit: whoever writes says BEGIN IMMEDIATE and COMMIT."""
    # One connection serves one thread at a time, but is handed from the opening thread to the desk thread.
    return sqlite3.connect(name, timeout=10, isolation_level=None, uri=uri, check_same_thread=False)


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors about the world into sentences for a person.

    Raises:
        DeskProblem: full, read-only, busy or failing disk; `Damaged` for a damaged file.
        DeskBug: anything that our own statements caused.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise problem_of(error) from error
    except (Corrupt, json.JSONDecodeError, UnicodeDecodeError) as error:
        # SQLite does not prove what stands in a row; whoever reads it notices.
        raise Damaged(str(error)) from error
    except TooNew as error:
        raise DeskProblem(
            wording.text("database_too_new", found=error.found, known=error.known), wording.text("database_too_new_do")
        ) from error


def problem_of(error: sqlite3.Error) -> DeskProblem | DeskBug:
    """The sentence for an error of SQLite."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE or any(word in str(error).lower() for word in _DAMAGE_WORDS):
        return Damaged(str(error))
    known = {
        sqlite3.SQLITE_FULL: "disk_full",
        sqlite3.SQLITE_READONLY: "disk_read_only",
        sqlite3.SQLITE_CANTOPEN: "disk_read_only",
        sqlite3.SQLITE_PERM: "disk_read_only",
        sqlite3.SQLITE_IOERR: "disk_failed",
        sqlite3.SQLITE_BUSY: "database_busy",
        sqlite3.SQLITE_LOCKED: "database_busy",
    }
    key = known.get(code)
    if key is None:
        return DeskBug(f"{type(error).__name__}: {error}")
    return DeskProblem(wording.text(key, reason=error), wording.text(key + "_do"))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction on the desk's local tables: all of it or nothing."""
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several statements of a reader see one state, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")
