"""The dialogs for files: look, change, take in, stop; and give out again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.paths import resources
from liaison_desk.services.chronology import record_entry
from liaison_desk.ui.importing.dialog import ImportDialog
from liaison_desk.ui.importing.export import ExportDialog
from liaison_desk.ui.workplace import Workplace

DEMO = resources() / "demo" / "chronology.csv"


def looked(workplace: Workplace, qtbot: QtBot, path: Path) -> ImportDialog:
    """A dialog that has looked at a file."""
    dialog = ImportDialog(workplace, path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview is not None or not dialog.banner.isHidden(), timeout=20_000)
    return dialog


def taken(dialog: ImportDialog, qtbot: QtBot) -> None:
    """Take the file in and wait for the end."""
    dialog.start()
    qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20_000)


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    """A small CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_chronology_is_looked_at_and_taken_in(workplace: Workplace, qtbot: QtBot) -> None:
    dialog = looked(workplace, qtbot, DEMO)
    preview = dialog.preview
    assert preview is not None
    assert dialog.rows.rowCount() == min(50, preview.entries)
    assert dialog.columns.rowCount() == len(preview.labels)
    assert dialog.take.isEnabled()
    assert workplace.reader.count_all() == 0

    taken(dialog, qtbot)

    assert dialog.outcome is not None
    assert dialog.outcome.added == preview.entries == workplace.reader.count_all()
    assert str(preview.entries) in dialog.summary.text()


def test_a_second_look_counts_what_is_here_already_and_adds_nothing_twice(workplace: Workplace, qtbot: QtBot) -> None:
    first = looked(workplace, qtbot, DEMO)
    taken(first, qtbot)
    count = workplace.reader.count_all()

    again = looked(workplace, qtbot, DEMO)
    assert f"{count:,}" in again.summary.text().split("・")[1]
    taken(again, qtbot)

    assert again.outcome is not None
    assert (again.outcome.added, again.outcome.already_there) == (0, count)
    assert workplace.reader.count_all() == count


def test_a_column_can_be_given_another_meaning(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    path = table(tmp_path / "表.csv", ("日時", "できごと", "内容"), ("2026/11/22 13:05", "土砂崩れ", "大沼で"))
    dialog = looked(workplace, qtbot, path)
    assert dialog.preview is not None
    assert dialog.preview.unknown == ("できごと",)
    first = dialog.preview

    dialog.columns.choose("できごと", "subject")
    qtbot.waitUntil(lambda: dialog.preview is not None and dialog.preview is not first)

    assert dialog.preview.rows[0].subject == "土砂崩れ"
    taken(dialog, qtbot)
    (entry,) = workplace.reader.entries(EntryFilter())
    assert (entry.subject, entry.content) == ("土砂崩れ", "大沼で")


def test_doubtful_lines_are_listed_with_their_number_and_the_reason(
    workplace: Workplace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "表.csv",
        ("日時", "内容"),
        ("2026/11/22 13:05", "あ"),
        ("きのうごろ", "い"),
        ("2026/11/22 13:06", "う"),
    )

    dialog = looked(workplace, qtbot, path)

    lines = dialog.problems.texts()
    assert [line[0] for line in lines] == ["3"]
    assert all(lines[0])


def test_a_file_that_cannot_be_read_is_said_so(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(b"")

    dialog = looked(workplace, qtbot, path)

    assert dialog.banner.text()
    assert not dialog.take.isEnabled()


def test_a_stopped_import_says_what_was_done_and_can_go_on(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [(f"2026/11/22 {n // 60 % 24}:{n % 60:02d}", f"{n}件目") for n in range(3500)]
    dialog = looked(workplace, qtbot, table(tmp_path / "多い.csv", ("日時", "内容"), *rows))

    dialog.start()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20_000)

    assert dialog.isVisible()
    assert dialog.outcome is not None
    assert not dialog.outcome.done
    assert 0 < dialog.outcome.added < 3500
    dialog.outcome = None
    taken(dialog, qtbot)
    assert workplace.reader.count_all() == 3500


def test_what_a_person_records_meanwhile_goes_first(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [(f"2026/11/22 {n // 60 % 24}:{n % 60:02d}", f"{n}件目") for n in range(3500)]
    dialog = looked(workplace, qtbot, table(tmp_path / "多い.csv", ("日時", "内容"), *rows))
    order: list[str] = []

    dialog.start()
    workplace.desk.submit(
        lambda desk: record_entry(desk, EntryDraft(content="急ぎ")), done=lambda _done: order.append("line")
    )
    qtbot.waitUntil(lambda: dialog.outcome is not None or bool(order), timeout=20_000)

    assert order == ["line"]
    assert dialog.outcome is None
    qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20_000)


def test_a_file_can_be_dropped(workplace: Workplace, qtbot: QtBot) -> None:
    dialog = ImportDialog(workplace)
    qtbot.addWidget(dialog)
    dialog.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(DEMO))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    dialog.file.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))

    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=20_000)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_the_chronology_is_given_out(workplace: Workplace, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    workplace.desk.submit(lambda desk: record_entry(desk, EntryDraft(content="大沼で土砂崩れ")))
    workplace.desk.submit(lambda desk: record_entry(desk, EntryDraft(content="給水車を", kind="指示")))
    qtbot.waitUntil(workplace.desk.idle)
    dialog = ExportDialog(workplace, EntryFilter(open_only=True))
    qtbot.addWidget(dialog)
    dialog.kinds[suffix].setChecked(True)

    dialog.export(tmp_path / "書き出し")

    qtbot.waitUntil(lambda: dialog.exported is not None, timeout=20_000)
    assert dialog.exported is not None
    assert dialog.exported.entries == 1
    assert (tmp_path / f"書き出し{suffix}").stat().st_size > 0
