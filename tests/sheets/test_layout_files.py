"""Layout files are checked when they are read: file, block, key and a way out are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sheet_forms import LAYOUTS

from kpiapp.model.form import Kind
from kpiapp.sheets.layouts.blocks import IndicatorsBlock, TableBlock, with_year
from kpiapp.sheets.layouts.layout import (
    LayoutError,
    layout,
    load_layouts,
    read_folder,
    read_layout,
    read_usable,
)

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
id = "demo-2030"
kind = "project"
name = "示例"
district = "示例区"
sheet = "表"
widths = [10, 20, 30]
"""
GOOD = (
    HEAD
    + """
[[block]]
name = "基本信息"
type = "fields"
rows = [["项目名称"]]

[[block]]
name = "项目采购"
type = "table"
heading = true
columns = [{ head = "品名", span = 2 }, { head = "金额" }]
"""
)


def written(folder: Path, text: str, name: str = "demo.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_ten_sheets_of_five_districts_are_there() -> None:
    assert {(one.district, one.kind) for one in load_layouts()} >= {
        (district, kind)
        for district in ("江夏区", "东西湖区", "武昌区", "江汉区", "硚口区", "全国")
        for kind in Kind
    }


def test_a_layout_is_found_by_id_and_kind() -> None:
    assert layout("jiangxia-2026", "project").name == "江夏区项目支出绩效目标申报表"
    with pytest.raises(LayoutError, match="jiangxia-2026"):
        layout("nowhere-2026", Kind.PROJECT)


def test_a_small_layout_is_read(tmp_path: Path) -> None:
    one = read_layout(written(tmp_path, GOOD))
    assert (one.first_year, one.widths, one.version) == (2030, (10.0, 20.0, 30.0), 1)
    assert [column.span for column in next(one.of_type(TableBlock)).columns] == [2, 1]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('type = "table"', 'type = "tabel"', ["项目采购", "tabel", "table"]),
        ("heading = true", "headding = true", ["项目采购", "headding", "heading"]),
        ("heading = true", 'heading = "是"', ["项目采购", "heading", "true或false"]),
        ("span = 2 ", "span = 3 ", ["项目采购", "4", "3"]),
        ('kind = "project"', 'kind = "projekt"', ["projekt", "department"]),
        ('district = "示例区"', "", ["district", "缺少"]),
        ("widths = [10, 20, 30]", "widths = 10", ["widths", "列表"]),
        ("widths = [10, 20, 30]", 'widths = [10, "宽"]', ["widths", "数"]),
        ('{ head = "金额" }', '"金额"', ["columns", "花括号"]),
        ('name = "示例"', "name = 示例", ["写法有误", "第4行"]),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, words: list[str]
) -> None:
    assert old in GOOD
    with pytest.raises(LayoutError) as error:
        read_layout(written(tmp_path, GOOD.replace(old, new)))
    for word in ["demo.toml", *words]:
        assert word in str(error.value)
    assert error.value.way_out


def test_an_unknown_value_of_an_indicator_column_is_named(tmp_path: Path) -> None:
    text = HEAD + (
        '[[block]]\nname = "指标"\ntype = "indicators"\n'
        'columns = [{ head = "三级指标", value = "levle3", span = 3 }]'
    )
    with pytest.raises(LayoutError, match="levle3"):
        read_layout(written(tmp_path, text))


def test_a_layout_takes_over_another(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "base.toml")
    text = """
extends = "base"
id = "other-2031"
drop = ["基本信息"]

[[block]]
name = "项目采购"
label = "政府采购"

[[block]]
name = "备注"
type = "notes"
after = "项目采购"
notes = ["一"]
"""
    one = read_layout(written(tmp_path, text, "other.toml"))
    assert [block.name for block in one.blocks] == ["项目采购", "备注"]
    table = next(one.of_type(TableBlock))
    assert (table.label, table.heading, len(table.columns)) == ("政府采购", True, 2)
    assert (one.id, one.district) == ("other-2031", "示例区")


def test_a_circle_and_a_missing_base_are_named(tmp_path: Path) -> None:
    written(tmp_path, 'extends = "b"', "a.toml")
    written(tmp_path, 'extends = "a"', "b.toml")
    with pytest.raises(LayoutError, match="绕回"):
        read_layout(tmp_path / "a.toml")
    with pytest.raises(LayoutError, match=r"gone\.toml"):
        read_layout(written(tmp_path, 'extends = "gone"', "c.toml"))


def test_a_block_behind_an_unknown_one_is_named(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "base.toml")
    text = 'extends = "base"\n[[block]]\nname = "新"\ntype = "notes"\nafter = "旧"\n'
    with pytest.raises(LayoutError, match="旧"):
        read_layout(written(tmp_path, text, "x.toml"))


def test_files_with_an_underscore_are_only_taken_over(tmp_path: Path) -> None:
    written(tmp_path, "id = 1", "_base.toml")
    written(tmp_path, GOOD)
    assert [one.id for one in read_folder(tmp_path)] == ["demo-2030"]


def test_year_words_count_from_the_budget_year() -> None:
    assert with_year("{year}年、{year-2}年、{year+1}年", 2026) == "2026年、2024年、2027年"


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_layout_holds_a_year_of_its_own(name: str) -> None:
    for block in LAYOUTS[name].blocks:
        heads = [c.head for c in getattr(block, "columns", ())]
        assert not [head for head in heads if "202" in head]
        if isinstance(block, IndicatorsBlock):
            assert block.rows


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, "id = [", "bad.toml")
    good, faults = read_usable(tmp_path)
    assert [one.id for one in good] == ["demo-2030"]
    assert [("bad.toml" in fault.message) for fault in faults] == [True]
