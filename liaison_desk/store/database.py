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
            self.writer = self._looking(begun=True)
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as refused:
            raise _not_writable(profile, refused) from refused
        if self._size_bytes():
            # Opening for writing folds SQLite's log into the file: a file that is not ours stays untouched.
            self._looking(begun=False).close()
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
        if not self._size_bytes():
            raise DeskProblem(wording.text("no_incident", profile=self.profile), wording.text("no_incident_do"))
        with translated():
            connection = connect(uri_of(self.path) + "?mode=ro", uri=True)
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cache_size=-16384")
            return connection

    def _looking(self, *, begun: bool) -> sqlite3.Connection:
        connection = self.reader()
        try:
            with translated():
                migrations.refuse_other(connection, self.path)
                if begun and migrations.version_of(connection) is None:
                    raise DeskProblem(wording.text("no_incident", profile=self.profile), wording.text("no_incident_do"))
        except BaseException:
            connection.close()
            raise
        return connection

    def _size_bytes(self) -> int:
        """The file's size, 0 when there is none yet; its first bytes must be those of SQLite."""
        try:
            size_bytes = self.path.stat().st_size if self.path.exists() else 0
            if size_bytes and not looks_like_a_database(self.path):
                raise Damaged("header")
        except OSError as refused:
            raise DeskProblem(
                wording.text("file_not_read", path=self.path, reason=refused.strerror or refused),
                wording.text("file_not_read_do"),
            ) from refused
        return size_bytes

    def close(self) -> None:
        """Close the writing connection; the log of SQLite is folded into the file."""
        self.writer.close()


def looks_like_a_database(path: Path) -> bool:
    """Whether the file begins as SQLite files do."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def _not_writable(profile: Path, refused: OSError) -> DeskProblem:
    return DeskProblem(
        wording.text("profile_not_writable", profile=profile, reason=refused.strerror or refused),
        wording.text("profile_not_writable_do"),
    )


def uri_of(path: Path) -> str:
    r"""The path as SQLite's file: URI; a \\?\ prefix is not understood there and is taken off."""
    text = str(path)
    return Path(text.removeprefix("\\\\?\\")).absolute().as_uri()
