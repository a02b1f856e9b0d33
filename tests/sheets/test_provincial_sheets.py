"""Sheets of further provinces and of the ministries, lists of projects among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from disturbing import unmerged
from local_shapes import NAMES, cells_of, grid_of
from provincial_lists import LISTS
from provincial_more import MORE_FORMS
from provincial_shapes import FORMS

from kpiapp.model.form import Horizon
from kpiapp.sheets import docx, html, xlsx
from kpiapp.sheets.free.dividing import forms_on
from kpiapp.sheets.grid import Cell, Grid
from kpiapp.sheets.parsing.recognise import read_draft
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kpiapp.sheets.draft import Draft

SHAPES = FORMS | MORE_FORMS | LISTS
HORIZONS = {"L": Horizon.LONG_TERM, "A": Horizon.ANNUAL}
ENOUGH = 0.95
FIELDS_ENOUGH = 0.97
undone = unmerged(down=True, across=True, repeated=False)
repeated = unmerged(down=True, across=False, repeated=True)


class Truth(NamedTuple):
    """What one form of a shape holds."""

    rows: list[dict[str, str]]
    fields: dict[str, str]
    goals: list[tuple[Horizon, str]]


def truths(name: str) -> list[Truth]:
    found: list[Truth] = []
    for line in SHAPES[name].split("=>")[1].strip().split("\n"):
        kind, *values = cells_of(line)
        if kind == "P" or not found:
            found.append(Truth([], {}, []))
        if kind == "P":
            found[-1].fields["项目名称"] = values[0]
        elif kind == "F":
            label, value = values[0].split("=", 1)
            found[-1].fields[canonical(label)] = value.replace("\\n", "\n")
        elif kind == "G":
            found[-1].goals.append((HORIZONS[values[0]], values[1].replace("\\n", "\n")))
        else:
            row = dict(zip(NAMES, values, strict=False)) | {"horizon": HORIZONS[kind].value}
            more = dict(text.split("=", 1) for text in values[4:])
            found[-1].rows.append({k: v for k, v in (row | more).items() if v != "?"})
    return found


def read(grid: Grid) -> list[Draft]:
    return [draft for part in forms_on(grid) if (draft := read_draft(part))]


def cells_right(drafts: list[Draft], wanted: list[Truth]) -> Iterator[bool]:
    """Yield of each value of an indicator whether it was read; rows are told by their order."""
    assert len(drafts) == len(wanted)
    for draft, truth in zip(drafts, wanted, strict=True):
        rows = draft.form.indicators
        assert len(rows) == len(truth.rows)
        for row, want in zip(rows, truth.rows, strict=True):
            for name, value in want.items():
                got = getattr(row, name)
                yield ("" if got is None else str(got)) == value


def fields_right(drafts: list[Draft], wanted: list[Truth]) -> Iterator[bool]:
    for draft, truth in zip(drafts, wanted, strict=True):
        fields = {canonical(label): text for label, text in draft.form.fields.items()}
        yield from (fields.get(label) == value for label, value in truth.fields.items())


@pytest.mark.parametrize("name", SHAPES)
def test_a_sheet_of_a_province_is_read_whole(name: str) -> None:
    drafts, wanted = read(grid_of(name, SHAPES[name])), truths(name)
    assert all(cells_right(drafts, wanted))
    assert all(fields_right(drafts, wanted))
    for draft, truth in zip(drafts, wanted, strict=True):
        goals = [(goal.horizon, goal.text) for goal in draft.form.goals]
        assert [goal for goal in truth.goals if goal not in goals] == []


@pytest.mark.parametrize("change", [undone, repeated], ids=["undone", "repeated"])
def test_merges_that_were_undone_do_no_harm(change: Callable[[Grid], Grid]) -> None:
    """Measured: at least 95 % of the indicators' cells and 97 % of the fields."""
    cells: list[bool] = []
    fields: list[bool] = []
    for name, text in SHAPES.items():
        drafts, wanted = read(change(grid_of(name, text))), truths(name)
        found = list(cells_right(drafts, wanted))
        assert sum(found) >= ENOUGH * len(found), name
        cells += found
        fields += fields_right(drafts, wanted)
    assert sum(cells) >= ENOUGH * len(cells)
    assert sum(fields) >= FIELDS_ENOUGH * len(fields)


@pytest.mark.parametrize("module", [xlsx, docx, html])
def test_they_are_read_from_files_of_every_kind(tmp_path: Path, module: Any) -> None:
    for name, text in SHAPES.items():
        path = tmp_path / "外地"
        module.write(path, [grid_of(name, text)])
        drafts = [draft for grid in module.read(path) for draft in read(grid)]
        assert all(cells_right(drafts, truths(name))), name


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_not_understood_is_told(name: str) -> None:
    grid = grid_of(name, SHAPES[name])
    grid.cells.append(Cell(grid.rows + 3, 2, "随手写的一句话，不知说的是哪一项"))
    told = [one.text for draft in read(grid) for one in draft.unread]
    assert "随手写的一句话，不知说的是哪一项" in told


def test_the_projects_of_a_list_share_their_unit_and_keep_their_places() -> None:
    first, second = read(grid_of("list", LISTS["list with merges"]))
    assert first.form.fields["单位名称"] == second.form.fields["单位名称"] == "青衣县交通运输局"
    place = second.places[second.form.indicators[0].id, "level3"]
    assert place == "G9"
    assert {first.form.year, second.form.year} == {2025}
    assert "金额单位" not in first.form.fields


def test_one_project_in_a_list_is_one_form() -> None:
    whole = grid_of("list", LISTS["list with merges"])
    grid = Grid(whole.name, [cell for cell in whole.cells if cell.row < 8])
    [draft] = read(grid)
    assert draft.form.name == "定额公用经费"
    assert len(draft.form.indicators) == 4


def test_a_list_on_which_a_name_is_typed_twice_holds_it_twice() -> None:
    """Two projects of one name that stand apart are two; a name repeated row by row is one."""
    grid = repeated(grid_of("list", LISTS["list with merges"]))
    assert [draft.form.name for draft in read(grid)] == ["定额公用经费", "农村公路养护"]
