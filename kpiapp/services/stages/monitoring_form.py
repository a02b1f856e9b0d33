"""What a monitoring form holds: made from a declaration, filled in, read as lights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpiapp.errors import UserError
from kpiapp.model.edit import Edit, SetValue
from kpiapp.model.form import Form, Kind, Row, Table, new_id
from kpiapp.model.money import in_one_unit, parse_amount
from kpiapp.model.stages import DECLARATION, Stage
from kpiapp.scoring.lights import (
    DEFAULT,
    Light,
    Progress,
    Thresholds,
    indicator_light,
    money_light,
    worst,
)
from kpiapp.scoring.outcome import two_places
from kpiapp.scoring.results import indicators_to_score
from kpiapp.scoring.schemes import scheme
from kpiapp.services.stages import evaluation_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.form import Indicator

__all__ = ["DEFAULT", "Light", "Progress", "worst"]
"""What the window needs of scoring, which it does not know itself."""

SO_FAR: Final = "执行情况"
EXPECTED: Final = "全年预计完成情况"
CLASSES: Final = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
WHY_CLASS: Final = "偏差原因类别"
REASON: Final = "原因说明"
OUTLOOK: Final = "完成目标可能性"
OUTLOOKS: Final = ("确定能", "有可能", "完全不可能")
MEASURE: Final = "改进措施"
NOTE: Final = "备注"
ENTERED: Final = (SO_FAR, EXPECTED, OUTLOOK, WHY_CLASS, REASON, MEASURE, NOTE)

MONTH: Final = "监控月份"
MONEY: Final = "项目资金"
PLANNED, SPENT, RATE, YEAR_END = range(1, 5)
MONEY_ROWS: Final = ("年度资金总额", "其中：本年一般公共预算拨款", "其他资金")
LAYOUT: Final = "mof-2019-monitor"
MONTHS: Final = range(1, 13)


def new_monitoring(declaration: Form, month: int) -> Form:
    """Return the monitoring form of a declaration."""
    base = evaluation_form.new_evaluation(declaration, scheme("mof-2020"))
    planned = base.tables[evaluation_form.MONEY].rows[0].cells[evaluation_form.INITIAL]
    for row, declared in zip(base.indicators, indicators_to_score(declaration), strict=True):
        row.weight = declared.weight
    heads = ["资金", "年初预算数", f"1-{month}月执行数", f"1-{month}月执行率", "全年预计执行数"]
    rows = [Row([name, "", "", "", ""]) for name in MONEY_ROWS]
    rows[0].cells[PLANNED] = planned
    heads_kept: tuple[str, ...] = ("主管部门", "实施单位")
    kept = {x: base.fields[x] for x in heads_kept if x in base.fields}
    label = "项目名称" if declaration.kind is Kind.PROJECT else "部门(单位)名称"
    base.id = f"{declaration.id}-{new_id()[:8]}-m{month}"
    base.layout, base.stage = LAYOUT, Stage.MONITORING
    base.title = f"{declaration.year}年度{declaration.name}绩效目标执行监控表（1-{month}月）"
    base.fields = {label: declaration.name, **kept, MONTH: str(month), "年度总体目标": "\n".join(
        goal.text for goal in base.goals
    )}  # fmt: skip
    base.tables = {MONEY: Table(heads, rows)}
    base.other = {DECLARATION: declaration.id}
    return base


def what_is_open(form: Form) -> str:
    """Say what a monitoring still lacks; "" where nothing is, and for forms of other stages."""
    if form.stage is not Stage.MONITORING:
        return ""
    blank = sum(not row.extra.get(SO_FAR, "").strip() for row in form.indicators)
    if blank:
        whole = blank == len(form.indicators)
        return "还没有填执行情况" if whole else f"还有 {blank} 条没有填执行情况"
    return "" if form.tables[MONEY].rows[0].cells[SPENT].strip() else "还没有填资金执行数"


def month_of(form: Form) -> int:
    """Return the month until which a form was monitored; 7 where it says nothing."""
    text = form.fields.get(MONTH, "").strip().removesuffix("月")
    return int(text) if text.isdigit() and int(text) in MONTHS else 7


# -- entries --------------------------------------------------------------------------------


def entered(row: Indicator, label: str, text: str) -> Edit:
    """Return the edit that writes what a person entered.

    Raises:
        UserError: a possibility or class that the form does not know.
    """
    assert label in ENTERED
    if label == OUTLOOK and text and text not in OUTLOOKS:
        raise UserError(f"完成目标可能性“{text}”应是{'、'.join(OUTLOOKS)}之一", "请从列表中选择")
    if label == WHY_CLASS and (strange := [x for x in classes_in(text) if x not in CLASSES]):
        raise UserError(f"偏差原因类别没有“{strange[0]}”", f"可以填：{'、'.join(CLASSES)}")
    return SetValue(("indicators", row.id, "extra", label), text)


def classes_in(text: str) -> list[str]:
    """Return the classes of reasons that a cell names."""
    return [x for x in text.replace("，", "、").replace(",", "、").split("、") if x.strip()]


def derived(form: Form) -> Iterator[Edit]:
    """Yield the edits that bring the rates and the marks of reasons in line with the entries."""
    for row in form.tables[MONEY].rows:
        rate = _rate(*_planned_and_spent(form, row))
        if row.cells[RATE] != rate:
            yield SetValue(("tables", MONEY, row.id, RATE), rate)
    for indicator in form.indicators:
        named = classes_in(indicator.extra.get(WHY_CLASS, ""))
        for one in CLASSES:
            mark = "√" if one in named else ""
            if indicator.extra.get(one, "") != mark:
                yield SetValue(("indicators", indicator.id, "extra", one), mark)


def _planned_and_spent(form: Form, row: Row) -> tuple[str | None, str | None]:
    """Return 年初预算数 and 执行数; a number without a unit is in that of the form."""
    unit = form.amount_unit
    planned, spent = (evaluation_form.with_unit(row.cells[x], unit) for x in (PLANNED, SPENT))
    return planned, spent


def _rate(planned: str | None, spent: str | None) -> str:
    base, done = parse_amount(planned, ""), parse_amount(spent, "")
    if base is None or done is None or base.value <= 0:
        return ""
    whole, part = in_one_unit(base, done)
    return f"{two_places(100 * part / whole)}%"


# -- lights ---------------------------------------------------------------------------------------


def light_of(form: Form, row: Indicator, limits: Thresholds = DEFAULT) -> Progress:
    """Return the light of an indicator."""
    done = row.extra.get(SO_FAR)
    return indicator_light(row.target, done, month_of(form), row.level2, limits)


def light_of_money(form: Form, limits: Thresholds = DEFAULT) -> Progress:
    """Return the light of the money."""
    planned, spent = _planned_and_spent(form, form.tables[MONEY].rows[0])
    return money_light(planned, spent, month_of(form), limits)


def is_reason_due(form: Form, row: Indicator, limits: Thresholds = DEFAULT) -> bool:
    """Say whether reason, class and measure are demanded: a doubt, or a red light."""
    if row.extra.get(OUTLOOK) in OUTLOOKS[1:]:
        return True
    return light_of(form, row, limits).light is Light.RED
