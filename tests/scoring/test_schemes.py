"""Schemes are data: whatever lies in the folder must hold together."""

import os
from decimal import Decimal
from itertools import chain, combinations

import pytest

from kpiapp import paths
from kpiapp.errors import UserError
from kpiapp.model.form import Horizon, Indicator
from kpiapp.model.taxonomy import Level1, Level2
from kpiapp.scoring import schemes
from kpiapp.scoring.scheme_file import execution_ids, execution_rule, read_scheme
from kpiapp.scoring.schemes import scheme, scheme_ids
from kpiapp.scoring.weights import Weighted, head_weights, imbalances, propose

OWN = """
extends = "hubei-2020"
id = "own"
name = "本局方案"
source = "内部"
[[grades]]
name = "优"
from = 80
[[grades]]
name = "其他"
from = 0
"""


def _every_subset(items):
    return chain.from_iterable(combinations(items, n) for n in range(1, len(items) + 1))


def _row(level1, level2="数量指标"):
    return Indicator(Horizon.ANNUAL, 1, level1, level2, "指标")


def test_the_schemes_of_the_issue_are_there():
    assert {"mof-2020", "mof-2021", "hubei-2020", "deviation"} <= set(scheme_ids())
    assert {"proportional", "stepwise-101", "deviation"} <= set(execution_ids())


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_a_scheme_adds_up(scheme_id):
    rules = scheme(scheme_id)
    assert rules.id == scheme_id
    assert rules.name
    assert rules.source
    assert sum(head.weight for head in rules.heads) + rules.execution_weight == 100
    covered = [level for head in rules.heads for level in head.level1]
    assert sorted(covered) == sorted(Level1)
    for head in rules.heads:
        assert not head.absent or sum(share for _, share in head.absent) == head.weight
    for steps in (rules.grades, rules.tiers):
        limits = [step.lowest for step in steps]
        assert limits == sorted(limits, reverse=True)
        assert limits[-1] == 0
        assert len(set(limits)) == len(limits)
    assert rules.grades[0].lowest < 100
    assert [tier.id for tier in rules.tiers] == ["达成", "部分达成", "未达成"]


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_whichever_heads_there_are_share_all_points(scheme_id):
    rules = scheme(scheme_id)
    for present in _every_subset([head.id for head in rules.heads]):
        assert sum(head_weights(set(present), rules).values()) == rules.indicator_weight


@pytest.mark.parametrize("rule_id", execution_ids())
def test_an_execution_rule_covers_every_rate(rule_id):
    rule = execution_rule(rule_id)
    assert (rule.id, bool(rule.name)) == (rule_id, True)
    assert not rule.steps or (rule.steps[0], rule.steps[-1]) == ((100, 1), (0, 0))
    assert list(rule.steps) == sorted(rule.steps, reverse=True)


def test_a_grade_begins_at_its_lowest_total():
    rules = scheme("mof-2020")
    grades = [rules.grade(Decimal(x)) for x in ("100", "90", "89.99", "80", "60", "59.99", "0")]
    assert "".join(grades) == "优优良良中差差"


