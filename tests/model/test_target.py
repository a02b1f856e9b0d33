"""Targets: what people type, read once."""

import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpiapp.model.target import (
    Comparison,
    TargetKind,
    compare,
    in_unit,
    parse,
    same_unit,
)

# 指标值 | kind | sign | number(s) | unit | period
READ = """
≥95%               | number      | ≥ | 95      | %        |
=100%              | number      | = | 100     | %        |
＝１００％          | number      | = | 100     | %        |
>=95               | number      | ≥ | 95      |          |
≧60个              | number      | ≥ | 60      | 个       |
⩾90%               | number      | ≥ | 90      | %        |
＞＝90%             | number      | ≥ | 90      | %        |
≦30分钟            | number      | ≤ | 30      | 分钟     |
═100%              | number      | = | 100     | %        |
≥ 95 %             | number      | ≥ | 95      | %        |
31                 | number      |   | 31      |          |
≥0.97              | number      | ≥ | 0.97    |          |
>0%                | number      | > | 0       | %        |
≤-5%               | number      | ≤ | -5      | %        |
1.5小时            | number      |   | 1.5     | 小时     |
≤25℃               | number      | ≤ | 25      | ℃        |
≤3万               | number      | ≤ | 3       | 万       |
≥40000人次         | number      | ≥ | 40000   | 人次     |
≥4.2万人次         | number      | ≥ | 4.2     | 万人次   |
1,234,567元        | number      |   | 1234567 | 元       |
≤200元/人/年       | number      | ≤ | 200     | 元/人    | 年
=900元/月·人       | number      | = | 900     | 元/人    | 月
每人每年不超过200元 | number      | ≤ | 200     | 元/人    | 年
≥49.7平方公里/年   | number      | ≥ | 49.7    | 平方公里 | 年
≤1个工作日         | number      | ≤ | 1       | 个工作日 |
≥95%以上           | number      | ≥ | 95      | %        |
≥95%。             | number      | ≥ | 95      | %        |
98%(196/200)       | number      |   | 98      | %        |
≥90%（含）         | number      | ≥ | 90      | %        |
100(人)            | number      |   | 100     | 人       |
不低于95%          | number      | ≥ | 95      | %        |
不少于三场         | number      | ≥ | 3       | 场       |
至少两次           | number      | ≥ | 2       | 次       |
不超过50万元       | number      | ≤ | 50      | 万元     |
超过100人          | number      | > | 100     | 人       |
低于3%             | number      | < | 3       | %        |
大于等于90%        | number      | ≥ | 90      | %        |
达到95%            | number      |   | 95      | %        |
百分之九十五       | number      |   | 95      | %        |
百分之百           | number      |   | 100     | %        |
千分之三           | number      |   | 3       | ‰        |
九成               | number      |   | 90      | %        |
九成五             | number      |   | 95      | %        |
三场               | number      |   | 3       | 场       |
三十万元           | number      |   | 300000  | 元       |
≥3次/日            | frequency   | ≥ | 3       | 次       | 日
12次/年            | frequency   |   | 12      | 次       | 年
1次/天             | frequency   |   | 1       | 次       | 日
2小时1次           | frequency   |   | 1       | 次       | 2小时
1次/2小时          | frequency   |   | 1       | 次       | 2小时
每周2次            | frequency   |   | 2       | 次       | 周
一周一次           | frequency   |   | 1       | 次       | 周
每月巡检2次        | frequency   |   | 2       | 次       | 月
每季度不少于1次    | frequency   | ≥ | 1       | 次       | 季
全年不少于12次     | frequency   | ≥ | 12      | 次       | 年
半年1次            | frequency   |   | 1       | 次       | 半年
=7*24小时          | clock       | = | 168     | 小时     |
（≥95%）           | number      | ≥ | 95      | %        |
“≥95%”             | number      | ≥ | 95      | %        |
7*24h              | clock       |   | 168     | 小时     |
7×24小时           | clock       |   | 168     | 小时     |
97%-100%           | range       |   | 97 100  | %        |
≥95%,≤100%         | range       |   | 95 100  | %        |
≥95%, ≤100%        | range       |   | 95 100  | %        |
≤100%，≥95%        | range       |   | 95 100  | %        |
不低于95%且不超过100% | range    |   | 95 100  | %        |
95%≤x≤100%         | range       |   | 95 100  | %        |
≥8,≤10场           | range       |   | 8 10    | 场       |
8-10场             | range       |   | 8 10    | 场       |
20～25℃            | range       |   | 20 25   | ℃        |
30分钟至1小时      | range       |   | 0.5 1   | 小时     |
-5%-5%             | range       |   | -5 5    | %        |
±3%                | range       |   | -3 3    | %        |
±3%以内            | range       |   | -3 3    | %        |
需求下达后7天内    | limit       | ≤ | 7       | 天       |
接到通知后两小时内响应 | limit   | ≤ | 2       | 小时     |
30分钟内到达现场   | limit       | ≤ | 30      | 分钟     |
100%以内           | limit       | ≤ | 100     | %        |
控制在100万元以内  | limit       | ≤ | 100     | 万元     |
95%以上            | number      | ≥ | 95      | %        |
九成以上           | number      | ≥ | 90      | %        |
较上年增长5%以上   | limit       | ≥ | 5       | %        |
服务群众1000人次以上 | limit     | ≥ | 1000    | 人次     |
3-5个工作日内      | limit       |   | 3 5     | 个工作日 |
会议召开3天前      | limit       |   | 3       | 天       |
2022年12月底前     | limit       |   |         |          |
6月30日前完成      | limit       |   |         |          |
于2025年12月31日前完成 | limit   |   |         |          |
12月               | limit       |   |         |          |
定员以内           | words       |   |         |          |
不超过合同金额     | words       |   |         |          |
有效提高           | words       |   |         |          |
及时               | words       |   |         |          |
一流               | words       |   |         |          |
十分满意           | words       |   |         |          |
二级以上           | words       |   |         |          |
高于一般水平       | words       |   |         |          |
无                 | words       |   |         |          |
/                  | placeholder |   |         |          |
\\                  | placeholder |   |         |          |
——                 | placeholder |   |         |          |
……                 | placeholder |   |         |          |
不适用             | placeholder |   |         |          |
≥4次/4份           | unparseable |   |         |          |
4次4份             | unparseable |   |         |          |
≥及时              | unparseable |   |         |          |
≥**%               | unparseable |   |         |          |
约100人            | unparseable |   |         |          |
100余场            | unparseable |   |         |          |
95%左右            | unparseable |   |         |          |
100%完成           | unparseable |   |         |          |
≥100%以内          | unparseable |   |         |          |
1,2345             | unparseable |   |         |          |
1/2                | unparseable |   |         |          |
1-12月             | unparseable |   |         |          |
100%-97%           | unparseable |   |         |          |
≥3场、≥200人       | unparseable |   |         |          |
2TB内存            | unparseable |   |         |          |
按2025年计划完成   | unparseable |   |         |          |
"""


