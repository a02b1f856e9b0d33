"""Small words of the sheets: boxes, dates, overviews, labels."""

from __future__ import annotations

import pytest

from kpiapp.model.form import Choice
from kpiapp.sheets.boxes import print_boxes, read_boxes
from kpiapp.sheets.dates import print_date, read_date
from kpiapp.sheets.grid import Cell, column_name
from kpiapp.sheets.overview import split_goals
from kpiapp.sheets.parsing.indicators import split_label
from kpiapp.sheets.words import Tidy, canonical, plain

OPTIONS = ["常年性项目", "一次性项目", "延续性项目(从 年至 年)"]


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        (
            Choice(OPTIONS, ["常年性项目"]),
            "1. 常年性项目☑  2. 一次性项目□  3. 延续性项目□(从 年至 年)",
        ),
        (
            Choice(OPTIONS, [OPTIONS[2]], {OPTIONS[2]: "从2024年至2026年"}),
            "1. 常年性项目□  2. 一次性项目□  3. 延续性项目☑(从2024年至2026年)",
        ),
        (Choice(OPTIONS), "1. 常年性项目□  2. 一次性项目□  3. 延续性项目□(从 年至 年)"),
    ],
)
def test_boxes_are_printed_and_read_back(choice: Choice, line: str) -> None:
    assert print_boxes(choice, [], numbered=True) == line
    assert read_boxes(line, OPTIONS, numbered=True) == choice


def test_a_choice_that_is_missing_prints_the_layouts_boxes() -> None:
    assert print_boxes(None, ["甲", "乙"], numbered=False) == "甲□  乙□"


@pytest.mark.parametrize(
    "line",
    [
        *("甲√  乙□", "甲■乙□", "甲 ☑   乙 ☐", "甲✓乙○", "甲☒ 乙□"),
        *("☑甲  □乙", "■甲□乙", "□ 乙 √ 甲", "甲（√）  乙（ ）", "甲[√] 乙[ ]", "甲(√)乙(×)"),
        *("甲√  乙", "乙  甲√"),
    ],
)
def test_ticks_of_all_kinds_are_read(line: str) -> None:
    choice = read_boxes(line, [], numbered=False)
    assert sorted(choice.options) == ["乙", "甲"]
    assert choice.checked == ["甲"]


def test_boxes_before_numbered_names_and_their_brackets() -> None:
    line = "1. □常年性项目  2. □一次性项目  3. ☑延续性项目(从2024年至2026年)"
    assert read_boxes(line, OPTIONS, numbered=True) == Choice(
        OPTIONS, [OPTIONS[2]], {OPTIONS[2]: "从2024年至2026年"}
    )


def test_an_option_without_a_box_is_one_of_the_layout() -> None:
    assert read_boxes("甲类√ 乙类", ["甲类", "乙类"], numbered=False) == Choice(
        ["甲类", "乙类"], ["甲类"]
    )


def test_numbers_that_belong_to_the_option_stay() -> None:
    assert read_boxes("1. 其他运转类□", [], numbered=False).options == ["1. 其他运转类"]


@pytest.mark.parametrize(
    ("iso", "printed"),
    [
        ("2025-11-12", "2025年11月12日"),
        ("2024-09-12", "2024年9月12日"),
        (None, "    年  月  日"),
        ("2025年10月", "2025年10月"),
    ],
)
def test_a_date_is_printed_and_read_back(iso: str | None, printed: str) -> None:
    assert print_date(iso) == printed
    assert read_date(printed) == iso


@pytest.mark.parametrize("text", ["2025-11-12", "2025/11/12", "2025.11.12", "2025 年 11 月 12 日"])
def test_dates_are_read_as_people_type_them(text: str) -> None:
    assert read_date(text) == "2025-11-12"


def test_a_day_that_does_not_exist_stays_as_printed() -> None:
    assert read_date("2025年2月30日") == "2025年2月30日"


def test_goals_in_one_cell_are_split_at_their_numbers() -> None:
    cell = "目标1：保障；\n第二行\n目标2： 维护"
    assert split_goals(cell, "目标{number}:", one_cell=True) == [(1, "保障；\n第二行"), (2, "维护")]
    assert split_goals("没有编号", "目标{number}:", one_cell=True) == [(0, "没有编号")]


@pytest.mark.parametrize(
    ("printed", "template", "label", "number"),
    [
        ("长期目标2：", "{label}{number}：", "长期目标", 2),
        ("长期目标12:", "{label}:", "长期目标12", 12),
        ("年度目标", "{label}", "年度目标", 0),
    ],
)
def test_labels_of_goal_rows(printed: str, template: str, label: str, number: int) -> None:
    assert split_label(printed, template) == (label, number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("部门（单位）名称", "部门(单位)名称"),
        ("项 目\n名 称", "项目名称"),
        ("长期目标1：", "长期目标1"),
        ("2026年预算申报数", "2022年预算申报数"),
    ],
)
def test_labels_that_are_the_same(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("before", "tidy", "after"),
    [
        ("＞＝ 95％", Tidy.TARGET, "≥95%"),
        ("≧３次／日".replace("／", "/"), Tidy.TARGET, "≥3次/日"),
        ("＝１００％", Tidy.TARGET, "=100%"),
        ("数 量\n指 标", Tidy.NAME, "数量指标"),
        ("＜试行＞的通知", Tidy.PROSE, "＜试行＞的通知"),
        ("中共中央 国务院\xa0文件 \n", Tidy.PROSE, "中共中央 国务院文件"),
        ("1. 保障；\n2. 维护", Tidy.PROSE, "1. 保障；\n2. 维护"),
    ],
)
def test_foreign_text_is_made_plain(before: str, tidy: Tidy, after: str) -> None:
    assert plain(before, tidy) == after


def test_places_are_named_as_in_the_file() -> None:
    assert Cell(2, 1, "").name == "B3"
    assert [column_name(n) for n in (25, 26, 701, 702)] == ["Z", "AA", "ZZ", "AAA"]
