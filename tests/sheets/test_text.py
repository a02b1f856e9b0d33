"""Tab-separated text as Excel and WPS copy and paste it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpiapp.sheets import text as tabbed
from kpiapp.sheets.grid import Cell, Grid
from kpiapp.sheets.legal import legal


def rows(text: str) -> list[list[str]]:
    return [[cell.text for cell in line] for line in tabbed.read_text(text).lines()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t乙", [["甲", "乙"]]),
        ("甲\t\t乙\n\n丙\n", [["甲", "", "乙"], [""], ["丙"]]),
        ('"一\n二"\t"说""好"""\n', [["一\n二", '说"好"']]),
        ('5" 屏\t他说"好"\n', [['5" 屏', '他说"好"']]),
        ('"没有关上\t乙\n', [['"没有关上', "乙"]]),
        ("", [[""]]),
    ],
)
def test_tab_separated_text_is_read_as_excel_puts_it(text: str, wanted: list[list[str]]) -> None:
    assert rows(text) == wanted


def test_a_merged_cell_fills_its_first_place() -> None:
    grid = Grid("表", [Cell(0, 0, "甲", 2, 2), Cell(0, 2, "乙\n丙"), Cell(1, 2, '"丁"')])
    assert tabbed.to_text(grid) == '甲\t\t"乙\n丙"\r\n\t\t"""丁"""\r\n'


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), min_size=1, max_size=5))
def test_every_text_comes_back(texts: list[list[str]]) -> None:
    cells = [Cell(r, c, text) for r, line in enumerate(texts) for c, text in enumerate(line)]
    wanted = [[legal(text) for text in line] for line in texts]
    assert rows(tabbed.to_text(Grid("表", cells))) == wanted


def test_what_looks_like_a_formula_is_text() -> None:
    assert rows("=100%\t+1\t@x\t-\n") == [["=100%", "+1", "@x", "-"]]


def test_a_million_quotes_take_no_time() -> None:
    assert len(rows('"a\t' * 100_000)[0]) == tabbed.MOST_COLUMNS
    assert rows('"' * 200_000)
