"""What goes out: for Excel, for scripts, for a colleague without the desk; and that it comes back."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from liaison_desk.domain.chronology import EntryDraft
from liaison_desk.domain.clock import Moment
from liaison_desk.domain.listing import EntryFilter
from liaison_desk.errors import DeskProblem
from liaison_desk.services import chronology
from liaison_desk.services.desk import Desk
from liaison_desk.services.exporting import details_json, export_entries, row_details
from liaison_desk.services.exporting.table import SHIELD, shielded, unshielded
from liaison_desk.services.importing import preview_file
from liaison_desk.services.reading import Reader
from sync.delivery import Standing
from tests.unit.services.filing import DATA, DEMO, START, entries_of, imported, opened

FORMATS = ("csv", "xlsx", "jsonl")
NAMES = (
    "no id occurred_at occurred_approx recorded_at device_mark operator org from_party to_party channel kind subject "
    "content place latitude longitude verification important status owner due reply_to revisions attachments delivery"
).split()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "desk") as opened_desk:
        yield opened_desk


@pytest.fixture
def reader(desk: Desk) -> Iterator[Reader]:
    found = Reader(desk.database)
    yield found
    found.close()


def record(desk: Desk, content: str, **given: Any) -> str:
    return chronology.record_entry(desk, EntryDraft(content=content, **given)).entry_id


def test_json_has_the_names_of_the_design(desk: Desk, reader: Reader) -> None:
    first = record(desk, "停電", occurred_at=START, occurred_approx=True, kind="指示", owner="北電", due=START)
    record(desk, "復旧", reply_to=first, latitude=41.5, longitude=140.5)

    told = [details_json(details, Standing("")) for details in row_details(reader, reader.last_rows(2))]

    assert set(NAMES) <= set(told[0])
    by_content = {one["content"]: one for one in told}
    assert by_content["停電"]["occurred_at"] == "2026-11-22T13:05:00+09:00"
    assert (by_content["停電"]["occurred_approx"], by_content["停電"]["status"]) == (True, "未対応")
    assert by_content["復旧"]["reply_to"] == first
    assert by_content["復旧"]["reply_to_no"] == by_content["停電"]["no"]


def test_json_tells_revisions_and_the_first_wording(desk: Desk, reader: Reader) -> None:
    entry_id = record(desk, "死者1名")
    chronology.correct_entry(desk, entry_id, {"content": "死者なし"}, "誤報")
    chronology.cancel_entry(desk, entry_id, "二重")

    (details,) = row_details(reader, reader.last_rows(1))
    told = details_json(details, Standing(""))

    assert (told["content"], told["original"], told["cancelled"]) == ("死者なし", {"content": "死者1名"}, True)
    assert [(one["kind"], one["reason"]) for one in told["revisions"]] == [("correct", "誤報"), ("cancel", "二重")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_exercise_comes_back_equal(desk: Desk, reader: Reader, tmp_path: Path, suffix: str) -> None:
    imported(desk, DEMO / "chronology.csv")

    done = export_entries(reader, tmp_path / f"out.{suffix}")
    with opened(tmp_path / "other", "森") as other:
        result = imported(other, tmp_path / f"out.{suffix}")

        assert (done.entries, result.added, result.doubtful, result.refused) == (434, 434, 0, 0)
        assert entries_of(other) == entries_of(desk)


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_went_out_adds_nothing_where_it_came_from(desk: Desk, reader: Reader, tmp_path: Path, suffix: str) -> None:
    entry_id = record(desk, "停電")
    chronology.correct_entry(desk, entry_id, {"content": "断水"}, "聞き違い")
    chronology.set_fields(desk, entry_id, {"status": "完了"})
    export_entries(reader, tmp_path / f"out.{suffix}")

    result = imported(desk, tmp_path / f"out.{suffix}")

    assert (result.added, result.already_there, result.revised) == (0, 1, 0)


@pytest.mark.parametrize("suffix", FORMATS)
def test_corrections_and_cancellations_travel_as_records_of_their_own(
    desk: Desk, reader: Reader, tmp_path: Path, suffix: str
) -> None:
    entry_id = record(desk, "死者1名", place="七飯町", occurred_approx=True)
    moment = Moment(START.utc_ms + 61_007, 0)
    chronology.correct_entry(
        desk, entry_id, {"content": "死者なし", "occurred_at": moment, "occurred_approx": False, "place": ""}, "誤報"
    )
    chronology.cancel_entry(desk, entry_id, "=二重")
    export_entries(reader, tmp_path / f"out.{suffix}")

    with opened(tmp_path / "other", "森") as other:
        result = imported(other, tmp_path / f"out.{suffix}")
        there = Reader(other.database)
        first, second = reader.details(entry_id), there.details(entry_id)
        there.close()

    assert (result.added, result.revised, result.doubtful) == (1, 2, 0)
    assert first is not None
    assert second is not None
    assert (second.entry, second.original, second.revisions) == (first.entry, first.original, first.revisions)
    assert second.row.cancelled


def test_a_wording_that_was_edited_in_the_file_changes_nothing_and_is_said(
    desk: Desk, reader: Reader, tmp_path: Path
) -> None:
    corrected = record(desk, "停電")
    record(desk, "断水")
    chronology.correct_entry(desk, corrected, {"content": "停電（町内）"}, "追記")
    export_entries(reader, tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    (tmp_path / "out.csv").write_bytes(text.replace("断水", "漏水").encode("utf-8-sig"))

    result = imported(desk, tmp_path / "out.csv")

    assert (result.added, result.already_there, result.doubtful) == (0, 2, 1)
    assert "訂正" in result.problems[0].says
    assert {entry.content for entry in entries_of(desk)} == {"停電（町内）", "断水"}


def test_no_cell_of_the_csv_computes_and_a_person_reads_the_same(desk: Desk, reader: Reader, tmp_path: Path) -> None:
    imported(desk, DATA / "formula.csv")

    export_entries(reader, tmp_path / "out.csv")

    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 8
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    for row in rows:
        for cell in filter(None, row.values()):
            assert cell[0] not in "=+-@\t\r"
    assert [row["件名"].strip("\u200b\t") for row in rows][3:5] == ["-12度", "=1+1"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+81-138-00-0001",
        "@SUM(1)",
        "-12度",
        "\t=1+1",
        "　=1",
        "\r=1",
        "-1+1",
        "＝１",
        "\u200b=1",
        "\ufeff=1",
        "=",
        "-",
    ],
)
def test_what_computes_is_shielded_exactly(text: str) -> None:
    assert shielded(text)[0] == SHIELD
    assert unshielded(shielded(text)) == text


@pytest.mark.parametrize("text", ["-41.5", "停電", "0138-00-0001", "a=b", "1", "(-1)"])
def test_what_does_not_compute_is_left_alone(text: str) -> None:
    assert shielded(text) == text


def test_a_shield_in_a_foreign_file_is_part_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("日時,内容\r\n11/22 13:05,\u200b=1\r\n".encode())

    assert preview_file(path).rows[0].content == "\u200b=1"


def test_the_sheet_is_made_for_reading(desk: Desk, reader: Reader, tmp_path: Path) -> None:
    imported(desk, DATA / "formula.csv")
    record(desk, "停電\n二行目", occurred_at=START, occurred_approx=True, subject="#N/A")

    export_entries(reader, tmp_path / "out.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert sheet.freeze_panes == "C3"
    assert str(sheet["A1"].value).startswith("訓練")
    header = {str(cell.value): place for place, cell in enumerate(sheet[2], 1)}
    cells = [sheet.cell(row, column) for row in range(3, 11) for column in range(1, len(header) + 1)]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    row = next(row for row in range(3, 11) if sheet.cell(row, header["件名"]).value == "#N/A")
    last: dict[str, Any] = {name: sheet.cell(row, column) for name, column in header.items()}
    assert last["発生日時"].is_date
    assert last["発生日時"].number_format == 'yyyy/mm/dd hh:mm"頃"'
    assert last["内容"].alignment.wrap_text
    assert last["件名"].value == "#N/A"
    assert sheet.column_dimensions["L"].width > 40


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_text_of_a_megabyte_comes_back(desk: Desk, reader: Reader, tmp_path: Path, suffix: str) -> None:
    text = "あ髙𠮟\r\n" * 100_000
    record(desk, text)
    export_entries(reader, tmp_path / f"out.{suffix}")

    with opened(tmp_path / "other") as other:
        imported(other, tmp_path / f"out.{suffix}")

        # Not compared by pytest, whose difference of two long texts takes minutes.
        same = entries_of(other)[0].content == text
    assert same


def test_only_what_passes_the_filter_goes_out(desk: Desk, reader: Reader, tmp_path: Path) -> None:
    record(desk, "停電", kind="指示")
    record(desk, "断水")

    done = export_entries(reader, tmp_path / "out.jsonl", EntryFilter(kinds=frozenset({"指示"})))

    assert done.entries == 1
    assert [json.loads(line)["content"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()] == [
        "停電"
    ]


def test_a_missing_folder_and_an_unknown_suffix_are_named(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(DeskProblem, match="フォルダ"):
        export_entries(reader, tmp_path / "none" / "out.csv")
    with pytest.raises(DeskProblem, match="種類"):
        export_entries(reader, tmp_path / "out.pdf")


def test_a_target_that_cannot_be_replaced_keeps_what_it_was(reader: Reader, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.mkdir()  # stands for a file that Excel holds: it cannot be exchanged

    with pytest.raises(DeskProblem):
        export_entries(reader, target)

    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".csv", ".part"}] == ["out.csv"]


@pytest.mark.skipif(sys.platform != "linux" or not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
def test_a_full_disk_is_named_and_the_old_file_stays(
    desk: Desk, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(desk, "停電")
    target = tmp_path / "out.csv"
    target.write_text("古い", encoding="utf-8")
    part = tmp_path / f".out.csv.{os.getpid()}.part"
    part.symlink_to("/dev/full")

    with pytest.raises(DeskProblem, match="空き"):
        export_entries(reader, target)

    assert target.read_text(encoding="utf-8") == "古い"
    assert not part.is_symlink()
