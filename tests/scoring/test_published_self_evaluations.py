"""Seven published self-evaluations: scored as printed, or the difference is a labelled fault."""

import json
from decimal import Decimal

import pytest

from kpiapp.model.form import Form, Horizon, Indicator, Kind
from kpiapp.scoring.evaluation import score_form
from kpiapp.scoring.schemes import scheme

TOLERANCE = Decimal("0.05")
OF_A_ROW = {"score-differs-from-formula", "operator-in-actual", "actual-missing", "score-missing",
            "actual-not-a-value", "weight-missing"}  # fmt: skip
OF_THE_MONEY = {"execution-rate-wrong", "execution-score-wrong", "execution-not-scored",
                "score-missing", "budget-missing"}  # fmt: skip
OF_THE_TOTAL = {"total-not-sum", "total-differs-from-formula"}
NAMES = (
    "2021-hubei-ligong-jiangzhu 2021-jishan-gongwei 2022-guichi-tangxi-weituo 2022-huangshi-haimian"
    " 2022-yongde-mingliang-yingyang 2022-zhongjiang-shuibiaochi 2023-qingshen-fagai-gongzi"
).split()


@pytest.fixture(params=NAMES)
def published(request, shared):
    path = shared / "scoring" / "forms" / f"self-{request.param}.json"
    return json.loads(path.read_text("utf-8"))


def _name(row):
    return row.get("key") or row["level3"]


def _form(data):
    rows = [
        Indicator(Horizon.ANNUAL, 1, x["level1"], x["level2"], _name(x), x["target"])
        for x in data["indicators"]
    ]
    return Form(data["id"], Kind.PROJECT, data["year"], indicators=rows)


def _results(data):
    money = next(row for row in data["budget"] if not row.get("part_of_total"))
    rows = [
        {"level3": _name(x), "goal": 1, "level2": x["level2"], "actual": x["actual"],
         "weight": x["weight"] if x["weight"] is not None else x.get("weight_inferred"),
         "direction": x.get("direction"), "typed_score": x.get("typed_score"),
         "reason": x["reason"]}
        for x in data["indicators"]
    ]  # fmt: skip
    return {"budget": money, "indicators": rows}


def _answer(data):
    return score_form(_form(data), _results(data), scheme(data["scheme"]))


def _apart(one, other):
    return abs(Decimal(str(one)) - Decimal(str(other)))


def _labelled(data, codes, name):
    return any(
        x["code"] in codes and (x["where"].endswith(name) or x["where"] == "各指标")
        for x in data["findings"]
    )


def test_every_row_scores_as_expected(published):
    rows = _answer(published)["indicators"]
    assert len(rows) == len(published["indicators"])
    for row, printed in zip(rows, published["indicators"], strict=True):
        assert row["score"] == printed["expected_score"], row
        assert row["error"] == printed.get("expected_error"), row


def test_a_row_that_differs_from_its_printed_score_is_labelled(published):
    for row, printed in zip(_answer(published)["indicators"], published["indicators"], strict=True):
        score = printed["score_printed"]
        if score is None or row["score"] is None or _apart(row["score"], score) > TOLERANCE:
            assert _labelled(published, OF_A_ROW, _name(printed)), row


def test_the_execution_scores_as_printed_or_is_labelled(published):
    money = next(row for row in published["budget"] if not row.get("part_of_total"))
    score, printed = _answer(published)["execution"]["score"], money["score_printed"]
    if score is None or not isinstance(printed, int | float) or _apart(score, printed) > TOLERANCE:
        assert OF_THE_MONEY & {x["code"] for x in published["findings"]}


def test_the_total_is_the_printed_one_but_for_labelled_faults(published):
    answer, printed = _answer(published), published["total_printed"]
    codes = {x["code"] for x in published["findings"]}
    if printed is None or codes & OF_THE_TOTAL:
        assert answer["total"] is None or published["complete"]
        return
    rows = zip(answer["indicators"], published["indicators"], strict=True)
    labelled = sum(
        (row["score"] or 0) - x["score_printed"]
        for row, x in rows
        if _labelled(published, OF_A_ROW, _name(x))
    )
    assert _apart(answer["subtotal"] - labelled, printed) <= TOLERANCE
    assert (answer["total"] is None) == any(x["error"] for x in answer["indicators"])
    assert answer["grade"] == published["grade_printed"] or published["grade_printed"] is None


def test_weights_of_zhongjiang_do_not_add_up(shared):
    path = shared / "scoring" / "forms" / "self-2022-zhongjiang-shuibiaochi.json"
    answer = _answer(json.loads(path.read_text("utf-8")))
    assert "weights-do-not-add-up" in {x["code"] for x in answer["problems"]}
