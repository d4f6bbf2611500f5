"""The chronology as an Excel workbook: title, frozen header, real dates, wrapped text, nothing that computes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from liaison_desk import wording
from liaison_desk.domain.clock import Moment
from liaison_desk.services.exporting.table import COLUMNS

# Excel's limit is 32,767 UTF-16 units a cell: half of it in characters is always below. An escaped character is
# seven long, so pieces are short enough for a text of nothing else.
_CELL_CHARS = 16_000
_PIECE_CHARS = 4_000
# The import knows this sheet by its name (services.importing.xlsx_source).
LONG_TEXTS = "長い文"
_HEADER_ROW = 2
_TIME_FORMAT = "yyyy/mm/dd hh:mm"
_ABOUT_FORMAT = 'yyyy/mm/dd hh:mm"頃"'
_FONT = "BIZ UDPゴシック"
# What XML cannot hold, the sign that stands for it (ECMA-376, part 1, 22.9.2.19), and \r, which XML would change.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x0c\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_OPTIONAL = frozenset({"id", "restore", "device_mark"})


def write(path: Path, rows: Iterable[dict[str, Any]], *, title: str) -> int:
    """Write the workbook; returns the number of rows.

    Args:
        path: the file.
        rows: of `table.row_of`, times as moments.
        title: the first line.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(wording.text("export_sheet"))
    sheet.freeze_panes = f"C{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for index, column in enumerate(COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width + 2
        dimension.hidden = column.field in _OPTIONAL
    styles = _styles(sheet)
    sheet.append([_text(sheet, title, styles["title"])])
    sheet.append([_text(sheet, column.label, styles["header"]) for column in COLUMNS])
    long: list[tuple[str, str, str]] = []
    count = 0
    for cells in rows:
        sheet.append([_cell(sheet, cells, column.field, styles, long) for column in COLUMNS])
        count += 1
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(COLUMNS))}{_HEADER_ROW + max(count, 1)}"
    if long:
        _write_long(book.create_sheet(LONG_TEXTS), long)
    book.save(path)
    return count


def _styles(sheet: WriteOnlyWorksheet) -> dict[str, Any]:
    # Made once: a cell's style is a row of numbers, and to look one up for every cell takes most of the time.
    top = Alignment(vertical="top", wrap_text=True)
    plain = Font(name=_FONT)
    wanted: dict[str, dict[str, Any]] = {
        "title": {"font": Font(name=_FONT, size=14, bold=True)},
        "header": {
            "font": Font(name=_FONT, bold=True),
            "fill": PatternFill("solid", fgColor="DDE7F0"),
            "alignment": Alignment(vertical="center", wrap_text=True),
        },
        "text": {"font": plain, "alignment": top},
        "time": {"font": plain, "alignment": top, "number_format": _TIME_FORMAT},
        "about": {"font": plain, "alignment": top, "number_format": _ABOUT_FORMAT},
    }
    styles = {}
    for name, style in wanted.items():
        cell: Any = Cell(sheet, row=1, column=1)
        for part, value in style.items():
            setattr(cell, part, value)
        styles[name] = cell._style
    return styles


def _cell(
    sheet: WriteOnlyWorksheet,
    cells: dict[str, Any],
    field: str,
    styles: dict[str, Any],
    long: list[tuple[str, str, str]],
) -> Any:
    value = cells[field]
    if value is None:
        return None
    if isinstance(value, Moment):
        # A wall clock's time: Excel knows no offsets.
        shown = value.local().replace(tzinfo=None, microsecond=0)
        about = field == "occurred_at" and "approx" in cells
        cell: Any = Cell(sheet, row=1, column=1, value=shown)
        cell._style = styles["about" if about else "time"]
        return cell
    if isinstance(value, float):
        return Cell(sheet, row=1, column=1, value=value, style_array=styles["text"])
    if len(value) > _PIECE_CHARS and len(escaped(value)) > _CELL_CHARS:
        long.append((cells["id"], field, value))
        value = value[:_PIECE_CHARS] + wording.text("export_cut")
    return _text(sheet, value, styles["text"])


def _text(sheet: WriteOnlyWorksheet, text: str, style: Any) -> Any:
    cell = Cell(sheet, row=1, column=1, style_array=style)
    cell.value = escaped(text)
    # Said to be text: openpyxl takes "=1+1" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    return cell


def escaped(text: str) -> str:
    """A text as a sheet's XML holds it; the reading side is `services.importing.sheet_xml.unescaped`."""
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _write_long(sheet: WriteOnlyWorksheet, long: list[tuple[str, str, str]]) -> None:
    sheet.append(["ID", "欄", "部", "文"])
    for entry_id, field, text in long:
        for part, start in enumerate(range(0, len(text), _PIECE_CHARS), 1):
            piece = text[start : start + _PIECE_CHARS]
            sheet.append([entry_id, field, part, _text(sheet, piece, None)])
