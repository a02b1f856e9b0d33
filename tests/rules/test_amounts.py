"""Amounts as sheets differ in printing them: 元 beside 万元, 合 计 with a blank inside."""

import notation

from kpiapp.model.edit import SetValue
from kpiapp.rules.engine import rule_of

IN_YUAN = """
[部门表]
单位：元
表 项目支出情况：项目名称 | 支出项目类别 | 项目总预算 | 项目本年度预算
- 投诉平台项目 | 本级支出项目 | {amount} | {amount}
表 部门总体资金情况：构成 | 项目 | 当年金额
- 支出构成 | 项目支出 | 1,310,000
[项目表 p04]
项目名称：投诉平台项目
项目总预算：131
项目当年预算：131
[表10]
- 投诉平台项目 | 131.00
"""


def found(amount):
    context = notation.read(IN_YUAN.format(amount=amount)).context
    rule = rule_of("amount-differs-between-forms")
    return list(rule.check(context.department, context))


def test_a_total_may_be_printed_with_a_blank_inside():
    context = notation.read(
        "表 项目资金来源：来源项目 | 金额\n- 合 计 | 12\n- 财政拨款 | 10\n- 其他资金 | 1"
    ).context
    rule = rule_of("total-not-sum-of-parts")
    [finding] = rule.check(context.forms[0], context)
    assert "各项之和11万元，合计写12万元" in finding.message


def test_equal_amounts_in_two_units_are_no_fault():
    assert found("1,310,000") == []


def test_the_fix_writes_the_unit_of_the_form():
    [finding] = found("1,350,000")
    assert "部门表135万元，项目表（p04）131万元" in finding.message
    edits = finding.fix.edits
    assert all(isinstance(edit, SetValue) for edit in edits)
    assert [edit.value for edit in edits] == ["1310000", "1310000"]
