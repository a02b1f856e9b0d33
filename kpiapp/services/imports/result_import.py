"""Results coming in: a 自评表 or 监控表 taken into the form of its project, year and stage.

Targets stay as they were declared; what a person entered is taken over, what follows from it is
reckoned anew. What finds no place is told in the draft's notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kpiapp.model import edit as edits
from kpiapp.model.names import normalise, pair
from kpiapp.model.stages import Stage, declaration_of
from kpiapp.scoring.schemes import scheme
from kpiapp.services.results import cycle_settings
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score, monitoring_form
from kpiapp.store.step import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpiapp.model.form import Form, Indicator, Table
    from kpiapp.services.session import Session
    from kpiapp.sheets.draft import Draft

EVALUATION_HEADS: Final = {
    shape.ACTUAL: re.compile(r"(实际|完成)(完成)?(值|情况|水平)"),
    shape.REASON: re.compile(r"偏差|原因"),
    shape.MEASURE: re.compile(r"改进|措施"),
}
MONITORING_HEADS: Final = {
    monitoring_form.EXPECTED: re.compile(r"预计"),
    monitoring_form.SO_FAR: re.compile(r"执行情况|完成(情况|值)"),
    monitoring_form.REASON: re.compile(r"原因说明|原因分析|偏差原因"),
    monitoring_form.MEASURE: re.compile(r"改进|措施"),
    monitoring_form.NOTE: re.compile(r"备注"),
}
"""What a printed head says its column holds; the first that is found counts."""
SAID: Final = {
    shape.PROBLEMS: re.compile(r"原因分析"),
    shape.PLANS: re.compile(r"改进措施|结果应用"),
    shape.REMARKS: re.compile(r"备注|其他.*说明"),
}
MONEY_HEADS: Final = {
    shape.INITIAL: re.compile(r"年初预算"),
    shape.BASE: re.compile(r"全年预算|预算数"),
    shape.SPENT: re.compile(r"执行数"),
}
MONITORED_MONEY: Final = {
    monitoring_form.PLANNED: re.compile(r"预算数"),
    monitoring_form.YEAR_END: re.compile(r"预计"),
    monitoring_form.SPENT: re.compile(r"执行数"),
}
WHOLE: Final = re.compile(r"资金总额|预算资金|合计")
MONTHS: Final = re.compile(r"1\s*[-—~至]\s*(\d{1,2})\s*月")
TICKS: Final = "√✓✔☑■●是"


class Taken(NamedTuple):
    """The form with the results in it, and the one it was before, None if it is new."""

    form: Form
    before: Form | None


def with_results(session: Session, came: Form, declaration_id: str, draft: Draft | None) -> Taken:
    """Return the evaluation or monitoring of a declaration with the results of a sheet.

    Args:
        session: the library; nothing in it changes.
        came: the form as it was read.
        declaration_id: of the same project and year.
        draft: is told in its notes what found no place.
    """
    declared = session.form(declaration_id)
    month = _month(came, draft)
    before = _stored(session, came, declared, month)
    if before is not None:
        form = copy_of(before)
    elif came.stage == Stage.MONITORING:
        form = monitoring_form.new_monitoring(declared, month)
    else:
        usual = cycle_settings.usual_scheme(session.library, declared.layout)
        form = shape.new_evaluation(declared, scheme(usual))
    notes = [*_take_rows(form, came), *_take_money(form, came)]
    _take_words(form, came)
    edits.apply_all(form, _following(form))
    if form.stage == Stage.EVALUATION:
        _take_points(form, came)
    if draft is not None:
        draft.notes += notes
    return Taken(form, before)


def _stored(session: Session, came: Form, declared: Form, month: int) -> Form | None:
    """Return the form of that stage (and month) that the library has of a declaration."""
    assert came.stage is not None
    for form in session.staged_forms(Stage(came.stage), declared.year):
        same_month = came.stage != Stage.MONITORING or monitoring_form.month_of(form) == month
        if declaration_of(form) == declared.id and same_month:
            return form
    return None


def _month(came: Form, draft: Draft | None) -> int:
    """Return the month until which a sheet was monitored, 7 where it says none."""
    texts = [came.title, *(cell.text for cell in draft.grid.cells)] if draft else [came.title]
    found = next((one for text in texts if (one := MONTHS.search(text))), None)
    return int(found[1]) if found and int(found[1]) in monitoring_form.MONTHS else 7


def settled(stored: Form, changes: Sequence[edits.Edit]) -> list[edits.Edit]:
    """Return the edits of a form's results with those that follow from them (得分, 总分)."""
    form = copy_of(stored)
    edits.apply_all(form, changes)
    return [*changes, *_following(form)]


def _following(form: Form) -> list[edits.Edit]:
    if form.stage == Stage.MONITORING:
        return list(monitoring_form.derived(form))
    return evaluation_score.derived(form)


# -- indicators -----------------------------------------------------------------------------------


