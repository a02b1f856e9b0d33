"""Word documents that other people made: ticks, fields, changes, tables in tables, many forms."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from sheet_forms import LAYOUTS, filled_form
from word_files import DOWN, PASSED, W, over, p, tbl, tc, word_file

from kpiapp.errors import UserError
from kpiapp.sheets import docx
from kpiapp.sheets.filling.fill import fill

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.sheets.grid import Grid


def read(tmp_path: Path, body: str, **parts: str) -> list[Grid]:
    return docx.read(word_file(tmp_path / "a.docx", body, **parts))


def text_of(tmp_path: Path, inner: str) -> str:
    [grid] = read(tmp_path, tbl(tc("标签") + tc(inner)))
    return grid.cells[1].text


def cells(grid: Grid) -> list[tuple[int, int, str, int, int]]:
    return [(c.row, c.column, c.text, c.row_span, c.column_span) for c in sorted(grid.cells)]


def run(inner: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"


def word(text: str) -> str:
    return run(f"<w:t>{text}</w:t>")


def mark(kind: str, inner: str = "") -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar>')


SYMBOL = '<w:sym w:font="{}" w:char="{}"/>'
BOX = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{}'/></w14:checkbox></w:sdtPr>"
CONTENT = "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
FORM_BOX = "<w:ffData><w:checkBox><w:default w:val='{}'/></w:checkBox></w:ffData>"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (run(SYMBOL.format("Wingdings", "F0FE")), "☑"),
        (run(SYMBOL.format("Wingdings", "F0A8")), "□"),
        (run(SYMBOL.format("Wingdings 2", "F052")), "☑"),
        (run(SYMBOL.format("Wingdings 2", "F0A3")), "□"),
        (run("<w:t>R</w:t>", '<w:rFonts w:ascii="Wingdings 2"/>'), "☑"),
        (run(SYMBOL.format("Symbol", "F0B3")), "≥"),
        (BOX.format(1) + CONTENT, "☑"),
        (BOX.format(0) + CONTENT, "□"),
        (mark("begin", FORM_BOX.format(1)) + mark("end"), "☑"),
        (mark("begin", FORM_BOX.format(0)) + mark("end"), "□"),
        (
            mark("begin")
            + run(r"<w:instrText> EQ \o\ac(□,√) </w:instrText>")
            + mark("separate")
            + mark("end"),
            "☑",
        ),
    ],
)
def test_ticks_of_every_make(tmp_path: Path, inner: str, shown: str) -> None:
    assert text_of(tmp_path, p(word("持续性项目") + inner)) == "持续性项目" + shown


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (f'<w:ins w:id="1">{word("新")}</w:ins><w:del w:id="2">{word("旧")}</w:del>', "新"),
        (f'<w:moveFrom w:id="1">{word("a")}</w:moveFrom><w:moveTo>{word("b")}</w:moveTo>', "b"),
        (word("看") + run("<w:t>不见</w:t>", "<w:vanish/>"), "看"),
        (word("看") + run("<w:t>得见</w:t>", '<w:vanish w:val="0"/>'), "看得见"),
        (word("一") + run("<w:br/>") + word("二"), "一\n二"),
        (word("一") + run('<w:br w:type="page"/>') + word("二"), "一二"),
        (word("A") + run("<w:tab/>") + word("B"), "A\tB"),
        (f"<w:hyperlink>{word('链接')}</w:hyperlink>", "链接"),
        (
            mark("begin")
            + run("<w:instrText>PAGE</w:instrText>")
            + mark("separate")
            + word("3")
            + mark("end"),
            "3",
        ),
        ("<m:oMath><m:r><m:t>≥95%</m:t></m:r></m:oMath>", "≥95%"),
    ],
)
def test_a_paragraph_reads_as_a_person_sees_it(tmp_path: Path, inner: str, shown: str) -> None:
    assert text_of(tmp_path, p(inner)) == shown


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框里的字')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text_of(tmp_path, p(word("外面") + both)) == "外面\n框里的字"
    [grid] = read(tmp_path, p(both) + tbl(tc("标签") + tc("值")))
    assert [cell.text for cell in grid.cells] == ["框里的字", "标签", "值"]


def test_automatic_numbers_are_part_of_the_text(tmp_path: Path) -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="（%1）"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    marks = [
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        for level in (0, 1, 1, 0, 1)
    ]
    texts = "".join(p(f"事{n}", one) for n, one in enumerate(marks))
    [grid] = read(tmp_path, tbl(tc("标签") + tc(texts)), numbering=numbering)
    assert grid.cells[1].text == "（一）事0\n1.事1\n2.事2\n（二）事3\n1.事4"


def test_merged_cells_become_one_cell_with_its_spans(tmp_path: Path) -> None:
    [grid] = read(
        tmp_path,
        tbl(
            tc("甲", DOWN) + tc("乙", over(2)),
            tc("", PASSED) + tc("丙") + tc("丁"),
            tc("", PASSED) + tc("戊", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>"),
            widths=(1000, 2000, 1000),
        ),
    )
    assert cells(grid) == [
        (0, 0, "甲", 3, 1),
        (0, 1, "乙", 1, 2),
        (1, 1, "丙", 1, 1),
        (1, 2, "丁", 1, 1),
        (2, 1, "戊", 1, 2),
    ]
    assert grid.widths == (25.0, 50.0, 25.0)


def test_a_merge_that_begins_nowhere_is_a_cell(tmp_path: Path) -> None:
    [grid] = read(tmp_path, tbl(tc("甲", PASSED) + tc("乙"), tc("丙") + tc("丁")))
    assert [cell.text for cell in grid.cells] == ["甲", "乙", "丙", "丁"]


def test_rows_and_spans_out_of_all_measure(tmp_path: Path) -> None:
    [grid] = read(tmp_path, tbl(tc("甲", over(99_999_999)), tc("乙") + tc("丙", over(-4))))
    assert {cell.text for cell in grid.cells} == {"甲", "乙", "丙"}
    assert grid.columns <= 200


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    deleted = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{tc('旧') + tc('旧')}</w:tr>"
    [grid] = read(tmp_path, tbl(tc("甲") + tc("乙"), deleted))
    assert [cell.text for cell in grid.cells] == ["甲", "乙"]


def test_a_table_in_a_cell_takes_rows_and_columns_of_its_own(tmp_path: Path) -> None:
    inner = tbl(tc("品名") + tc("金额"), tc("桌子") + tc("3"))
    [grid] = read(tmp_path, tbl(tc("项目采购") + tc(inner), tc("标签") + tc("值")))
    assert cells(grid) == [
        (0, 0, "项目采购", 2, 1),
        (0, 1, "品名", 1, 1),
        (0, 2, "金额", 1, 1),
        (1, 1, "桌子", 1, 1),
        (1, 2, "3", 1, 1),
        (2, 0, "标签", 1, 1),
        (2, 1, "值", 1, 2),
    ]


def test_a_table_that_is_only_a_frame(tmp_path: Path) -> None:
    [grid] = read(tmp_path, tbl(tc(p("项目申报表") + tbl(tc("标签") + tc("值")))))
    assert [cell.text for cell in grid.cells] == ["项目申报表", "标签", "值"]
    assert grid.cells[0].column_span == 2


def test_title_date_and_unit_stand_above_the_table(tmp_path: Path) -> None:
    tabbed = p(word("填报日期：2025年1月2日") + run("<w:tab/>") + word("单位：万元"))
    [grid] = read(
        tmp_path,
        p("表 12-1.项目支出绩效目标表")
        + p("项目申报表")
        + tabbed
        + p("")
        + tbl(tc("项目名称") + tc("值"))
        + p("备注：1. 说明"),
    )
    assert grid.name == "表 12-1.项目支出绩效目标表"
    assert [cell.text for cell in grid.cells] == [
        *("项目申报表", "填报日期：2025年1月2日", "单位：万元", "项目名称", "值", "备注：1. 说明")
    ]
    assert [cell.row for cell in grid.cells] == [0, 1, 1, 2, 2, 3]


FORM = p("项目支出绩效目标申报表") + tbl(tc("项目名称") + tc("值")) + p("备注：好")


def test_several_forms_in_one_document(tmp_path: Path) -> None:
    grids = read(tmp_path, FORM * 3)
    assert [[cell.text for cell in grid.cells] for grid in grids] == [
        ["项目支出绩效目标申报表", "项目名称", "值", "备注：好"]
    ] * 3


def test_a_form_cut_into_several_tables_is_one(tmp_path: Path) -> None:
    second = p("年度绩效目标表") + tbl(tc("一级指标") + tc("二级指标") + tc("指标值"))
    [grid] = read(tmp_path, p("项目申报表") + tbl(tc("项目名称") + tc("值")) + second)
    assert [cell.text for cell in grid.cells][3:] == [
        *("年度绩效目标表", "一级指标", "二级指标", "指标值")
    ]


def test_what_stands_before_the_first_form_is_kept(tmp_path: Path) -> None:
    report = "".join(p(f"第{n}段部门预算说明") for n in range(20))
    front, form = read(tmp_path, report + FORM)
    assert len(front.cells) == 20
    assert form.cells[0].text == "项目支出绩效目标申报表"


def test_a_remark_on_a_new_page_stays_with_its_form(tmp_path: Path) -> None:
    remark = p(run('<w:br w:type="page"/>') + word("说明：以上数据真实。"))
    [grid] = read(tmp_path, FORM + remark)
    assert grid.cells[-1].text == "说明：以上数据真实。"


def test_a_document_in_the_strict_namespace(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", FORM, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    [grid] = docx.read(path)
    assert len(grid.cells) == 4


# -- files that cannot be read ---------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", p(""), tbl(tc(""))])
def test_an_empty_document_is_told(tmp_path: Path, body: str) -> None:
    with pytest.raises(UserError, match="没有任何内容"):
        read(tmp_path, body)


@pytest.mark.parametrize("body", ["<w:p>", "&unknown;", "<w:tbl><w:p></w:tbl>"])
def test_broken_xml_is_told(tmp_path: Path, body: str) -> None:
    with pytest.raises(UserError, match="已损坏"):
        read(tmp_path, body)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(UserError, match="实体"):
        read(tmp_path, FORM, numbering=bomb)


def test_any_damage_gives_a_sentence_or_grids(tmp_path: Path) -> None:
    one = LAYOUTS["wuchang-2026-project"]
    docx.write(tmp_path / "a.docx", [fill(filled_form(one), one)])
    whole = (tmp_path / "a.docx").read_bytes()
    dice = random.Random(7)
    told = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / "b.docx"
        path.write_bytes(bytes(data[: dice.choice((len(data), dice.randrange(len(data))))]))
        try:
            assert docx.read(path)
        except UserError:
            told += 1
    assert told > 20
