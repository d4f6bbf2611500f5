"""The list's order, found words, differences and column widths: pure rules."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.text import fold
from liaison_desk.ui.chronology.columns import LEAST_CONTENT, Column, fit
from liaison_desk.ui.chronology.differences import Piece, difference
from liaison_desk.ui.chronology.hits import hits, words_of
from liaison_desk.ui.chronology.order import RowOrder

KEYS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40)), unique=True)


@given(KEYS, KEYS)
def test_keys_inserted_group_by_group_stand_as_if_sorted_at_once(before: list[tuple[int, int]], new: list) -> None:  # type: ignore[type-arg]
    order = RowOrder.of_keys(before)
    fresh = [key for key in new if order.find(key) < 0]

    for row, keys in order.insertions(fresh):
        order.insert(row, keys)

    assert order == RowOrder.of_keys([*before, *fresh])


@given(KEYS)
def test_every_key_is_found_in_its_own_row(keys: list[tuple[int, int]]) -> None:
    order = RowOrder.of_keys(keys)

    assert [order.find(order.key_at(row)) for row in range(len(order))] == list(range(len(order)))
    assert order.find((99, 99)) == -1


def test_a_flat_order_is_by_place_alone() -> None:
    order = RowOrder.of_places(array("q", [30, 10, 20]))

    assert list(order.minors) == [10, 20, 30]
    assert list(order.majors) == [10, 20, 30]


def marked(text: str, searched: str) -> list[str]:
    return [text[start : start + length] for start, length in hits(text, words_of(searched))]


def test_found_words_are_marked_in_the_characters_that_were_typed() -> None:
    assert marked("避難者６０名、毛布60枚", "60") == ["６０", "60"]
    assert marked("ﾃｲﾃﾞﾝは継続", "テイデン") == ["ﾃｲﾃﾞﾝ"]
    assert marked("㈱丸山 土木", "(株)丸山") == ["㈱丸山"]
    assert marked("濁 川の橋", "濁川") == ["濁 川"]
    assert marked("NTT東日本", "ntt 東") == ["NTT東"]
    assert marked("何もない", "") == []


@given(st.text(max_size=60), st.text(min_size=1, max_size=4))
def test_marks_lie_inside_the_text_and_do_not_overlap(text: str, searched: str) -> None:
    end = 0
    for start, length in hits(text, words_of(searched)):
        assert start >= end
        assert length > 0
        end = start + length
    assert end <= len(text)


@given(st.text(alphabet="避難所のﾃﾞ６０ Aa", max_size=30), st.integers(0, 29), st.integers(1, 5))
def test_a_word_taken_from_the_text_is_found_in_it(text: str, start: int, length: int) -> None:
    word, rest = text[start : start + length], text[start + length :]
    # A word is not torn off its voicing mark, which folding joins across blanks: ﾃ ﾞ is デ.
    torn = word.lstrip().startswith("ﾞ") or rest.lstrip().startswith("ﾞ") or " ﾞ" in word
    if fold(word) and not torn:
        assert hits(text, (fold(word),))


@given(st.text(alphabet="あい12 \n", max_size=40), st.text(alphabet="あい12 \n", max_size=40))
def test_a_difference_holds_both_wordings_whole(before: str, after: str) -> None:
    pieces = difference(before, after)

    assert "".join(piece.text for piece in pieces if piece.what != "inserted") == before
    assert "".join(piece.text for piece in pieces if piece.what != "deleted") == after


def test_a_changed_figure_reads_as_one_figure_for_another() -> None:
    assert difference("避難者は462人。", "避難者は402人。") == [
        Piece("same", "避難者は"),
        Piece("deleted", "462"),
        Piece("inserted", "402"),
        Piece("same", "人。"),
    ]


@given(st.integers(200, 3000))
def test_columns_fill_the_width_and_never_pass_it(width: int) -> None:
    widths = fit(width, {}, {})

    assert sum(widths.values()) == max(width, sum(w for c, w in widths.items() if c is not Column.CONTENT))
    assert widths[Column.NO] > 0
    assert widths[Column.TIME] > 0


def test_a_narrow_list_drops_the_channel_first_and_keeps_the_content_readable() -> None:
    widths = fit(760, {}, {})

    assert widths[Column.CHANNEL] == 0
    assert widths[Column.CONTENT] >= LEAST_CONTENT
