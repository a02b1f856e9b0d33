"""One form beside its own earlier years: what was declared, what was achieved, what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.target import Target, TargetKind, parse, unit_ratio
from kpiapp.services.past import layouts_by_result
from kpiapp.services.results.evaluation import evaluations_of
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.years.lineage import Lineage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Form, Indicator
    from kpiapp.services.session import Session

MOST_YEARS = 10
_BLANK = (TargetKind.EMPTY, TargetKind.PLACEHOLDER)


@dataclass(frozen=True, slots=True)
class YearCell:
    """What one year says of an indicator; "" where it says nothing."""

    target: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorYears:
    """One indicator of this year with what the years say of it, and other names it bore."""

    row: Indicator
    cells: Mapping[int, YearCell]
    earlier_names: tuple[str, ...] = ()

    def series(self) -> tuple[dict[int, float], dict[int, float]]:
        """Return targets and results by year as a chart draws them, in one unit.

        The unit is that of the newest target with a number; what does not convert is left out.
        """
        targets = {year: parse(cell.target) for year, cell in self.cells.items()}
        newest = sorted(targets, reverse=True)
        unit = next((targets[year] for year in newest if _figure(targets[year])), None)
        if unit is None:
            return {}, {}
        results = {year: parse(cell.actual) for year, cell in self.cells.items()}
        results = {year: result for year, result in results.items() if not result.sign}
        return _in_unit(targets, unit), _in_unit(results, unit)


def _figure(target: Target) -> bool:
    return target.number is not None


def _in_unit(values: Mapping[int, Target], unit: Target) -> dict[int, float]:
    """Return numbers by year in the unit of one of them; a bare number is in that unit."""
    found = {}
    for year, value in values.items():
        ratio = Fraction(1) if not value.unit else unit_ratio(value, unit)
        if value.number is not None and ratio is not None:
            found[year] = float(Fraction(value.number) * ratio)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form over the years.

    Attributes:
        years: those that the library has, the oldest first; the last is the form's own.
        rows: its annual indicators, as printed.
        gone: names of last year's indicators that no row continues.
        scores: total of the self-evaluation by year, where there is one.
    """

    years: tuple[int, ...]
    rows: tuple[IndicatorYears, ...]
    gone: tuple[str, ...] = ()
    scores: Mapping[int, str] = field(default_factory=dict)


class Past:
    """What comparing many forms reads once: lineage, and self-evaluations by year."""

    def __init__(self, session: Session) -> None:
        """Begin with nothing read."""
        self.session = session
        self.lineage = Lineage(session)
        self._evaluations: dict[int, dict[str, Form]] = {}

    def evaluations(self, year: int) -> dict[str, Form]:
        """Return the self-evaluations of a year by the id of their declaration."""
        if year not in self._evaluations:
            self._evaluations[year] = evaluations_of(self.session, year)
        return self._evaluations[year]


def compare(
    session: Session, form: Form, most: int = MOST_YEARS, past: Past | None = None
) -> Comparison:
    """Return a form beside the earlier years of the library, at most so many.

    Args:
        session: the open library.
        form: a declaration.
        most: how many years.
        past: for comparing several forms of a library that does not change meanwhile.
    """
    past = past or Past(session)
    rows = list(form.rows(Horizon.ANNUAL))
    cells: dict[str, dict[int, YearCell]] = {row.id: {} for row in rows}
    names: dict[str, list[str]] = {row.id: [] for row in rows}
    followed = {row.id: [row] for row in rows}
    scores: dict[int, str] = {}
    years: list[int] = []
    gone: tuple[str, ...] = ()
    here = [form]
    while here and len(years) < most:
        year = here[0].year
        years.append(year)
        actual = _actuals(past, here, scores)
        for row_id, olds in followed.items():
            if olds:
                cells[row_id][year] = _cell(olds, actual)
                names[row_id] += [x.level3 for x in olds]
        before = [old for one in here for old in past.lineage.earlier_forms(one)]
        followed, left = _followed(past.lineage, here, before, followed)
        gone = left if len(years) == 1 else gone
        here = before
    table = tuple(IndicatorYears(row, cells[row.id], _others(row, names[row.id])) for row in rows)
    return Comparison(tuple(reversed(years)), table, gone, scores)


