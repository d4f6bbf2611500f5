"""An entry as a row of a table that a person reads, and that our import restores exactly.

What the visible cells cannot say (milliseconds, other offsets, ids, revisions) stands as JSON in the last column,
復元情報. Columns and their order are those that offices use; a colleague without the desk reads them as they are.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from liaison_desk.domain.clock import JST_MIN, Moment
from liaison_desk.domain.listing import EntryDetails
from liaison_desk.services.exporting.as_json import entry_json


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field, its header, its width in characters, what its cells are."""

    field: str
    label: str
    width: int
    kind: str = "text"  # or "time", "degrees"


COLUMNS = (
    Column("no", "番号", 9),
    Column("occurred_at", "発生日時", 18, "time"),
    Column("recorded_at", "記録日時", 17, "time"),
    Column("device_name", "端末", 16),
    Column("operator", "記録者", 11),
    Column("org", "所属", 18),
    Column("from_party", "発信元", 18),
    Column("to_party", "発信先", 18),
    Column("channel", "手段", 8),
    Column("kind", "種別", 7),
    Column("subject", "件名", 22),
    Column("content", "内容", 60),
    Column("place", "場所", 20),
    Column("latitude", "緯度", 9, "degrees"),
    Column("longitude", "経度", 10, "degrees"),
    Column("verification", "確度", 8),
    Column("important", "重要", 6),
    Column("status", "状況", 8),
    Column("owner", "担当", 12),
    Column("due", "期限", 17, "time"),
    Column("attachments", "添付", 20),
    Column("related", "関連", 12),
    Column("known_at", "覚知日時", 17, "time"),
    Column("received_at", "受信日時", 17, "time"),
    Column("reply_to_no", "返信先番号", 10),
    Column("revisions", "訂正・取消", 30),
    Column("device_mark", "端末記号", 8),
    Column("id", "ID", 12),
    Column("restore", "復元情報", 12),
)
_EARLY_MS = -2_177_452_800_000  # 1901
_TIMES = tuple(column.field for column in COLUMNS if column.kind == "time")
# An honest number, or a text that a spreadsheet would compute.
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?", re.ASCII)
_LEADS = "=+-@＝＋－＠"
_INVISIBLE = "\t\r\n\x0b\x0c \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
# ZERO WIDTH SPACE: a spreadsheet takes the cell as text, and a person reads what was written.
SHIELD = "\u200b"


def row_of(details: EntryDetails, *, times_as_text: bool) -> dict[str, Any]:
    """The cells of an entry by field; text, float, Moment, or None where empty.

    Args:
        details: the entry.
        times_as_text: a CSV's times are text with 頃; a sheet's are `Moment`s to be made real dates.
    """
    entry, row = details.entry, details.row
    told = entry_json(
        entry,
        reply_to_no=row.reply_to_no,
        revisions=details.revisions,
        original=details.original,
        cancelled=row.cancelled,
    )
    restore: dict[str, Any] = {}
    cells: dict[str, Any] = {column.field: told.get(column.field) or None for column in COLUMNS}
    for name in _TIMES:
        moment: Moment | None = getattr(entry, name)
        if moment is None:
            continue
        # Excel's calendar of the first years is wrong; nothing of them is written as a date.
        early = moment.utc_ms < _EARLY_MS
        cells[name] = time_text(moment) if times_as_text or early else moment
        if moment.offset_min != JST_MIN or moment.utc_ms % 1000 or early:
            restore[name] = moment.iso()
    if entry.occurred_approx:
        if isinstance(cells["occurred_at"], str):
            cells["occurred_at"] += "頃"
        cells["approx"] = True
        restore["occurred_approx"] = True
    for name in ("attachments", "related"):
        values = getattr(entry, name)
        cells[name] = "; ".join(values) or None
        if any(re.search(r"[;；,、\s]", value) or not value for value in values):
            restore[name] = list(values)
    for name in ("latitude", "longitude"):
        value = getattr(entry, name)
        cells[name] = value
        if value is not None and float(f"{value:.15g}") != value:
            restore[name] = value
    cells["important"] = "○" if entry.important else None
    cells["revisions"] = "\n".join(_said(one) for one in told["revisions"]) or ("取消" if row.cancelled else None)
    if entry.reply_to:
        restore["reply_to"] = entry.reply_to
    for name in ("revisions", "original"):
        if told[name]:
            restore[name] = told[name]
    cells["restore"] = json.dumps(restore, ensure_ascii=False, separators=(",", ":"))
    return cells


def time_text(moment: Moment) -> str:
    """A time as offices write it; seconds only where there are any."""
    local = moment.local()
    if moment.utc_ms % 60_000 < 1000:
        return f"{local:%Y/%m/%d %H:%M}"
    return f"{local:%Y/%m/%d %H:%M:%S}"


def shielded(text: str) -> str:
    """A text that no spreadsheet computes: one invisible character before what it would take for a formula.

    `=1+1`, `+81-138-00-0001`, `@SUM(…)`, `-12度`, and the same behind blanks or tabs, are shielded; honest numbers
    (-41.5) are not. A text that begins with the shield itself gets another one, so that taking off one is exact.
    """
    if text[0] == SHIELD or text[0] in "\t\r\n":
        return SHIELD + text
    bare = text.lstrip(_INVISIBLE)
    if bare and bare[0] in _LEADS and not _NUMBER.fullmatch(text):
        return SHIELD + text
    return text


def unshielded(text: str) -> str:
    """The text as it was before `shielded`."""
    return text[1:] if text[:1] == SHIELD else text


def _said(revision: dict[str, Any]) -> str:
    word = "取消" if revision["kind"] == "cancel" else "訂正"
    when = revision["recorded_at"][:16].replace("-", "/").replace("T", " ")
    return f"{word} {when} {revision['operator']}: {revision['reason']}"
