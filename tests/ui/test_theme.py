"""Colours that can be read, figures that stand in columns, a style sheet without a hole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from liaison_desk.errors import DeskBug
from liaison_desk.ui import icons, theme
from liaison_desk.ui.palettes import DARK, LIGHT

READABLE = 4.5
WORDS = ("text", "text_secondary", "accent", "good", "warning", "danger", "cancelled", "corrected", "overdue", "unseen")
MEANINGS = ("instruction", "request", "decision", "report", "important", "unverified", "conflict")
DELIVERY = ("delivery_local", "delivery_sending", "delivery_shared", "delivery_received")
GROUNDS = ("surface", "canvas", "hover", "selection", "unseen_soft", "rail")


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """Leave the look as it was found."""
    yield
    theme.apply(qapp, chosen="light", scale=100)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shade = QColor(colour)
    return 0.2126 * linear(shade.redF()) + 0.7152 * linear(shade.greenF()) + 0.0722 * linear(shade.blueF())


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_word_can_be_read_on_every_ground(palette: Mapping[str, str]) -> None:
    pairs = [(word, ground) for word in WORDS + MEANINGS + DELIVERY for ground in GROUNDS]
    pairs += [(meaning, meaning + "_soft") for meaning in (*MEANINGS, "good", "warning", "danger", "accent")]
    pairs += [("text", ground) for ground in ("danger_soft", "good_soft", "accent_soft", "field", "selection_quiet")]
    pairs += [("text_secondary", ground) for ground in ("selection_quiet", "field", "pressed")]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_danger", "danger")]
    pairs += [("on_match", "match"), ("on_tooltip", "tooltip")]

    poor = {
        f"{word} on {ground}": round(contrast(palette[word], palette[ground]), 2)
        for word, ground in pairs
        if contrast(palette[word], palette[ground]) < READABLE
    }

    assert poor == {}


def test_both_palettes_know_the_same_meanings() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_style_sheet_has_no_colour_without_a_meaning_and_no_length_left_over(qapp: QApplication, look: str) -> None:
    theme.apply(qapp, chosen=look, scale=150)
    sheet = theme.style_sheet()

    assert "@" not in sheet
    assert re.findall(r"\b\d+(?:\.\d+)?u\b", sheet) == []
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(theme.palette().values())


def test_the_folder_of_the_program_may_have_any_name(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "user@office 8u"
    monkeypatch.setattr(theme, "resources", lambda: odd)

    assert f'url("{odd.as_posix()}/theme/' in theme.style_sheet()


def test_figures_of_times_stand_in_columns(qapp: QApplication) -> None:
    metrics = QFontMetricsF(theme.font("time"))

    assert metrics.horizontalAdvance("11:11") == pytest.approx(metrics.horizontalAdvance("20:08"))


def test_sizes_follow_the_scale_and_stay_between_100_and_200(qapp: QApplication) -> None:
    theme.apply(qapp, chosen="light", scale=150)
    assert (theme.px(8), theme.px(1), theme.font().pixelSize()) == (12, 2, round(15 * 1.5))

    theme.apply(qapp, chosen="light", scale=700)
    assert theme.percent() == 200
    theme.apply(qapp, chosen="light", scale=10)
    assert theme.percent() == 100


def test_a_change_of_look_is_told_and_repaints_widgets(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, chosen="light")
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.show()

    with qtbot.waitSignal(theme.events().changed):
        theme.apply(qapp, chosen="dark")

    assert theme.is_dark()
    assert theme.colour("surface").name() == DARK["surface"]
    assert button.palette().windowText().color().name() == DARK["text"]


def test_every_icon_draws_something_in_its_colour(qapp: QApplication) -> None:
    blank = []
    for name in icons.names():
        image = icons.icon(name, "#123456", "#999999").pixmap(24, 24).toImage()
        inks = {image.pixelColor(x, y).alpha() > 60 for x in range(image.width()) for y in range(image.height())}
        if True not in inks:
            blank.append(name)

    assert blank == []


def test_an_icon_that_does_not_exist_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(DeskBug, match="no-such-icon"):
        theme.icon("no-such-icon")


def test_no_widget_writes_a_colour_or_a_font_size_of_its_own() -> None:
    from tests.architecture.test_texts import ROOT

    own = {"palettes.py", "icons.py", "theme.py"}
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "liaison_desk" / "ui").rglob("*.py"))
        if path.name not in own
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9a-fA-F]{6}\b|setPointSize|QColor\(\d", line)
    ]

    assert found == []
