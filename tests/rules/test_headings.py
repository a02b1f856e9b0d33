"""Fixes that move a row write the headings that its form prints, whatever the district."""

import notation

from kpiapp.model.edit import apply_all
from kpiapp.rules.engine import rule_of

JIANGHAN = """
    年度1 | 项目产出 | 产出数量 | 法律顾问服务件数 | ≥2件
    年度1 | 项目效益 | 社会效益 | 群众满意度 | ≥90%
    年度1 | 项目效益 | 社会公众或服务对象满意度指标服务对象满意度 | 服务对象满意度 | ≥90%
    年度1 | 项目效益 | 成本控制 | 咨询费用 | ≤2万元
"""


def mended(code, name):
    """Apply the fix of a rule to a row; return its headings and the message."""
    context = notation.read(JIANGHAN).context
    facts = context.forms[0]
    row = next(row for row in facts.all_rows if row.name == name)
    findings = rule_of(code).check(facts, context)
    finding = next(x for x in findings if x.place.indicator == row.id)
    apply_all(facts.form, finding.fix.edits)
    found = next(x for x in facts.form.indicators if x.id == row.id)
    return (found.level1, found.level2), finding.message


def test_a_cost_goes_below_the_outputs_where_the_sheet_prints_no_cost_heading():
    headings, message = mended("level2-under-wrong-level1", "咨询费用")
    assert headings == ("项目产出", "成本控制")
    assert message.endswith("应属“项目产出”")


def test_a_row_goes_below_the_heading_that_its_group_has():
    headings, _ = mended("indicator-under-wrong-level2", "群众满意度")
    assert headings == ("项目效益", "社会公众或服务对象满意度指标服务对象满意度")