def _rows(table):
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    width = max(len(row) for row in rows)
    return [pytest.param(row + [""] * (width - len(row)), id=row[0]) for row in rows]


@pytest.mark.parametrize("row", _rows(READ))
def test_a_target_is_read_with_its_sign_numbers_unit_and_period(row):
    text, kind, sign, numbers, unit, period = row
    target = parse(text)
    ends = [Decimal(x) for x in numbers.split()]
    assert (target.kind, target.sign or "") == (kind, sign)
    assert (target.low, target.high) == ((ends[0], ends[-1]) if ends else (None, None))
    assert (target.unit, target.period) == (unit, period)


@pytest.mark.parametrize("text", [None, "", "  ", "\u3000", "\ufeff"])
def test_an_empty_cell_is_empty(text):
    assert parse(text).kind is TargetKind.EMPTY


# a | b | a demands ... than b | less is better
COMPARED = """
≥80%         | ≥90%         | weaker         |
≥90%         | ≥80%         | stronger       |
≤30分钟      | ≤0.5小时     | equal          |
≤1小时       | ≤30分钟      | weaker         |
≤1天         | ≤24小时      | equal          |
≤9.52万元    | ≤95200元     | equal          |
≤1.2亿元     | ≤11000万元   | weaker         |
≥1次/月      | ≥12次/年     | equal          |
≥1次/周      | ≥12次/年     | stronger       |
2小时1次     | 12次/日      | equal          |
≥15套/年     | ≥15套        | equal          |
≥5千人       | ≥5000人      | equal          |
≤5‰          | ≤1%          | stronger       |
=1360平方米  | 1360㎡       | equal          |
4名          | =4人         | equal          |
98%          | ≥98%         | equal          |
>0%          | ≥0%          | stronger       |
92%          | ≥95%         | weaker         |
98%          | 95%          | not-comparable |
98%          | 95%          | stronger       | no
98%          | 95%          | weaker         | yes
≥95%         | ≤95%         | not-comparable |
97%-100%     | ≥95%         | stronger       |
≥95%,≤100%   | 95%-100%     | equal          |
≥95%         | 95%-100%     | equal          |
8-10场       | 8-12场       | stronger       |
8-10场       | 9-12场       | not-comparable |
≥10人        | ≥10人次      | not-comparable |
≤1个工作日   | ≤1天         | not-comparable |
≤1个月       | ≤30天        | not-comparable |
≤200元/人    | ≤200元       | not-comparable |
≥15          | ≥15套        | not-comparable |
≤3万         | ≤2.8万元     | weaker         |
及时         | 及时         | equal          |
及时         | ≥95%         | not-comparable |
7天内        | ≤7天         | not-comparable |
/            | /            | not-comparable |
"""


