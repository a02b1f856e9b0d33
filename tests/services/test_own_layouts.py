"""A person's own layouts: found beside the library, over the program's, and as the help says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kpiapp import paths
from kpiapp.errors import UserError
from kpiapp.model.form import Kind
from kpiapp.model.stages import Stage
from kpiapp.paths import resource
from kpiapp.services import catalogue, opening, own_layouts
from kpiapp.services.exports.exporting import sheet_of
from kpiapp.services.files import reading_files
from kpiapp.services.results import result_sheets
from kpiapp.sheets import xlsx
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.blocks import FieldsBlock
from kpiapp.sheets.layouts.layout import (
    blank_form,
    layout,
    layout_faults,
    load_layouts,
    read_folder,
    use_own,
)

if TYPE_CHECKING:
    from pathlib import Path

HELP = resource("help", "layouts.md")


@pytest.fixture(autouse=True)
def _nobody_elses_layouts():
    """What a test puts beside its library is forgotten after it."""
    yield
    own_layouts._places.clear()
    paths.look_beside(None)
    use_own()


def example() -> str:
    """The file that the help page writes."""
    return re.findall(r"```\n(.*?)```", HELP.read_text("utf-8"), re.DOTALL)[0]


def written(folder: Path, text: str, name: str = "qingshan-2027-project.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def labels(layout_id: str) -> list[str]:
    blocks = layout(layout_id, Kind.PROJECT).of_type(FieldsBlock)
    return [label for block in blocks for row in block.rows for label in row]


def test_the_example_of_the_help_works(tmp_path):
    written(tmp_path / "表样", example())
    opening.create_session(tmp_path / "库.kpi").library.close()
    said = labels("qingshan-2027")
    assert "立项依据" in said
    assert "财政相关科室审核意见" not in said
    assert said.index("邮政编码") < said.index("项目责任人") < said.index("项目申请理由")
    assert ("qingshan-2027", "project") in {line[:2] for line in catalogue.layouts()}
    checked = own_layouts.check(tmp_path / "表样" / "qingshan-2027-project.toml")
    assert checked[0].startswith("可以用：青山区")


def test_the_mistake_of_the_help_is_told_in_its_words(tmp_path):
    wrong = example().replace('after = "基本信息"', 'after = "基本资料"')
    path = written(tmp_path, wrong)
    [quoted] = re.findall(r"^> (.+)$", HELP.read_text("utf-8"), re.MULTILINE)
    with pytest.raises(UserError) as error:
        own_layouts.check(path)
    assert error.value.message == quoted
    assert "基本信息" in error.value.way_out


def test_a_sheet_of_an_own_layout_is_recognised(tmp_path):
    written(tmp_path / "表样", example())
    opening.create_session(tmp_path / "库.kpi").library.close()
    own = layout("qingshan-2027", Kind.PROJECT)
    form = blank_form(own, 2027, "热线运行", template=True)
    form.indicators[0].level3, form.indicators[0].target = "接听量", "≥1万次"
    grid = fill(form, own)
    grid.marks = {}
    xlsx.write(tmp_path / "来件.xlsx", [grid])
    [read] = reading_files.read_file(tmp_path / "来件.xlsx")
    assert read.form.layout == "qingshan-2027"
    assert read.form.indicators[0].level3 == "接听量"


def test_one_with_the_programs_id_takes_its_place_until_another_library_is_open(tmp_path):
    own_layouts.copy("jiangxia-2026-project", tmp_path / "表样")
    path = tmp_path / "表样" / "jiangxia-2026-project.toml"
    path.write_text(path.read_text("utf-8").replace("项目负责人", "项目责任人"), encoding="utf-8")
    before = len(load_layouts())
    opening.create_session(tmp_path / "库.kpi").library.close()
    assert len(load_layouts()) == before
    assert "项目责任人" in labels("jiangxia-2026")
    form = blank_form(layout("jiangxia-2026", Kind.PROJECT), 2026)
    assert any(cell.text == "项目责任人" for cell in sheet_of(form).cells)
    other = tmp_path / "另一处"
    other.mkdir()
    opening.create_session(other / "库.kpi").library.close()
    assert "项目责任人" not in labels("jiangxia-2026")


def test_a_self_evaluation_is_printed_on_a_layout_of_ones_own(tmp_path):
    folder = tmp_path / "表样" / "自评监控"
    folder.mkdir(parents=True)
    own = 'extends = "hubei-2020-self-project"\ndrop = ["项目类别"]\n'
    written(folder, own, "hubei-2020-self-project.toml")
    written(folder, "kind = 3", "broken.toml")
    session = opening.sample_session(tmp_path / "库.kpi")
    own_layouts.use_library()
    [form] = session.staged_forms(Stage.EVALUATION, 2025)
    session.library.close()
    assert (form.layout, form.kind) == ("hubei-2020-self", Kind.PROJECT)
    assert "项目类别" not in [cell.text for cell in result_sheets.grid(form).cells]
    use_own()
    assert "项目类别" in [cell.text for cell in result_sheets.grid(form).cells]
    own_layouts.read_again()
    assert ["broken.toml" in str(fault) for fault in layout_faults()] == [True]
    assert form.layout not in {one.id for one in read_folder(tmp_path / "表样")}


def test_a_file_that_cannot_be_used_is_told_and_the_others_are(tmp_path):
    written(tmp_path / "表样", example())
    written(tmp_path / "表样", "id = [", "坏.toml")
    opening.create_session(tmp_path / "库.kpi").library.close()
    assert any("坏.toml" in str(fault) for fault in catalogue.layout_faults())
    assert labels("qingshan-2027")


def test_a_folder_named_by_an_option_goes_before_all(tmp_path):
    written(tmp_path / "表样", example())
    written(tmp_path / "别处", example().replace("立项依据", "政策依据"))
    own_layouts.use_given(tmp_path / "别处")
    opening.create_session(tmp_path / "库.kpi").library.close()
    assert "政策依据" in labels("qingshan-2027")
    with pytest.raises(UserError, match="找不到表样文件夹"):
        own_layouts.use_given(tmp_path / "没有")


def test_every_layout_is_copied_whole_and_prints_the_same(tmp_path):
    for layout_id in {one.id for one in load_layouts()}:
        own_layouts.copy(layout_id, tmp_path)
    copies = read_folder(tmp_path)
    assert {(x.id, x.kind) for x in copies} == {(x.id, x.kind) for x in load_layouts()}
    for copied in copies:
        ours = layout(copied.id, copied.kind)
        assert copied.blocks == ours.blocks
        assert (copied.widths, copied.rules_off) == (ours.widths, ours.rules_off)


def test_a_copy_never_writes_over_a_file(tmp_path):
    own_layouts.copy("jianghan-2022-project", tmp_path)
    with pytest.raises(UserError, match="已经有了"):
        own_layouts.copy("jianghan-2022-project", tmp_path)
    with pytest.raises(UserError, match="2张表样"):
        own_layouts.copy("jianghan-2022", tmp_path / "a.toml")
    with pytest.raises(UserError, match="没有名为“nix”的表样"):
        own_layouts.copy("nix", tmp_path)


@pytest.mark.parametrize("name", ["jiangxia-2026", "wuchang-2026", "jianghan-2022", "qiaokou-2026"])
def test_an_empty_sheet_gives_a_draft_with_the_same_labels(tmp_path, shared, name):
    source = shared / "sheets" / "blank" / f"{name}-project.xlsx"
    [path] = own_layouts.draft(source, tmp_path / "草稿.toml")
    assert any("内容不变" in line for line in own_layouts.check(path))
    own_layouts.use_given(tmp_path)
    drafted = next(one for one in load_layouts() if one.district == "请填区县")
    ours = layout(name, Kind.PROJECT)
    wanted = [label for block in ours.of_type(FieldsBlock) for row in block.rows for label in row]
    found = [label for block in drafted.of_type(FieldsBlock) for row in block.rows for label in row]
    assert len(set(wanted) & set(found)) >= 0.9 * len(wanted)
    columns = [[x.value for x in b.columns] for b in drafted.blocks if hasattr(b, "horizon")]
    assert columns == [[x.value for x in b.columns] for b in ours.blocks if hasattr(b, "horizon")]


def test_a_file_without_a_form_gives_no_draft(tmp_path):
    from kpiapp.sheets.grid import Cell, Grid

    xlsx.write(tmp_path / "a.xlsx", [Grid("表", [Cell(0, 0, "通讯录"), Cell(1, 0, "甲")])])
    with pytest.raises(UserError, match="没有像申报表的表格"):
        own_layouts.draft(tmp_path / "a.xlsx", tmp_path)
