"""The self-evaluation of a whole form."""

from decimal import Decimal

import pytest

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Horizon, Indicator, Kind
from kpiapp.scoring.evaluation import score_form
from kpiapp.scoring.schemes import by_rule, scheme

MOF = scheme("mof-2020")


def _form(*rows):
    indicators = [
        Indicator(Horizon.ANNUAL, goal, level1, level2, name, target)
        for goal, level1, level2, name, target in rows
    ]
    return Form("f", Kind.PROJECT, 2026, indicators=indicators)


FORM = _form(
    (1, "产出指标", "数量指标", "培训场次", "≥25场"),
    (1, "效益指标", "社会效益指标", "办事效率", "有效提高"),
    (1, "满意度指标", "服务对象满意度指标", "群众满意度", "≥95%"),
)


def _results(*rows, **rest):
    keys = ("level3", "actual", "weight", "reason")
    items = [dict(zip(keys, row, strict=False)) for row in rows]
    budget = {"initial": "100", "adjusted": "100", "spent": "96"}
    return {"budget": budget, "indicators": items} | rest


GOOD = _results(
    ("培训场次", "23场", 50, "疫情"), ("办事效率", "达成年度指标", 30), ("群众满意度", "96%", 10)
)


def _codes(answer):
    return [(x["code"], x["level3"]) for x in answer["problems"]]


def test_a_form_is_scored_with_rows_money_total_and_grade():
    answer = score_form(FORM, GOOD, MOF)
    assert (answer["total"], answer["grade"], answer["problems"]) == (95.6, "优", [])
    assert answer["execution"]["rate"] == 96.0
    assert answer["execution"]["score"] == 9.6
    first = answer["indicators"][0]
    assert (first["score"], first["how"], first["error"]) == (46.0, "23/25 × 50 = 46.00", None)


def test_the_execution_may_be_scored_in_steps():
    answer = score_form(FORM, GOOD, by_rule(MOF, "stepwise-101"))
    assert answer["execution"]["score"] == 7.0


def test_one_result_that_cannot_be_read_keeps_the_total_back():
    results = _results(
        ("培训场次", "完成", 50), ("办事效率", "达成", 30), ("群众满意度", "96%", 10)
    )
    answer = score_form(FORM, results, MOF)
    assert (answer["total"], answer["grade"], answer["subtotal"]) == (None, None, 49.6)
    assert answer["indicators"][0]["score"] is None
    assert _codes(answer) == [("actual-value-missing", "培训场次")]


def test_a_budget_that_cannot_be_read_keeps_the_total_back():
    answer = score_form(FORM, GOOD | {"budget": {"adjusted": "0", "spent": "0"}}, MOF)
    assert answer["total"] is None
    assert _codes(answer) == [("execution-rate-wrong", None)]


def test_what_was_not_entered_and_what_was_not_declared():
    results = _results(("培训场次", "25场", 50), ("参训人数", "5人", 40))
    codes = _codes(score_form(FORM, results, MOF))
    assert ("weights-do-not-add-up", "办事效率") in codes
    assert ("indicators-differ-from-approved", "参训人数") in codes


def test_weights_that_do_not_balance_are_told_and_never_mended():
    results = _results(
        ("培训场次", "25场", 40), ("办事效率", "达成", 30), ("群众满意度", "96%", 10)
    )
    answer = score_form(FORM, results, MOF)
    assert _codes(answer) == [("weights-do-not-add-up", None)]
    assert "应为90" in answer["problems"][0]["message"]
    assert answer["indicators"][0]["weight"] == 40


@pytest.mark.parametrize("reason", ["", "无", " / ", "无。"])
def test_lost_points_ask_for_a_reason(reason):
    rows = [dict(row) for row in GOOD["indicators"]]
    rows[0]["reason"] = reason
    answer = score_form(FORM, GOOD | {"indicators": rows}, MOF)
    assert _codes(answer) == [("deviation-without-reason", "培训场次")]


def test_passing_a_target_by_far_asks_for_a_reason():
    rows = [dict(row) for row in GOOD["indicators"]]
    rows[0] |= {"actual": "33场", "reason": ""}
    answer = score_form(FORM, GOOD | {"indicators": rows}, MOF)
    assert _codes(answer) == [("deviation-without-reason", "培训场次")]
    assert answer["indicators"][0]["flags"] == ["over-achievement"]


