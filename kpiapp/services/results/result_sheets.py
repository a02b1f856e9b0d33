"""自评表 and 监控表 as printed, and all of a year written into a folder.

Their layouts stand apart from those of the declarations (`resources/layouts/results`), which alone
are offered for new forms; `sheets/result_reading.py` reads what they print.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import Choice
from kpiapp.model.names import normalise
from kpiapp.model.stages import Stage
from kpiapp.services.files.folders import make_folder, safe_name
from kpiapp.services.files.formats import write_grids
from kpiapp.services.results import evidence
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score, monitoring_form
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.blocks import ChoiceBlock, FieldsBlock, IndicatorsBlock, TableBlock
from kpiapp.sheets.layouts.layout import result_layouts
from kpiapp.sheets.layouts.worded import worded
from kpiapp.store.step import copy_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpiapp.model.form import Form, Table
    from kpiapp.services.session import Session
    from kpiapp.sheets.grid import Grid
    from kpiapp.sheets.layouts.blocks import Layout

_LEVEL = re.compile(r"^[省市区县](?=直|对下)")
_REMARK_LABELS = (shape.REMARKS, "备注")
"""Where a sheet has room for what else is to be said."""


def layout_of(form: Form) -> Layout:
    """Return the sheet that a form of a later stage is printed on; raises UserError."""
    for one in result_layouts():
        if (one.id, one.kind) == (form.layout, form.kind):
            return one
    raise UserError(f"没有名为“{form.layout}”的自评或监控表样", "请重新选择评分方案")


def grid(form: Form) -> Grid:
    """Return the printed sheet of a self-evaluation or monitoring form."""
    printed = copy_of(form)
    words = {"unit": form.amount_unit, "money": "", "months": "", "points": ""}
    if form.stage == Stage.MONITORING:
        words["months"] = f"1-{monitoring_form.month_of(form)}月"
        _mark_outlooks(printed)
    else:
        words["money"] = str(shape.plain(evaluation_score.scheme_of(form).execution_weight))
    layout = layout_of(form)
    if form.stage == Stage.EVALUATION:
        _name_goals(printed, layout)
        _put_remarks(printed, layout)
        _tick(printed, layout)
    layout = worded(layout, words)
    for block in layout.of_type(TableBlock):
        _take(printed.tables.get(block.key or block.name), block)
    found = fill(printed, layout)
    found.name = layout.sheet
    return found


def _name_goals(form: Form, layout: Layout) -> None:
    """Label the goals as a sheet does that prints their points: 年度绩效目标1（80分）."""
    whole = shape.plain(evaluation_score.scheme_of(form).indicator_weight)
    for block in layout.of_type(IndicatorsBlock):
        for goal in form.goals if "{points}" in block.goal_label else ():
            share = f"占{goal.share}%" if goal.share not in (None, "") else f"{whole}分"
            told = f"（{share}）" if goal.share or len(form.goals) == 1 else ""
            goal.label = block.label_of(goal.number).replace("{points}", told)


def _tick(form: Form, layout: Layout) -> None:
    """Tick on the sheet what the declaration ticked, under whichever label it did."""
    checked = [_kind_of(x) for choice in form.choices.values() for x in choice.checked]
    form.choices = {
        row.key: Choice(
            list(row.options),
            [x for x in row.options if any(one.startswith(_kind_of(x)) for one in checked)],
        )
        for block in layout.of_type(ChoiceBlock)
        for row in block.rows
    }


def _kind_of(option: str) -> str:
    """Return an option without the level of government: 区直专项 is what a city calls 市直专项."""
    return _LEVEL.sub("", normalise(option))


def _put_remarks(form: Form, layout: Layout) -> None:
    """Print remarks, and why targets were changed, where the sheet has room for them."""
    rows = form.indicators
    changed = [
        f"{x.level3}：{x.extra[shape.ADJUSTED]}" for x in rows if x.extra.get(shape.ADJUSTED)
    ]
    said = [form.fields.get(shape.REMARKS, "")]
    said += ["指标值调整：" + "；".join(changed)] if changed else []
    labels = {x for block in layout.of_type(FieldsBlock) for row in block.rows for x in row}
    label = next((x for x in _REMARK_LABELS if x in labels), shape.REMARKS)
    form.fields[label] = "\n".join(x for x in said if x)
    for row in rows:
        row.extra.setdefault(shape.BOTH, "")


def _take(table: Table | None, block: TableBlock) -> None:
    """Leave the columns and rows that a sheet prints, under its own heads."""
    if table is None:
        return
    wanted = [column.value or column.head for column in block.columns]
    places = [table.columns.index(x) if x in table.columns else None for x in wanted]
    named = {row[0] for row in block.rows}
    table.rows = [row for row in table.rows if not named or row.cells[0] in named]
    table.columns = [column.head for column in block.columns]
    for row in table.rows:
        cells = dict(enumerate(row.cells))
        row.cells = ["" if n is None else cells.get(n, "") for n in places]


def _mark_outlooks(form: Form) -> None:
    """Tick the possibility that was chosen, a column each."""
    for row in form.indicators:
        for one in monitoring_form.OUTLOOKS:
            row.extra[one] = "√" if row.extra.get(monitoring_form.OUTLOOK) == one else ""


# -- into a folder --------------------------------------------------------------------------------


def export(
    session: Session, year: int, folder: Path, kinds: Sequence[str] = ("xlsx",)
) -> list[Path]:
    """Write every 自评表, with its 佐证材料 in a folder, and 监控表 of a year; return the files.

    Raises:
        UserError: there are none, or a file cannot be written.
    """
    stages = (Stage.EVALUATION, Stage.MONITORING)
    forms = [form for stage in stages for form in session.staged_forms(stage, year)]
    if not forms:
        raise UserError(f"{year}年还没有自评表和监控表", "请先在“自评”“监控”页开始填写")
    make_folder(folder)
    files = []
    for form in forms:
        for kind in kinds:
            path = folder / f"{file_name(form)}.{kind}"
            write_grids(path, [grid(form)])
            files.append(path)
        evidence_folder = folder / safe_name(f"{form.year}-{form.name}-佐证材料")
        files += evidence.write_all(session, form, evidence_folder)
    return files


def file_name(form: Form) -> str:
    """Return the file name of a form, without suffix."""
    what = "自评表"
    if form.stage == Stage.MONITORING:
        what = f"监控表1-{monitoring_form.month_of(form)}月"
    return safe_name(f"{form.year}-{form.name}-{what}")
