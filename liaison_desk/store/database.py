"""The desk's one SQLite file: opened safely, one writer, any number of readers.

WAL and `synchronous=FULL`: what was committed is on the platter before anyone is told so.
A damaged file is set aside by `services.recovery`, never deleted; a newer one is refused; an older one is
backed up and then migrated (`migrations`).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from liaison_desk import wording
from liaison_desk.errors import DeskProblem
from liaison_desk.paths import DATABASE_NAME, is_network, long_path
from liaison_desk.store import migrations
from liaison_desk.store.connection import Damaged, connect, translated

_HEADER = b"SQLite format 3\0"


class Database:
    """The open file of one profile.

    Attributes:
        path: the file.
        writer: the one connection that writes; used by one thread at a time. Autocommit: whoever writes
            says BEGIN IMMEDIATE and COMMIT.
    """

    def __init__(self, profile: Path, *, mode: str = "write") -> None:
        """Open, make or migrate the profile's database.

        Args:
            profile: a folder on a local disk; made when missing (in mode "write").
            mode: "write", or "read" for commands that only look (no lock is needed, nothing is changed).

        Raises:
            DeskProblem: network path, damaged, newer, read-only or full disk.
        """
        self.profile = profile
        self.path = long_path(profile / DATABASE_NAME)
        if is_network(profile):
            raise DeskProblem(
                wording.text("profile_on_network", profile=profile), wording.text("profile_on_network_do")
            )
        if mode == "read":
            self.writer = self.reader()
            with translated():
                migrations.refuse_other(self.writer)
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as refused:
            raise DeskProblem(
                wording.text("profile_not_writable", profile=profile, reason=refused.strerror or refused),
                wording.text("profile_not_writable_do"),
            ) from refused
        if not looks_like_a_database(self.path):
            raise Damaged("header")
        with translated():
            self.writer = connect(str(self.path))
            try:
                # WAL is kept in the file, so a reader that finds it needs no write of its own.
                self.writer.execute("PRAGMA journal_mode=WAL")
                self.writer.execute("PRAGMA synchronous=FULL")
                self.writer.execute("PRAGMA foreign_keys=ON")
                self.writer.execute("PRAGMA cache_size=-32768")
                # Every commit is flushed to the log; folding the log into the file may wait for 32 MB of it.
                self.writer.execute("PRAGMA wal_autocheckpoint=8000")
                self.writer.execute("PRAGMA journal_size_limit=67108864")
                migrations.bring_up_to_date(self.writer, self.path)
            except BaseException:
                self.writer.close()
                raise

    def reader(self) -> sqlite3.Connection:
        """A read-only connection for one thread; the caller closes it."""
        with translated():
            if not self.path.exists():
                raise DeskProblem(wording.text("no_incident", profile=self.profile), wording.text("no_incident_do"))
            if not looks_like_a_database(self.path):
                raise Damaged("header")
            connection = connect(uri_of(self.path) + "?mode=ro", uri=True)
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cache_size=-16384")
            return connection

    def close(self) -> None:
        """Close the writing connection; the log of SQLite is folded into the file."""
        self.writer.close()


def looks_like_a_database(path: Path) -> bool:
    """Whether the file is absent, empty, or begins as SQLite files do."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def uri_of(path: Path) -> str:
    r"""The path as SQLite's file: URI; a \\?\ prefix is not understood there and is taken off."""
    text = str(path)
    return Path(text.removeprefix("\\\\?\\")).absolute().as_uri()
