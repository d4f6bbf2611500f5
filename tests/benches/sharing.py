"""Through a folder on this machine's disk: what the engine itself costs, without a link."""

from __future__ import annotations

from pathlib import Path

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.services import chronology, importing, incident, syncing
from liaison_desk.services.desk import Desk
from tests.benches.figures import Figure, percentile, timed_ms
from tests.benches.volume import bulk_file


def run(folder: Path, entries: int) -> list[Figure]:
    """5,000 entries at once, one more, and an idle round; two desks."""
    work = folder / "sharing"
    (work / "share").mkdir(parents=True)
    one, two = Desk(work / "one"), Desk(work / "two")
    incident.new_incident(one, name="測定", mark="一", operator="測定", org="測定", share=work / "share")
    incident.write_invitation(one, work / "invitation")
    incident.join_incident(two, work / "invitation", mark="二", operator="測定", org="測定")
    source = bulk_file(folder, 5_000)
    importing.import_preview(one, importing.preview_file(source))
    raw = sum(len(t.encode()) for t in one.the_journal().reader.transactions(one.the_journal().device, 0, 1 << 30))
    send_s = timed_ms(lambda: syncing.sync_once(one)) / 1000
    take_s = timed_ms(lambda: syncing.sync_once(two)) / 1000
    segments = [path for path in (work / "share").rglob("seg/*/*") if path.is_file()]
    size = sum(path.stat().st_size for path in segments)
    idle = [timed_ms(lambda: syncing.sync_once(one)) for _ in range(20)]

    def one_more() -> None:
        chronology.record_entry(one, EntryDraft(content="もう1件。大沼で停電が復旧した。"))
        syncing.sync_once(one)
        syncing.sync_once(two)

    more = [timed_ms(one_more) for _ in range(20)]
    equal = one.the_journal().digest() == two.the_journal().digest()
    one.close()
    two.close()
    if not equal:
        raise AssertionError("two desks that exchanged everything are not equal")
    return [
        Figure("sharing", "5,000 entries: publish", send_s, "s"),
        Figure("sharing", "5,000 entries: take, merge and project", take_s, "s"),
        Figure("sharing", "5,000 entries: segment files", len(segments), "files"),
        Figure("sharing", "5,000 entries: bytes of the file's", size / source.stat().st_size, "ratio"),
        Figure("sharing", "5,000 entries: bytes of the log's", size / raw, "ratio"),
        Figure("sharing", "one more, recorded to received, p95", percentile(more, 0.95), "ms"),
        Figure("sharing", "an idle round, p95", percentile(idle, 0.95), "ms"),
    ]
