"""Making every projection again from the log, and checking the log against itself."""

from __future__ import annotations

from pathlib import Path

from liaison_desk.services.desk import Desk
from tests.benches.figures import Figure, at_most, timed_ms
from tests.benches.volume import full_profile


def run(folder: Path, entries: int) -> list[Figure]:
    """Seconds for the whole."""
    desk = Desk(full_profile(folder, entries))
    journal = desk.the_journal()
    before = journal.digest()
    rebuild_s = timed_ms(journal.rebuild) / 1000
    check_s = timed_ms(journal.check) / 1000
    digest_s = timed_ms(journal.digest) / 1000
    if journal.digest() != before:
        raise AssertionError("a rebuild changed the state")
    size_mb = desk.database.path.stat().st_size / 1e6
    desk.close()
    return [
        at_most("rebuild", "all projections", rebuild_s, "s", 20 * entries / 100_000),
        Figure("rebuild", "check of the whole log", check_s, "s"),
        Figure("rebuild", "state digest", digest_s, "s"),
        Figure("rebuild", "size of the database", size_mb, "MB"),
    ]
