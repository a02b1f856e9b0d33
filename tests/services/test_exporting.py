"""Official sheets out: one file a form or one for all, with names every system accepts."""

import pytest

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Kind
from kpiapp.model.interchange import form_from_json
from kpiapp.services import backup
from kpiapp.services.exports import annex, exporting
from kpiapp.services.exports.project_lists import lists_of
from kpiapp.services.files import folders, reading_files
from kpiapp.store.library import Library
from kpiapp.store.lock import LibraryInUse
from tests.store.conftest import FORM, image

LIST = "2026-表10 项目支出表（某中心）.xlsx"


@pytest.fixture
def two(session, form):
    session.add_form(form_from_json(FORM | {"id": "f2", "fields": {"项目名称": "食堂/运行"}}), "加")
    return session


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_year_goes_out_one_file_a_form(two, tmp_path):
    seen = []
    out = tmp_path / "a" / "b"
    report = exporting.export_year(two, 2026, out, progress=lambda *x: seen.append(x))
    assert names(out) == ["2026-01-物业后勤保障.xlsx", "2026-02-食堂_运行.xlsx", LIST]
    assert sorted(path.name for path in report.files) == names(out)
    assert seen[1:] == [(1, 3, "物业后勤保障"), (2, 3, "食堂/运行")]
    back = reading_files.read_file(report.files[1])[0].form
    assert back.id == "f1"
    assert [row.level3 for row in back.indicators] == ["巡逻次数", "清洁周期", "维修次数"]


def test_all_in_one_workbook(two, tmp_path):
    report = exporting.export_year(two, 2026, tmp_path / "o", one_workbook=True)
    assert names(tmp_path / "o") == ["2026-绩效目标表.xlsx"]
    first, second, listed = reading_files.read_file(report.files[0])
    assert [first.form.id, second.form.id] == ["f1", "f2"]
    assert [row[1] for row in listed.project_list.rows][-2:] == ["物业后勤保障", "食堂/运行"]


def test_an_annex_numbers_its_sheets_as_the_budgets_do(two, tmp_path):
    from docx import Document

    report = exporting.export_year(two, 2026, tmp_path, kinds=["docx"], one_workbook=True)
    texts = [paragraph.text for paragraph in Document(report.files[0]).paragraphs]
    items = [*lists_of(two, 2026), *two.forms(2026)]
    for heading in ("预算绩效管理情况", *annex.headings(items)):
        assert sum(text == heading for text in texts) == 1
    assert annex.title(items) in texts
    assert any("全面实施预算绩效目标管理" in text for text in texts)


def test_projects_and_departments_are_counted_apart(form):
    other = Form("d", Kind.DEPARTMENT, 2026, fields={"部门名称": "甲局"})
    first, second, third = annex.headings([other, form, form])
    assert first == "表11.部门整体支出绩效目标表"
    assert second.startswith("表12-1.")
    assert third.startswith("表12-2.")
    assert annex.headings([other, other])[1].startswith("表11-2.")


def test_forms_can_be_printed_as_another_layout(form, tmp_path):
    report = exporting.export_items([form], tmp_path, layout_id="wuchang-2026")
    [read] = reading_files.read_file(report.files[0])
    assert form.layout != read.form.layout == "wuchang-2026"


def test_several_formats_at_once(two, tmp_path):
    exporting.export_year(two, 2026, tmp_path / "o", kinds=["json", "xlsx"])
    assert len(names(tmp_path / "o")) == 2 * 3


def test_cancelling_leaves_whole_files_only(two, tmp_path):
    report = exporting.export_year(two, 2026, tmp_path / "o", progress=lambda done, *_: done < 1)
    assert report.cancelled
    assert names(tmp_path / "o") == [LIST]


def test_a_form_of_an_unknown_layout_is_told_and_the_rest_goes_out(session, form, tmp_path):
    session.add_form(form_from_json(FORM | {"id": "f2", "layout": "nowhere-2030"}), "加")
    report = exporting.export_year(session, 2026, tmp_path / "o")
    assert [path.name for path in report.files] == [LIST, "2026-01-物业后勤保障.xlsx"]
    ((lost, error),) = report.failures
    assert lost.id == "f2"
    assert "nowhere-2030" in str(error)


@pytest.mark.parametrize(
    ("year", "kinds", "words"), [(1999, ["xlsx"], "没有1999年的表"), (2026, ["wps"], "wps")]
)
def test_what_cannot_be_exported_is_told_before_anything_is_written(
    two, tmp_path, year, kinds, words
):
    with pytest.raises(UserError, match=words):
        exporting.export_year(two, year, tmp_path / "o", kinds=kinds)
    assert not (tmp_path / "o").exists()


def test_a_folder_that_cannot_be_made_is_told(two, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="不能建立文件夹"):
        exporting.export_year(two, 2026, tmp_path / "file" / "o")


@pytest.mark.parametrize(
    ("text", "name"),
    [("a/b:c", "a_b_c"), ("名称. ", "名称"), ("", "未命名"), ("CON.1", "_CON.1"),
     ("甲" * 200, "甲" * 60), ("..\\x\n", ".._x_")],
)  # fmt: skip
def test_names_that_every_system_accepts(text, name):
    assert folders.safe_name(text) == name.lstrip(".")


def test_forms_of_one_name_get_files_of_their_own():
    forms = [form_from_json(FORM | {"id": x, "fields": {"项目名称": "甲" * 90}}) for x in "abc"]
    for form in forms:
        form.kind = form.kind.DEPARTMENT
        form.fields = {"部门名称": "甲" * 90}
    found = exporting.file_names(forms)
    assert len(set(found)) == 3


# -- backup ---------------------------------------------------------------------------------------


def test_a_backup_taken_in_use_can_be_put_back(session, form, tmp_path):
    folder = tmp_path / "年底" / "备份"  # is made
    before = image(form)
    copy = backup.backup(session.library, folder)
    session.remove_form("f1", "删")
    path = session.library.path
    session.library.close()
    backup.restore(copy, path)
    with Library.open(path) as library:
        assert image(library.load("f1")) == before
    assert len(list(path.parent.glob("库-备份*.kpi"))) == 1


def test_a_backup_says_where_its_folder_cannot_be_made(session, form, tmp_path):
    (tmp_path / "备份").write_text("一个文件", encoding="utf-8")
    with pytest.raises(UserError, match="不能建立文件夹"):
        backup.backup(session.library, tmp_path / "备份")


def test_a_damaged_library_is_kept_aside_when_a_copy_is_put_back(session, form, tmp_path):
    copy = backup.backup(session.library, tmp_path)
    path = session.library.path
    session.library.close()
    path.write_bytes(b"damaged")
    path.with_name(path.name + "-wal").write_bytes(b"left over")
    kept = backup.restore(copy, path)
    assert kept.read_bytes() == b"damaged"
    with Library.open(path) as library:
        assert image(library.load("f1")) == image(form)


def test_a_library_in_use_is_not_replaced(session, tmp_path):
    copy = backup.backup(session.library, tmp_path)
    with pytest.raises(LibraryInUse):
        backup.restore(copy, session.library.path)


def test_only_a_library_is_put_back(tmp_path):
    (tmp_path / "x.kpi").write_text("没有")
    with pytest.raises(UserError, match="不是目标库"):
        backup.restore(tmp_path / "x.kpi", tmp_path / "neu.kpi")
    assert not (tmp_path / "neu.kpi").exists()