def test_an_own_scheme_is_one_small_file(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    own, base = read_scheme(path), scheme("hubei-2020")
    assert (own.heads, own.over_achievement) == (base.heads, base.over_achievement)
    assert own.grade(Decimal(85)) == "优"


@pytest.fixture
def own_folder(tmp_path):
    folder = tmp_path / schemes.OWN_FOLDER
    folder.mkdir()
    paths.look_beside(tmp_path / "库.kpi")
    yield folder
    paths.look_beside(None)


def test_a_folder_of_ones_own_adds_schemes(own_folder):
    (own_folder / "own.toml").write_text(OWN, encoding="utf-8")
    assert "own" in scheme_ids()
    assert scheme("own").sheet == "hubei-2020-self"
    assert schemes.faults() == []
    paths.look_beside(None)
    with pytest.raises(UserError, match="没有评分方案“own”"):
        scheme("own")


def test_a_changed_file_is_read_again(own_folder):
    path = own_folder / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    assert scheme("own").name == "本局方案"
    path.write_text(OWN.replace("本局方案", "新方案"), encoding="utf-8")
    os.utime(path, ns=(0, 7))
    assert scheme("own").name == "新方案"


def test_an_own_file_never_takes_the_place_of_the_programs(own_folder):
    text = OWN.replace('"own"', '"mof-2020"')
    (own_folder / "mof-2020.toml").write_text(text, encoding="utf-8")
    assert scheme("mof-2020").name != "本局方案"
    assert "同名" in schemes.faults()[0].message


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("x = ", "写法有误"),
        ('colour = "red"', "不认识的键“colour”"),
        ('extends = "nowhere"', "“nowhere”不存在"),
        ('extends = "own"', "绕回了自己"),
        ('id = "other"', "id应与文件名相同"),
        ("name = 3", "“name”应是文字"),
        ('[indicator]\nreverse = "no"', "“reverse”不能是“no”"),
        ('[indicator]\nmagnitude = "much"', "“magnitude”应是不小于0的数"),
        ('[execution]\nrule = "no"', "没有执行率规则“no”"),
        ("[execution]\nweight = 30", "合计是110，应为100"),
        ('[[tiers]]\nid = "好"\nlabel = "好"\nfrom = 0', "tiers应依次是"),
        ("[[grades]]\nname = '优'\nfrom = 90", "最低的一档从0开始"),
        ("heads = 3", "“heads”应是几节"),
        ('[[heads]]\nid = "a"\nlabel = "甲"\nlevel1 = ["x"]\nweight = 1', "不认识“x”"),
        ('[[heads]]\nid = "a"\nlabel = "甲"\nlevel1 = ["output"]\nweight = 80', "各写一次"),
        ('[[heads]]\nid = "a"\nlabel = "甲"', "缺少“level1”"),
    ],
)
def test_a_scheme_that_cannot_be_used_says_what_and_where(own_folder, more, told):
    lines = {"extends": 'extends = "hubei-2020"', "id": 'id = "own"', "name": 'name = "本局"'}
    key = more.partition(" =")[0]
    head = "\n".join(line for name, line in lines.items() if name != key)
    (own_folder / "own.toml").write_text(f"{head}\n{more}\n", encoding="utf-8")
    with pytest.raises(UserError, match=told) as error:
        scheme("own")
    assert "own.toml" in error.value.message
    assert error.value.way_out
    assert [fault.message for fault in schemes.faults()] == [error.value.message]


def test_a_scheme_may_take_another_rule_for_the_execution():
    rules = scheme("mof-2020+stepwise-101")
    assert (rules.id, rules.execution.id) == ("mof-2020+stepwise-101", "stepwise-101")
    assert rules.name.startswith(scheme("mof-2020").name)
    assert scheme("mof-2020+proportional") == scheme("mof-2020")
    with pytest.raises(UserError, match="没有执行率规则“x”"):
        scheme("mof-2020+x")


@pytest.mark.parametrize(
    ("heads", "expected"),
    [(["cost", "output", "benefit", "satisfaction"], [20, 40, 20, 10]),
     (["output", "benefit", "satisfaction"], [50, 30, 10]),
     (["cost", "output", "benefit"], [20, 40, 30]), (["output", "benefit"], [50, 40])],
)  # fmt: skip
def test_the_guide_of_2021_without_some_heads(heads, expected):
    assert head_weights(set(heads), scheme("mof-2021")) == dict(zip(heads, expected, strict=True))


def test_weights_are_proposed_in_whole_points():
    rows = [*(_row("产出指标") for _ in range(7)), _row("效益指标"),
            _row("满意度指标")]  # fmt: skip
    proposed = propose(rows, scheme("mof-2020"))
    assert [int(proposed[row.id]) for row in rows] == [8, 7, 7, 7, 7, 7, 7, 30, 10]


def test_more_rows_than_points_still_add_up():
    rows = [_row("产出指标") for _ in range(120)] + [_row("效益指标"), _row("满意度指标")]
    assert sum(propose(rows, scheme("mof-2020")).values()) == 90


def test_a_cost_printed_under_output_is_a_cost_where_the_scheme_has_one():
    rows = [_row("产出指标", Level2.COST.label), _row("产出指标"), _row("效益指标"),
            _row("满意度指标")]  # fmt: skip
    for scheme_id, points in (("mof-2021", [20, 40, 20, 10]), ("mof-2020", [25, 25, 30, 10])):
        assert list(propose(rows, scheme(scheme_id)).values()) == points


def test_a_row_under_no_known_heading_gets_no_points():
    rows = [_row("其他"), _row("产出指标")]
    assert list(propose(rows, scheme("mof-2020")).values()) == [0, 90]


def test_points_that_do_not_add_up_are_named():
    rows = [Weighted("产出指标(50分)", "数量指标", Decimal(30)),
            Weighted("产出指标(50分)", "质量指标（15分）", Decimal(10)),
            Weighted("效益指标", "社会效益", None)]  # fmt: skip
    found = [(x.where, int(x.total), int(x.expected)) for x in imbalances(rows, Decimal(90))]
    assert found == [
        ("产出指标(50分)", 40, 50), ("产出指标(50分) / 质量指标（15分）", 10, 15), ("", 40, 90)
    ]  # fmt: skip