def _take_rows(form: Form, came: Form) -> Iterator[str]:
    """Take the results of each indicator; tell of those that the declaration does not have."""
    pairing = pair(form.indicators, came.indicators)
    for one in pairing.pairs:
        row, sheet = one.left, one.right
        _take_row(form, row, sheet)
        if sheet.target and normalise(sheet.target) != normalise(row.target):
            yield f"“{row.level3}”表上的指标值是{sheet.target}，目标库里是{row.target}，没有改动"
    for sheet in pairing.right_only:
        if any(sheet.extra.values()):
            yield f"“{sheet.level3}”在申报表里没有，它的结果没有读入"


def _take_row(form: Form, row: Indicator, sheet: Indicator) -> None:
    heads = MONITORING_HEADS if form.stage == Stage.MONITORING else EVALUATION_HEADS
    found = _by_label(sheet.extra, heads)
    if form.stage == Stage.MONITORING:
        found |= _ticked(sheet.extra)
        found.setdefault(monitoring_form.NOTE, sheet.note)
    elif sheet.weight not in (None, ""):
        row.weight = sheet.weight
    both = "；".join(row.extra.get(x, "") for x in (shape.REASON, shape.MEASURE)).strip("；")
    for label, text in found.items():
        if text.strip() and not (label == shape.REASON and text == both):
            row.extra[label] = text


def _by_label(extra: Mapping[str, str], heads: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
    """Return the texts of a row by what their heads say."""
    found: dict[str, str] = {}
    for head, text in extra.items():
        label = next((x for x, pattern in heads.items() if x == head or pattern.search(head)), None)
        if label and text:
            found.setdefault(label, text)
    return found


def _ticked(extra: Mapping[str, str]) -> dict[str, str]:
    """Return possibility and classes of reasons from the columns that are ticked."""
    last = {head.rpartition("/")[2]: text.strip() for head, text in extra.items()}
    marked = {head for head, text in last.items() if text and text[0] in TICKS}
    said = set(last.values())
    outlook = [x for x in monitoring_form.OUTLOOKS if x in marked or x in said]
    classes = [x for x in monitoring_form.CLASSES if x in marked]
    return {
        monitoring_form.OUTLOOK: outlook[0] if len(outlook) == 1 else "",
        monitoring_form.WHY_CLASS: "、".join(classes),
    }


def _take_points(form: Form, came: Form) -> None:
    """Take the points of rows that no formula scores: a person gave them."""
    for one in pair(form.indicators, came.indicators).pairs:
        printed = one.right.extra.get(shape.SCORE, "").strip()
        if printed and not one.left.extra.get(shape.SCORE):
            one.left.extra[shape.TYPED_SCORE] = printed
    edits.apply_all(form, _following(form))


# -- money and words ------------------------------------------------------------------------------


def _take_money(form: Form, came: Form) -> Iterator[str]:
    """Take the executed money of the rows that the form has."""
    monitored = form.stage == Stage.MONITORING
    table = form.tables[monitoring_form.MONEY if monitored else shape.MONEY]
    heads = MONITORED_MONEY if monitored else MONEY_HEADS
    for other in came.tables.values():
        columns = _columns(other, heads)
        if monitoring_form.SPENT in columns or shape.SPENT in columns:
            yield from _money_rows(table, other, columns)
            return


def _columns(table: Table, heads: Mapping[int, re.Pattern[str]]) -> dict[int, int]:
    """Return which column of a table holds what, by its heads."""
    found: dict[int, int] = {}
    for place, head in enumerate(table.columns):
        name = next((x for x, pattern in heads.items() if pattern.search(head)), None)
        if name is not None:
            found.setdefault(name, place)
    return found


def _money_rows(table: Table, other: Table, columns: Mapping[int, int]) -> Iterator[str]:
    for row in other.rows:
        label = next((cell for cell in row.cells if cell.strip()), "")
        mine = [x for x in table.rows if normalise(x.cells[0]) == normalise(label)]
        mine = mine or (table.rows[:1] if WHOLE.search(label) else [])
        amounts = {mean: row.cells[place] for mean, place in columns.items()}
        if not any(amounts.values()):
            continue
        if not mine:
            yield f"资金“{label}”在目标库的表里没有这一行，没有读入"
            continue
        for mean, amount in amounts.items():
            if amount.strip():
                mine[0].cells[mean] = amount


def _take_words(form: Form, came: Form) -> None:
    """Take what was achieved of the goals, and what is said below the table."""
    goals = form.tables.get(shape.GOALS)
    for table in came.tables.values() if goals else ():
        place = next((n for n, x in enumerate(table.columns) if "完成情况" in x), None)
        if goals and place is not None:
            for mine, row in zip(goals.rows, table.rows, strict=False):
                mine.cells[1] = row.cells[place] or mine.cells[1]
    for label, pattern in SAID.items() if form.stage == Stage.EVALUATION else ():
        texts = [text for name, text in came.fields.items() if pattern.search(name) and text]
        if texts:
            form.fields[label] = texts[0]
