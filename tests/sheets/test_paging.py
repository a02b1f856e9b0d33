"""Where pages break, which heads and labels stand again, where a long text goes on."""

from __future__ import annotations

import openpyxl
import pytest

from kpiapp.sheets import paper, xlsx
from kpiapp.sheets.breaks import heads_of_rows, page_starts
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.paging import Placed, lay_out, measure, pieces
from kpiapp.sheets.typeset import break_lines

WIDTHS = (12.0, 12.0, 30.0)
LONG = "统筹推进城市运行管理工作，保障市民热线及时办理。" * 12


def table(rows: int, *, label: str = "年度绩效指标", merged: str = "产出指标") -> Grid:
    """A title, a head and rows beside a label and a merged cell."""
    cells = [
        Cell(0, 0, "申报表", 1, 3, Role.TITLE),
        Cell(1, 0, label, rows + 1, 1, Role.LABEL),
        Cell(1, 1, "一级指标", 1, 1, Role.HEAD),
        Cell(1, 2, "指标值", 1, 1, Role.HEAD),
        Cell(2, 1, merged, rows, 1),
        *(Cell(row, 2, f"值{row}") for row in range(2, rows + 2)),
    ]
    return Grid("表", cells, WIDTHS, repeat_rows=1)


def texts(page: list[Placed]) -> list[str]:
    return ["".join(cell.lines) for cell in page if any(cell.lines)]


def test_heads_labels_and_merged_cells_stand_again_on_each_page() -> None:
    pages = [texts(page) for page in lay_out(measure(table(100)))]
    assert len(pages) == 3
    for page in pages:
        assert page[:4] == ["申报表", "年度绩效指标", "一级指标", "指标值"]
        assert page[4] == "产出指标"
    values = [text for page in pages for text in page[5:]]
    assert values == [f"值{row}" for row in range(2, 102)]


def test_nothing_leaves_the_paper_and_no_two_cells_overlap() -> None:
    for page in lay_out(measure(table(100, label="很长的标签文字写了好几行"))):
        for cell in page:
            assert cell.y >= 0
            assert cell.y + cell.height <= paper.UPRIGHT.depth + 1
            assert cell.x + cell.width <= paper.UPRIGHT.room + 1
            assert len(cell.lines) * paper.LINE <= cell.height or cell.role is Role.TITLE
        for one in page:
            for other in page:
                apart = (
                    one is other
                    or one.x + one.width <= other.x + 0.01
                    or other.x + other.width <= one.x + 0.01
                    or one.y + one.height <= other.y + 0.01
                    or other.y + other.height <= one.y + 0.01
                )
                assert apart, (one, other)


def test_a_head_does_not_stand_alone_at_the_end_of_a_page() -> None:
    for filler in range(30, 45):
        rows = [Cell(n, 0, "x", 1, 3, Role.LABEL) for n in range(filler)]
        head = [Cell(filler, column, "头", 1, 1, Role.HEAD) for column in range(3)]
        body = [Cell(filler + 1, column, "值") for column in range(3)]
        pages = pieces(measure(Grid("表", [*rows, *head, *body], WIDTHS)))
        last = [piece.row for piece in pages[0]]
        assert last[-1] != filler


def test_a_short_row_moves_a_long_one_breaks() -> None:
    rows = [Cell(n, 0, "x", 1, 3, Role.LABEL) for n in range(26)]
    short = Cell(26, 1, "短。" * 60, 1, 2, Role.TEXT)
    long = Cell(26, 1, LONG * 3, 1, 2, Role.TEXT)
    label = Cell(26, 0, "职能", 1, 1, Role.LABEL)
    whole = lay_out(measure(Grid("表", [*rows, label, short], WIDTHS)))
    assert sum("短。短" in text for page in whole for text in texts(page)) == 1
    first, second = lay_out(measure(Grid("表", [*rows, label, long], WIDTHS)))
    assert texts(first)[-2] == texts(second)[0] == "职能"
    assert texts(first)[-1] + texts(second)[1] == LONG * 3


@pytest.mark.parametrize("count", [1, 40, 200, 1_000])
def test_every_line_of_a_text_is_printed_once(count: int) -> None:
    text = "".join(f"第{n}句话。" for n in range(count * 5))
    cells = [Cell(0, 0, "标签", 1, 1, Role.LABEL), Cell(0, 1, text, 1, 2, Role.TEXT)]
    pages = lay_out(measure(Grid("表", cells, WIDTHS)))
    printed = "".join(one for page in pages for one in texts(page) if one != "标签")
    assert printed == text


