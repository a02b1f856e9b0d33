"""Pairing of indicators: equal, near, last of the group; one to one, and the best of all."""

import itertools
import random

import pytest

from kpiapp.model.assignment import best_assignment
from kpiapp.model.form import Horizon, Indicator
from kpiapp.model.names import Measure, link, measure_of, near, normalise, pair, similarity
from kpiapp.model.target import parse


def row(name, target="", level2="质量指标"):
    return Indicator(Horizon.ANNUAL, 1, "产出指标", level2, name, target)


def names_of(pairing):
    return [(x.left.level3, x.right.level3, x.step) for x in pairing.pairs]


def test_names_are_compared_without_blanks_punctuation_and_quotes():
    assert normalise(" “民呼我应” 推广率。") == normalise("民呼我应推广率")
    assert normalise("ＵＰＳ间温度") == "UPS间温度"


def test_similarity_is_twice_the_common_subsequence_over_both_lengths():
    assert similarity("工作满意度", "工作满意率") == pytest.approx(2 * 4 / 10)
    assert similarity("案件办办结率", "案件结案率") == pytest.approx(2 * 4 / 11)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("工作满意度", "工作满意率", True),
        ("投诉案件按期办结率", "按期办结率", True),
        ("培训率", "业务培训率", False),  # three characters prove nothing
        ("案件办办结率", "案件结案率", False),
    ],
)
def test_names_near_each_other_are_told_from_others(one, other, expected):
    assert near(one, other) is expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("≥95%", Measure.RATE),
        ("97%-100%", Measure.RATE),
        ("≤30分钟", Measure.TIME),
        ("=7*24小时", Measure.TIME),
        ("≤200元/人/年", Measure.MONEY),
        ("≥12次", Measure.COUNT),
        ("2小时1次", Measure.COUNT),
        ("有所提升", Measure.WORDS),
        ("/", Measure.NONE),
    ],
)
def test_what_a_target_counts(target, expected):
    assert measure_of(parse(target)) is expected


def test_equal_names_pair_in_their_own_group_first():
    left = [row("满意度", "≥90%", "质量指标"), row("满意度", "≥90%", "服务对象满意度")]
    right = [row("满意度", "≥95%", "服务对象满意度"), row("满意度", "≥80%", "数量指标")]
    pairing = pair(left, right)
    assert [(x.left.level2, x.right.level2) for x in pairing.pairs] == [
        ("质量指标", "数量指标"), ("服务对象满意度", "服务对象满意度"),
    ]  # fmt: skip
    assert {x.reason for x in pairing.pairs} == {"名称相同"}


def test_near_names_pair_only_if_they_count_the_same_thing():
    assert names_of(pair([row("工作满意度", "≥90%")], [row("工作满意率", "≥95%")])) == [
        ("工作满意度", "工作满意率", 2)
    ]
    assert not pair([row("党建活动开展率", "100%")], [row("党建活动开展次", "≥6次")]).pairs
    assert pair([row("案件上报及时度", "及时")], [row("案件上报及时率", "≥95%")]).pairs


def test_the_assignment_is_the_best_one_not_the_first():
    left = [row("系统运维服务满意度", "≥90%"), row("系统运维满意度", "≥90%")]
    right = [row("系统运维满意率", "≥90%"), row("系统运维服务的满意度", "≥90%")]
    assert names_of(pair(left, right)) == [
        ("系统运维服务满意度", "系统运维服务的满意度", 2),
        ("系统运维满意度", "系统运维满意率", 2),
    ]


def test_the_last_two_of_a_group_pair_if_targets_are_equal_or_names_alike():
    same_target = pair([row("案件办办结率", "100%")], [row("案件结案率", "100%")])
    assert names_of(same_target) == [("案件办办结率", "案件结案率", 3)]
    assert "指标值相同" in same_target.pairs[0].reason
    assert not pair([row("活动参与率", "100%")], [row("服装发放率", "≥95%")]).pairs
    three = pair([row("案件办办结率", "100%"), row("考勤率", "98%")], [row("案件结案率", "100%")])
    assert not three.pairs


def test_words_that_contain_each_other_are_the_same_target():
    left = [row("开展活动时间", "规定时间", "时效指标")]
    right = [row("及时开展党建活动", "按规定时间完成", "时效指标")]
    assert names_of(pair(left, right))[0][2] == 3
    assert not pair([row("甲甲甲", "无", "时效指标")], [row("乙乙乙", "无事故", "时效指标")]).pairs


def test_what_has_no_partner_is_told():
    pairing = pair(
        [row("甲指标", "≥1个"), row("")], [row("乙的名称", "及时"), row("甲指标", "≥1个")]
    )
    assert [x.level3 for x in pairing.left_only] == []
    assert [x.level3 for x in pairing.right_only] == ["乙的名称"]


def test_last_of_group_can_be_switched_off():
    rows = [row("案件办办结率", "100%")], [row("案件结案率", "100%")]
    assert not pair(*rows, last_of_group=lambda pairs: pairs > 0).pairs


def test_link_needs_enough_equal_names():
    annual, long_term = Horizon.ANNUAL, Horizon.LONG_TERM
    goals = {1: [(annual, "a"), (annual, "b"), (long_term, "a")], 2: [(annual, "c")]}
    assert link([(annual, "a"), (annual, "b")], goals, both=False) == 1
    assert link([(annual, "a"), (annual, "b")], goals, both=True) is None
    assert link([(annual, "c")], goals, both=False) is None
    assert link([], {}, both=False) is None


def test_assignment_equals_trying_all():
    chance = random.Random(7)
    for _ in range(60):
        rows, columns = chance.randint(1, 5), chance.randint(1, 5)
        scores = {
            i: {j: round(chance.random(), 3) for j in range(columns) if chance.random() < 0.7}
            for i in range(rows)
        }
        scores = {i: x for i, x in scores.items() if x}
        found = sum(scores[i][j] for i, j in best_assignment(scores).items())
        assert found == pytest.approx(_best_by_trying(scores, columns))


def _best_by_trying(scores, columns):
    rows = list(scores)
    places = [*range(columns), *([None] * len(rows))]
    return max(
        sum(scores[i].get(j, 0) for i, j in zip(rows, choice, strict=True) if j is not None)
        for choice in set(itertools.permutations(places, len(rows)))
    ) if rows else 0  # fmt: skip


def test_assignment_of_a_huge_group_is_one_to_one():
    scores = {i: dict.fromkeys(range(80), 0.9) for i in range(80)}
    assert len(set(best_assignment(scores).values())) == 80
