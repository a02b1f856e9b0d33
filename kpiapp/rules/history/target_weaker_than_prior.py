"""Rule `target-weaker-than-prior`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Severity
from kpiapp.model.taxonomy import Level2
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import Difference, difference, is_weaker
from kpiapp.rules.reading import naming
from kpiapp.rules.row import is_cost
from kpiapp.rules.single_rows import each_row

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.HINT, order=7, compares=True)
@each_row
def target_weaker_than_prior(row: Row, _: Facts) -> Finding | None:
    """当年指标值弱于上年

    为什么
        上年已要求98%，当年只要90%，看起来越做越差。
    怎么改
        确有客观原因的在变动理由里说明；否则不低于上年。
    依据
        财预〔2020〕10号 自评与以前年度水平对照；财预〔2015〕88号审核表“绩效合理性”。
    错例
        年度1 | 产出指标 | 质量指标 | 设备完好率 | ≥90% | 前年=≥98% | 上年=≥98%  <- 弱于上年≥98%
    正例
        年度1 | 产出指标 | 质量指标 | 设备完好率 | ≥98% | 前年=≥99% | 上年=≥98%
        年度1 | 成本指标 | 经济成本指标 | 租赁成本 | ≤20万元 | 上年=≤10万元
    """
    prior = row.prior1
    if prior is None or prior.is_blank or is_cost(row) or row.group is Level2.COST:
        return None
    if row.target.sign == "=" or difference(row.target, prior) is not Difference.NUMBER:
        return None
    less = naming.less_is_better(row.key) or False
    if is_weaker(row.target, prior, less_is_better=less):
        return Finding(
            row.place("target"),
            f"当年{row.target}弱于上年{prior}",
            row.propose("target", prior.text),
            against=(row.place("prior1"),),
        )
    return None
