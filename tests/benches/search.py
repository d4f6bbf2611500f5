"""Search as one types, against a scan with LIKE over the same folded text in the same run."""

from __future__ import annotations

import statistics
from contextlib import closing
from pathlib import Path

from liaison_desk.domain.listing import EntryFilter
from liaison_desk.domain.text import fold
from liaison_desk.services.reading import Reader
from liaison_desk.store.database import Database
from tests.benches.figures import Figure, at_least, at_most, percentile, timed_ms
from tests.benches.volume import full_profile

# By length: common and rare words, and what people type on the way to them.
WORDS = {
    1: ("町", "水", "5", "泊", "①"),
    2: ("避難", "停電", "孤立", "断水", "纊町"),
    3: ("避難所", "国道5", "小砂子", "通行止", "氾濫危"),
    6: ("通行止め。迂", "大沼町で土砂", "透析患者の搬", "氾濫危険水位", "落部川の水位"),
}
RARE = ("小砂子で床", "美利河で約", "貝取澗で土", "汐首町の沢", "椴川町の避")
ROUNDS = 12


def run(folder: Path, entries: int) -> list[Figure]:
    """First page of results (200 rows, newest first, rows included), and the count up to 1,000."""
    database = Database(full_profile(folder, entries), mode="read")
    limit = 10 if entries <= 100_000 else 25
    figures: list[Figure] = []
    with closing(database.reader()) as scan:
        reader = Reader(database)
        for length, words in WORDS.items():
            samples = []
            for word in words * ROUNDS:
                chosen = EntryFilter(text=word)
                samples.append(timed_ms(lambda: (reader.find(chosen, limit=50), reader.count(chosen))))  # noqa: B023
            figures.append(at_most("search", f"{length} characters, p95", percentile(samples, 0.95), "ms", limit))
        ratios = []
        for word in RARE:
            ours = statistics.median(timed_ms(lambda: reader.find(EntryFilter(text=word), limit=50)) for _ in range(9))  # noqa: B023
            like = "SELECT pos FROM entries WHERE folded LIKE ? ORDER BY pos DESC"
            theirs = statistics.median(
                timed_ms(lambda: scan.execute(like, (f"%{fold(word)}%",)).fetchall())  # noqa: B023
                for _ in range(5)
            )
            ratios.append(theirs / ours)
        figures.append(at_least("search", "rare words: faster than a LIKE scan by", min(ratios), "times", 20))
        reader.close()
    database.close()
    return figures
