"""Single scores: the ground truth, and readings that it does not hold."""

import json

import pytest

from kpiapp.errors import UserError
from kpiapp.scoring.cases import any_case, execution_case, score_case


def test_the_ground_truth_of_indicators(shared):
    cases = json.loads((shared / "scoring/cases.json").read_text("utf-8"))
    assert len(cases) > 150
    for case in cases:
        answer = score_case(case)
        expected = (
            case["expected_score"], case.get("expected_error"), case.get("expected_flags", [])
        )  # fmt: skip
        assert (answer["score"], answer["error"], answer["flags"]) == expected, case
        assert answer["how"]
        if "expected_range" in case:
            assert answer["range"] == case["expected_range"], case


def test_the_ground_truth_of_executions(shared):
    cases = json.loads((shared / "scoring/execution.json").read_text("utf-8"))
    for case in cases:
        answer = any_case(case)
        assert (answer["rate"], answer["score"], answer["error"], answer["flags"]) == (
            case["expected_rate"], case["expected_score"], case.get("expected_error"),
            case.get("expected_flags", []),
        ), case  # fmt: skip


# scheme | 指标值 | 实际完成值 | points of 10 or error | flags
SCORED = """
mof-2020   | ≤24小时           | 1.5天             | 6.67
mof-2020   | ≤1个工作日        | 8小时             | unit-mismatch
mof-2020   | ≤1周              | 7天               | 10
mof-2020   | ≤3个月            | 1年               | 2.5
mof-2020   | 2小时1次          | 3小时1次          | 6.67                | operator-assumed
mof-2020   | 2小时1次          | 12次              | unit-mismatch
mof-2020   | =7*24小时         | 168小时           | 10
mof-2020   | ≥1次/月           | 10次/年           | 8.33
mof-2020   | 100次             | 9次/月            | 10                  | operator-assumed
mof-2020   | ≥4次/年           | 每季度1次         | 10
mof-2020   | =900元/月·人      | 10800元/人/年     | 10
mof-2020   | ≤200元/人         | 180元             | unit-mismatch
mof-2020   | ≤200元/人/年      | 180元/人          | 10
mof-2020   | 控制在50万元以内  | 52万元            | 9.62
mof-2020   | 97%-100%          | 102%              | 9.8
mof-2020   | 97%-100%          | 0.98              | percent-ambiguous
mof-2020   | ±3%以内           | ±2%               | operator-in-actual
mof-2020   | ≥0%               | -1%               | 0                   | zero-target
mof-2020   | >0%               | 0%                | 0
deviation  | >0%               | 0%                | 10
mof-2020   | =0起              | 1起               | 0
mof-2020   | 0起               | 0起               | 10                  | operator-assumed
mof-2020   | ≤-5%              | -6%               | 10
mof-2020   | ≤-5%              | -4%               | negative-target
deviation  | ≤10%              | -2%               | 10
mof-2020   | ≥5亩              | 3335平方米        | 10
mof-2020   | ≥2公里            | 1900米            | 9.5
mof-2020   | ≤5‰               | 0.4%              | 10
mof-2020   | ≥95%              | 0                 | 0
mof-2020   | ≥95%              | 1                 | percent-ambiguous
mof-2020   | ≥95%              | 105%              | 10                  | result-over-100
hubei-2020 | ≥95%              | 120%              | 10       | over-achievement result-over-100
mof-2020   | ≥100人            | 120人次           | unit-mismatch
mof-2020   | 31                | 31人              | unit-mismatch
mof-2020   | ≥3场              | 三场              | 10
mof-2020   | ≥100场            | 百余场            | approximate-actual
mof-2020   | ≥95%              | 无                | not-evaluated
mof-2020   | ≥95%              | ……                | not-evaluated
mof-2020   | ≥95%              | =95%              | operator-in-actual
mof-2020   | ≥95%              | 90%-95%           | compound-value
mof-2020   | ≥95%              | 完成95%           | 10
mof-2020   | ≥25场             | 实际完成23场      | 9.2
mof-2020   | 较上年增长5%      | 4%                | 8                   | operator-assumed
mof-2020   | 较上年增长5%      | 较上年增长6%      | 10                  | operator-assumed
mof-2020   | 较上年增长5%      | 下降6%            | tier-needed
mof-2020   | ≥5%               | 下降6%            | text-for-number
mof-2020   | 完成率100%        | 完成率98%         | 9.8                 | operator-assumed
mof-2020   | 完成率100%        | 完成率100%        | 10
mof-2020   | 完成率100%        | 基本完成          | score-needed
mof-2020   | ≥5场              | 完成5场，参加80人 | text-for-number
mof-2020   | ≥95%              | 2022年12月        | text-for-number
mof-2020   | ≥40000人次        | 4.2万             | 10
mof-2020   | ≥4万人次          | 3.9万             | 9.75
mof-2020   | ≤15000元          | 1.5               | magnitude-suspect
mof-2020   | ≥**%              | 95%               | target-unreadable
mof-2020   | 约100人           | 95人              | target-unreadable
mof-2020   | /                 | 95人              | target-missing
mof-2020   | ≥4次/4份          | 完成              | text-for-number
mof-2020   | ≥3场、≥200人      | 3场、200人        | compound-value
mof-2020   | 有效提升          | 95%               | number-for-text
mof-2020   | 有效提升          | ≥90%              | operator-in-actual
mof-2020   | 有效提升          | 已完成            | 10
mof-2020   | 有效提升          | 未达成            | score-needed
mof-2020   | 近三年平均水平    | 近三年平均水平    | 10
mof-2020   | 完成1部片,2套方案 | 完成1部片,1套方案 | tier-needed
mof-2020   | 3-5个工作日内     | 4个工作日         | number-for-text
mof-2020   | 按2025年计划完成  | 已完成            | 10
mof-2020   | 是                | 否                | 0
mof-2020   | 是                | 达成预期指标      | 10
mof-2020   | 未达标            | 达标              | 0
mof-2020   | 年底前完成        | 12月20日          | 10
mof-2020   | 2022年12月底前    | 2023年1月         | 0
mof-2020   | 2022年12月底前    | 2022年第4季度     | 10
mof-2020   | 12月15日前        | 12月              | date-too-coarse
mof-2020   | 2022年12月底前    | 12月底前          | date-not-stated
mof-2020   | 6月、9月、12月底前 | 12月             | compound-value
deviation  | ≤10天             | 19天              | 1
deviation  | ≤10天             | 20天              | 0
deviation  | 8-10场            | 20场              | 0
deviation  | 8-10场            | 6场               | 7.5
hubei-2020 | 8-10场            | 12场              | 8.33
hubei-2020 | ±3%以内           | 5%                | 6
deviation  | ±3%以内           | 6%                | 0
mof-2020   | 90%≤x≤95%         | 93%               | 10
hubei-2020 | =0起              | 1起               | 0
deviation  | =0起              | 1起               | 0
hubei-2020 | ≥0%               | -1%               | 0                   | zero-target
hubei-2020 | ≥-5%              | -6%               | negative-target
hubei-2020 | ≥-5%              | -4%               | 10
deviation  | ≥-5%              | -4%               | negative-target
mof-2020   | ≤10天             | -1天              | 10
mof-2020   | >100人            | 100人             | 10
mof-2020   | <5%               | 6%                | 8.33
mof-2020   | ≥120%             | 130%              | 10
mof-2020   | 通过              | 未通过            | 0
mof-2020   | 达标              | 不达标            | 0
mof-2020   | 否                | 是                | 0
mof-2020   | 是                | 95%               | number-for-text
mof-2020   | 是                | 较好              | tier-needed
mof-2020   | 有效提升          | 部分完成          | tier-needed
mof-2020   | 第三季度前        | 10月8日           | 0
mof-2020   | 上半年            | 6月20日           | 10
mof-2020   | 6月15日前         | 5月               | 10
mof-2020   | 2022年12月底前    | 2022年12月底前    | date-not-stated
mof-2020   | 2022年6月底前     | 2022年            | date-too-coarse
mof-2020   | ≥2公斤            | 4斤               | 10
mof-2020   | ≥150厘米          | 1.5米             | 10
mof-2020   | ≥15亩             | 1公顷             | 10
mof-2020   | ≥1500亩           | 1平方公里         | 10
mof-2020   | ≤30万元           | 300千元           | 10
mof-2020   | ≤50万元           | 0.005亿元         | 10
mof-2020   | ≥550万粒          | 5500000粒         | 10
mof-2020   | ≤30天             | 720小时           | 10
mof-2020   | ≤3天              | 3个工作日         | unit-mismatch
mof-2020   | ≥1次/半年         | 2次/年            | 10
mof-2020   | ≥1次/周           | 52次/年           | 10
mof-2020   | 2小时1次          | 10次/日           | 8.33                | operator-assumed
mof-2020   | 每月1次           | 12次              | unit-mismatch
mof-2020   | ≥12次             | 12次/年           | 10
mof-2020   | 大于等于90%       | 89%               | 9.89
mof-2020   | 控制在30分钟以内  | 40分钟            | 7.5
mof-2020   | 少于3%            | 3%                | 10
mof-2020   | ≥95%              | 百分之九十四      | 9.89
mof-2020   | 不少于90%         | 至少90%           | operator-in-actual
mof-2020   | ≤3天              | 3天内             | operator-in-actual
mof-2020   | ≥100场            | 近100场           | approximate-actual
mof-2020   | ≥100场            | 100场（含线上20场） | 10
mof-2020   | ≥95%              | 良好              | text-for-number
mof-2020   | ≥4次              | 4次4份            | compound-value
mof-2020   | ≥xx%              | 95%               | target-unreadable
mof-2020   | ≥100%             | 99.94%            | 9.99
mof-2020   | ≥1000人           | 995人             | 9.95
"""


