"""Taking files in, against Python's own csv and one bare INSERT of the same rows, in the same run."""

from __future__ import annotations

import csv
import json
import sqlite3
from functools import partial
from itertools import islice
from pathlib import Path

from openpyxl import Workbook

from liaison_desk.services import incident
from liaison_desk.services.desk import Desk
from liaison_desk.services.importing import import_preview, preview_file
from tests.benches.figures import Figure, at_least, timed_ms
from tests.benches.volume import bulk_file

_MOST = 20_000
_RATE = 5_000
_SHARE = 0.25


def run(folder: Path, entries: int) -> list[Figure]:
    """Entries a second of each kind of file: committed, searchable, durable; with the preview reported apart."""
    count = min(entries, _MOST)
    lines = bulk_file(folder, count)
    with lines.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, count)]
    header = list(rows[0])
    table = [
        ["○" if value is True else "" if value in (None, False) else str(value) for value in row.values()]
        for row in rows
    ]
    comma = folder / f"import-{count}.csv"
    with comma.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *table])
    sheet = folder / f"import-{count}.xlsx"
    book = Workbook(write_only=True)
    page = book.create_sheet("記録")
    for row in [header, *table]:
        page.append(row)
    book.save(sheet)

    bare = count / (timed_ms(lambda: _bare(folder, comma, len(header))) / 1000)
    figures = [Figure("importing", "csv and one bare INSERT", bare, "entries/s")]
    for path in (comma, sheet, lines):
        desk = Desk(folder / f"into-{path.suffix[1:]}-{count}")
        incident.new_incident(desk, name="測定", mark="測", operator="測定", org="測定")
        found = preview_file(path)
        look_s = timed_ms(partial(preview_file, path)) / 1000
        take_s = timed_ms(partial(import_preview, desk, found)) / 1000
        again_s = timed_ms(partial(import_preview, desk, found)) / 1000
        desk.close()
        name = path.suffix[1:]
        figures += [
            at_least("importing", f"{name}: import", count / take_s, "entries/s", _RATE),
            at_least("importing", f"{name}: of the bare rate", count / take_s / bare, "share", _SHARE),
            Figure("importing", f"{name}: preview", count / look_s, "entries/s"),
            Figure("importing", f"{name}: importing again", count / again_s, "entries/s"),
        ]
    return figures


def _bare(folder: Path, path: Path, columns: int) -> None:
    target = folder / "bare.sqlite3"
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE rows ({', '.join(f'c{n} TEXT' for n in range(columns))})")
    connection.execute("BEGIN")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * columns)})", reader)
    connection.execute("COMMIT")
    connection.close()
