"""表10 项目支出表 as a sheet: ProjectList -> Grid and back, on the same road as a form.

Its layouts stand apart (`resources/layouts/lists`), so that they are not offered for declarations:
`jiangxia-2026-table10` is the 表10 that goes with the forms of `jiangxia-2026`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpiapp.model.form import Form, Kind, Row, Table, new_id
from kpiapp.model.project_list import ProjectList
from kpiapp.sheets.detect import detect
from kpiapp.sheets.draft import FromSheet
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.heads import path_parts
from kpiapp.sheets.layouts.blocks import ListColumn, ProjectsBlock
from kpiapp.sheets.layouts.layout import list_layouts
from kpiapp.sheets.parsing.parse import parse
from kpiapp.sheets.words import YEAR, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.layouts.blocks import Layout

ENDING = "-table10"
"""What the id of a list's layout has behind that of the forms."""
NATIONAL = "mof-2015"
TITLE = "项目支出表"
FORM_HEADS = ("一级指标", "三级指标", "项目总预算")
"""Heads of a form: a sheet with one of them is no 表10, whatever tables it holds."""
NAME = "项目名称"
AMOUNTS = ("合计", "总计", "金额", "预算")
LIKELY = 0.5
"""A sheet whose title does not say 项目支出表 must have this many of the heads, weighted."""
WIDE, NARROW = 26.0, 11.0


@dataclass(slots=True, kw_only=True)
class ListDraft(FromSheet):
    """A 表10 as read from one sheet."""

    project_list: ProjectList


def layout_for(layout_id: str) -> Layout:
    """Return the 表10 that goes with the forms of a layout; the national one for any other."""
    known = {one.id: one for one in list_layouts()}
    return known.get(layout_id + ENDING) or known[NATIONAL + ENDING]


def block_of(layout: Layout) -> ProjectsBlock:
    """Return the table of a list's layout."""
    return next(layout.of_type(ProjectsBlock))


# -- out ------------------------------------------------------------------------------------------


def fill_list(projects: ProjectList) -> Grid:
    """Return the printed sheet of a 表10; its own columns are printed, whatever they are."""
    layout = _with_columns(layout_for(projects.layout), projects.columns)
    grid = fill(_as_form(projects, layout), layout)
    grid.marks["list"] = projects.layout
    depth = max((len(path_parts(head)) for head in projects.columns), default=1)
    first_head = next((cell.row for cell in grid.cells if cell.role == "head"), 0)
    grid.repeat_rows = first_head + depth
    return grid


def _with_columns(layout: Layout, columns: Sequence[str]) -> Layout:
    """Return a layout with these columns, as wide as where it has them already."""
    block = block_of(layout)
    if [column.head for column in block.columns] == list(columns):
        return layout
    known = dict(zip((x.head for x in block.columns), layout.widths, strict=True))
    widths = tuple(known.get(head, WIDE if "名称" in head else NARROW) for head in columns)
    heads = tuple(ListColumn(head) for head in columns)
    blocks = tuple(replace(x, columns=heads) if x is block else x for x in layout.blocks)
    return replace(layout, widths=widths, blocks=blocks)


def _as_form(projects: ProjectList, layout: Layout) -> Form:
    form = Form(id=projects.id, kind=Kind.DEPARTMENT, year=projects.year, layout=layout.id)
    form.title, form.amount_unit = projects.title, projects.amount_unit
    rows = [Row(list(row)) for row in projects.rows]
    form.tables[block_of(layout).name] = Table(list(projects.columns), rows)
    return form


# -- in -------------------------------------------------------------------------------------------


def read_list(grid: Grid, stem: str = "") -> ListDraft | None:
    """Return the 表10 on a sheet, or None if it is none.

    A list of columns that several layouts print alike names no layout.

    Args:
        grid: the sheet, in the coordinates of its file.
        stem: name of its file without suffix; it may tell id and year.
    """
    own = grid.marks.get("layout", "").endswith(ENDING)
    words = [] if own else _words_of_a_list(grid)
    if not (own or words):
        return None
    matches = detect(grid, list_layouts())
    layout, confidence = matches[0]
    titled = any(TITLE in word for word in (*words[:8], canonical(grid.name)))
    if not (own or titled or confidence >= LIKELY):
        return None
    draft = parse(grid, _as_on(grid, layout), form_id=_id_in(stem) or new_id())
    table = draft.form.tables.get(block_of(layout).name)
    if table is None or not table.rows:
        return None
    only = len(matches) == 1 or confidence > matches[1].confidence
    projects = ProjectList(
        draft.form.id,
        draft.form.year,
        grid.marks.get("list", "") if own else layout.id.removesuffix(ENDING) * only,
        draft.form.title or TITLE,
        draft.form.amount_unit,
        table.columns if own else _below_parents(table.columns),
        [row.cells for row in table.rows],
    )
    assumed = draft.year_assumed and not _find_year(projects, (grid.name, stem))
    notes = [f"表下的说明没有放入：{note}" for note in draft.form.notes]
    return ListDraft(
        project_list=projects,
        layout=layout,
        grid=grid,
        own=own,
        confidence=confidence,
        unread=draft.unread,
        changes=draft.changes,
        year_assumed=assumed,
        notes=notes,
    )


def _as_on(grid: Grid, layout: Layout) -> Layout:
    """Return a layout with the heads that a sheet prints, where those are of one row only."""
    paths = [path_parts(column.head) for column in block_of(layout).columns]
    below = {canonical(path[1]) for path in paths if len(path) > 1}
    if below & {canonical(cell.text) for cell in grid.cells}:
        return layout
    for line in grid.lines():
        texts = [cell.text for cell in line if cell.text.strip()]
        if any(canonical(text) == NAME for text in texts) and len(texts) > 1:
            return _with_columns(layout, texts)
    return layout


def _below_parents(columns: Sequence[str]) -> list[str]:
    """Return heads with the one above them where a person undid its merge: 本年拨款 | blank."""
    known = {canonical(x.head) for one in list_layouts() for x in block_of(one).columns}
    found: list[str] = []
    parent = ""
    for head in columns:
        alone = "/" not in head
        parent = parent if alone else head.partition("/")[0]
        below = alone and parent and canonical(f"{parent}/{head}") in known
        found.append(f"{parent}/{head}" if below else head)
    return found


def _words_of_a_list(grid: Grid) -> list[str]:
    """Return the words of a sheet that may be a 表10; none of one that cannot.

    A 表10 has project names beside amounts, and no heads of a form.
    """
    words = [canonical(cell.text) for cell in sorted(grid.cells) if cell.text]
    if any(word.startswith(FORM_HEADS) for word in words):
        return []
    possible = NAME in words and any(word.startswith(AMOUNTS) for word in words)
    return words if possible else []


def _id_in(stem: str) -> str:
    """Return the id that a file's name is (jiangxia-2026-table10), or ""."""
    return stem if re.fullmatch(r"[a-z]+-\d{4}" + ENDING, stem) else ""


def _find_year(projects: ProjectList, names: Sequence[str]) -> bool:
    """Set the year that the name of a sheet or file tells; return whether one does."""
    for name in names:
        if found := YEAR.search(name):
            projects.year = int(found[0])
            return True
    return False