@pytest.mark.parametrize("line", SCORED.strip().splitlines())
def test_a_case_is_scored_or_says_why_not(line):
    scheme, target, actual, outcome, *flags = (cell.strip() for cell in line.split("|"))
    case = {"id": 1, "scheme": scheme, "target": target, "actual": actual, "weight": 10,
            "year": 2022}  # fmt: skip
    answer = score_case(case)
    assert (answer["error"] or f"{answer['score']:g}") == outcome, answer
    assert answer["flags"] == (flags[0].split() if flags else [])
    assert (answer["score"] is None) == ("未评价" in answer["how"])


@pytest.mark.parametrize(
    ("case", "how"),
    [({"target": "≥25家", "actual": "23家", "weight": 5}, "23/25 × 5 = 4.60"),
     ({"target": "≥25家", "actual": "25家", "weight": 5}, "完成值25达到指标值25，得满分5.00"),
     ({"target": "≤30分钟", "actual": "1小时", "weight": 5},
      "1小时折合60分钟，30/60 × 5 = 2.50"),
     ({"target": "≤30分钟", "actual": "40分钟", "weight": 10, "scheme": "deviation"},
      "(1 − (40 − 30)/30) × 10 = 6.67"),
     ({"target": "≥95%", "actual": "", "weight": 5}, "未评价：没有实际完成值"),
     ({"target": "6月30日前", "actual": "7月1日", "weight": 5, "year": 2022},
      "7月1日完成，晚于2022-06-30，不得分：0.00")],
)  # fmt: skip
def test_every_score_says_how(case, how):
    assert score_case(case)["how"] == how


