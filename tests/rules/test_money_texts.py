"""Money told in sentences: multiplications, totals, and the budgets of the years before."""

from decimal import Decimal

import notation
import pytest

from kpiapp.rules.engine import rule_of
from kpiapp.rules.reading.formulas import without_formulas
from kpiapp.rules.reading.past_budgets import budgets_in

LINES = """
食材补助25元/人/天×60人×250天          | 37.5
印刷费：2元/份*1万份                   | 2
人均100元*1.5万人                      | 150
服务费按合同金额98万元*30%支付         | 29.4
审计费100万元*3‰                       | 0.3
设备0.4千元/台*50台                    | 2
通信费：1417台×52元/月×12月=884208元   | 88.42
7*24小时值守服务                       | 20
"""


def faults(line, amount):
    text = f"表 项目支出明细：项目支出明细 | 金额（万元）\n- {line} | {amount}"
    context = notation.read(text).context
    return list(rule_of("amount-differs-within-form").check(context.forms[0], context))


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_a_multiplication_is_read_with_its_units(line):
    text, amount = (part.strip() for part in line.split("|"))
    assert faults(text, amount) == []


@pytest.mark.parametrize(
    ("line", "amount"),
    [("印刷费：2元/份*1万份", "20"), ("审计费100万元*3‰", "3"), ("保洁2人*3500元/月*12月", "8.04")],
)
def test_a_multiplication_that_does_not_come_out_is_told(line, amount):
    [finding] = faults(line, amount)
    assert f"金额写{amount}万元" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "12人*2.5万元/人=30万元；5人*2万元/人=10万元；共计40万元",
        "12人*2.5万元/人，办公费10万元，合计40万元",
        "人员费30万元、办公费10万元，小计40万元；合计40万元",
    ],
)
def test_prices_and_subtotals_are_no_parts_of_a_total(text):
    context = notation.read(f"项目当年预算：40万元\n测算依据及说明：{text}").context
    assert not list(rule_of("text-total-wrong").check(context.forms[0], context))


def test_a_total_of_multiplications_that_does_not_come_out_is_told():
    text = "12人*2.5万元/人=30万元；5人*2万元/人，共计41万元"
    context = notation.read(f"项目当年预算：41万元\n测算依据及说明：{text}").context
    [finding] = rule_of("text-total-wrong").check(context.forms[0], context)
    assert "前面各数之和40万元，文字写合计41万元" in finding.message


def test_a_text_without_its_multiplications_keeps_the_rest():
    assert without_formulas("7*24小时，3人*2万元合计6万元") == "，6万元合计6万元"


@pytest.mark.parametrize(
    ("text", "before", "last"),
    [
        ("2024年项目预算113万元，2025年项目预算110万元。", "113", "110"),
        ("2024年：预算50万元，执行48万元；2025年：预算60万元", "50", "60"),
        ("2024年度预算金额为500,000元，2025年度批复预算60万元", "50", "60"),
        ("2024年和2025年预算均为50万元", "50", "50"),
        ("2024年无此项目，2025年预算60万元", "0", "60"),
        ("前两年无预算，2026年预算60万元", "0", "0"),
    ],
)
def test_budgets_of_past_years_are_read(text, before, last):
    assert budgets_in(text, 2026) == {2024: Decimal(before), 2025: Decimal(last)}


def test_what_was_spent_is_no_budget():
    assert budgets_in("2024年支出955.3万元，2025年1-7月支出420万元", 2026) == {}


def told(text):
    context = notation.read(text).context
    codes = ("amount-differs-within-form", "total-not-sum-of-parts")
    return [x.message for code in codes for x in rule_of(code).check(context.forms[0], context)]


def test_lines_of_a_lower_level_are_not_added_again():
    lines = """
        表 项目支出明细：项目支出明细 | 金额（万元）
        - 1. 人员经费 | 20
        - （1）工资 | 15
        - （2）社保 | 5
        - 2. 办公费 | 10
    """
    assert told(f"项目当年预算：30万元{lines}") == []
    [message] = told(f"项目当年预算：35万元{lines}")
    assert "支出明细合计30万元，当年预算35万元" in message


def test_a_line_paid_from_two_budgets_is_held_against_both():
    text = """
        项目当年预算：{0}万元
        表 项目支出明细及依据：项目内容 | 测算依据及说明 | 本级财政拨款金额 | 上级转移支付金额
        - 保洁 | 5人*6万元/人 | 20万元 | {1}万元
    """
    assert told(text.format(30, 10)) == []
    [message] = told(text.format(29, 9))
    assert "金额写29万元" in message


def test_an_amount_in_yuan_may_be_told_in_wan_to_two_places():
    text = """
        单位：元
        项目当年预算：2,337,290
        项目前两年预算：2024年项目预算200.235万元，2025年项目预算233.73万元
        变动情况：2025年预算233.73万元，2026年预算233.73万元
        测算依据及说明：运维200万元、租赁33.73万元，合计233.73万元
        年度1 | 成本指标 | 经济成本指标 | 成本控制额度 | ≤{}万元
        | 前年=≤200.24万元 | 上年=≤233.73万元
    """
    codes = (
        "cost-indicator-vs-budget",
        "prior-budget-contradicts",
        "change-reason-missing",
        "text-total-wrong",
    )

    def found(cost):
        context = notation.read(text.format(cost)).context
        return [c for c in codes if list(rule_of(c).check(context.forms[0], context))]

    assert found("233.73") == []
    assert found("233.74") == ["cost-indicator-vs-budget"]