def test_low_execution_with_all_outputs_done_asks_for_a_reason():
    rows = [dict(row) for row in GOOD["indicators"]]
    rows[0]["actual"] = "25场"
    budget = {"initial": "100", "adjusted": "100", "spent": "80"}
    answer = score_form(FORM, GOOD | {"indicators": rows, "budget": budget}, MOF)
    assert _codes(answer) == [("deviation-without-reason", None)]
    explained = score_form(
        FORM, GOOD | {"indicators": rows, "budget": budget | {"reason": "招标节约"}}, MOF
    )
    assert explained["problems"] == []


def test_a_typed_score_away_from_the_formula_is_told():
    rows = [dict(row) for row in GOOD["indicators"]]
    rows[0]["typed_score"] = 50
    answer = score_form(FORM, GOOD | {"indicators": rows}, MOF)
    assert _codes(answer) == [("score-differs-from-formula", "培训场次")]
    assert answer["indicators"][0]["score"] == 46.0


TWO_GOALS = _form(
    (1, "产出指标", "数量指标", "培训场次", "≥10场"),
    (2, "产出指标", "数量指标", "检查次数", "≥10次"),
)
SHARES = [{"goal": 1, "share": 60}, {"goal": 2, "share": 40}]


def test_several_goals_carry_shares():
    """Hubei: each goal's rows add up to 80, its points count by its share."""
    results = _results(("培训场次", "10场", 80), ("检查次数", "5次", 80, "x"), goals=SHARES)
    answer = score_form(TWO_GOALS, results, scheme("hubei-2020"))
    assert answer["problems"] == []
    assert Decimal(str(answer["total"])) == Decimal("19.2") + 48 + 16


def test_weights_that_hold_the_shares_already_are_not_shared_twice():
    results = _results(("培训场次", "10场", 48), ("检查次数", "5次", 32, "x"), goals=SHARES)
    answer = score_form(TWO_GOALS, results, scheme("hubei-2020"))
    assert answer["problems"] == []
    assert Decimal(str(answer["total"])) == Decimal("19.2") + 48 + 16


def test_a_goal_without_share_is_not_taken_as_nothing():
    form = _form(
        *[(x.goal, x.level1, x.level2, x.level3, x.target) for x in TWO_GOALS.indicators],
        (3, "产出指标", "数量指标", "宣传次数", "≥1次"),
    )
    results = _results(
        ("培训场次", "10场", 80), ("检查次数", "10次", 80), ("宣传次数", "1次", 80), goals=SHARES
    )
    answer = score_form(form, results, scheme("hubei-2020"))
    assert answer["total"] is None
    assert [x["message"] for x in answer["problems"]] == ["目标3没有比例"]


def test_the_same_name_twice_is_matched_in_order():
    form = _form(*[(1, "产出指标", "数量指标", "场次", "≥10场")] * 2)
    answer = score_form(form, _results(("场次", "10场", 50), ("场次", "8场", 40, "x")), MOF)
    assert [row["score"] for row in answer["indicators"]] == [50.0, 32.0]


def test_only_the_year_is_evaluated_where_both_horizons_are_printed():
    form = _form((1, "产出指标", "数量指标", "场次", "≥10场"))
    form.indicators.insert(
        0, Indicator(Horizon.LONG_TERM, 1, "产出指标", "数量指标", "场次", "≥30场")
    )
    answer = score_form(form, _results(("场次", "10场", 90)), MOF)
    assert [row["target"] for row in answer["indicators"]] == ["≥10场"]


@pytest.mark.parametrize(
    ("results", "sentence"),
    [([], "应是一个对象"), ({}, "缺少“indicators”"),
     ({"indicators": [{}]}, "第1个指标缺少“level3”"),
     ({"indicators": [], "budget": 5}, "“budget”"), ({"indicators": [], "goals": [1]}, "“goals”")],
)  # fmt: skip
def test_results_of_another_shape_are_told(results, sentence):
    with pytest.raises(UserError, match=sentence):
        score_form(FORM, results, MOF)
