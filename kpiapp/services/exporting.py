"""Official sheets out: all of a year, one file each or all in one, with a report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Kind
from kpiapp.services import formats, json_files
from kpiapp.services.unprinted import unprinted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session
    from kpiapp.sheets.grid import Grid

    Progress = Callable[[int, int, str], bool | None]

JSON = "json"
LONGEST_NAME = 60
"""Characters of a file name; Chinese ones take three bytes, and 255 bytes is the most on Linux."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10))]
)


@dataclass(slots=True)
class ExportReport:
    """What an export did.

    Attributes:
        files: what was written, in order.
        failures: forms that could not be printed, with the sentence that says why.
        unprinted: forms with what their sheet has no place for (没有印出的内容).
        cancelled: somebody stopped it; what was written before is whole.
    """

    files: list[Path] = field(default_factory=list)
    failures: list[tuple[Form, UserError]] = field(default_factory=list)
    unprinted: dict[str, list[str]] = field(default_factory=dict)
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
    """Write the official sheets of all forms of a year.

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
    forms = session.forms(year)
    if not forms:
        raise UserError(f"目标库里没有{year}年的表", "请检查年度")
    return export_forms(forms, folder, kinds=kinds, one_workbook=one_workbook, progress=progress)


def export_forms(  # noqa: PLR0913 - what the export screen asks
    forms: Sequence[Form],
    folder: Path,
    *,
    kinds: Sequence[str] = ("xlsx",),
    one_workbook: bool = False,
    layout_id: str = "",
    progress: Progress | None = None,
) -> ExportReport:
    """Write the official sheets of these forms; see `export_year`.

    `layout_id` prints all of them as that layout; by default each as its own.
    """
    _check_kinds(kinds)
    make_folder(folder)
    report = ExportReport()
    names = file_names(forms)
    jobs = [(form, kind) for kind in kinds for form in forms]
    books: dict[str, list[tuple[Form, Grid]]] = {}
    for number, (form, kind) in enumerate(jobs):
        if progress and progress(number, len(jobs), form.name) is False:
            report.cancelled = True
            return report
        path = folder / f"{names[form.id]}.{kind}"
        if kind == JSON:
            json_files.write(path, form, ids=True)
            report.files.append(path)
        elif (grid := _grid(form, report, layout_id)) is None:
            continue
        elif one_workbook:
            books.setdefault(kind, []).append((form, grid))
        else:
            formats.write_grids(path, [grid])
            report.files.append(path)
    for kind, sheets in books.items():
        path = folder / f"{book_name(forms)}.{kind}"
        printed = [form for form, _ in sheets]
        grids = [grid for _, grid in sheets]
        formats.write_grids(path, grids, headings=headings(printed), title=book_title(forms))
        report.files.append(path)
    return report


def layout_names() -> dict[str, str]:
    """Return the sheets that forms can be printed as, by layout id, named by district and year."""
    from kpiapp.sheets.layout import load_layouts

    stages = {"evaluation": "自评"}
    return {
        one.id: f"{one.district} {one.first_year} 年{stages.get(one.stage, '')}表样"
        for one in load_layouts()
    }


def headings(forms: Sequence[Form]) -> list[str]:
    """Return what stands above each sheet of an annex, as the budgets are published.

    表11 is the department's form, 表12-1, 表12-2 … are the projects'; the tables before are those
    of the budget itself. Several department forms are 表11-1, 表11-2 ….
    """
    departments = sum(form.kind is Kind.DEPARTMENT for form in forms)
    counts = dict.fromkeys(Kind, 0)
    result = []
    for form in forms:
        counts[form.kind] += 1
        number = f"-{counts[form.kind]}"
        if form.kind is Kind.DEPARTMENT:
            result.append(f"表11{number if departments > 1 else ''}.部门整体支出绩效目标表")
        else:
            result.append(f"表12{number}.项目支出绩效目标表（{form.name or '未命名'}）")
    return result


def book_title(forms: Sequence[Form]) -> str:
    """Return the name of an annex that holds all these forms."""
    name = next((form.name for form in forms if form.kind is Kind.DEPARTMENT), "")
    return f"{name}{forms[0].year}年绩效目标表"


def _grid(form: Form, report: ExportReport, layout_id: str) -> Grid | None:
    """Return the printed sheet of a form, or note why there is none."""
    from kpiapp.sheets.fill import fill
    from kpiapp.sheets.layout import layout

    try:
        grid = fill(form, layout(layout_id or form.layout, form.kind))
    except UserError as error:
        report.failures.append((form, error))
        return None
    if left_out := unprinted(form, grid):
        report.unprinted[form.id] = left_out
    grid.name = form.name if form.kind is Kind.PROJECT else form.kind.label
    return grid


def _check_kinds(kinds: Iterable[str]) -> None:
    known = [*formats.writable(), JSON]
    for kind in kinds:
        if kind not in known:
            raise UserError(f"不能导出“{kind}”格式", f"可以导出的格式有：{'、'.join(known)}")


def make_folder(folder: Path) -> None:
    """Make a folder if it is missing; raises UserError where that is not allowed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from kpiapp.sheets.files import reason

        raise UserError(f"不能建立文件夹“{folder}”：{reason(error)}", "请换一个位置") from error


# -- names of files -----------------------------------------------------------------------------


def file_names(forms: Iterable[Form]) -> dict[str, str]:
    """Return a file name (without suffix) for each form by its id; each is allowed everywhere."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    number = 0
    for form in forms:
        if form.kind is Kind.PROJECT:
            number += 1
        start = f"{form.year}-{number:02d}-" if form.kind is Kind.PROJECT else f"{form.year}-整体-"
        wanted = name = safe_name(start + form.name)
        copy = 2
        while name.casefold() in taken:
            name, copy = f"{wanted}({copy})", copy + 1
        taken.add(name.casefold())
        names[form.id] = name
    return names


def book_name(forms: Sequence[Form]) -> str:
    """Return the name of the one file that holds all sheets."""
    department = next((form.name for form in forms if form.kind is Kind.DEPARTMENT), "")
    return safe_name(f"{forms[0].year}-绩效目标表-{department}".rstrip("-"))


def safe_name(text: str) -> str:
    """Return a text as a file name that Windows, Linux and a USB stick accept."""
    name = _FORBIDDEN.sub("_", text)[:LONGEST_NAME].strip(" .")
    if name.partition(".")[0].upper() in _DEVICES:
        name = f"_{name}"
    return name or "未命名"
