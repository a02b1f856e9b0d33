"""Word documents written by us: what Word finds in them, and that forms come back whole."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sheet_forms import LAYOUTS, PUBLISHED, as_json, filled_form, published, published_json

from kpiapp.errors import UserError
from kpiapp.sheets import docx
from kpiapp.sheets.docx.contents import first_pages, page_count
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.grid import Cell, Grid, Role
from kpiapp.sheets.layouts.layout import layout
from kpiapp.sheets.legal import legal
from kpiapp.sheets.parsing.recognise import read_draft

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.sheets.draft import Draft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PRINTED_BESIDE = {"jianghan-2022-dept": ["项目产出", "项目效益"]}
"""Slips of the printed form: a second name beside 一级指标."""


def sheet_of(form: Form) -> Grid:
    return fill(form, layout(form.layout, form.kind))


def draft_of(path: Path) -> Draft:
    [grid] = docx.read(path)
    draft = read_draft(grid, path.stem)
    assert draft
    return draft


def printed(grid: Grid) -> list[tuple[str, int, int, int]]:
    return [(c.text, c.row, c.row_span, c.column_span) for c in sorted(grid.cells)]


@pytest.mark.parametrize("name", PUBLISHED)
def test_our_own_document_gives_the_form_back(shared: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "一张表.docx"
    docx.write(path, [sheet_of(published(shared, name))])
    draft = draft_of(path)
    assert as_json(draft.form) == published_json(shared, name)
    assert draft.own
    assert draft.unread == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_document_has_the_cells_of_the_sheet(shared: Path, tmp_path: Path, name: str) -> None:
    grid = sheet_of(published(shared, name))
    docx.write(tmp_path / "a.docx", [grid])
    [read] = docx.read(tmp_path / "a.docx")
    assert [row[:3] for row in printed(read)] == [row[:3] for row in printed(grid)]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_bureaus_document_gives_the_form(shared: Path, name: str) -> None:
    draft = draft_of(shared / "sheets" / "docx" / f"{name}.docx")
    assert as_json(draft.form) == published_json(shared, name)
    assert [cell.text for cell in draft.unread] == PRINTED_BESIDE.get(name, [])
    assert draft.changes == []
    assert not draft.own


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_filled_form_of_each_layout_comes_back(tmp_path: Path, name: str) -> None:
    form = filled_form(LAYOUTS[name])
    docx.write(tmp_path / "a.docx", [sheet_of(form)])
    draft = draft_of(tmp_path / "a.docx")
    assert as_json(draft.form)["fields"] == as_json(form)["fields"]
    assert as_json(draft.form)["goals"] == as_json(form)["goals"]
    assert as_json(draft.form)["indicators"] == as_json(form)["indicators"]
    assert draft.unread == []


def test_the_annex_holds_every_form_under_its_heading(shared: Path, tmp_path: Path) -> None:
    names = [name for name in PUBLISHED if name.startswith("jiangxia")]
    forms = [published(shared, name) for name in names]
    headings = [f"表 12-{number}.{form.title}" for number, form in enumerate(forms, 1)]
    path = tmp_path / "附件.docx"
    docx.write(path, [sheet_of(form) for form in forms], headings=headings, title="2026年绩效目标")
    grids = docx.read(path)
    assert [grid.name for grid in grids] == headings
    drafts = [read_draft(grid) for grid in grids]
    assert [as_json(draft.form) for draft in drafts if draft] == [
        published_json(shared, name) for name in names
    ]


def test_the_annex_lists_its_forms_without_being_updated(tmp_path: Path) -> None:
    forms = [filled_form(one) for one in LAYOUTS.values()]
    grids = [sheet_of(form) for form in forms]
    path = tmp_path / "附件.docx"
    docx.write(path, grids)
    xml = document_xml(path)
    titles = [grid.title for grid in grids]
    for number, (title, page) in enumerate(
        zip(titles, first_pages(grids, titles, "", shown=False), strict=True), 1
    ):
        entry = xml[xml.index(f'w:anchor="_Toc_{number}"') :]
        assert title in entry[:3000]
        assert f">{page}<" in entry[:3000]
        assert f'w:name="_Toc_{number}"' in xml
    assert 'TOC \\o "1-1"' in xml
    assert len(docx.read(path)) == len(grids)


def document_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


def test_pages_are_counted_as_word_breaks_them() -> None:
    row = 18.5
    rows = [Cell(n, 0, "一行", 1, 1, Role.VALUE) for n in range(100)]
    assert page_count(Grid("表", rows, (90.0,))) == -(-100 // int(728.5 // row))
    assert page_count(Grid("表", [*rows[:39]], (90.0,))) == 1
    assert page_count(Grid("表", [*rows[:40]], (90.0,))) == 2


def test_word_finds_fonts_paper_merges_and_marks(tmp_path: Path) -> None:
    import docx as python_docx

    form = filled_form(LAYOUTS["jiangxia-2026-project"])
    grid = sheet_of(form)
    docx.write(tmp_path / "a.docx", [grid])
    document = python_docx.Document(str(tmp_path / "a.docx"))
    fonts = [one.get(f"{W}eastAsia") for one in document.element.body.iter(f"{W}rFonts")]
    assert fonts
    assert set(fonts) == {"宋体"}
    section = document.sections[0]
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    [table] = document.tables
    assert len(table.columns) == grid.columns
    for cell in grid.cells:
        if cell.role is Role.LABEL:
            assert table.cell(cell.row - 2, cell.column).text == cell.text
            bottom = table.cell(cell.bottom - 3, cell.right - 1)
            assert bottom._tc is table.cell(cell.row - 2, cell.column)._tc
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        custom = package.read("docProps/custom.xml").decode()
    assert form.id in custom
    assert "jiangxia-2026" in custom


def test_marks_survive_where_only_the_properties_are_left(tmp_path: Path) -> None:
    form = filled_form(LAYOUTS["wuchang-2026-project"])
    docx.write(tmp_path / "a.docx", [sheet_of(form)])
    with (
        zipfile.ZipFile(tmp_path / "a.docx") as old,
        zipfile.ZipFile(tmp_path / "b.docx", "w") as new,
    ):
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = data.replace(b"w:tblDescription", b"w:tblCaption")
            new.writestr(info, data)
    assert draft_of(tmp_path / "b.docx").own


def test_heads_at_the_top_of_a_table_are_repeated_by_word(tmp_path: Path) -> None:
    cells = [
        Cell(0, 0, "项目", 2, 1, Role.HEAD),
        Cell(0, 1, "金额", 1, 2, Role.HEAD),
        Cell(1, 1, "上年", 1, 1, Role.HEAD),
        Cell(1, 2, "当年", 1, 1, Role.HEAD),
        *(Cell(2, column, "x") for column in range(3)),
    ]
    docx.write(tmp_path / "a.docx", [Grid("表10", cells, (30.0, 30.0, 30.0))])
    assert document_xml(tmp_path / "a.docx").count("<w:tblHeader/>") == 2


def test_a_wide_sheet_is_printed_on_turned_paper(tmp_path: Path) -> None:
    wide = Grid("宽", [Cell(0, n, str(n)) for n in range(20)], (12.0,) * 20)
    narrow = Grid("窄", [Cell(0, 0, "x")], (12.0,))
    docx.write(tmp_path / "a.docx", [narrow, wide, narrow])
    xml = document_xml(tmp_path / "a.docx")
    assert xml.count('w:orient="landscape"') == 1
    assert xml.count("<w:pgSz") == 4


ODD = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@<>&'\"\r\n\t\x00\x0b\x1f\ufffe　 ☑□𠮷")),
    max_size=20,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD, min_size=9, max_size=9))
@example([""] * 8 + ["\ud800"])
def test_odd_texts_come_back_as_xml_can_hold_them(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("odd") / "a.docx"
    cells = [
        Cell(0, 0, texts[0], 1, 3, Role.TITLE),
        Cell(1, 0, "标签" + texts[1], 1, 1, Role.LABEL),
        *(Cell(1, n, texts[n + 1], 1, 1, Role.TEXT) for n in (1, 2)),
        Cell(2, 0, texts[4], 2, 1, Role.LABEL),
        Cell(2, 1, texts[5], 1, 2),
        Cell(3, 1, texts[6], 1, 2),
        Cell(4, 0, texts[7], 1, 3, Role.NOTE),
    ]
    docx.write(path, [Grid("奇怪", cells, (10.0, 20.0, 30.0), marks={"layout": texts[8] or "x"})])
    [grid] = docx.read(path)
    assert [cell.text for cell in sorted(grid.cells)] == [legal(cell.text) for cell in cells]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://a")', "+cmd|' /C calc'!A0", "=100%", "@x"])
def test_what_looks_like_a_formula_is_text(tmp_path: Path, text: str) -> None:
    docx.write(tmp_path / "a.docx", [Grid("表", [Cell(0, 0, text)], (90.0,))])
    [grid] = docx.read(tmp_path / "a.docx")
    assert [cell.text for cell in grid.cells] == [text]
    assert "instrText" not in document_xml(tmp_path / "a.docx")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        docx.write(tmp_path / "没有" / "a.docx", [Grid("表", [Cell(0, 0, "x")])])
