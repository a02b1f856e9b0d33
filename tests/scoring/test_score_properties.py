"""What holds for every score: between 0 and the weight, and better results never score less."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpiapp.scoring.execution import execution
from kpiapp.scoring.outcome import two_places
from kpiapp.scoring.schemes import execution_ids, execution_rule, scheme, scheme_ids
from kpiapp.scoring.score import Entry, score

SCHEMES = st.sampled_from(scheme_ids()).map(scheme)
WEIGHTS = st.decimals(0, 100, places=1)
FIGURES = st.decimals(-1000, 100_000, places=2)
UNITS = st.sampled_from(["%", "人", "万元", "元/人/年", "次/月", "小时"])
TARGETS = st.tuples(st.sampled_from("≥>=≤<"), FIGURES, UNITS)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(
            "≥ ≤ = > < ± 5 95 0 -2 1.5 % 人 万元 次/年 小时 以内 以上 约 左右 完成 达成 部分 未 前"
            " 12月 2022年 是 否 通过 / 、 - 提升 每周 两 三 成".split()
        ),
        max_size=5,
    ).map("".join),
)


ENTRIES = st.builds(
    Entry,
    target=TEXTS,
    actual=TEXTS,
    weight=WEIGHTS,
    level2=st.sampled_from(["", "成本指标"]),
    year=st.just(2022),
    typed_score=st.none() | WEIGHTS,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # other work on a small machine
@given(ENTRIES, SCHEMES)
def test_anything_is_scored_within_the_weight_or_not_at_all(entry, rules):
    outcome, weight = score(entry, rules), entry.weight
    assert (outcome.score is None) == (outcome.error is not None) == ("未评价" in outcome.how)
    if outcome.score is not None:
        assert 0 <= outcome.score <= weight
        assert outcome.score.as_tuple().exponent == -2
    else:
        assert not outcome.flags


@given(SCHEMES, WEIGHTS, TARGETS, st.tuples(FIGURES, FIGURES))
def test_a_better_result_never_scores_less(rules, weight, target, results):
    sign, aim, unit = target
    worse, better = sorted(results, reverse=sign in "≤<")
    low, high = (
        score(Entry(f"{sign}{aim}{unit}", f"{result}{unit}", weight), rules).score
        for result in (worse, better)
    )
    if low is not None:
        assert high is not None
        assert low <= high


@given(SCHEMES, WEIGHTS, st.decimals(1, 100, places=2), st.decimals(1, 100, places=2), FIGURES)
def test_inside_a_corridor_is_full_and_farther_out_never_better(rules, weight, a, width, result):
    low, high = a, a + width
    outcome = [
        score(Entry(f"{low}-{high}场", f"{x}场", weight), rules).score
        for x in (result, result - 1, result + 1)
    ]
    if low <= result <= high:
        assert outcome[0] == two_places(weight)
    elif result < low:
        assert outcome[1] <= outcome[0]
    else:
        assert outcome[2] <= outcome[0]


@given(
    st.sampled_from(execution_ids()).map(execution_rule),
    WEIGHTS,
    *[st.decimals(-10, 10_000, places=4)] * 3,
)
def test_spending_more_never_scores_less(rule, weight, adjusted, one, two):
    less, more = (execution(str(adjusted), str(x), weight, rule) for x in sorted((one, two)))
    assert (less.score is None) == (more.score is None) == (adjusted <= 0 and bool(less.error))
    if less.score is not None:
        assert 0 <= less.score <= more.score <= weight


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("14.625", "14.63"), ("4.475", "4.48"), ("9.999", "10.00"), ("0", "0.00")],
)
def test_half_is_rounded_up(value, rounded):
    assert str(two_places(Fraction(value))) == rounded


def test_a_weight_that_is_no_weight_gives_no_score():
    for weight in (None, Decimal(-1), Decimal("NaN")):
        assert score(Entry("≥5", "5", weight), scheme("mof-2020")).error == "weight-missing"
