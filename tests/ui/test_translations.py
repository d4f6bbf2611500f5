"""Japanese is complete, current, and says the same things as the source."""

from __future__ import annotations

import re
import string

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from liaison_desk.ui.application import speak
from tools import translations


def test_every_word_of_the_window_is_translated_and_the_binary_form_is_current() -> None:
    assert translations.findings() == []


def test_a_translation_has_the_same_blanks_to_fill_as_its_source() -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    found = [
        f"{context}: {english} / {japanese}"
        for context, english, japanese, _ in translations.messages(translations.TS)
        if blanks(english) != blanks(japanese)
    ]

    assert found == []


def test_japanese_is_japanese() -> None:
    # What stays as it is: names, examples, marks.
    same = re.compile(r"[^A-Za-z]*|.*\{.*\}.*|PC|ID|FAX|SNS|No\.|Esc|Liaison Desk")
    found = [
        f"{context}: {english}"
        for context, english, japanese, _ in translations.messages(translations.TS)
        if english == japanese and not same.fullmatch(english)
    ]

    assert found == []


@pytest.mark.parametrize(("language", "word"), [("ja", "取消"), ("en", "Cancellation")])
def test_the_window_speaks_the_chosen_language(qapp: QApplication, language: str, word: str) -> None:
    speak(qapp, language)
    try:
        assert QCoreApplication.translate("Words", "Cancellation") == word
    finally:
        speak(qapp, "en")


def test_qt_s_own_words_are_japanese_too(qapp: QApplication) -> None:
    speak(qapp, "ja")
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"
    finally:
        speak(qapp, "en")