@pytest.mark.parametrize("row", _rows(COMPARED))
def test_a_target_is_weaker_stronger_equal_or_not_comparable(row):
    a, b, expected, less = row
    less_is_better = {"": None, "yes": True, "no": False}[less]
    assert compare(parse(a), parse(b), less_is_better=less_is_better) == expected


def test_limits_in_words_are_read_as_signs_only_where_asked():
    a, b = parse("30分钟内"), parse("≤1小时")
    assert compare(a, b) is Comparison.NOT_COMPARABLE
    assert compare(a, b, limits_are_words=False) is Comparison.STRONGER


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("1.5小时", "分钟", "90"), ("9.52万元", "元", "95200"), ("3次/日", "次", "3"),
     ("4.2万人次", "人次", "42000"), ("1个月", "天", None), ("及时", "天", None),
     ("15亩", "公顷", "1"), ("8-10场", "场", None)],
)  # fmt: skip
def test_a_number_is_converted_within_a_family_of_units(text, unit, number):
    assert in_unit(parse(text), unit) == (None if number is None else Decimal(number))


def test_units_are_the_same_within_a_family_only():
    assert same_unit(parse("≤30分钟"), parse("0.5小时"))
    assert not same_unit(parse("31"), parse("31人"))


def test_every_published_value_is_understood(shared):
    unread = set()
    for path in sorted((shared / "forms").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        for row in data.get("indicators", ()):
            for cell in ("target", "prior2", "prior1", "long_term_target"):
                target = parse(row[cell])
                assert str(target) == (row[cell] or "")
                if target.kind is TargetKind.UNPARSEABLE:
                    unread.add(row[cell])
    assert unread == {"≥4次/4份"}


PIECES = st.sampled_from(
    "≥ ≤ = > < ± 95 100 1.5 0 -3 , % ‰ 万元 元 次 场 人次 小时 天 个月 / · 年 月 日 每 至 - ~ *"
    " 7*24 以上 以内 内 前 底 不低于 不超过 至少 百分之 九 成 两 半 十 约 左右 及时 完成 ( ) 。 ，"
    " ** 无 控制在".split()
)
SIGNS = st.sampled_from(["≥", "≤", "=", ">", "<", ""])
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2)
UNITS = st.sampled_from("% 人 人次 次 万元 元 分钟 小时 天 场 元/人 平方米".split())
PERIODS = st.sampled_from(["", "年", "半年", "季", "月", "周", "日"])


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map("".join)))
def test_anything_is_read_and_printed_as_typed(text):
    target = parse(text)
    assert str(target) == text
    assert (target.low is None) == (target.high is None)
    assert target.low is None or target.low <= target.high
    assert not (target.is_numeric and target.low is None)


@given(SIGNS, NUMBERS, UNITS, PERIODS)
def test_a_written_target_is_read_back(sign, number, unit, period):
    target = parse(f"{sign}{number}{unit}{'/' if period else ''}{period}")
    assert (target.sign or "", target.number, target.period) == (sign, number, period)
    assert target.unit == unit


@given(*[st.tuples(SIGNS, NUMBERS, UNITS, PERIODS)] * 2, st.sampled_from([None, True, False]))
def test_comparing_both_ways_agrees(one, two, less):
    a, b = (parse(f"{s}{n}{u}{'/' if p else ''}{p}") for s, n, u, p in (one, two))
    there, back = (compare(x, y, less_is_better=less) for x, y in ((a, b), (b, a)))
    turned = {Comparison.WEAKER: Comparison.STRONGER, Comparison.STRONGER: Comparison.WEAKER}
    assert back is turned.get(there, there)


@pytest.mark.parametrize(
    "text",
    ["9" * 2000, "≥" * 2000, "不低于" * 700, "1," * 1000, "一" * 2000, "1次/" * 500, "(" * 2000,
     "12月" * 600, "≥1%," * 500, "1" + "万" * 118, "一" * 119, "1-" * 59, "每年" * 59, "9" * 118,
     "百分之" * 39, "1" + "/人" * 59, "≥1" * 59, "每2" * 59, "(" * 118 + ")"],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_adversarial_text_is_read_at_once(text):
    parse.cache_clear()
    start = time.perf_counter()
    parse(text)
    assert time.perf_counter() - start < 0.05