def test_dates_without_any_year_are_held_against_each_other_only():
    case = {"target": "6月30日前", "actual": "6月1日", "weight": 5}
    assert score_case(case)["score"] == 5
    assert score_case(case | {"target": "2022年6月30日前"})["error"] == "date-not-stated"


def test_what_is_missing_is_named_in_order_of_precedence():
    nothing = {"target": None, "actual": None, "weight": None}
    assert score_case(nothing)["error"] == "weight-missing"
    assert score_case(nothing | {"weight": 5})["error"] == "target-missing"
    assert score_case(nothing | {"weight": 5, "target": "≥5人"})["error"] == "not-evaluated"


def test_a_typed_score_over_the_weight_is_told_before_its_tier():
    case = {"target": "提升", "actual": "达成", "weight": 5, "typed_score": 6}
    assert score_case(case)["error"] == "score-over-weight"
    assert score_case(case | {"typed_score": "4.5"})["score"] == 4.5


def test_a_chosen_tier_goes_before_the_words_beside_it():
    case = {"target": "提升", "actual": "有所提升", "tier": "达成", "weight": 5}
    assert score_case(case)["score"] == 5


@pytest.mark.parametrize(
    ("adjusted", "spent", "error"),
    [("", "1", "adjusted-missing"), ("约200", "1", "adjusted-missing"), ("0", "1", "zero-budget"),
     ("200", "-", "spent-missing"), ("200", None, "spent-missing")],
)  # fmt: skip
def test_an_execution_without_amounts_is_not_scored(adjusted, spent, error):
    answer = execution_case({"rule": "proportional", "weight": 10, "adjusted": adjusted,
                             "spent": spent})  # fmt: skip
    assert (answer["error"], answer["score"], answer["rate"]) == (error, None, None)
    assert answer["how"].startswith("未评价")


