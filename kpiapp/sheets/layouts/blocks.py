"""What a printed sheet is made of: the block kinds and the Layout that lists them.

Each block kind is a plain record, filled from a TOML table by `files.py`; it has one function in
`filling` and one in `parsing`. Year words in texts are placeholders counted from the budget year
(`{year}`, `{year-1}`, `{year-2}`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  read at run time when a TOML file is checked
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from kpiapp.model.form import Horizon, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
PLACEHOLDER = re.compile(r"\{year([+-]\d+)?\}")
VALUES = (
    "name level1 level2 level3 target prior2 prior1 long_term_target standard note weight"
).split()
LIST_VALUES = ("name", "total", "field", "source", "department")
SUMMED = ("all", "category")


def with_year(text: str, year: int) -> str:
    """Fill the year words of a label.

    >>> with_year("近两年收支金额/{year-2}年", 2026)
    '近两年收支金额/2024年'
    """
    if "{" not in text:
        return text
    return PLACEHOLDER.sub(lambda found: str(year + int(found[1] or 0)), text)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an inner table: its head path, how many grid columns, merged down or not.

    `value` is the attribute of an Indicator, or `extra:计量单位` for one that only this sheet has.
    """

    head: str
    span: int = 1
    value: str = ""
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A column of an overview that prints the goals themselves, or says them once more.

    Attributes:
        column: which column of the table.
        horizon: whose goals.
        label: label of the goals read from it; `{number}` is filled in; "" where it reads none.
        prefix: what stands before each text.
        one_cell: all goals are lines of one cell, else one row a goal.
        label_column: the column that prints the goal's label with a colon, or -1.
    """

    column: int
    horizon: Horizon
    label: str = ""
    prefix: str = "目标{number}:"
    one_cell: bool = False
    label_column: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """What every block has: its name, and the label merged down beside it and its neighbours."""

    name: str
    outer: str = ""


@dataclass(frozen=True, slots=True)
class TitleBlock(Block):
    """Title, and the line with date and unit. `left` columns belong to the date."""

    title: str = ""
    date: str = ""
    unit: bool = True
    left: int = 4


@dataclass(frozen=True, slots=True)
class FieldsBlock(Block):
    """Rows of label and value, one or two a row.

    Attributes:
        rows: the labels of each row.
        spans: columns of label, value, label, value in a row of two.
        heights: least height of a row in points, by label.
        split: values printed in two cells, by label: what each of the two cells ends with.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    spans: tuple[int, ...] = ()
    heights: Mapping[str, float] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """One printed row of tick boxes: its key in the form and what can be ticked."""

    key: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceBlock(Block):
    """Tick boxes beside one label, on one or more rows; `numbered` prints `1. ` before each."""

    rows: tuple[Options, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock(Block):
    """An inner table.

    Attributes:
        key: its name in the form; by default the block's name.
        label: what is printed; by default the key.
        heading: the label stands above over the whole width, else at the left, merged down.
        bare: neither stands there: the table begins with its heads.
        heads: the heads are printed, else only the rows (年度资金总额 | 120).
        columns: heads and spans.
        rows: the rows an empty sheet prints.
        blank_rows: how many empty rows an empty sheet prints below them.
        sideways: a row whose second cell is empty prints its first over both.
        carries: columns filled from the goals.
        echoes: columns that say the goals once more beside their tables, in words of their own
            where somebody gave them; written along with the goals as long as they say the same.
    """

    key: str = ""
    label: str = ""
    heading: bool = False
    bare: bool = False
    heads: bool = True
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    blank_rows: int = 0
    sideways: bool = False
    carries: tuple[Carried, ...] = ()
    echoes: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class ListColumn(Column):
    """A column of 表10, and what of the forms it is built from.

    `value` says what; a column without one is only taken from a 表10 that is stored:

    * `name`, `total`: 项目名称, this year's budget;
    * `field`: the first field of the project form that is called as one of `labels`;
    * `source`: the sum of those rows of 项目资金来源 whose name holds one of `labels`, without
      the rows that hold one of `less`;
    * `department`: what the department form lists of the project in a column of `labels`.

    Attributes:
        labels: words that the named place holds.
        less: words of amounts that are taken away.
        stored_first: what a stored 表10 says goes before the forms.
    """

    labels: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    stored_first: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A row of 表10 that sums up others, where no stored one tells how it is printed.

    Attributes:
        of: "all" projects, or a "category".
        cells: what stands below a head; {department}, {category} and {code} are filled in.
    """

    of: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProjectsBlock(TableBlock):
    """表10 项目支出表: the projects of a department with their amounts.

    Attributes:
        columns: heads, spans, and what of the forms they hold.
        summaries: rows with sums, from the widest to the narrowest.
        codes: number of a category in the budget, by its name.
        places: decimals of amounts, or -1 for as many as there are.
        zero: how no amount is printed.
    """

    columns: tuple[ListColumn, ...] = ()
    summaries: tuple[Summary, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    places: int = 2
    zero: str = ""


@dataclass(frozen=True, slots=True)
class GoalsBlock(Block):
    """The goals of both horizons as rows of label and text under a heading."""

    label: str = ""
    heads: tuple[str, ...] = ("名称", "目标说明")
    spans: tuple[int, ...] = (2,)


@dataclass(frozen=True, slots=True)
class IndicatorsBlock(Block):
    """The indicators of one horizon, one table a goal.

    Attributes:
        horizon: whose indicators.
        goal_label: label of a goal of this horizon, `{number}` filled in.
        goal_labels: labels of the first goals where they differ from `goal_label`.
        goal_row: how the row with a goal's text prints its label (`{label}{number}：`), or "".
        side: label at the left, merged down over heads and rows, or "".
        heading: heading over the whole width, or "".
        head_once: only the first goal prints the heads.
        columns: heads and what they hold.
        other_columns: heads of a second form of the table, used where the rows need it.
        rows: the 一级 and 二级 that an empty sheet prints.
        name_key: key of the field with the printed 目标名称, or "".
        alternate: goal by goal in turn with the neighbouring block.
        beside: printed at the right of the block before it, under the same 一级指标; its columns
            are those that it adds.
    """

    horizon: Horizon = Horizon.ANNUAL
    goal_label: str = ""
    goal_labels: tuple[str, ...] = ()
    goal_row: str = ""
    side: str = ""
    heading: str = ""
    head_once: bool = False
    columns: tuple[Column, ...] = ()
    other_columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    name_key: str = ""
    alternate: bool = False
    beside: bool = False

    @property
    def heading_word(self) -> str:
        """The heading without 表 and number: 长期绩效目标 of 长期绩效目标表1."""
        return self.heading.replace("{number}", "").removesuffix("表")

    def label_of(self, number: int) -> str:
        """Return the label that a new goal with this number gets."""
        if number <= len(self.goal_labels):
            return self.goal_labels[number - 1]
        return self.goal_label.replace("{number}", str(number))


@dataclass(frozen=True, slots=True)
class NotesBlock(Block):
    """Remarks under the table."""

    notes: tuple[str, ...] = ()


BLOCKS: dict[str, type[Block]] = {
    "title": TitleBlock,
    "fields": FieldsBlock,
    "choice": ChoiceBlock,
    "table": TableBlock,
    "projects": ProjectsBlock,
    "goals": GoalsBlock,
    "indicators": IndicatorsBlock,
    "notes": NotesBlock,
}


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One printed sheet of one district.

    Attributes:
        id: name and first year, such as `jiangxia-2026`; with `kind` it names the layout.
        kind: department or project form.
        name: what a person calls it.
        district: whose bureau prints it.
        sheet: name of the worksheet.
        version: counts changes of the template; written into every workbook.
        amount_unit: unit of amounts where the sheet prints none.
        goals: how many goals of a horizon the empty template prints.
        widths: width of each grid column in half-width characters.
        stage: what it is besides a declaration: "evaluation", "monitoring", "project_list".
        rules_off: codes of rules that do not hold for this district.
        scheme: id of the scheme by which its self-evaluations are scored.
        blocks: what is printed, from top to bottom.
    """

    id: str
    kind: Kind
    name: str
    district: str
    sheet: str
    widths: tuple[float, ...]
    blocks: tuple[Block, ...]
    version: int = 1
    amount_unit: str = "万元"
    goals: int = 1
    stage: str = ""
    rules_off: tuple[str, ...] = ()
    scheme: str = "mof-2020"

    @property
    def first_year(self) -> int:
        """The first budget year it serves, from its id."""
        found = re.search(r"\d{4}", self.id)
        return int(found[0]) if found else 0

    def of_type(self, kind: type[T]) -> Iterator[T]:
        """Yield the blocks of one kind, from top to bottom."""
        for block in self.blocks:
            if isinstance(block, kind):
                yield block
