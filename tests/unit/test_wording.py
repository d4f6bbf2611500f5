"""Every sentence exists in both languages, with the same values to fill in; every one is used, none is missing."""

from __future__ import annotations

import ast
import importlib
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison_desk import wording

PACKAGE = Path(wording.__file__).resolve().parent
TABLES = sorted(path.stem for path in PACKAGE.glob("wording_*.py"))
SENTENCES: dict[str, tuple[str, str]] = {
    key: both for table in TABLES for key, both in importlib.import_module(f"liaison_desk.{table}").SENTENCES.items()
}
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def values_in(sentence: str) -> set[str]:
    """The names of the values that a sentence is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def code() -> Iterator[tuple[str, ast.Module]]:
    """Every module but the tables."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.stem not in TABLES:
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def asked() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `wording.text`."""
    for name, tree in code():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "text"
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "wording"
            ):
                yield name, node


def test_no_sentence_stands_in_two_tables() -> None:
    keys = Counter(key for table in TABLES for key in importlib.import_module(f"liaison_desk.{table}").SENTENCES)

    assert [key for key, count in keys.items() if count > 1] == []


def test_the_program_knows_every_table() -> None:
    assert {key for key in SENTENCES if not wording.has(key)} == set()


def test_both_languages_are_filled_with_the_same_values() -> None:
    assert [key for key, (ja, en) in SENTENCES.items() if values_in(ja) != values_in(en)] == []


def test_both_languages_are_there() -> None:
    assert [key for key, both in SENTENCES.items() if not all(part.strip() for part in both)] == []
    # The record's own words (未確認, 報告) are Japanese in both.
    assert [key for key, (ja, en) in SENTENCES.items() if ja == en and JAPANESE.search(ja)] == []
    assert [key for key, (_, en) in SENTENCES.items() if not re.search("[A-Za-z{]", en)] == []


def test_every_sentence_that_is_asked_for_exists() -> None:
    missing = []
    for name, call in asked():
        key = call.args[0]
        if isinstance(key, ast.Constant) and key.value not in SENTENCES:
            missing.append(f"{name}:{call.lineno}: {key.value!r}")

    assert missing == []


def test_every_sentence_is_given_the_values_that_it_names() -> None:
    wrong = []
    for name, call in asked():
        key = call.args[0]
        given = {keyword.arg for keyword in call.keywords}
        if isinstance(key, ast.Constant) and key.value in SENTENCES and None not in given:
            missing = values_in(SENTENCES[key.value][0]) - given
            if missing:
                wrong.append(f"{name}:{call.lineno}: {key.value!r} lacks {sorted(missing)}")

    assert wrong == []


def test_every_sentence_is_used() -> None:
    literals: set[str] = set()
    heads: set[str] = set()
    tails: set[str] = set()
    for _, tree in code():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                head = node.values[0].value
                heads |= {head} if isinstance(head, str) else set()
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                if isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
                    heads.add(node.left.value)
                if isinstance(node.right, ast.Constant) and isinstance(node.right.value, str):
                    tails.add(node.right.value)
    built = tuple(head for head in heads if head.endswith("_"))
    used = {
        key
        for key in SENTENCES
        if key in literals
        or key.startswith(built)
        or any(key.endswith(tail) and key.removesuffix(tail) in literals for tail in tails if tail.startswith("_"))
    }

    assert sorted(SENTENCES.keys() - used) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_problem_says_what_to_do(language: wording.Language) -> None:
    wording.use(language)
    try:
        spoken = {key: wording.text(key + "_do") for key in SENTENCES if key + "_do" in SENTENCES and "{" not in
                  SENTENCES[key + "_do"][0]}  # fmt: skip
    finally:
        wording.use("ja")

    assert [key for key, do in spoken.items() if len(do) < 8] == []


def test_the_language_is_chosen_once_for_all() -> None:
    assert wording.language() == "ja"
    assert wording.text("disk_full").startswith("ディスク")
    wording.use("en")
    try:
        assert wording.text("disk_full").startswith("The disk")
    finally:
        wording.use("ja")
