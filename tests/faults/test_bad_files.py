"""Hostile and broken files: refused with a sentence, or read as far as they are sure; never slow, never silent."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing import import_preview, preview_file
from tests.unit.services.filing import DATA, entries_of, imported, opened, written

pytestmark = pytest.mark.timeout(60)


def test_a_dtd_in_office_xml_is_refused() -> None:
    with pytest.raises(DeskProblem, match="DTD"):
        preview_file(DATA / "entity_bomb.xlsx")


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (20 << 20))

    with pytest.raises(DeskProblem, match="20 MB"):
        preview_file(tmp_path / "bomb.xlsx")


def test_a_document_is_no_workbook() -> None:
    with pytest.raises(DeskProblem, match="ブック"):
        preview_file(DATA / "report.docm")


@pytest.mark.parametrize("cut", [100, 5000, 20000, 60000])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.xlsx"
    path.write_bytes((DATA / "chronology.xlsx").read_bytes()[:cut])

    with pytest.raises(DeskProblem):
        preview_file(path)


def test_a_workbook_with_a_flipped_byte_is_refused_or_read_whole(tmp_path: Path) -> None:
    good = (DATA / "chronology.xlsx").read_bytes()
    path = tmp_path / "flipped.xlsx"
    for at in range(50, len(good), len(good) // 40):
        path.write_bytes(good[:at] + bytes([good[at] ^ 0x40]) + good[at + 1 :])
        try:
            preview = preview_file(path)
        except DeskProblem:
            continue
        assert preview.entries == 434


@pytest.mark.parametrize(
    ("name", "start"), [("old.xls", b"\xd0\xcf\x11\xe0rest"), ("none.csv", b""), ("x.csv", b" \n")]
)
def test_what_is_not_a_table_is_named(tmp_path: Path, name: str, start: bytes) -> None:
    (tmp_path / name).write_bytes(start)

    with pytest.raises(DeskProblem):
        preview_file(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeskProblem, match="無い"):
        preview_file(tmp_path / "無い.csv")


def test_bytes_of_a_picture_are_no_chronology(tmp_path: Path) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(bytes(range(256)) * 400)

    with opened(tmp_path / "desk") as desk, pytest.raises(DeskProblem, match="見つかりません"):
        imported(desk, path)


def test_json_nested_20000_deep_is_refused_with_a_message(tmp_path: Path) -> None:
    preview = preview_file(DATA / "deep.json")

    assert "入れ子" in preview.problems[0].says
    with opened(tmp_path / "desk") as desk, pytest.raises(DeskProblem, match="入れ子"):
        import_preview(desk, preview)


def test_the_good_lines_are_taken_and_the_others_are_listed_by_number(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as desk:
        result = imported(desk, DATA / "bad_lines.jsonl")
        contents = [entry.content for entry in entries_of(desk)]

    assert (result.added, result.refused, result.doubtful) == (4, 5, 3)
    assert [problem.line for problem in result.problems if problem.refused] == [2, 3, 4, 7, 8]
    assert {"正しい行", "改行のない最後の行"} <= set(contents)
    assert "�" in contents


@pytest.mark.parametrize(
    "line",
    [
        '{"内容":"a","緯度":NaN}',
        '{"内容":"a","緯度":-Infinity}',
        '{"内容":"a","緯度":' + "9" * 5000 + "}",
        '{"内容":"a","内容":"b"}',
        '{"内容":' + '{"a":' * 17 + "1" + "}" * 18,
        '{"内容":"a"} {"内容":"b"}',
        '"内容"',
    ],
)
def test_a_line_beyond_the_bounds_is_refused_alone(tmp_path: Path, line: str) -> None:
    good = json.dumps({"番号": "1", "内容": "正しい"}, ensure_ascii=False)

    preview = preview_file(written(tmp_path, f"{good}\n{line}\n{good}", "a.jsonl"))

    assert (preview.entries, preview.refused) == (2, 1)
    assert preview.problems[1].line == 2


def test_digits_and_brackets_inside_of_texts_are_only_text(tmp_path: Path) -> None:
    line = json.dumps({"内容": "[" * 50 + "9" * 100 + '\\"', "番号": "1"}, ensure_ascii=False)

    preview = preview_file(written(tmp_path, line, "a.jsonl"))

    assert preview.entries == 1
    assert preview.rows[0].content == "[" * 50 + "9" * 100 + '\\"'


def test_strange_text_in_cells_is_kept_and_shown_safely(tmp_path: Path) -> None:
    strange = (DATA / "strange_text.txt").read_bytes().replace(b'"', b"'")
    path = tmp_path / "strange.csv"
    path.write_bytes("番号,日時,内容\r\n1,2026/11/22 13:05,".encode() + b'"' + strange + b'"\r\n')

    with opened(tmp_path / "desk") as desk:
        result = imported(desk, path)
        content = entries_of(desk)[0].content

    assert (result.added, result.doubtful) == (1, 1)
    assert "\0" not in content
    assert "葛\U000e0100城" in content
    assert "\u202e" in content
    assert len(content) > 18_000


def test_a_text_of_three_megabytes_is_refused_and_the_rest_is_taken(tmp_path: Path) -> None:
    text = f"番号,日時,内容\r\n1,2026/11/22 13:05,{'あ' * 1_100_000}\r\n2,2026/11/22 13:06,次\r\n"

    with opened(tmp_path / "desk") as desk:
        result = imported(desk, written(tmp_path, text))

    assert (result.added, result.refused) == (1, 1)


def test_many_megabytes_of_text_go_in_by_bounded_transactions(tmp_path: Path) -> None:
    rows = "".join(f"{n},2026/11/22 13:05,{chr(0x3042 + n) * 500_000}\r\n" for n in range(12))

    with opened(tmp_path / "desk") as desk:
        result = imported(desk, written(tmp_path, "番号,日時,内容\r\n" + rows))

    assert result.added == 12
