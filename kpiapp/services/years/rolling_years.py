"""Year words on a form that is carried over: labels, columns, the goals' 截止 years, rows of years.

Printed labels carry their year words filled in (`近两年收支金额/2024年`); in a layout they are
counted from the budget year, so here each of the three years that a form speaks of moves by one.
A 截止 year is a goal's own and moves only with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpiapp.model.form import Form

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ROW_OF_A_YEAR = re.compile(r"(20\d\d)年?(?:度)?")
_YEARS_OF_A_PROJECT = ("起始年度", "终止年度")
Years = dict[int, int]


def moved_years(year: int) -> Years:
    """Return where the year words of labels go: 前年, 上年 and this year each one on."""
    return {one: one + 1 for one in (year - 2, year - 1, year)}


def moved(label: str, years: Mapping[int, int], until: Mapping[int, int]) -> str:
    """Return a label with its year words moved; behind 截止 stands the year of a goal."""
    table = until if "截止" in label else years
    return YEAR.sub(lambda found: str(table.get(int(found[0]), int(found[0]))), label)


def move_goals(form: Form, year: int, last: int | None) -> Years:
    """Let long-term goals end after the year that begins; return the years moved.

    A goal until 2028 stays in 2027. In 2028 it would be no longer than the year's own goal, so
    it gets as many years as it had left in the year that is left, one at least.

    Args:
        form: the copy for the next year.
        year: the year that is left.
        last: the last year of the project, which its goals do not outlive, or None.
    """
    until: Years = {}
    for goal in form.goals:
        ends = goal.until if goal.horizon is Horizon.LONG_TERM else None
        if ends and ends <= year + 1 and not (last == ends == year + 1):
            goal.until = until[ends] = year + 1 + max(1, ends - year)
    return until


def move_labels(form: Form, years: Years, until: Years) -> None:
    """Move the year words of all labels and column heads."""
    form.fields = {moved(label, years, until): text for label, text in form.fields.items()}
    form.choices = {moved(label, years, until): one for label, one in form.choices.items()}
    form.tables = {moved(label, years, until): one for label, one in form.tables.items()}
    for table in form.tables.values():
        table.columns = [moved(head, years, until) for head in table.columns]
    for goal in form.goals:
        goal.label = moved(goal.label, years, until)


def year_of_row(text: str) -> int | None:
    """Return the year that a row of a table is about (`2024年`), or None."""
    found = _ROW_OF_A_YEAR.fullmatch(text.strip())
    return int(found[1]) if found else None


def year_of_column(head: str) -> int | None:
    """Return the year that a column is about (`近两年收支金额/2024年`), or None."""
    found = None if "截止" in head else YEAR.search(head)
    return int(found[0]) if found else None


def texts_naming(form: Form, year: int) -> Iterator[tuple[str, str]]:
    """Yield where texts of a form still name a year: the printed place, and the text."""
    for label, text in form.fields.items():
        if _names(text, year) and label not in _YEARS_OF_A_PROJECT:
            yield label, text
    for goal in form.goals:
        if _names(goal.text, year):
            yield f"{goal.horizon.label}目标{goal.number}", goal.text
    for row in form.indicators:
        for text in (row.level3, row.target, row.long_term_target or "", row.note):
            if _names(text, year):
                yield f"{row.horizon.label}指标“{row.level3}”", text


def _names(text: str, year: int) -> bool:
    return any(int(found[0]) == year for found in YEAR.finditer(text))
