"""Applying the fixes that the checker offers, one or many, as one step."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.edit import EditError, apply_all
from kpiapp.model.stages import Stage
from kpiapp.services.stages import evaluation_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.model.form import Form
    from kpiapp.model.problem import Problem
    from kpiapp.services.session import Session


CLEARING = frozenset({"empty-level2-group"})
"""Rules whose safe fix takes a blank row of the printed sheet away."""
UNFINISHED = frozenset(
    {
        "goal-without-indicators",
        "missing-level1-group",
        "missing-level2-group",
        "missing-required-field",
        "missing-target",
    }
)
"""What is found as long as a form is being filled in."""


def safe_together(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems whose fixes change no meaning, to be applied unseen.

    Blank rows of a form that is still being filled in are kept: they are yet to be written in.
    """
    begun = {x.place.form for x in problems if x.code in UNFINISHED}
    return [
        x
        for x in problems
        if x.fix and x.fix.safe and not (x.code in CLEARING and x.place.form in begun)
    ]


def apply_fixes(session: Session, problems: Sequence[Problem]) -> int:
    """Apply the fixes of some problems as one step and return how many were applied.

    Fixes can meet (two that take the same row away); one that no longer fits after those before
    it is left out, and its problem stays in the list if it is still one.

    Raises:
        UserError: none of them fits any longer, or the step could not be saved.
    """
    trial: dict[str, Form] = {}
    edits: dict[str, list[Edit]] = {}
    labels: list[str] = []
    for problem in problems:
        form_id = problem.place.form
        if form_id not in trial:
            trial[form_id] = copy.deepcopy(session.form(form_id))
        if problem.fix and _fits(trial[form_id], problem.fix.edits):
            edits.setdefault(form_id, []).extend(problem.fix.edits)
            labels.append(problem.fix.label)
    if not labels:
        raise UserError("这处问题现在不能自动修复", "请到那一格手工修改")
    for form_id, form in trial.items():
        if form.stage == Stage.EVALUATION and form_id in edits:
            edits[form_id] += evaluation_score.derived(form)
    session.do(labels[0] if len(labels) == 1 else f"修复 {len(labels)} 处问题", edits)
    return len(labels)


def _fits(form: Form, edits: Sequence[Edit]) -> bool:
    """Try edits on a copy of a form; they stay applied there when they fit."""
    try:
        apply_all(form, edits)
    except EditError:
        return False
    return True
