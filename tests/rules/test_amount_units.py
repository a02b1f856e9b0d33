"""A department that prints 元 is held against projects and 表10 that print 万元."""

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


def test_equal_amounts_in_two_units_are_no_fault():
    assert found("1,310,000") == []


def test_the_fix_writes_the_unit_of_the_form():
    [finding] = found("1,350,000")
    assert "部门表135万元，项目表（p04）131万元" in finding.message
    edits = finding.fix.edits
    assert all(isinstance(edit, SetValue) for edit in edits)
    assert [edit.value for edit in edits] == ["1310000", "1310000"]
