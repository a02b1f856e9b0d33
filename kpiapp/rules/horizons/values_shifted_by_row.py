"""Rule `values-shifted-by-row`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts, Row


@rule(Severity.ERROR, order=11, compares=True)
def values_shifted_by_row(form: Facts, _: Context) -> Iterator[Finding]:
    """指标值整列错了一行

    为什么
        复制粘贴时整列上移或下移了一格，每一行的指标值都是邻行的。
    怎么改
        把这一列移回原位；修复前请对照长期表看一遍。
    依据
        申报表长期、年度指标应一一对应（申报表本身的勾稽）。
    错例
        年度目标1：平台运维  <- 整列错了一行
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥99%
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≤30分钟
        年度1 | 产出指标 | 时效指标 | 故障响应时长 | ≥12次
    正例
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        年度1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
    """
    for number in form.pairings:
        pairs = [(a, b) for a, b, step in form.pairs if step == 1 and b.goal == number]
        pairs.sort(key=lambda pair: pair[1].index)
        if len(pairs) < FEWEST or not _is_shifted(form, pairs):
            continue
        annual = [b for _, b in pairs]
        edits = tuple(SetValue(("indicators", b.id, "target"), a.source.target) for a, b in pairs)
        values = {row.target.words for pair in pairs for row in pair}
        headings = tuple(
            form.place(label)
            for label, text in form.form.fields.items()
            if label.endswith(("目标名称", "表头")) and text.strip() in values
        )
        yield Finding(
            form.goal_place(annual[0].horizon, number, rows=True),
            f"年度目标{number}的指标值整列错了一行",
            Fix("把指标值移回原来的行", edits),
            also=(*(row.place("target") for row in annual), *headings),
        )


FEWEST = 3


def _is_shifted(form: Facts, pairs: list[tuple[Row, Row]]) -> bool:
    """Say whether the annual column is the long-term one, moved up or down by one row.

    Rows whose names differ between the horizons are no proof, but must not speak against it.
    """
    expected = {annual.id: long_term.target.words for long_term, annual in pairs}
    rows = form.of(pairs[0][1].horizon, pairs[0][1].goal)
    wrong = sum(expected.get(row.id, row.target.words) != row.target.words for row in rows)
    if wrong < FEWEST - 1 or len(set(expected.values())) < FEWEST - 1:
        return False
    return _moved(rows[1:], rows[:-1], expected) or _moved(rows[:-1], rows[1:], expected)


def _moved(sources: list[Row], holders: list[Row], expected: dict[str, str]) -> bool:
    """Say whether each holder prints the value that belongs to its source."""
    judged = [(s, h) for s, h in zip(sources, holders, strict=True) if s.id in expected]
    return len(judged) >= FEWEST - 1 and all(expected[s.id] == h.target.words for s, h in judged)
