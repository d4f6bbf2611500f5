"""A chronology as an office keeps it in Excel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing import preview_file
from liaison_desk.services.importing.sheet_xml import is_date_format
from tests.unit.services.filing import DATA, DEMO, entries_of, imported, opened


def book(path: Path, rows: list[list[Any]], *, title: str = "記録") -> Path:
    """A workbook of one sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def test_the_offices_sheet_gives_the_same_entries_as_the_csv(tmp_path: Path) -> None:
    with opened(tmp_path / "csv") as one, opened(tmp_path / "xlsx") as two:
        imported(one, DEMO / "chronology.csv")
        result = imported(two, DATA / "chronology.xlsx")

        assert (result.added, result.doubtful, result.refused, result.furniture) == (434, 0, 0, 4)
        assert entries_of(two) == entries_of(one)


def test_the_right_sheet_is_chosen_and_another_can_be() -> None:
    preview = preview_file(DATA / "chronology.xlsx")

    assert preview.sheet == "クロノロジー"
    assert preview.sheets == ("クロノロジー", "凡例", "集計")
    assert not preview_file(DATA / "chronology.xlsx", sheet="凡例").usable
    with pytest.raises(DeskProblem, match="凡例"):
        preview_file(DATA / "chronology.xlsx", sheet="無い")


def test_dates_and_times_come_in_every_manner_of_excel(tmp_path: Path) -> None:
    day = datetime(2026, 11, 22)  # noqa: DTZ001 - Excel knows no offsets
    path = book(
        tmp_path / "a.xlsx",
        [
            ["クロノロジー（11月22日）"],
            [],
            ["No", "日付", "時刻", "記事"],
            [1, day, datetime(2026, 11, 22, 3, 5).time(), "停電"],  # noqa: DTZ001
            [2, None, "3:10頃", "断水"],
            ["11月23日（月）"],
            [3, None, "0:20", "復旧"],
            [None, None, None, "　以　上　"],
        ],
    )

    preview = preview_file(path)

    assert [f"{row.occurred_at.local():%d %H:%M}" for row in preview.rows] == ["22 03:05", "22 03:10", "23 00:20"]
    assert [row.no for row in preview.rows] == ["1", "2", "3"]
    assert preview.rows[1].occurred_approx
    assert (preview.furniture, preview.problems) == (2, ())


def test_forms_that_were_numbered_in_advance_are_no_entries(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["No", "日時", "内容"], [1, "11/22 13:05", "停電"], [2], [3], ["以上"]])

    preview = preview_file(path)

    assert (preview.entries, preview.furniture, preview.refused) == (1, 3, 0)


def test_dittos_say_what_the_line_above_says(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", [["日時", "発信元", "内容"], ["11/22 13:05", "町役場", "a"], ["11/22 13:06", "〃", "b"]]
    )

    assert [row.from_party for row in preview_file(path).rows] == ["町役場", "町役場"]


def test_only_cells_that_exist_are_walked() -> None:
    preview = preview_file(DATA / "endless_sheet.xlsx")

    assert not preview.usable
    assert preview.entries == 0


def test_a_sheet_with_far_corners_and_a_header_is_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["日時", "内容"])
    sheet.append(["11/22 13:05", "停電"])
    sheet["B1048576"] = "末尾"
    sheet["XFD1048576"] = "隅"
    made.save(tmp_path / "far.xlsx")

    preview = preview_file(tmp_path / "far.xlsx")

    assert [row.content for row in preview.rows] == ["停電", "末尾"]
    assert preview.problems[0].line == 1048576


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("yyyy/mm/dd hh:mm", True),
        ("[h]:mm", True),
        ('m"月"d"日"', True),
        ("[$-411]ggge年m月d日", True),
        ("General", False),
        ("#,##0.00", False),
        ('0"人"', False),
        ("[Red]0", False),
        ("@", False),
    ],
)
def test_a_format_of_dates_is_told_from_one_of_numbers(code: str, dated: bool) -> None:
    assert is_date_format(code) is dated
