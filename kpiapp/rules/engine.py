"""The registry of rules and how one is run.

A rule is a generator function in a file of its own, `<family>/<code_with_underscores>.py`; its
code follows from its name, its page (title, 为什么, 怎么改, 依据, 错例, 正例) is its docstring.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from kpiapp.model.problem import Place, Severity
from kpiapp.rules.findings import Finding

if TYPE_CHECKING:
    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts

Check = Callable[["Facts", "Context"], Iterator[Finding]]

FAMILIES = {
    "structure": "结构",
    "targets": "指标值",
    "horizons": "长期与年度",
    "money": "资金",
    "history": "历年",
    "fields": "栏目",
    "wording": "文字",
    "cross_form": "表间",
    "evaluation": "自评",
    "monitoring": "监控",
}
"""The families in the order of the catalogue, with their Chinese names."""

HEADINGS = ("为什么", "怎么改", "依据", "错例", "正例")

RULE_FAILED = "rule-failed"
"""The code of the one problem that stands for a rule that raised."""


class Reach(StrEnum):
    """Which forms of the unit a rule reads, each kind more than the one before."""

    FORM = "form"  # the form itself
    LINKS = "links"  # on the department's form its projects; on a project's form only itself
    DEPARTMENT = "department"  # on a project's form the department's too
    UNIT = "unit"  # on a project's form the other projects too


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the checker.

    Attributes:
        code: the defect it names, as in reports.
        family: the folder it stands in.
        order: its place in the catalogue; ties between rules go by it.
        severity: how bad the defect is, unless the library or layout says otherwise.
        compares: it compares cells; rules that look at one cell go first.
        reach: which other forms it reads, so that it is run again when one of them changes.
        values: it looks at values of rows (`VALUES`); others need not run after an edit of these.
        turn: 0 for most. Below 0 it goes before others of its severity, since what they find on
            its cells follows from it; hints above 0 go after the other hints, in this order.
        title: the Chinese name.
        page: the text under each heading.
        check: yields the findings of one form.
    """

    code: str
    family: str
    order: int
    severity: Severity
    compares: bool
    reach: Reach
    values: bool
    turn: int
    title: str
    page: dict[str, str]
    check: Check


_registered: dict[str, Rule] = {}


def rule(  # noqa: PLR0913 - each is one thing to know of a rule
    severity: Severity,
    *,
    order: int,
    compares: bool = False,
    reach: Reach = Reach.FORM,
    values: bool = True,
    turn: int = 0,
) -> Callable[[Check], Check]:
    """Register a function as a rule.

    Args:
        severity: of its findings.
        order: its place within the family, in the order of the catalogue.
        compares: see `Rule`.
        reach: see `Rule`; more than the form itself implies `compares`.
        values: see `Rule`; pairs of rows depend on values, since what is counted must agree.
        turn: see `Rule`.
    """

    def register(check: Check) -> Check:
        family = check.__module__.split(".")[-2]
        title, page = read_page(inspect.getdoc(check) or "")
        code = check.__name__.replace("_", "-")
        place = list(FAMILIES).index(family) * 100 + order
        _registered[code] = Rule(
            code,
            family,
            place,
            severity,
            compares or reach is not Reach.FORM,
            reach,
            values,
            turn,
            title,
            page,
            check,
        )
        return check

    return register


def read_page(text: str) -> tuple[str, dict[str, str]]:
    """Split a rule's docstring into its title and the text under each heading."""
    title, _, rest = text.partition("\n")
    page: dict[str, list[str]] = {}
    current: list[str] = []
    for line in rest.splitlines():
        if line.strip() in HEADINGS:
            current = page.setdefault(line.strip(), [])
        else:
            current.append(line)
    return title.strip(), {head: inspect.cleandoc("\n".join(x)) for head, x in page.items()}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule of the folder, in the order of the catalogue."""
    package = importlib.import_module("kpiapp.rules")
    for family in FAMILIES:
        folder = importlib.import_module(f"{package.__name__}.{family}")
        for module in pkgutil.iter_modules(folder.__path__):
            importlib.import_module(f"{folder.__name__}.{module.name}")
    return tuple(sorted(_registered.values(), key=lambda x: x.order))


def rule_of(code: str) -> Rule | None:
    """Return the rule with this code, or None."""
    return next((rule for rule in all_rules() if rule.code == code), None)


def run(rule: Rule, facts: Facts, context: Context) -> list[Finding]:
    """Return what a rule finds in a form; a rule that raises becomes one finding saying so."""
    try:
        return list(rule.check(facts, context))
    except Exception as error:  # noqa: BLE001 - a broken rule must never cost a person their work
        return [failure(rule, facts, error)]


def failure(rule: Rule, facts: Facts, error: Exception) -> Finding:
    """Return the finding that names a rule that could not be run."""
    said = f"{type(error).__name__}: {error}"[:200]
    message = f"检查“{rule.title}”（{rule.code}）没有做完，其他检查不受影响：{said}"
    return Finding(Place(facts.form.id), message, alone=True, failed=True)
