"""Writing and reading official sheets, against the same libraries doing the same work bare."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import forms
from benchmarks.timing import Line, side_by_side
from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.measure import split_tall_rows
from kpiapp.sheets.parsing.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Form
    from kpiapp.sheets.grid import Grid

SHEETS = 40


def measure() -> Iterator[Line]:
    """Yield the lines of xlsx out and in."""
    originals = forms.sample()
    chosen = [originals[i % len(originals)] for i in range(SHEETS)]
    with tempfile.TemporaryDirectory() as folder:
        yield from writing(chosen, Path(folder))
        yield from reading(chosen, Path(folder))


def grids_of(chosen: list[Form]) -> list[Grid]:
    """Return the printed sheets of some forms."""
    return [fill(form, layout(form.layout, form.kind)) for form in chosen]


def writing(chosen: list[Form], folder: Path) -> Iterator[Line]:
    """Forms to one workbook, and Grids to one workbook, against the cells alone."""
    grids = grids_of(chosen)
    ready = [split_tall_rows(grid) for grid in grids]
    bare_path, path = folder / "bare.xlsx", folder / "ours.xlsx"
    ours, bare = side_by_side(lambda: xlsx.write(path, grids), lambda: write_bare(bare_path, ready))
    yield Line(
        f"写 {SHEETS} 张表 / 同一个库直接写", ours / bare, "倍", 1.3, note=figures(ours, bare)
    )
    ours, bare = side_by_side(
        lambda: xlsx.write(path, grids_of(chosen)), lambda: write_bare(bare_path, ready)
    )
    yield Line("  从申报表数据开始", ours / bare, "倍", 1.5, note=figures(ours, bare))


def write_bare(path: Path, ready: list[tuple[Grid, Any]]) -> None:
    """Write the same cells, styles, merges, heights and widths with XlsxWriter and nothing else."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    looks = {role: book.add_format(xlsx.FONT | look) for role, look in xlsx.LOOKS.items()}
    for grid, heights in ready:
        sheet = book.add_worksheet()
        for row, column, text, rows, columns, role in grid.cells:
            look = looks[role]
            if rows > 1 or columns > 1:
                sheet.merge_range(row, column, row + rows - 1, column + columns - 1, text, look)
            elif text:
                sheet.write_string(row, column, text, look)
            else:
                sheet.write_blank(row, column, None, look)
        for row, height in enumerate(heights):
            sheet.set_row(row, height)
        for column, width in enumerate(grid.widths):
            sheet.set_column(column, column, width)
    book.close()


def reading(chosen: list[Form], folder: Path) -> Iterator[Line]:
    """One workbook to Grids, and to forms, against the reader alone."""
    path = folder / "ours.xlsx"
    xlsx.write(path, grids_of(chosen))
    layouts = [layout(form.layout, form.kind) for form in chosen]
    ours, bare = side_by_side(lambda: xlsx.read(path), lambda: read_bare(path))
    yield Line(
        f"读 {SHEETS} 张表 / 同一个库直接读", ours / bare, "倍", 1.5, note=figures(ours, bare)
    )
    whole, _ = side_by_side(
        lambda: [parse(x, y) for x, y in zip(xlsx.read(path), layouts, strict=True)],
        lambda: None,
    )
    yield Line("  直到得出申报表数据", whole / bare, "倍", 1.5, note=figures(whole, bare))


def read_bare(path: Path) -> list[Any]:
    """Read every cell with openpyxl's streaming reader and nothing else."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    values = [
        [cell.value for line in sheet.iter_rows() for cell in line] for sheet in book.worksheets
    ]
    book.close()
    return values


def figures(ours: float, bare: float) -> str:
    """Return the absolute figures behind a ratio."""
    return f"{1000 * ours:.0f} ms / {1000 * bare:.0f} ms"
