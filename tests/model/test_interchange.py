"""The JSON of a form: nothing is lost, and what is wrong is said in the file's own words."""

import json

import pytest
from hypothesis import given
from some_forms import UNKNOWN, form_jsons

from kpiapp.errors import UserError
from kpiapp.model.interchange import (
    form_from_json,
    form_to_json,
    project_list_from_json,
    project_list_to_json,
)

SMALL = {"kind": "project", "year": 2026, "goals": [], "indicators": []}


@given(form_jsons())
def test_json_is_read_and_written_without_loss(data):
    before = json.dumps(data)
    form = form_from_json(data)
    assert form_to_json(form) == data
    assert json.dumps(data) == before


@given(form_jsons())
def test_the_order_of_labels_is_kept(data):
    written = form_to_json(form_from_json(data))
    for key in ("fields", "choices", "tables"):
        assert list(written[key]) == list(data[key])
    for row, original in zip(written["indicators"], data["indicators"], strict=True):
        assert list(row.get("extra", {})) == list(original.get("extra", {}))


@given(form_jsons(), UNKNOWN)
def test_unknown_keys_are_kept(data, unknown):
    written = form_to_json(form_from_json(data | unknown))
    assert {key: written[key] for key in unknown} == unknown


@given(form_jsons())
def test_made_ids_are_new_and_written_only_on_demand(data):
    form = form_from_json(data)
    ids = [x.id for x in (*form.goals, *form.indicators)]
    assert len(set(ids)) == len(ids)
    written = form_to_json(form, ids=True)
    assert [x["id"] for x in (*written["goals"], *written["indicators"])] == ids
    assert all("id" not in x for x in form_to_json(form, ids=False)["indicators"])


def test_the_published_forms_come_back_as_they_were(shared):
    for path in sorted((shared / "forms").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if data["kind"] == "project_list":
            assert project_list_to_json(project_list_from_json(data)) == data
        else:
            assert form_to_json(form_from_json(data)) == data


def test_short_rows_of_a_table_are_filled_up():
    tables = {"表": {"columns": ["a", "b"], "rows": [["1"]]}}
    assert form_from_json(SMALL | {"tables": tables}).tables["表"].rows[0].cells == ["1", ""]


def test_numbers_where_texts_belong_become_texts():
    form = form_from_json(SMALL | {"year": "2026", "fields": {"当年预算": 9.52}})
    assert (form.year, form.fields["当年预算"]) == (2026, "9.52")


@pytest.mark.parametrize("unit", ["", None])
def test_a_form_that_does_not_say_its_unit_is_in_wan(unit):
    assert form_from_json(SMALL | {"amount_unit": unit}).amount_unit == "万元"


def _goal(**rest):
    return {"horizon": "annual", "number": 1} | rest


def _row(**rest):
    return {"horizon": "annual", "goal": 1} | rest


WRONG = [
    ([], "不是一张申报表"),
    (None, "不是一张申报表"),
    *[({k: v for k, v in SMALL.items() if k != key}, f"缺少“{key}”") for key in SMALL],
    (SMALL | {"kind": "别的"}, "“kind”应是"),
    (SMALL | {"kind": []}, "“kind”应是"),
    (SMALL | {"year": "今年"}, "“year”应是整数"),
    (SMALL | {"year": True}, "“year”应是整数"),
    (SMALL | {"goals": 5}, "“goals”应是一个列表"),
    (SMALL | {"goals": [5]}, "“goals 第1项”应是一个对象"),
    (SMALL | {"goals": [_goal(), {"horizon": "annual"}]}, "“goals 第2项”缺少“number”"),
    (SMALL | {"goals": [_goal(horizon="明年")]}, "“goals 第1项 / horizon”"),
    (SMALL | {"goals": [_goal(text=[])]}, "“goals 第1项 / text”应是文字"),
    (SMALL | {"goals": [_goal(id="a"), _goal(id="a")]}, "两项的“id”都是“a”"),
    (SMALL | {"indicators": [_row(goal="一")]}, "“indicators 第1项 / goal”应是整数"),
    (SMALL | {"indicators": [_row(extra=[1])]}, "“extra”应是一个对象"),
    (SMALL | {"indicators": [_row(extra={"分值": {}})]}, "extra / 分值”应是文字"),
    (SMALL | {"indicators": [_row(id="a"), _row(id="a")]}, "两项的“id”都是“a”"),
    (SMALL | {"fields": []} | {"fields": ["x"]}, "“fields”应是一个对象"),
    (SMALL | {"fields": {"甲": {}}}, "“fields / 甲”应是文字"),
    (SMALL | {"choices": {"属性": 5}}, "“choices / 属性”应是一个对象"),
    (SMALL | {"tables": {"表": {"columns": [], "rows": ["甲"]}}}, "rows”应是一列文字"),
    (SMALL | {"tables": {"表": {"columns": [], "rows": [{"id": "1"}]}}}, "缺少“cells”"),
    (SMALL | {"notes": "备注"}, "“notes”应是一个列表"),
    (SMALL | {"unit": 5}, "“unit”应是一个对象"),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG, ids=[x[1] for x in WRONG])
def test_what_is_wrong_is_said_with_its_place(data, sentence):
    with pytest.raises(UserError, match=sentence):
        form_from_json(data)


def test_empty_lists_may_be_null():
    form = form_from_json(SMALL | {"goals": None, "indicators": None, "notes": None})
    assert (form.goals, form.indicators, form.notes) == ([], [], [])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({"year": 2026, "columns": []}, "缺少“rows”"),
     ({"year": 2026, "columns": [], "rows": ["甲"]}, "rows 第1行”应是一列文字")],
)  # fmt: skip
def test_a_wrong_project_list_is_told(data, sentence):
    with pytest.raises(UserError, match=sentence):
        project_list_from_json(data)
