"""What the index is asked, and what is then verified."""

from __future__ import annotations

from liaison_desk.store import search


def terms_of(text: str) -> set[str]:
    """The index terms of a text."""
    return set(search.grams(search.folded([text])).split(" "))


def test_short_words_are_proven_by_the_index_and_long_ones_verified() -> None:
    assert search.query("避難 所") == ('"避難" "所"', [])
    assert search.query("避難所") == ('"避難" "難所"', ["避難所"])
    assert search.query(" \u3000 ") == ("", [])
    assert search.query("") == ("", [])


def test_a_word_is_asked_once() -> None:
    assert search.query("避難所 避難所 避難") == ('"避難" "難所"', ["避難所"])


def test_signs_and_controls_are_terms_of_their_own() -> None:
    assert len(terms_of('5-3"\x01')) == 5 + 4
    assert all(ord(c) > 0x7F or c.isalnum() for term in terms_of("a-b(c)\x01\x7f'\"*") for c in term)


def test_no_more_is_asked_than_the_parser_takes() -> None:
    match, verify = search.query(" ".join(f"語{n}番目" for n in range(1000)))

    assert match.count('"') // 2 <= 64
    assert len(verify) == 1000


def test_few_words_are_conditions_and_many_are_one() -> None:
    clauses, values = search.holds("folded", ["a", "b"])
    assert (len(clauses), values) == (2, ["a", "b"])
    clauses, values = search.holds("folded", [str(n) for n in range(5000)])
    assert (len(clauses), len(values)) == (1, 1)


def test_terms_part_at_the_parts_of_an_entry() -> None:
    terms = set(search.grams(search.folded(["甲乙", "", "丙"])).split(" "))

    assert terms == {"甲", "乙", "甲乙", "丙"}
