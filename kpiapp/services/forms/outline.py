"""In which order, and on which tab, a form's fields, choices and inner tables are filled in.

The layout says what stands side by side on the printed form; a form whose layout is not known is
laid out by its own order and lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kpiapp.services.forms.shape import find_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpiapp.model.form import Form
    from kpiapp.sheets.layouts.layout import Layout

What = Literal["head", "field", "choice", "table"]
MONEY = ("预算", "资金", "金额", "测算", "支出明细", "采购", "项目支出情况")
"""Words of labels that belong on the money tab."""
GOALS = ("总目标", "绩效目标")
"""Words of labels that say the goals once more."""
LONG_WORDS = (
    "概述",
    "任务",
    "理由",
    "内容",
    "依据",
    "方案",
    "情况",
    "说明",
    "意见",
    "整改",
    "目的",
)
LONG = 40
"""From this many characters on a text is written in several lines."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to fill in.

    Attributes:
        what: what `label` names in the form; "head" is an attribute of the form itself.
        label: its key.
        title: what stands beside it; "" where the line above names it already.
        long: a text of several lines.
    """

    what: What
    label: str
    title: str
    long: bool = False


Line = tuple[Item, ...]
"""What stands side by side."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is filled in where; `goals` says the goals once more, outside their tables."""

    basic: tuple[Line, ...]
    money: tuple[Line, ...]
    goals: tuple[Line, ...]


def outline(form: Form) -> Outline:
    """Return what of a form is filled in where. Goals and indicators have a tab of their own."""
    layout = find_layout(form.layout, form.kind)
    lines = list(_printed(form, layout)) if layout else []
    hidden = set(_filled_from_goals(layout)) if layout else set()
    known = {(item.what, item.label) for line in lines for item in line}
    lines += [line for line in _own(form) if not known & {(x.what, x.label) for x in line}]
    lines = [line for line in lines if line[0].label not in hidden]
    return Outline(
        (*_heads(form, layout), *(line for line in lines if tab_of(line[0]) == "basic")),
        tuple(line for line in lines if tab_of(line[0]) == "money"),
        tuple(line for line in lines if tab_of(line[0]) == "goals"),
    )


def tab_of(item: Item) -> Literal["basic", "money", "goals"]:
    """Return where an item is filled in."""
    if any(word in item.label for word in GOALS):
        return "goals"
    if item.what == "table" or any(word in item.label for word in MONEY):
        return "money"
    return "basic"


def _heads(form: Form, layout: Layout | None) -> Iterator[Line]:
    """Yield the title, and the date where the sheet prints one or the form has one."""
    from kpiapp.sheets.layouts.blocks import TitleBlock

    title = Item("head", "title", "表名")
    blocks = layout.of_type(TitleBlock) if layout else ()
    date = next((block.date for block in blocks if block.date), "")
    yield (title,)  # names of a dozen characters and more want the whole line
    if date or form.filled_on is not None:
        yield (Item("head", "filled_on", date or "填报日期"),)


def _printed(form: Form, layout: Layout) -> Iterator[Line]:
    from kpiapp.sheets.layouts.blocks import ChoiceBlock, FieldsBlock, TableBlock, with_year

    for block in layout.blocks:
        if isinstance(block, FieldsBlock):
            for row in block.rows:
                labels = [x for label in row if (x := with_year(label, form.year)) in form.fields]
                if labels:
                    yield tuple(_field(form, label, alone=len(labels) == 1) for label in labels)
        elif isinstance(block, ChoiceBlock):
            keys = [options.key for options in block.rows if options.key in form.choices]
            for n, key in enumerate(keys):
                yield (Item("choice", key, "" if n else key),)
        elif isinstance(block, TableBlock):
            key = with_year(block.key or block.name, form.year)
            if key in form.tables:
                yield (Item("table", key, key),)


def _own(form: Form) -> Iterator[Line]:
    """Yield everything that a form holds, two short fields side by side."""
    waiting: list[Item] = []
    for label in form.fields:
        item = _field(form, label, alone=True)
        if item.long or (waiting and tab_of(waiting[0]) != tab_of(item)):
            yield from ((one,) for one in waiting)
            waiting = []
        if item.long:
            yield (item,)
            continue
        waiting.append(item)
        if len(waiting) == 2:  # noqa: PLR2004 - two short fields a line, as the forms print them
            yield tuple(waiting)
            waiting = []
    yield from ((one,) for one in waiting)
    yield from ((Item("choice", label, label),) for label in form.choices)
    yield from ((Item("table", label, label),) for label in form.tables)


def _field(form: Form, label: str, *, alone: bool) -> Item:
    text = form.fields[label]
    long = len(text) > LONG or "\n" in text or any(word in label for word in LONG_WORDS)
    return Item("field", label, label, long and alone)


def _filled_from_goals(layout: Layout) -> Iterable[str]:
    """Yield the overviews that are filled from the goals and need no typing."""
    from kpiapp.sheets.layouts.blocks import TableBlock

    for block in layout.of_type(TableBlock):
        carried = {one.column for one in block.carries} | {x.label_column for x in block.carries}
        if block.carries and carried >= set(range(len(block.columns))):
            yield block.key or block.name
