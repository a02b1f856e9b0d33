"""What rules ask of one form, read from it once: rows with their parsed values, goals, fields.

A `Facts` belongs to one state of its form: after an edit a new one is made. What is dear (parsed
targets, normalised names) is remembered by its text, so making it again is cheap. Rows do not know
their `Facts`: a state that nobody asks any more is gone at once, not when Python looks for circles.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kpiapp.model import names
from kpiapp.model.edit import Edit, SetValue
from kpiapp.model.form import Horizon, Kind
from kpiapp.model.problem import Place
from kpiapp.rules.row import PRIOR, VALUES, Row, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kpiapp.model.form import Form, Goal
    from kpiapp.model.names import Pairing
    from kpiapp.rules.findings import Finding


class Seen(NamedTuple):
    """What a rule of single rows (`kpiapp.rules.single_rows`) found, by the id of the row.

    `due` are ids of rows with values that it has not looked at.
    """

    found: dict[str, Finding]
    due: frozenset[str] = frozenset()

    def after(self, touched: Collection[str]) -> Seen:
        """Return it for when values of some rows changed."""
        return Seen(self.found, self.due.union(touched))

    @property
    def kept(self) -> dict[str, Finding]:
        """The findings of rows that are not due: they still hold."""
        return {row: finding for row, finding in self.found.items() if row not in self.due}


T = TypeVar("T")


def once_a_form(function: Callable[[Facts], T]) -> Callable[[Facts], T]:
    """Keep what a function says of a form for as long as its `Facts` live, until the next edit."""

    @wraps(function)
    def remembered(form: Facts) -> T:
        if function not in form.memory:
            form.memory[function] = function(form)
        found: T = form.memory[function]
        return found

    return remembered


def each_once(function: Callable[[Facts], Iterator[T]]) -> Callable[[Facts], tuple[T, ...]]:
    """Keep what a generator yields of a form, until the next edit."""
    return once_a_form(lambda form: tuple(function(form)))


class Facts:
    """One form, ready to be checked.

    Attributes:
        form: the form.
        all_rows: every row; `rows` those with a name.
        one_row: whether one printed row carries both the year's and the long-term value.
        memory: what was found out once and holds for this state of the form.
        seen: what is known already of single rows, by the function that looks at one.
    """

    def __init__(self, form: Form, known: Mapping[str, Row] = MappingProxyType({})) -> None:
        """Read a form; `known` are rows by id that are as they were, of the state before."""
        self.form = form
        self.memory: dict[object, Any] = {}
        self.seen: dict[object, Seen] = {}
        self.all_rows = [
            known.get(source.id) or Row(form.id, source, i)
            for i, source in enumerate(form.indicators)
        ]
        self.rows = [row for row in self.all_rows if row.key]
        self.one_row = any(source.long_term_target is not None for source in form.indicators)

    def touched_by(self, edits: Iterable[Edit]) -> frozenset[str] | None:
        """Return the ids of the rows whose values edits change; None if they do anything else.

        A column that comes or goes is something else.
        """
        found = set()
        for edit in edits:
            if not isinstance(edit, SetValue) or edit.path[0] != "indicators":
                return None
            row, cell = self.by_id.get(str(edit.path[1])), edit.path[2]
            if row is None or cell not in VALUES or edit.value is None:
                return None
            if (cell in PRIOR and row.prior(str(cell)) is None) or (
                cell == "long_term_target" and not self.one_row
            ):
                return None
            found.add(row.id)
        return frozenset(found)

    def after(self, touched: Collection[str]) -> Facts:
        """Return the facts after values (`VALUES`) of some rows changed, and nothing else.

        The rows not touched go over into it.
        """
        fresh = Facts(self.form, {row.id: row for row in self.all_rows if row.id not in touched})
        fresh.seen = {look: seen.after(touched) for look, seen in self.seen.items()}
        return fresh

    @property
    def is_project(self) -> bool:
        """Whether it is a project's form."""
        return self.form.kind is Kind.PROJECT

    @cached_property
    def name(self) -> str:
        """What a person calls the form: the project's or the department's name."""
        return self.form.name.strip()

    @cached_property
    def short_name(self) -> str:
        """The last part of the form's id (`p04`), by which messages name a project form."""
        tail = self.form.id.rpartition("-")[2]
        return tail if tail and len(tail) <= len("p000") else self.name or "未命名"

    # -- places -------------------------------------------------------------------------------

    def place(self, field: str | None = None, cell: str | None = None) -> Place:
        """Return the place of a labelled field, or of the form as a whole."""
        return Place(self.form.id, field=field, cell=cell)

    def goal_place(
        self,
        horizon: Horizon | None,
        number: int | None,
        *,
        field: str | None = None,
        rows: bool = False,
    ) -> Place:
        """Return the place of a goal's text, or with `rows` of the goal's set of rows."""
        return Place(self.form.id, horizon, number, None, "row" if rows else None, field)

    # -- rows ---------------------------------------------------------------------------------

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Every row by the id of its indicator."""
        return {row.id: row for row in self.all_rows}

    @cached_property
    def by_goal(self) -> dict[tuple[Horizon, int], list[Row]]:
        """The named rows of each horizon and goal number, as printed."""
        found: dict[tuple[Horizon, int], list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.horizon, row.goal].append(row)
        return dict(found)

    @cached_property
    def all_by_goal(self) -> dict[tuple[Horizon, int], list[Row]]:
        """Every row of each horizon and goal number, those without a name too."""
        found: dict[tuple[Horizon, int], list[Row]] = defaultdict(list)
        for row in self.all_rows:
            found[row.horizon, row.goal].append(row)
        return dict(found)

    @cached_property
    def names_by_goal(self) -> dict[int, set[tuple[Horizon, str]]]:
        """The row names of each goal number, with their horizon."""
        found: dict[int, set[tuple[Horizon, str]]] = defaultdict(set)
        for row in self.rows:
            found[row.goal].add((row.horizon, row.key))
        return dict(found)

    @cached_property
    def names_in_order(self) -> list[tuple[Horizon, int, str]]:
        """The horizon, goal number and name of every named row, as printed: quick to compare."""
        return [(row.horizon, row.goal, row.key) for row in self.rows]

    def of(self, horizon: Horizon, goal: int) -> list[Row]:
        """Return the named rows of a goal."""
        return self.by_goal.get((horizon, goal), [])

    @cached_property
    def horizons(self) -> list[Horizon]:
        """The horizons that have named rows of their own, long-term first."""
        found = {row.horizon for row in self.rows}
        return [x for x in Horizon if x in found]

    def numbers(self, horizon: Horizon | None = None) -> list[int]:
        """Return the goal numbers that have named rows (of a horizon), in order."""
        return sorted({goal for h, goal in self.by_goal if horizon in (None, h)})

    @cached_property
    def has_prior_columns(self) -> bool:
        """Whether the layout prints 前年 and 上年 beside the annual targets."""
        return any(row.prior1 is not None or row.prior2 is not None for row in self.all_rows)

    # -- pairs of the two horizons ------------------------------------------------------------

    @cached_property
    def pairings(self) -> dict[int, Pairing]:
        """Long-term (left) against annual rows (right), for goals with rows in both horizons."""
        found = {}
        for number in self.numbers(Horizon.LONG_TERM):
            long_term = self.of(Horizon.LONG_TERM, number)
            annual = self.of(Horizon.ANNUAL, number)
            if long_term and annual:
                found[number] = names.pair(sources(long_term), sources(annual))
        return found

    @cached_property
    def pairs(self) -> list[tuple[Row, Row, int]]:
        """All pairs of the two horizons: the long-term row, the annual row, the step."""
        rows = self.by_id
        return [
            (rows[pair.left.id], rows[pair.right.id], pair.step)
            for pairing in self.pairings.values()
            for pair in pairing.pairs
        ]

    @cached_property
    def twins(self) -> dict[str, Row]:
        """Row id -> the row of the same indicator in the other horizon."""
        found: dict[str, Row] = {}
        for long_term, annual, _ in self.pairs:
            found[long_term.id], found[annual.id] = annual, long_term
        return found

    # -- goals --------------------------------------------------------------------------------

    @cached_property
    def goals(self) -> dict[tuple[Horizon, int], Goal]:
        """The goals by horizon and number."""
        return {(goal.horizon, goal.number): goal for goal in self.form.goals}

    def goals_of(self, horizon: Horizon) -> list[Goal]:
        """Return the goals of a horizon, as printed."""
        return [goal for goal in self.form.goals if goal.horizon is horizon]

    @cached_property
    def has_long_term(self) -> bool:
        """Whether the form sets long-term goals or targets."""
        return bool(self.goals_of(Horizon.LONG_TERM)) or Horizon.LONG_TERM in self.horizons

    # -- fields and boxes ---------------------------------------------------------------------

    def field(self, *words: str) -> tuple[str, str] | None:
        """Return label and text of the first field whose label holds one of the words."""
        for label, text in self.form.fields.items():
            if any(word in label for word in words):
                return label, text
        return None

    def fields(self, *words: str) -> Iterator[tuple[str, str]]:
        """Yield label and text of the fields whose label holds one of the words."""
        for label, text in self.form.fields.items():
            if any(word in label for word in words):
                yield label, text

    @cached_property
    def judged_together(self) -> bool:
        """Whether printed note N2 says that not every goal has both outputs and benefits."""
        return any("并非每一个绩效子目标" in note for note in self.form.notes)

    def mode(self, values: Callable[[Row], str], rows: Iterable[Row]) -> str:
        """Return the value that most rows have, or ""."""
        counts: dict[str, int] = defaultdict(int)
        for row in rows:
            if value := values(row):
                counts[value] += 1
        return max(counts, key=lambda value: counts[value], default="")
