"""Plain lists as a workbook: heads that filter and stay in sight, wrapped texts, rows with a look.

Unlike the forms' own sheets, a list is made to be sorted and filtered on screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kpiapp.sheets.files import write_aside
from kpiapp.sheets.legal import legal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""
LINE = 15.0
"""Points from one line of text to the next."""
MOST_LINES = 12

LOOKS: dict[str, dict[str, Any]] = {
    "": {},
    "error": {"font_color": "#C4362D", "bold": True},
    "warning": {"font_color": "#A86A00"},
    "hint": {"font_color": "#4A78A8"},
    "quiet": {"font_color": "#8A95A1"},
}
"""How the first cell of a row looks, by name; the whole row for `quiet`."""
TEXT = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9D0D8"}
HEAD = {"bold": True, "bg_color": "#E4EEF9", "border": 1, "border_color": "#C9D0D8"}


@dataclass(slots=True)
class Listing:
    """One sheet of a list.

    Attributes:
        name: of the sheet.
        heads: of the columns.
        widths: of the columns in half-width characters.
        rows: texts, a row as long as the heads.
        looks: a key of `LOOKS` by row number; rows without one are plain.
    """

    name: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    looks: Mapping[int, str] = field(default_factory=dict)


def write(path: Path, listings: Sequence[Listing]) -> None:
    """Write lists into a workbook, a sheet each; every cell is text, never a formula.

    Raises:
        UserError: the file cannot be written; an old one is as it was.
    """
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for listing in listings:
        _write(book, listing)
    book.close()
    write_aside(path, stream.getvalue())


def _write(book: Any, listing: Listing) -> None:
    sheet = book.add_worksheet(listing.name)
    head = book.add_format({**HEAD, "valign": "vcenter"})
    firsts = {name: book.add_format({**TEXT, **look}) for name, look in LOOKS.items()}
    for column, (text, width) in enumerate(zip(listing.heads, listing.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    for number, row in enumerate(listing.rows):
        look = listing.looks.get(number, "")
        plain = firsts["quiet" if look == "quiet" else ""]
        sheet.set_row(number + 1, _height(row, listing.widths))
        for column, text in enumerate(row):
            shown = plain if column else firsts[look]
            sheet.write_string(number + 1, column, legal(text)[:LONGEST], shown)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(listing.rows), 1), len(listing.heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row in points; programs do not fit rows that they did not write."""
    lines = max(_lines(text, width) for text, width in zip(row, widths, strict=True))
    return LINE * min(lines, MOST_LINES) + 3


def _lines(text: str, width: float) -> int:
    room = max(width - 2, 1)
    return sum(int((_units(part) - 0.01) // room) + 1 for part in text.split("\n"))


def _units(text: str) -> int:
    """Return the width of a text in half-width characters, at least one."""
    return max(sum(1 if ord(character) < 0x1100 else 2 for character in text), 1)  # noqa: PLR2004