def _followed(
    lineage: Lineage,
    here: Sequence[Form],
    before: Sequence[Form],
    followed: Mapping[str, Sequence[Indicator]],
) -> tuple[dict[str, list[Indicator]], tuple[str, ...]]:
    """Return the rows of the year before that each row leads to, and those nobody leads to."""
    step: dict[str, list[Indicator]] = {}
    for one in here:
        step |= {key: found.rows for key, found in lineage.rows_over(one, before).items()}
    result = {
        row_id: [old for row in rows for old in step.get(row.id, ())]
        for row_id, rows in followed.items()
    }
    reached = {old.id for olds in result.values() for old in olds}
    left = [x.level3 for one in before for x in one.rows(Horizon.ANNUAL) if x.id not in reached]
    return result, tuple(name for name in left if name)


def _cell(rows: Sequence[Indicator], actual: Mapping[str, str]) -> YearCell:
    """Return the values of a row; those of several that became one stand together."""
    targets = [row.target for row in rows if row.target]
    return YearCell("；".join(targets), "；".join(actual[x.id] for x in rows if actual.get(x.id)))


def _actuals(past: Past, forms: Sequence[Form], scores: dict[int, str]) -> dict[str, str]:
    """Return what was achieved by row id, and note the total of that year."""
    year = forms[0].year
    evaluated = past.evaluations(year)
    found = [evaluated[form.id] for form in forms if form.id in evaluated]
    for one in found:
        if total := one.fields.get(shape.TOTAL):
            scores[year] = total
    return {row.id: row.extra.get(shape.ACTUAL, "") for one in found for row in one.indicators}


def _others(row: Indicator, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name != row.level3))


# -- 前年 and 上年 ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PriorDifference:
    """A 前年 or 上年 cell that says something else than the library.

    `cell` is prior1 or prior2; `typed` is "" where nothing was typed.
    """

    row: Indicator
    cell: str
    typed: str
    library: str

    @property
    def column(self) -> str:
        """The Chinese name of the column."""
        return "上年" if self.cell == "prior1" else "前年"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed, or a stroke."""
        return parse(self.typed).kind in _BLANK


def prior_differences(session: Session, form: Form) -> list[PriorDifference]:
    """Return where 前年 and 上年 are empty or contradict what the library knows."""
    achieved = form.layout in layouts_by_result(session.library)
    found = []
    for one in compare(session, form, 3).rows:
        for cell, back in (("prior2", 2), ("prior1", 1)):
            typed = getattr(one.row, cell)
            past = one.cells.get(form.year - back)
            if typed is None or past is None:
                continue
            known = (achieved and past.actual) or past.target
            if known and not _same(typed, known):
                found.append(PriorDifference(one.row, cell, typed, known))
    return found


def _same(typed: str, known: str) -> bool:
    one, other = parse(typed), parse(known)
    if one.words == other.words:
        return True
    figures = (one.number, one.unit, one.period), (other.number, other.unit, other.period)
    return one.number is not None and figures[0] == figures[1]


def fill_priors(session: Session, form_id: str, *, only_empty: bool = True) -> int:
    """Take 前年 and 上年 from the library, as one step.

    Args:
        session: the open library.
        form_id: the form.
        only_empty: leave alone what somebody typed, also where it contradicts the library.

    Returns:
        how many cells were filled or changed.
    """
    found = prior_differences(session, session.form(form_id))
    wanted = [x for x in found if not only_empty or x.is_blank]
    changes: list[Edit] = [SetValue(("indicators", x.row.id, x.cell), x.library) for x in wanted]
    if changes:
        session.do(f"从目标库带出历年值（{len(changes)}处）", {form_id: changes})
    return len(changes)
