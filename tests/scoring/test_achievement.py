"""How much of a target was reached, as charts draw it."""

import pytest

from kpiapp.scoring.achievement import achieved


@pytest.mark.parametrize(
    ("target", "actual", "percent", "met"),
    [
        ("≥3次/日", "2次/日", "66.67", False),
        ("≥95%", "96%", "101.05", True),
        ("≤30分钟", "0.5小时", "100.00", True),
        ("≤30分钟", "45分钟", "150.00", False),
        ("8-10场", "11场", "137.50", False),
        ("8-10场", "9场", "112.50", True),
    ],
)
def test_the_share_that_was_reached_and_whether_it_is_enough(target, actual, percent, met):
    found = achieved(target, actual)
    assert (str(found.percent), found.met) == (percent, met)


def test_a_cost_without_a_sign_is_a_limit():
    assert achieved("50万元", "40万元", "经济成本指标").met
    assert not achieved("50万元", "40万元", "数量指标").met


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("提升", "达成"),
        ("≥3次", ""),
        ("≥3次", None),
        ("≥3次", "≥3次"),
        ("=0起", "0起"),
        ("≥3次", "完成"),
    ],
)
def test_what_is_no_figure_is_not_drawn(target, actual):
    assert achieved(target, actual) is None
