"""Rule `missing-unit`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Fix, Severity
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.pairing.comparing import lacks_unit
from kpiapp.rules.row import PRIOR
from kpiapp.rules.single_rows import each_row_beside_others

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.row import Row


@rule(Severity.WARNING, order=3)
@each_row_beside_others
def missing_unit(row: Row, form: Facts) -> Finding | None:
    """指标值没有单位

    为什么
        “31”是31人还是31%？没有单位就不能比较，也不能评分。“3万”是3万元还是3万人次也说不清。
    怎么改
        补上单位，与长期表或上年的写法一致。
    依据
        预算绩效系统“计量单位”必填。
    错例
        长期1 | 产出指标 | 数量指标 | 接线员人数 | 31人
        年度1 | 产出指标 | 数量指标 | 接线员人数 | 31 | 上年=31  <- 当年、上年
        年度1 | 产出指标 | 成本指标 | 通信服务费用 | ≤88.42万元 | 上年=88.42  <- 上年
    正例
        年度1 | 产出指标 | 数量指标 | 接线员人数 | 31人 | 上年=31人
        年度1 | 产出指标 | 质量指标 | 服务质量 | 良好
    """
    cells = [c for c in _CELLS if (value := row.value(c)) is not None and lacks_unit(value)]
    if not cells:
        return None
    return Finding(
        row.place(cells[0]),
        f"指标值没有完整单位：{row.words_for(cells)}",
        _fix(row, form, cells),
        also=tuple(row.place(cell) for cell in cells[1:]),
    )


_CELLS = ("target", *PRIOR)


def _fix(row: Row, form: Facts, cells: list[str]) -> Fix | None:
    """Offer the unit of the twin row, or of another column; safe where the number agrees."""
    twin = next((x for x in form.of(row.horizon.other, row.goal) if x.key == row.key), None)
    known = [row.value(cell) for cell in _CELLS] + [twin.target if twin else None]
    known = [value for value in known if value and value.is_numeric and not lacks_unit(value)]
    if not known or known[0] is None:
        return None
    unit = known[0].unit
    edits, safe = [], True
    for cell in cells:
        value = row.value(cell)
        if value is None:
            continue
        edits.append(row.set(cell, value.text.strip().removesuffix("万") + unit))
        safe = safe and value.low in {other.low for other in known if other}
    return Fix(f"补上单位“{unit}”", tuple(edits), safe)
