"""Rule `qualitative-value-for-rate`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Severity
from kpiapp.model.target import TargetKind
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import naming
from kpiapp.rules.row import PRIOR
from kpiapp.rules.single_rows import each_row_beside_others

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=5)
@each_row_beside_others
def qualitative_value_for_rate(row: Row, form: Facts) -> Finding | None:
    """比率的指标值是文字

    为什么
        满意度、合格率是算出来的数，写“提高”“良好”就没有达标线。
    怎么改
        写成百分数，如“≥95%”。
    依据
        财预〔2015〕88号审核表“指标科学性”。
    错例
        年度1 | 满意度指标 | 服务对象满意度指标 | 社区满意度 | 积极影响  <- 是比率，当年值却是
        年度1 | 产出指标 | 质量指标 | 党建考评合格率 | 100% | 前年=良好  <- 是比率，前年值却是
    正例
        年度1 | 满意度指标 | 服务对象满意度指标 | 社区满意度 | ≥95% | 前年=\
        年度1 | 效益指标 | 社会效益指标 | 办公效率 | 有所提升
    """
    if not naming.is_rate(row.key):
        return None
    cells = _in_words(row)
    if cells:
        value = row.value(cells[0])
        return Finding(
            row.place(cells[0]),
            f"“{row.name}”是比率，{row.words_for(cells)}值却是“{value}”",
            _fix(row, form, cells[0]),
            also=tuple(row.place(cell) for cell in cells[1:]),
        )
    return None


def _in_words(row: Row) -> list[str]:
    """Return the cells in words: the target, else the past values beside a number."""
    if row.target.kind is TargetKind.WORDS:
        return ["target"]
    if not row.target.is_numeric:
        return []
    past = {cell: row.prior(cell) for cell in PRIOR}
    return [cell for cell, value in past.items() if value and value.kind is TargetKind.WORDS]


def _fix(row: Row, form: Facts, cell: str) -> Fix | None:
    twin = form.twins.get(row.id)
    return (
        row.propose("target", twin.target.text)
        if (cell == "target" and twin and twin.target.is_numeric)
        else None
    )
