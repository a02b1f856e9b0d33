"""A form that comes in, line by line: what was read, from which cell, against the library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kpiapp.model.edit import Remove, SetValue
from kpiapp.services.imports.importing import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kpiapp.model.edit import Path
    from kpiapp.model.form import Choice, Form, Goal, Indicator, Table
    from kpiapp.services.imports.importing import Planned

VALUES: Final = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "long_term_target": "长期指标值",
    "prior2": "前年值",
    "prior1": "上年值",
    "standard": "指标值确定依据",
    "note": "备注",
    "weight": "权重",
}
QUIET: Final = frozenset({"level1", "level2", "level3"})
"""Stand in the heading of an indicator already; listed only where they change."""
FORM_VALUES: Final = {
    "title": "标题",
    "filled_on": "填报日期",
    "year": "年度",
    "amount_unit": "金额单位",
    "notes": "表下说明",
    "layout": "表样",
}
BASICS, TABLES, GOALS, GONE = "基本信息", "内部表格", "绩效目标", "库里有、来件没有"


class Standing(StrEnum):
    """How one value stands to the library."""

    NEW = "新增"
    CHANGED = "有改动"
    SAME = "相同"
    GONE = "将删除"


@dataclass(frozen=True, slots=True)
class Line:
    """One value of an incoming form.

    Attributes:
        group: the heading it stands under.
        label: the field, or which value of the indicator.
        value: what was read.
        standing: how it stands to the library.
        before: what the library has, where that is something else.
        cell: where it was read (`B3`), or "".
        path: of the edit that changes just this value, and can be left out; else None.
    """

    group: str
    label: str
    value: str
    standing: Standing
    before: str = ""
    cell: str = ""
    path: Path | None = None


def lines_of(item: Planned, stored: Form | None) -> list[Line]:
    """Return the values of an incoming form in the order of the sheet, then what would go.

    Args:
        item: the form and its edits.
        stored: the form of the library that it changes, or None for a new one.
    """
    return list(_Comparing(item, stored).lines())


def without(item: Planned, paths: Collection[Path]) -> Planned:
    """Return what is to be taken over when some values are not."""
    edits = tuple(x for x in item.edits if not (isinstance(x, SetValue) and x.path in paths))
    left = State.SAME if item.state is State.CHANGED and not edits else item.state
    return replace(item, state=left, edits=edits)


class _Comparing:
    """The lines of one form; holds what each of them needs."""

    def __init__(self, item: Planned, stored: Form | None) -> None:
        self.item, self.form, self.stored = item, item.form, stored
        self.set = {edit.path for edit in item.edits if isinstance(edit, SetValue)}

    def lines(self) -> Iterator[Line]:
        yield from self._values()
        for label, value in self.form.fields.items():
            before = self.stored.fields.get(label) if self.stored else None
            yield self._line(BASICS, label, value, before, (label, "field"), ("fields", label))
        for label, choice in self.form.choices.items():
            yield self._choice(label, choice)
        for label, table in self.form.tables.items():
            yield self._table(label, table)
        for goal in self.form.goals:
            yield self._goal(goal)
        for row in self.form.indicators:
            yield from self._indicator(row)
        yield from self._gone()

    def _line(  # noqa: PLR0913, PLR0917 - what a line is made of
        self,
        group: str,
        label: str,
        value: str,
        before: str | None,
        place: tuple[str, str],
        path: Path,
    ) -> Line:
        cell = self.item.places.get(place, "")
        if self.stored is None or before is None:
            return Line(group, label, value, Standing.NEW, cell=cell)
        if value == before:
            return Line(group, label, value, Standing.SAME, cell=cell)
        optional = path if path in self.set else None
        return Line(group, label, value, Standing.CHANGED, before, cell, optional)

    def _values(self) -> Iterator[Line]:
        """Yield what the form itself says, where it is new or changes."""
        for name, label in FORM_VALUES.items():
            value, before = _text(getattr(self.form, name)), None
            if self.stored is not None:
                before = _text(getattr(self.stored, name))
            if value and value != before and name != "layout":
                yield self._line(BASICS, label, value, before, ("", name), (name,))

    def _choice(self, label: str, choice: Choice) -> Line:
        old = self.stored.choices.get(label) if self.stored else None
        before = "、".join(old.checked) if old else None
        path: Path = ("choices", label, "checked")
        return self._line(BASICS, label, "、".join(choice.checked), before, (label, "choice"), path)

    def _table(self, label: str, table: Table) -> Line:
        old = self.stored.tables.get(label) if self.stored else None
        before = _rows(old) if old else None
        return self._line(TABLES, label, _rows(table), before, (label, "table"), ("tables", label))

    def _goal(self, goal: Goal) -> Line:
        old = next((x for x in self.stored.goals if x.id == goal.id), None) if self.stored else None
        name = goal.label or f"{goal.horizon.label}目标{goal.number}"
        before = old.text if old else None
        return self._line(
            GOALS, name, goal.text, before, (goal.id, "text"), ("goals", goal.id, "text")
        )

    def _indicator(self, row: Indicator) -> Iterator[Line]:
        rows = self.stored.indicators if self.stored else []
        old = next((x for x in rows if x.id == row.id), None)
        where = " · ".join(x for x in (row.level1, row.level2) if x)
        name = row.level3 or "（没有名称）"
        group = f"{row.horizon.label} {where}　{name}"
        for value, label in VALUES.items():
            text = _text(getattr(row, value))
            before = _text(getattr(old, value)) if old else None
            path: Path = ("indicators", row.id, value)
            line = self._line(group, label, text, before, (row.id, value), path)
            if _is_told(value, text, line):
                yield line
        for label, text in row.extra.items():
            before = old.extra.get(label) if old else None
            path = ("indicators", row.id, "extra", label)
            yield self._line(group, label, text, before, (row.id, label), path)

    def _gone(self) -> Iterator[Line]:
        """Yield what taking the form over would remove."""
        if self.stored is None:
            return
        names = {x.id: f"{x.horizon.label} {x.level3}" for x in self.stored.indicators}
        names |= {x.id: f"{x.horizon.label}目标{x.number}" for x in self.stored.goals}
        for edit in self.item.edits:
            if isinstance(edit, Remove) and len(edit.path) == 1:
                yield Line(GONE, names.get(edit.id, edit.id), "", Standing.GONE)


def _is_told(value: str, text: str, line: Line) -> bool:
    if value in QUIET:
        return line.standing is Standing.CHANGED or (value == "level3" and bool(line.cell))
    return bool(text) or value == "target" or line.standing is Standing.CHANGED


def _rows(table: Table) -> str:
    return "\n".join("　".join(cell for cell in row.cells if cell) for row in table.rows)


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
