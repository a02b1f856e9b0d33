"""What a document says of its sheets besides their cells: layout, kind, version, form id, year."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from kpiapp.sheets.legal import legal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpiapp.sheets.grid import Grid

PREFIX = "kpiapp"
LONGEST_PROPERTY = 255
LONGEST_LINE = 2_000


def as_line(marks: Mapping[str, str]) -> str:
    """Return the marks of one sheet as one line, for the alternative text of its table.

    >>> as_line({"layout": "jiangxia-2026", "version": "1"})
    'kpiapp?layout=jiangxia-2026&version=1'
    """
    texts = {mark: legal(value) for mark, value in marks.items()}
    return f"{PREFIX}?{urlencode(texts)}" if texts else ""


def from_line(line: str) -> dict[str, str]:
    """Return the marks that `as_line` wrote; none from any other text."""
    start, _, rest = line.strip().partition("?")
    if start != PREFIX or len(rest) > LONGEST_LINE:
        return {}
    return dict(parse_qsl(rest, keep_blank_values=True))


def as_properties(grids: Sequence[Grid]) -> dict[str, str]:
    """Return the marks of all sheets as custom properties of a document, as in a workbook."""
    return {
        f"kpi:{number}:{mark}": value
        for number, grid in enumerate(grids, 1)
        for mark, value in grid.marks.items()
        if value and len(value) <= LONGEST_PROPERTY
    }


def from_properties(properties: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the marks of each sheet, in the order of the document."""
    found: dict[str, dict[str, str]] = {}
    for name, value in properties.items():
        start, _, rest = name.partition(":")
        sheet, _, mark = rest.rpartition(":")
        if start == "kpi" and mark:
            found.setdefault(sheet, {})[mark] = value
    return list(found.values())
