"""The columns of the list: which there are, how wide, which go first when the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from liaison_desk.ui import theme


class Column(IntEnum):
    """The columns, left to right."""

    NO = 0
    TIME = 1
    PARTIES = 2
    CHANNEL = 3
    KIND = 4
    CONTENT = 5
    STATUS = 6
    DELIVERY = 7


# At 100 %; the content takes what the others leave.
WIDTHS = {
    Column.NO: 96,
    Column.TIME: 84,
    Column.PARTIES: 184,
    Column.CHANNEL: 74,
    Column.KIND: 66,
    Column.STATUS: 116,
    Column.DELIVERY: 52,
}
LEAST = {
    Column.NO: 64,
    Column.TIME: 64,
    Column.PARTIES: 84,
    Column.CHANNEL: 40,
    Column.KIND: 40,
    Column.STATUS: 64,
    Column.DELIVERY: 36,
}
LEAST_CONTENT = 300
# What a narrow window does without, in this order; the details and the content's own line tell it then.
_DROPPED = (Column.CHANNEL, Column.PARTIES, Column.STATUS, Column.KIND)


def heading(column: Column) -> str:
    """The column's title."""
    translate = QCoreApplication.translate
    return {
        Column.NO: translate("Columns", "No."),
        Column.TIME: translate("Columns", "Time"),
        Column.PARTIES: translate("Columns", "From → to"),
        Column.CHANNEL: translate("Columns", "Channel"),
        Column.KIND: translate("Columns", "Kind"),
        Column.CONTENT: translate("Columns", "Content"),
        Column.STATUS: translate("Columns", "Status"),
        Column.DELIVERY: translate("Columns", "Delivery"),
    }[column]


def fit(available_px: int, wished: Mapping[Column, int], natural: Mapping[Column, int]) -> dict[Column, int]:
    """How wide each column is in the room there is; 0 is hidden. The sum is exactly the room.

    Args:
        available_px: the list's inner width.
        wished: widths that a person chose, at 100 %; others have their own.
        natural: the least in pixels at which a column's words are whole in the language in use.
    """
    widths = {
        column: theme.px(max(LEAST[column], wished[column]))
        if column in wished
        else max(theme.px(WIDTHS[column]), natural.get(column, 0))
        for column in WIDTHS
    }
    for column in _DROPPED:
        if available_px - sum(widths.values()) >= theme.px(LEAST_CONTENT):
            break
        # First narrower, then not at all.
        spare = widths[column] - theme.px(LEAST[column])
        missing = theme.px(LEAST_CONTENT) - (available_px - sum(widths.values()))
        widths[column] = widths[column] - missing if 0 < missing <= spare else 0
    widths[Column.CONTENT] = max(available_px - sum(widths.values()), 0)
    return widths
