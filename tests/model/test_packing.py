"""What travels between processes arrives as it was, small and whole."""

import copy
import pickle

import pytest

from kpiapp.model.edit import Insert, Move, Remove, SetValue
from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind, Row, Table, Unit
from kpiapp.model.problem import Fix, Place, Problem, Severity

FORM = Form(
    "f", Kind.PROJECT, 2026, fields={"项目名称": "党建"},
    tables={"明细": Table(["甲"], [Row(["1"])])},
    goals=[Goal(Horizon.ANNUAL, 1)], indicators=[Indicator(Horizon.ANNUAL, 1, extra={"得分": "5"})],
    unit=Unit("u", "甲局"), ids_given=True,
)  # fmt: skip
PROBLEM = Problem(
    "missing-target", Severity.ERROR, Place("f", Horizon.ANNUAL, 1, "i", "target"), "没有指标值",
    Fix("改", (SetValue(("title",), "甲"), Insert(("goals",), {}), Remove(("goals",), "g"),
               Move(("goals",), "g"))),
)  # fmt: skip


@pytest.mark.parametrize("thing", [FORM, PROBLEM])
@pytest.mark.parametrize("copied", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_a_copy_is_equal_and_shares_nothing_that_changes(thing, copied):
    twin = copied(thing)
    assert twin == thing
    assert type(twin) is type(thing)
    if thing is FORM:
        twin.indicators[0].extra["得分"] = "0"
        twin.tables["明细"].rows[0].cells[0] = "2"
        assert thing.indicators[0].extra == {"得分": "5"}
        assert thing.tables["明细"].rows[0].cells == ["1"]


def test_names_of_slots_do_not_travel():
    assert b"long_term_target" not in pickle.dumps(FORM)
