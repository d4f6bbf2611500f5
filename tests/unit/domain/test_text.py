"""Text of people: kept or refused with a reason, folded for search, shown safely."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.domain.text import BIDI, MAX_TEXT_BYTES, TextFlaw, flaw_of, fold, mend, one_line, visible

ANY_TEXT = st.text(st.characters(categories=None), max_size=40)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("髙﨑①㈱ 👨\u200d👩\u200d👧 か\u3099", None),
        ("\u202e逆", None),
        ("a\0b", TextFlaw.NUL),
        ("\ud800", TextFlaw.SURROGATE),
        ("あ" * (MAX_TEXT_BYTES // 3), None),
        ("あ" * (MAX_TEXT_BYTES // 3 + 1), TextFlaw.TOO_LONG),
    ],
)
def test_a_text_is_kept_or_refused_with_its_reason(text: str, flaw: TextFlaw | None) -> None:
    assert flaw_of(text) is flaw


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("６０枚", "60枚"),
        ("ﾃｲﾃﾞﾝ", "テイデン"),
        ("㈱", "(株)"),
        ("Ａ", "a"),
        ("½", "1⁄2"),
        ("か ゛", "が"),
        ("か\u3099", "が"),
        ("Straße", "strasse"),
        ("避\u200b難\u00ad所\ufeff", "避難所"),
        ("葛\U000e0100飾", "葛飾"),
        ("👨\u200d👩", "👨👩"),
        ("\u202e右\u2066", "右"),
        ("七 飯\u3000町\n", "七飯町"),
        ("A B\tC", "abc"),
        ("\u0390", "\u0390"),
    ],
)
def test_texts_that_people_take_for_equal_are_folded_to_one(typed: str, compared: str) -> None:
    assert fold(typed) == compared


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = fold(text)

    assert fold(once) == once
    assert not any(character.isspace() for character in once)


@given(ANY_TEXT, st.integers(0, 40), st.integers(0, 40))
def test_a_part_of_a_folded_text_is_itself_folded(text: str, start: int, stop: int) -> None:
    part = fold(text)[start:stop]

    assert fold(part) == part


@given(ANY_TEXT)
def test_what_is_shown_holds_nothing_that_changes_the_screen(text: str) -> None:
    shown = visible(text)

    assert not set(shown) & set(BIDI)
    assert [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n"] == []


def test_signs_that_change_the_screen_are_shown_as_signs() -> None:
    assert visible("a\u202eb\x1b[31m\x9b\x7f\0") == "a⟦202E⟧b␛[31m⟦009B⟧␡␀"
    assert visible("一\r\n二\r三\u2028四") == "一\n二\n三\n四"
    assert visible("\ud83d") == "�"
    assert visible("ふつうの文。") == "ふつうの文。"


def test_a_line_for_a_list_is_one_line_and_says_when_it_is_cut() -> None:
    assert one_line(" 一行目\r\n二行目\t三 ") == "一行目 二行目 三"
    assert one_line("あ" * 1000, limit=10) == "あ" * 10 + "…"
    assert one_line("あ" * 11, limit=10) == "あ" * 10 + "…"
    assert one_line("あ" * 10, limit=10) == "あ" * 10
    assert "\n" not in one_line("a\n" * 1000)


@given(ANY_TEXT)
def test_a_mended_text_can_be_kept(text: str) -> None:
    assert flaw_of(mend(text)) is None


def test_mending_shows_what_was_replaced() -> None:
    assert mend("a\0b\ud800c\r\nd\re") == "a␀b�c\nd\ne"
    assert mend("plain") == "plain"
