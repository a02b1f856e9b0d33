"""Files into a library: what is new, changed or the same, as one step that loses nothing."""

import json

import pytest

from kpiapp.errors import UserError
from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.exports import converting
from kpiapp.services.files import json_files, reading_files
from kpiapp.services.imports import importing
from kpiapp.services.imports.importing import State
from tests.store.conftest import FORM, image

OTHER = FORM | {"id": "f2", "fields": {"项目名称": "食堂运行", "联系电话": ""}}


@pytest.fixture
def put(tmp_path):
    """Write JSON into a file of the test's folder."""

    def write(data, name=""):
        path = tmp_path / (name or f"{data['id']}.json")
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def planned(session, *paths):
    incoming, failures = reading_files.read_paths(paths)
    assert not failures
    return importing.plan(session, incoming)


def states(plan):
    return [item.state for item in plan.items]


def test_a_folder_comes_in_as_one_step(session, put, tmp_path):
    put(FORM)
    put(OTHER)
    put({"id": "l", "kind": "project_list", "year": 2026, "columns": ["项目"], "rows": [["甲"]]})
    (tmp_path / "~$f1.xlsx").write_text("")
    plan = planned(session, tmp_path)
    assert states(plan) == [State.NEW, State.NEW]
    importing.take_over(session, plan)
    assert session.undo_label == "导入2 张表、1 张项目支出表"
    assert [form.name for form in session.forms(2026)] == ["物业后勤保障", "食堂运行"]
    assert session.project_lists(2026)[0].rows == [["甲"]]
    session.undo()
    assert (session.heads(), session.project_lists(2026)) == ([], [])


def test_the_same_again_changes_nothing(session, form, put):
    plan = planned(session, put(FORM))
    assert states(plan) == [State.SAME]
    importing.take_over(session, plan)
    assert session.undo_label == "放入"


def test_a_changed_form_changes_only_what_is_other(session, form, put):
    changed = json.loads(json.dumps(FORM))
    changed["indicators"][1]["target"] = "≥5次"
    ids = [row.id for row in form.indicators]
    plan = planned(session, put(changed))
    assert states(plan) == [State.CHANGED]
    assert len(plan.items[0].edits) == 1
    importing.take_over(session, plan)
    assert form.indicators[1].target == "≥5次"
    assert [row.id for row in form.indicators] == ids
    assert form.other == {"findings": [{"code": "x"}]}


def test_a_form_without_its_id_is_known_by_unit_year_kind_and_name(session, form, put):
    nameless = {key: value for key, value in FORM.items() if key != "id"}
    assert states(planned(session, put(nameless, "a.json"))) == [State.SAME]
    for key, value in (("year", 2025), ("kind", "department"), ("unit", {"id": "u9", "name": ""})):
        plan = planned(session, put(nameless | {key: value}, "c.json"))
        assert states(plan) == [State.NEW], key


def test_one_form_in_two_files_is_taken_once(session, put):
    plan = planned(session, put(FORM, "a.json"), put(FORM, "b.json"))
    assert states(plan) == [State.NEW, State.REPEATED]
    importing.take_over(session, plan)
    assert len(session.heads()) == 1


def test_a_project_keeps_its_identity_over_the_years(session, put):
    for year in (2025, 2026):
        plan = planned(session, put(FORM | {"id": f"p{year}", "year": year}))
        importing.take_over(session, plan)
    ids = {head.project_id for head in session.heads()}
    assert len(ids) == 1
    assert None not in ids
    importing.take_over(session, planned(session, put(OTHER)))
    assert len({head.project_id for head in session.heads()}) == 2


def test_a_sheet_with_nothing_changed_is_the_same_form(session, shared, tmp_path):
    source = shared / "forms" / "jiangxia-2026-p01.json"
    importing.take_over(session, planned(session, source))
    stored = session.form("jiangxia-2026-p01")
    stored_before = image(stored)
    converting.convert(source, tmp_path / "改名.xlsx")
    plan = planned(session, tmp_path / "改名.xlsx")
    assert states(plan) == [State.SAME]
    assert image(stored) == stored_before


def test_two_unmarked_sheets_of_one_layout_are_two_forms(session, shared, tmp_path):
    for n, name in enumerate(("jiangxia-2026-p01", "jiangxia-2026-p04")):
        source = shared / "sheets" / "clean" / f"{name}.xlsx"
        (tmp_path / f"上报{n}.xlsx").write_bytes(source.read_bytes())
    importing.take_over(session, planned(session, tmp_path))
    assert len(session.heads(2026)) == 2


def test_a_sheet_that_comes_in_twice_is_taken_once(session, shared, tmp_path):
    source = shared / "sheets" / "clean" / "jiangxia-2026-p01.xlsx"
    for name in ("上报.xlsx", "又报.xlsx"):
        (tmp_path / name).write_bytes(source.read_bytes())
    assert states(planned(session, tmp_path)) == [State.NEW, State.REPEATED]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(put, tmp_path):
    put(FORM)
    (tmp_path / "坏.xlsx").write_text("不是表格")
    (tmp_path / "坏.json").write_text("{")
    found, failures = reading_files.read_paths([tmp_path])
    assert [one.form.id for one in found] == ["f1"]
    assert [failure.path.name for failure in failures] == ["坏.json", "坏.xlsx"]


def test_reading_can_be_watched_and_stopped(put, tmp_path):
    put(FORM)
    put(OTHER)
    seen = []

    def progress(done, total, name):
        seen.append((done, total, name))
        return done < 1

    found, _ = reading_files.read_paths([tmp_path], progress)
    assert len(found) == 1
    assert seen == [(0, 2, "f1.json"), (1, 2, "f2.json")]


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(UserError, match="没有可以读的文件"):
        list(reading_files.files_in([tmp_path]))


def test_json_round_trips_through_a_file(tmp_path):
    form = form_from_json(FORM)
    json_files.write(tmp_path / "x.json", form)
    assert form_to_json(json_files.read(tmp_path / "x.json")) == form_to_json(form)
