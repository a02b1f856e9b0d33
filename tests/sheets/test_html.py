"""Web pages and the clipboard: our own come back whole, those of others as a browser shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_forms import PUBLISHED, as_json, published, published_json

from kpiapp.errors import UserError
from kpiapp.sheets import html
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.legal import legal
from kpiapp.sheets.parsing.recognise import read_draft

if TYPE_CHECKING:
    from pathlib import Path


def sheet_of(shared: Path, name: str) -> Grid:
    form = published(shared, name)
    return fill(form, layout(form.layout, form.kind))


def cells(text: str) -> list[tuple[int, int, str, int, int]]:
    [grid] = html.read_text(text)
    return [(c.row, c.column, c.text, c.row_span, c.column_span) for c in sorted(grid.cells)]


def text_in(inner: str) -> str:
    return cells(f"<table><tr><td>标签<td>{inner}</table>")[1][2]


@pytest.mark.parametrize("name", PUBLISHED)
def test_our_own_page_gives_the_form_back(shared: Path, tmp_path: Path, name: str) -> None:
    html.write(tmp_path / "a.html", [sheet_of(shared, name)])
    [grid] = html.read(tmp_path / "a.html")
    draft = read_draft(grid)
    assert draft
    assert as_json(draft.form) == published_json(shared, name)
    assert draft.own
    assert draft.unread == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_page_without_our_marks_gives_the_form(shared: Path, name: str) -> None:
    text = re.sub(r' data-marks="[^"]*"', "", html.to_text([sheet_of(shared, name)]))
    [grid] = html.read_text(text)
    draft = read_draft(grid, name)
    assert draft
    assert as_json(draft.form) == published_json(shared, name)
    assert not draft.own


def test_several_sheets_keep_their_headings(shared: Path) -> None:
    grids = [sheet_of(shared, name) for name in PUBLISHED[:4]]
    headings = [f"表 12-{n}.项目支出绩效目标表" for n in range(4)]
    read = html.read_text(html.to_text(grids, headings=headings, title="2026年"))
    assert [grid.name for grid in read] == headings
    assert [grid.marks for grid in read] == [grid.marks for grid in grids]


def test_the_page_stands_alone_and_prints(shared: Path) -> None:
    text = html.to_text([sheet_of(shared, "jiangxia-2026-p01")])
    assert not re.search(r"<(?:script|link|img|iframe)|https?://|@import|url\(", text)
    assert "@page { size: A4" in text
    assert '<meta charset="utf-8">' in text


ODD = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'=\r\n\t\x00\x0b　 ☑")), max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.lists(ODD, min_size=6, max_size=6))
def test_odd_texts_come_back(texts: list[str]) -> None:
    grid_cells = [
        Cell(0, 0, texts[0], 1, 2, Role.TITLE),
        Cell(1, 0, "标签" + texts[1], 2, 1, Role.LABEL),
        Cell(1, 1, texts[2], 1, 1, Role.TEXT),
        Cell(2, 1, texts[3]),
        Cell(3, 0, texts[4], 1, 2, Role.NOTE),
    ]
    marks = {"layout": legal(texts[5]) or "x"}
    text = html.to_text([Grid("表", grid_cells, (10.0, 20.0), marks=marks)])
    [grid] = html.read_text(text)
    assert [cell.text for cell in sorted(grid.cells)] == [legal(c.text) for c in grid_cells]
    assert grid.marks == marks


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("  绩效\n   目标  ", "绩效目标"),
        ("  绩效   目标，Word\n  file  ", "绩效 目标，Word file"),
        ("一<br>二", "一\n二"),
        ("<p>一</p>\n<p>二</p>", "一\n二"),
        ("<div>一<div>二</div></div>三", "一\n二\n三"),
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        ("新<del>旧</del>", "新"),
        ("看<span style='display:none'>不见</span>", "看"),
        ("&ge;95% &lt;b&gt;", "≥95% <b>"),
        ('持续<input type="checkbox" checked>新增<input type=checkbox>', "持续☑新增□"),
        ("<input value='9.52'>", "9.52"),
        ("<select><option>甲<option selected>乙</select>", "乙"),
        ("<span style='font-family:Wingdings'>þ</span>持续", "☑持续"),
        ('<font face="Wingdings 2">£</font>新增', "□新增"),
        ("<b>1</b><i>2</i><u>3</u>", "123"),
    ],
)
def test_a_cell_reads_as_a_browser_shows_it(inner: str, shown: str) -> None:
    assert text_in(inner) == shown


def test_cells_with_spans_take_their_places() -> None:
    text = (
        "<table><thead><tr><th rowspan=2>甲<th colspan=2>乙</thead><tbody><tr><td>丙<td>丁"
        "<tr><td rowspan=0>戊<td>己<td>庚<tr><td>辛<td>壬</tbody></table>"
    )
    assert cells(text) == [
        (0, 0, "甲", 2, 1),
        (0, 1, "乙", 1, 2),
        (1, 1, "丙", 1, 1),
        (1, 2, "丁", 1, 1),
        (2, 0, "戊", 2, 1),
        (2, 1, "己", 1, 1),
        (2, 2, "庚", 1, 1),
        (3, 1, "辛", 1, 1),
        (3, 2, "壬", 1, 1),
    ]


def test_a_table_in_a_cell() -> None:
    inner = "<table><tr><td>品名<td>金额<tr><td>桌子<td>3</table>"
    assert cells(f"<table><tr><td>项目采购<td>{inner}<tr><td>标签<td>值</table>") == [
        (0, 0, "项目采购", 2, 1),
        (0, 1, "品名", 1, 1),
        (0, 2, "金额", 1, 1),
        (1, 1, "桌子", 1, 1),
        (1, 2, "3", 1, 1),
        (2, 0, "标签", 1, 1),
        (2, 1, "值", 1, 2),
    ]


def test_the_clipboard_of_word_and_excel() -> None:
    text = (
        "Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000001234\r\nStartFragment:0000000141\r\n"
        "<html><head><style><!--td {color:red}--></style></head><body><table><!--StartFragment-->"
        "<col width=72><col width=144><tr height=19><td height=19 width=72>项目名称</td>"
        "<td>物业<br style='mso-data-placement:same-cell'>保障</td></tr><!--EndFragment-->"
        "</table></body></html>"
    )
    [grid] = html.read_text(text)
    assert [cell.text for cell in grid.cells] == ["项目名称", "物业\n保障"]
    assert grid.widths == (33.33, 66.67)


def test_text_around_the_table_and_several_forms() -> None:
    one = "<h1>项目支出绩效目标申报表</h1><div><table><tr><td>项目名称<td>值</table></div>说明：好"
    grids = html.read_text(f"<body>{one * 2}</body>")
    assert [[cell.text for cell in grid.cells] for grid in grids] == [
        ["项目支出绩效目标申报表", "项目名称", "值", "说明：好"]
    ] * 2


@pytest.mark.parametrize("text", ["", "没有表格", "<p>没有</p>", "<table></table>", "<", "<!--"])
def test_no_table_gives_no_grid(text: str) -> None:
    assert html.read_text(text) == []


def test_senseless_spans_are_bounded() -> None:
    [grid] = html.read_text(
        "<table><tr><td colspan=99999 rowspan=99999>甲<td>乙<tr><td colspan=x>丙</table>"
    )
    assert grid.columns <= 200
    assert grid.rows <= 2


def test_deep_nesting_does_no_harm() -> None:
    assert html.read_text("<div>" * 5_000 + "<table><tr><td>甲<td>乙</table>") is not None
    assert html.read_text("<table><tr><td>" * 400 + "甲") is not None
    assert html.read_text("<table><tr><td>" + "<b>" * 5_000 + "甲") is not None


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_saved_page_in_any_coding(tmp_path: Path, code: str) -> None:
    named = f"<meta charset={code}>" if code in {"utf-8", "gbk"} else ""
    page = f"<html><head>{named}</head><table><tr><td>项目名称<td>物业后勤保障</table></html>"
    (tmp_path / "a.htm").write_bytes(page.encode(code))
    [grid] = html.read(tmp_path / "a.htm")
    assert [cell.text for cell in grid.cells] == ["项目名称", "物业后勤保障"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不了"):
        html.read(tmp_path / "没有.html")
    (tmp_path / "a.html").write_text("没有表格")
    with pytest.raises(UserError, match="没有表格"):
        html.read(tmp_path / "a.html")


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("<>/table tr td col span=2\"'&;!-x甲\n"), max_size=120))
def test_broken_html_never_fails(text: str) -> None:
    html.read_text("<table><tr><td>" + text)
