"""Odd and huge forms: no crash, nothing that takes seconds, a broken rule costs only itself."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind, Row, Table
from kpiapp.rules import engine
from kpiapp.services.checks.checking import Checker

SCRAPS = st.sampled_from(
    "≥ ≤ = % 万元 次 / 年 - 1 95 . , 以内 有效提高 2小时1次 ～ 《 》 （ 不超过 合计 =1+1 ， 。"
    " 率 满意度 XX% 目标1： x *".split()
)  # fmt: skip
ODD = st.lists(SCRAPS, max_size=12).map("".join) | st.text(max_size=20)


@st.composite
def forms(draw):
    form = Form("odd", draw(st.sampled_from(Kind)), 2026, amount_unit=draw(st.sampled_from("元")))
    labels = (
        "项目当年预算",
        "项目总预算",
        "项目前两年预算及当年预算变动情况",
        "测算依据及说明",
        "起始年度",
        "终止年度",
    )
    form.fields = {label: draw(ODD) for label in labels}
    form.tables["项目支出明细"] = Table(
        ["项目支出明细", "支出标准", "单价", "计量数", "测算数"],
        [Row([draw(ODD) for _ in range(draw(st.integers(0, 6)))])],
    )
    form.tables["部门总体资金情况"] = Table(
        ["总体资金情况", "", "当年金额", "占比"], [Row([draw(ODD), "合计", draw(ODD), draw(ODD)])]
    )
    for horizon in Horizon:
        form.goals.append(Goal(horizon, 1, draw(ODD), None, draw(ODD)))
        for _ in range(draw(st.integers(0, 3))):
            row = Indicator(
                horizon, 1, "产出指标", draw(st.sampled_from(["数量指标", "成本指标", ""]))
            )
            row.level3, row.target, row.prior1, row.prior2 = (draw(ODD) for _ in range(4))
            form.indicators.append(row)
    return form


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms())
def test_no_rule_breaks_on_odd_texts(form):
    report = Checker().check([form])
    broken = [x.message for x in report.all() if x.code == engine.RULE_FAILED]
    assert not broken


def seconds_for(form):
    start = time.process_time()
    report = Checker().check([form])
    assert not [x for x in report.all() if x.code == engine.RULE_FAILED]
    return time.process_time() - start


def huge(name, target, count):
    form = Form("huge", Kind.PROJECT, 2026)
    for horizon in Horizon:
        form.goals.append(Goal(horizon, 1, "", None, "运维"))
        form.indicators += [
            Indicator(horizon, 1, "产出指标", "数量指标", name(i), target(i)) for i in range(count)
        ]
    return form


def test_five_thousand_indicators_are_checked_in_seconds():
    different = huge(lambda i: f"第{i}号平台巡检次数", lambda i: f"≥{i}次", 2500)
    assert seconds_for(different) < 20
    for row in different.indicators:  # not one equal name between the horizons
        row.level3 += row.horizon.label
    assert seconds_for(different) < 20


def test_names_of_two_thousand_characters():
    long_names = huge(lambda i: "巡检" * 1000 + str(i), lambda i: "≥" * 500 + "次" * 1500, 40)
    assert seconds_for(long_names) < 5


def test_a_long_text_of_one_kind():
    form = Form("long", Kind.PROJECT, 2026)
    for label in ("项目实施方案", "项目概述", "测算依据及说明", "项目前两年预算及当年预算变动情况"):
        form.fields[label] = "运维服务1万元，" * 4000
    form.goals.append(Goal(Horizon.ANNUAL, 1, "", None, "（" * 5000 + "12次" * 5000))
    assert seconds_for(form) < 5


def test_a_rule_that_raises_becomes_one_problem(monkeypatch):
    rule = engine.rule_of("missing-target")

    def broken(form, context):
        raise ZeroDivisionError
        yield

    rules = [
        engine.Rule(**{slot: getattr(x, slot) for slot in x.__slots__} | {"check": broken})
        if x is rule
        else x
        for x in engine.all_rules()
    ]
    monkeypatch.setattr("kpiapp.services.checks.checking.all_rules", lambda: rules)
    form = huge(lambda i: "名称", lambda i: "", 1)
    found = [x for x in Checker().check([form]).all() if x.code == engine.RULE_FAILED]
    assert len(found) == 1
    assert "missing-target" in found[0].message
