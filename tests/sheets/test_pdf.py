"""PDF: every text whole, searchable and in order; what else is printed are heads and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_forms import LAYOUTS, PUBLISHED, filled_form, published

from kpiapp.errors import UserError
from kpiapp.sheets import fonts, pdf
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.paging import lay_out, measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 读PDF，只有测试用它")
BLANKS = re.compile(r"\s+")
HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line."""


def pages_of(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    texts = (page.get_textpage().get_text_range() for page in document)
    return [BLANKS.sub("", text.replace(HYPHEN, "-")) for text in texts]


def rest_of(text: str, wanted: Iterable[str]) -> list[str]:
    """Find each text behind the one before and return what stands between them."""
    place, rest = 0, []
    for one in wanted:
        plain = BLANKS.sub("", one)
        found = text.find(plain, place)
        assert found >= 0, one
        rest.append(text[place:found])
        place = found + len(plain)
    return [*rest, text[place:]]


def expected(grid: Grid) -> tuple[list[str], int]:
    """Each cell's text in order, one that goes on over a page in parts; and how many do."""
    measured = measure(grid, pdf._width)
    whole = {cell.lines for page in lay_out(measured) for cell in page}
    parts = [cell.lines for page in lay_out(measured) for cell in page if cell.role is Role.TEXT]
    texts, broken = [], 0
    for cell in sorted(grid.cells):
        lines = tuple(measured.texts[cell.row, cell.column])
        if lines in whole:
            texts.append(cell.text)
            continue
        broken += 1
        own = ["".join(part) for part in parts if len(part) > 1 and set(part) <= set(lines)]
        assert "".join(own) == "".join(lines)
        texts += own
    return texts, broken


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_text_is_whole_and_in_order(shared: Path, name: str) -> None:
    form = published(shared, name)
    grid = fill(form, layout(form.layout, form.kind))
    text = "".join(pages_of(pdf.to_bytes([grid])))
    texts, broken = expected(grid)
    assert broken == (name == "qiaokou-2026-dept")
    again = {BLANKS.sub("", cell.text) for cell in grid.cells if cell.role is not Role.TEXT}
    left = re.sub(r"第\d+页共\d+页", "", "".join(rest_of(text, texts)))
    for repeated in sorted(again - {""}, key=len, reverse=True):
        left = left.replace(repeated, "")
    assert left == ""


def test_pages_are_numbered_and_heads_repeated(shared: Path) -> None:
    form = published(shared, "jianghan-2022-dept")
    pages = pages_of(pdf.to_bytes([fill(form, layout(form.layout, form.kind))]))
    assert len(pages) == 5
    for number, page in enumerate(pages, 1):
        assert page.endswith(f"第{number}页共5页")
        assert page.startswith("2022年江汉区部门整体绩效目标申报表")
    assert "项目支出情况项目名称项目类型项目总预算" in pages[1]
    assert "年度绩效指标一级指标二级指标三级指标指标值" in pages[3]


def test_the_annex_has_a_table_of_contents_that_is_right() -> None:
    grids = [fill(filled_form(one), one) for one in LAYOUTS.values()]
    headings = [f"表12-{n}.{grid.name}" for n, grid in enumerate(grids, 1)]
    pages = pages_of(pdf.to_bytes(grids, headings=headings, title="2026年绩效目标"))
    assert pages[0].startswith("2026年绩效目标目录")
    entries = dict(
        re.findall(r"(表12-\d+\.\D+?)(\d+)(?=表12|第1页)", pages[0]),
    )
    assert list(entries) == headings
    for heading, page in entries.items():
        assert pages[int(page) - 1].startswith(heading)


def test_the_bookmarks_lead_to_the_forms() -> None:
    grids = [fill(filled_form(one), one) for one in list(LAYOUTS.values())[:2]]
    document = pdfium.PdfDocument(pdf.to_bytes(grids, headings=["表11", "表12"]))
    assert [mark.get_title() for mark in document.get_toc()] == ["表11", "表12"]


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1+1")',
        "*不是粗体*_也不是斜体_",
        "$x^2$ `code` <label> @ref",
        "\\ \\u{41} #import",
        "// 注释 /* 注释 */",
        "= 标题",
        "- 列表 + 列表 / 词条: 义",
        "\"引号\" '单引号' --- ...",
        "=100% ≥95% ≤30分钟 √ ☑ □ ■ ㎡ ℃ ‰ ①",
    ],
)
def test_user_text_is_data(text: str) -> None:
    [page] = pages_of(pdf.to_bytes([Grid("表", [Cell(0, 0, text)], (90.0,))]))
    assert BLANKS.sub("", text) in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=30), min_size=6, max_size=6))
def test_no_text_stops_the_printer(texts: list[str]) -> None:
    cells = [
        Cell(0, 0, texts[0], 1, 2, Role.TITLE),
        Cell(1, 0, texts[1], 2, 1, Role.LABEL),
        Cell(1, 1, texts[2], 1, 1, Role.HEAD),
        Cell(2, 1, texts[3], 1, 1, Role.TEXT),
        Cell(3, 0, texts[4], 1, 2, Role.NOTE),
    ]
    grid = Grid("表", cells, (20.0, 40.0), marks={"form": texts[5]})
    assert pdf.to_bytes([grid], headings=[texts[5]], title=texts[5]).startswith(b"%PDF")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(
            st.sampled_from("绩效目标≥≤%0123456789abcXYZ，。、（）《》“”元万次/·-"), max_size=60
        ),
        min_size=12,
        max_size=12,
    )
)
def test_every_chinese_text_is_found_again(texts: list[str]) -> None:
    cells = [Cell(n // 3, n % 3, text, 1, 1, Role.TEXT) for n, text in enumerate(texts)]
    [page] = pages_of(pdf.to_bytes([Grid("表", cells, (30.0, 20.0, 25.0))]))
    assert rest_of(page, texts)[-1] == "第1页共1页"


def test_the_font_is_chinese_and_embedded() -> None:
    data = pdf.to_bytes([Grid("表", [Cell(0, 0, "绩效目标")], (90.0,))])
    assert b"NotoSerifSC" in data or b"NotoSerifCJK" in data
    assert b"/FontFile3" in data
    assert fonts.font_folder() is not None


def test_a_computer_without_chinese_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_folder", lambda: None)
    monkeypatch.setattr(fonts, "BODY", ("没有的字体",))
    monkeypatch.setattr(fonts, "HEADING", ())
    fonts.loaded.cache_clear()
    try:
        with pytest.raises(UserError, match="中文字体"):
            fonts.loaded()
    finally:
        fonts.loaded.cache_clear()


def test_an_old_file_stays_where_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        pdf.write(tmp_path / "没有" / "a.pdf", [Grid("表", [Cell(0, 0, "x")])])