def test_a_long_merged_text_goes_on_over_the_page() -> None:
    text = "".join(f"第{n}句话。" for n in range(150))
    cells = [
        Cell(0, 0, text, 60, 1, Role.TEXT),
        *(Cell(row, 1, f"值{row}", 1, 2) for row in range(60)),
    ]
    pages = lay_out(measure(Grid("表", cells, (40.0, 30.0, 30.0))))
    printed = "".join(one for page in pages for one in texts(page) if "句" in one)
    assert printed == text


def test_heads_hold_until_the_next_label() -> None:
    lines = [
        [Cell(0, 0, "", role=Role.HEAD)],
        [Cell(1, 0, "", role=Role.HEAD)],
        [Cell(2, 0, "")],
        [Cell(3, 0, "", role=Role.LABEL)],
        [Cell(4, 0, "")],
        [Cell(5, 0, "", role=Role.HEAD)],
        [Cell(6, 0, "", role=Role.TEXT)],
    ]
    none = range(0)
    assert heads_of_rows(lines) == [none, none, range(2), none, none, none, range(5, 6)]


def test_an_empty_sheet_is_one_page() -> None:
    assert lay_out(measure(Grid("空"))) == [[]]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("绩效目标", 4, ["绩效目标"]),
        ("绩效目标", 3, ["绩效目", "标"]),
        ("绩效，目标", 2, ["绩", "效，", "目标"]),
        ("（绩效）", 2, ["（绩", "效）"]),
        ("达到≥95%以上", 3, ["达到", "≥95%", "以上"]),
        ("a\nb\n", 5, ["a", "b", ""]),
        ("", 5, [""]),
        ("https://example.com/a/very/long/address", 5, None),
    ],
)
def test_lines_break_where_typesetting_allows(
    text: str, room: float, lines: list[str] | None
) -> None:
    broken = break_lines(text, room)
    assert "".join(broken) == text.replace("\n", "")
    if lines is not None:
        assert broken == lines


# -- breaks of a workbook -------------------------------------------------------------------------


def _table(*labels):
    """A sheet whose label column is merged over so many rows each, beside one cell a row."""
    cells, row = [], 0
    for rows in labels:
        cells.append(Cell(row, 0, f"标{row}", row_span=rows, role=Role.LABEL))
        cells += [Cell(n, 1, f"值{n}") for n in range(row, row + rows)]
        row += rows
    return Grid("表", sorted(cells))


def test_rows_of_one_label_stay_together_where_they_fit_a_page():
    assert page_starts(_table(7, 5, 4), [10.0] * 16, 100.0) == [7]


def test_a_label_longer_than_a_page_is_cut_as_late_as_it_can_be():
    assert page_starts(_table(25), [10.0] * 25, 100.0) == [10, 20]


def test_a_page_is_not_left_half_empty_for_a_label():
    assert page_starts(_table(3, 12), [10.0] * 15, 100.0) == [10]


def test_rows_that_fit_one_page_are_not_parted():
    assert page_starts(_table(5, 5), [10.0] * 10, 100.0) == []


def test_no_page_ends_behind_the_heads_of_a_table():
    grid = _table(9, 6)
    grid.cells = [x._replace(role=Role.HEAD) if x.row == 9 else x for x in grid.cells]
    heights = [10.0] * 15
    assert page_starts(grid, heights, 100.0) == [9]


def test_what_is_printed_again_takes_room_on_later_pages():
    grid = _table(*[1] * 20)
    grid.repeat_rows = 2
    assert page_starts(grid, [10.0] * 20, 100.0) == [10, 18]


def test_a_row_higher_than_the_page_has_one_of_its_own():
    assert page_starts(_table(1, 1, 1), [10.0, 500.0, 10.0], 100.0) == [1, 2]


def test_a_workbook_breaks_between_labels(tmp_path):
    grid = _table(30, 30)
    grid.widths = (20.0, 60.0)
    xlsx.write(tmp_path / "表.xlsx", [grid])
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx").active
    assert [one.id for one in sheet.row_breaks.brk] == [30]