@pytest.mark.parametrize(
    ("adjusted", "spent", "rate"),
    [("200万元", "195.5", 97.75), ("200万元", "1955000元", 97.75),
     ("2000000元", "1955000", 97.75), ("2000000", "1955000元", 97.75),
     ("200元", "195.5元", 97.75)],
)  # fmt: skip
def test_amounts_in_two_units_are_brought_into_one(adjusted, spent, rate):
    answer = execution_case({"rule": "proportional", "weight": 10, "adjusted": adjusted,
                             "spent": spent})  # fmt: skip
    assert answer["rate"] == rate


EDGES = """
proportional | 100 | 100.01 | 100.01 | 10   | result-over-100
proportional | 100 | 89.99  | 89.99  | 9    | low-execution
proportional | 100 | -5     | -5     | 0    | low-execution
proportional | 3   | 1      | 33.33  | 3.33 | low-execution
stepwise-101 | 100 | 99.99  | 99.99  | 7    |
stepwise-101 | 100 | 79.99  | 79.99  | 5    | low-execution
stepwise-101 | 100 | 59.99  | 59.99  | 0    | low-execution
deviation    | 100 | 120    | 120    | 10   | result-over-100
deviation    | 0   | 0      | 0      | 0    | low-execution zero-budget
deviation    | 0   | 1      | 100    | 10   | zero-budget
"""


@pytest.mark.parametrize("line", EDGES.strip().splitlines())
def test_the_edges_of_an_execution(line):
    rule, adjusted, spent, rate, points, flags = (cell.strip() for cell in line.split("|"))
    answer = execution_case({"rule": rule, "weight": 10, "adjusted": adjusted, "spent": spent})
    assert (f"{answer['rate']:g}", f"{answer['score']:g}") == (rate, points)
    assert answer["flags"] == flags.split()


@pytest.mark.parametrize("case", [None, 5, {}, {"weight": 5}])
def test_a_case_of_neither_kind_is_told(case):
    with pytest.raises(UserError, match="target"):
        any_case(case)


def test_an_unknown_scheme_names_those_there_are():
    with pytest.raises(UserError, match="hubei-2020"):
        score_case({"target": "≥5", "actual": "5", "weight": 5, "scheme": "../../pyproject"})
    with pytest.raises(UserError, match="stepwise-101"):
        execution_case({"rule": "no", "weight": 5})
