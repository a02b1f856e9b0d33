"""A problem's place in a person's words: 目标1 / 产出指标 / 数量指标 / 安保巡逻检查次数 / 上年."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kpiapp.model.form import Form, Indicator
    from kpiapp.model.problem import Place

CELL_WORDS: Final = {
    "group": "一级、二级指标",
    "name": "三级指标名称",
    "target": "指标值",
    "prior2": "前年",
    "prior1": "上年",
    "standard": "标准",
    "note": "说明",
    "row": "",
}


def indicator_of(form: Form, place: Place) -> Indicator | None:
    """Return the indicator that a place names, or None when it names none or it is gone."""
    return next((row for row in form.indicators if row.id == place.indicator), None)


def words(place: Place, form: Form) -> str:
    """Return where on `form` a place is, from the outside in; 整张表 when it names no part."""
    parts = [_goal(place), *_row(place, form), place.field or ""]
    return " / ".join(part for part in parts if part) or "整张表"


def _goal(place: Place) -> str:
    horizon = place.horizon.label if place.horizon else ""
    if place.goal is None:
        return f"{horizon}目标" if horizon else ""
    return f"{horizon}目标{place.goal}"


def _row(place: Place, form: Form) -> list[str]:
    row = indicator_of(form, place)
    if row is None:
        return []
    level = [row.level2] if place.cell == "group" else [row.level2, row.level3]
    return [*level, CELL_WORDS.get(place.cell or "", "")]
