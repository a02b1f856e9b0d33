"""Official sheets out: all of a year, one file each or all in one, with a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Kind
from kpiapp.services.exports import annex
from kpiapp.services.exports.project_lists import BuiltList, lists_of
from kpiapp.services.exports.unprinted import unprinted
from kpiapp.services.files import formats, json_files
from kpiapp.services.files.folders import make_folder, safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kpiapp.services.exports.annex import Item
    from kpiapp.services.session import Session
    from kpiapp.sheets.grid import Grid

    Progress = Callable[[int, int, str], bool | None]

JSON = "json"


@dataclass(slots=True)
class ExportReport:
    """What an export did.

    Attributes:
        files: what was written, in order.
        failures: forms that could not be printed, with the sentence that says why.
        unprinted: forms with what their sheet has no place for (没有印出的内容).
        missing: what 表10 and the annex lack, or what a person must look at, a sentence each.
        cancelled: somebody stopped it; what was written before is whole.
    """

    files: list[Path] = field(default_factory=list)
    failures: list[tuple[Form, UserError]] = field(default_factory=list)
    unprinted: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    cancelled: bool = False


def export_year(  # noqa: PLR0913 - what the export screen asks
    session: Session,
    year: int,
    folder: Path,
    *,
    kinds: Sequence[str] = ("xlsx",),
    one_workbook: bool = False,
    progress: Progress | None = None,
) -> ExportReport:
    """Write the official sheets of all forms of a year, with 表10 of each unit.

    Args:
        session: the open library.
        year: the budget year.
        folder: where to; it is made if missing.
        kinds: formats, without dots: xlsx, docx, pdf, html, json.
        one_workbook: all sheets in one file of each format, rather than a file a form.
        progress: called before each sheet with how many are done, of how many, and what is
            next; returning False stops.

    Raises:
        UserError: there are no forms of that year, a format is unknown, or nothing can be
            written there.
    """
    items: list[Item] = [*lists_of(session, year), *session.forms(year)]
    if not items:
        raise UserError(f"目标库里没有{year}年的表", "请检查年度")
    return export_items(items, folder, kinds=kinds, one_workbook=one_workbook, progress=progress)


def export_items(  # noqa: PLR0913 - what the export screen asks
    items: Sequence[Item],
    folder: Path,
    *,
    kinds: Sequence[str] = ("xlsx",),
    one_workbook: bool = False,
    layout_id: str = "",
    progress: Progress | None = None,
) -> ExportReport:
    """Write the official sheets of these forms and 表10; see `export_year`.

    `layout_id` prints all forms as that layout; by default each as its own.
    """
    _check_kinds(kinds)
    make_folder(folder)
    report = ExportReport()
    names = file_names(items)
    jobs = [(item, name, kind) for kind in kinds for item, name in zip(items, names, strict=True)]
    books: dict[str, list[tuple[Item, Grid]]] = {}
    for number, (item, name, kind) in enumerate(jobs):
        if progress and progress(number, len(jobs), item.name) is False:
            report.cancelled = True
            return report
        path = folder / f"{name}.{kind}"
        if kind == JSON:
            _write_json(path, item)
            report.files.append(path)
        elif (grid := _grid(item, report, layout_id)) is None:
            continue
        elif one_workbook:
            books.setdefault(kind, []).append((item, grid))
        else:
            formats.write_grids(path, [grid])
            report.files.append(path)
    for kind, sheets in books.items():
        path = folder / f"{book_name(items)}.{kind}"
        _write_book(path, sheets, report)
        report.files.append(path)
    report.missing += [x for item in items if isinstance(item, BuiltList) for x in item.missing]
    return report


def _write_json(path: Path, item: Item) -> None:
    if isinstance(item, Form):
        json_files.write(path, item, ids=True)
    else:
        json_files.write(path, item.projects)


def _write_book(path: Path, sheets: Sequence[tuple[Item, Grid]], report: ExportReport) -> None:
    """Write all sheets into one file; what is no workbook is an annex, with its first page."""
    items = [item for item, _ in sheets]
    grids = [grid for _, grid in sheets]
    names = annex.headings(items)
    page = annex.situation_page(items) if path.suffix != formats.WORKBOOK else None
    if page:
        grids, names = [page.grid, *grids], [page.grid.name, *names]
        report.missing += [x for x in page.notes if x not in report.missing]
    formats.write_grids(path, grids, headings=names, title=annex.title(items))


def layout_names() -> dict[str, str]:
    """Return the sheets that forms can be printed as, by layout id, named by district and year."""
    from kpiapp.sheets.layouts.layout import load_layouts

    stages = {"evaluation": "自评"}
    return {
        one.id: f"{one.district} {one.first_year} 年{stages.get(one.stage, '')}表样"
        for one in load_layouts()
    }


def _grid(item: Item, report: ExportReport, layout_id: str) -> Grid | None:
    """Return the printed sheet of a form or 表10, or note why there is none."""
    if isinstance(item, BuiltList):
        from kpiapp.sheets.project_sheet import fill_list

        return fill_list(item.projects)
    try:
        grid = sheet_of(item, layout_id)
    except UserError as error:
        report.failures.append((item, error))
        return None
    if left_out := unprinted(item, grid):
        report.unprinted[item.id] = left_out
    grid.name = item.name if item.kind is Kind.PROJECT else item.kind.label
    return grid


def sheet_of(form: Form, layout_id: str = "") -> Grid:
    """Return the printed sheet of a form; raises UserError where its layout is unknown."""
    from kpiapp.sheets.filling.fill import fill
    from kpiapp.sheets.layouts.layout import layout

    return fill(form, layout(layout_id or form.layout, form.kind))


def _check_kinds(kinds: Iterable[str]) -> None:
    known = [*formats.writable(), JSON]
    for kind in kinds:
        if kind not in known:
            raise UserError(f"不能导出“{kind}”格式", f"可以导出的格式有：{'、'.join(known)}")


# -- names of files -----------------------------------------------------------------------------


def file_names(items: Iterable[Item]) -> list[str]:
    """Return a file name (without suffix) for each sheet, allowed everywhere, each once."""
    names: list[str] = []
    taken: set[str] = set()
    number = 0
    for item in items:
        number += isinstance(item, Form) and item.kind is Kind.PROJECT
        wanted = name = safe_name(_start(item, number) + item.name)
        copy = 2
        while name.casefold() in taken:
            name, copy = f"{wanted}({copy})", copy + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _start(item: Item, number: int) -> str:
    """Return what stands before the name: year and place in the annex."""
    if isinstance(item, BuiltList):
        return f"{item.projects.year}-"
    return f"{item.year}-{number:02d}-" if item.kind is Kind.PROJECT else f"{item.year}-整体-"


def book_name(items: Sequence[Item]) -> str:
    """Return the name of the one file that holds all sheets."""
    name = f"{annex.year_of(items)}-绩效目标表-{annex.department_name(items)}"
    return safe_name(name.rstrip("-"))
