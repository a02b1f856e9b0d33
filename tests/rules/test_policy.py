"""One cell, one finding; no comparison with a cell that is at fault."""

import notation
import pytest

from kpiapp.services.checks.checking import Checker
from kpiapp.services.checks.grouping import UnitGroup


def codes(text, **options):
    example = notation.read(text)
    forms = [facts.form for facts in example.context.forms]
    group = UnitGroup("", forms, list(example.context.lists))
    report = Checker().check(forms, groups=[group], **options)
    return {
        (problem.code, problem.place.cell or problem.place.field)
        for problems in report.problems.values()
        for problem in problems
        if problem.place.indicator or problem.place.field
    }


SHIFTED = """
    长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
    长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
    长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
    年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥99%
    年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≤30分钟
    年度1 | 产出指标 | 时效指标 | 故障响应时长 | ≥12次
"""


def test_a_shifted_column_is_one_problem():
    found = codes(SHIFTED)
    assert ("values-shifted-by-row", "row") not in found  # it stands on the goal
    assert not {code for code, _ in found} & {
        "unit-differs", "unit-does-not-fit-name", "operator-against-direction",
    }  # fmt: skip


def test_a_rule_that_is_off_frees_its_cells():
    found = codes(SHIFTED, off=["values-shifted-by-row"])
    assert ("unit-does-not-fit-name", "target") in found


def test_an_error_takes_the_cell_from_a_warning():
    text = "年度1 | 产出指标 | 社会效益指标 | 故障响应时长 | ≤30分钟"
    assert ("level2-under-wrong-level1", "group") in codes(text)
    assert ("indicator-under-wrong-level2", "group") not in codes(text)


def test_the_severity_of_a_library_decides_too():
    text = "年度1 | 产出指标 | 社会效益指标 | 故障响应时长 | ≤30分钟"
    found = codes(text, severities={"level2-under-wrong-level1": "hint"})
    assert ("indicator-under-wrong-level2", "group") in found


def test_a_comparison_is_silent_where_the_other_cell_is_at_fault():
    text = """
    长期1 | 产出指标 | 数量指标 | 安全报告份数 | ≥4次/4份
    年度1 | 产出指标 | 数量指标 | 安全报告份数 | 及时
    """
    found = codes(text)
    assert ("unparseable-value", "target") in found
    assert ("target-differs-between-horizons", "target") not in found


def test_missing_operator_comes_last_of_the_hints():
    text = """
    终止年度：2030年
    长期1 | 产出指标 | 数量指标 | 提交巡检报告数 | 12份
    年度1 | 产出指标 | 数量指标 | 提交巡检报告数 | 12份
    """
    found = codes(text)
    assert ("long-term-value-covers-one-year", "target") in found
    assert ("missing-operator", "target") in found  # of the annual row


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("产出指标 | 成本指标 | 项目总成本 | 100万元", "≤100万元"),
        ("效益指标 | 经济效益指标 | 产业产值 | 3000万元", "≥3000万元"),
        ("产出指标 | 时效指标 | 故障响应时间 | 30分钟", "≤30分钟"),
        ("产出指标 | 质量指标 | 验收合格率 | 100%", "=100%"),
        ("产出指标 | 数量指标 | 巡检次数 | 12次", "≥12次"),
    ],
)
def test_the_sign_proposed_is_that_of_the_direction(row, text):
    form = notation.read("年度1 | " + row).context.forms[0].form
    report = Checker().check([form])
    [fix] = [p.fix for p in report.problems[form.id] if p.code == "missing-operator"]
    assert [edit.value for edit in fix.edits] == [text]
