"""The shape of the database, and the way from older shapes.

The version is major.minor: a newer major is refused, a newer minor is read (its additions are ignored), an
older one is backed up beside the file and then migrated. One fixture per released version: tests/migrations.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from liaison_desk import wording
from liaison_desk.errors import DeskProblem
from liaison_desk.store import chronology_tables, desk_tables, people
from liaison_desk.store.connection import Damaged
from sync.journal import Journal

MAJOR, MINOR = 1, 0


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new database, or migrate an older one after a backup.

    Raises:
        DeskProblem: the file is a newer desk's, or another program's.
    """
    refuse_other(connection, path)
    if version_of(connection) is None:
        _create(connection)


def refuse_other(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a newer desk's file or another program's; nothing is written.

    Raises:
        DeskProblem: as said.
    """
    found = version_of(connection)
    if found is None:
        if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise DeskProblem(wording.text("not_a_database", path=path), wording.text("not_a_database_do"))
    elif found[0] > MAJOR:
        raise DeskProblem(
            wording.text("database_too_new", found=f"{found[0]}.{found[1]}", known=f"{MAJOR}.{MINOR}"),
            wording.text("database_too_new_do"),
        )


def version_of(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """The version written in the file; None in a new or a strange one.

    Raises:
        Damaged: the table is there, the version is not.
    """
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name='desk_version'").fetchone():
        return None
    row = connection.execute("SELECT major, minor FROM desk_version").fetchone()
    if row is None or not all(isinstance(part, int) for part in row):
        raise Damaged("version")
    return row[0], row[1]


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        Journal.create_tables(connection)
        for statement in (*desk_tables.STATEMENTS, *chronology_tables.STATEMENTS, *people.STATEMENTS):
            connection.execute(statement)
        connection.execute("CREATE TABLE desk_version (major INTEGER NOT NULL, minor INTEGER NOT NULL)")
        connection.execute("INSERT INTO desk_version VALUES (?, ?)", (MAJOR, MINOR))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
