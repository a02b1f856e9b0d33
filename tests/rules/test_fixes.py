"""What fixes write fits the form: its headings, its blank rows, the direction of a name."""

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


def fix_of(code, text):
    context = notation.read(text).context
    facts = context.forms[0]
    return next(iter(rule_of(code).check(facts, context))).fix


def test_no_row_is_offered_where_a_blank_one_waits():
    begun = "年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次\n"
    rest = "年度1 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%\n"
    assert fix_of("missing-level1-group", begun + rest)
    blank = "年度1 | 效益指标 | 社会效益指标 |  |\n"
    assert fix_of("missing-level1-group", begun + rest + blank) is None
    benefit = "年度1 | 项目效益 | 社会效益指标 | 群众办事时间 | ≤30分钟\n"
    blank = "年度1 | 项目效益 | 服务对象满意度 |  |\n"
    assert fix_of("missing-level1-group", begun + benefit)
    assert fix_of("missing-level1-group", begun + benefit + blank) is None


def test_the_sign_that_is_put_in_does_not_go_against_the_name():
    text = "年度1 | 成本指标 | 经济成本指标 | 聘用人员工资成本完成率 | 100%\n"
    assert fix_of("missing-operator", text).edits[0].value == "=100%"


def test_a_long_term_target_of_each_year_stays_one_when_it_is_raised():
    text = """
        长期1 | 产出指标 | 数量指标 | 群众文化活动场次 | {}
        年度1 | 产出指标 | 数量指标 | 群众文化活动场次 | {}
    """
    code = "long-term-weaker-than-annual"
    assert fix_of(code, text.format("≥120场/年", "≥130场")).edits[0].value == "≥130场/年"
    assert fix_of(code, text.format("≥120场/年", "≥130场/年")).edits[0].value == "≥130场/年"
    assert fix_of(code, text.format("≥120场", "≥130场")).edits[0].value == "≥130场"
