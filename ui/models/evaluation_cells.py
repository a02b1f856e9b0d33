"""What the cells of a self-evaluation show: targets, results, points, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score
from ui.models.results_model import Cell

if TYPE_CHECKING:
    from kpiapp.model.form import Goal, Group, Indicator
    from kpiapp.services.stages.evaluation_score import Evaluation, Row

NO_SCORE = "未评价"
OVER_100 = "超过了100%，请核对"
SHARE_TIP = "这个目标占全部指标分值的百分比，直接填数，如 60；不填时不计占比"
SHARE_TO_FILL = Cell("填占比", "soft", SHARE_TIP, "")
TO_FILL = Cell("（请填写）", "warn", "扣了分或超过指标值较多，应写明", "")


class EvaluationCells:
    """The cells of the indicators, by the scores that were found last."""

    def __init__(self) -> None:
        """Begin without scores."""
        self._rows: dict[str, Row] = {}

    def take(self, found: Evaluation | None) -> None:
        """Take up the scores of a form; None where it cannot be scored."""
        self._rows = {row.indicator.id: row for row in found.rows} if found else {}

    def scored(self, row: Indicator) -> Row | None:
        """Return the score of an indicator, if there is one."""
        return self._rows.get(row.id)

    def actual(self, row: Indicator) -> Cell:
        """Return the result, and below it why it cannot be scored or looks wrong."""
        text, scored = row.extra.get(shape.ACTUAL, ""), self.scored(row)
        if not text or scored is None:
            return Cell(text)
        how = scored.score.how
        if scored.score.error is not None:
            why = how.removeprefix(f"{NO_SCORE}：").removesuffix(f"（{text}）")
            return Cell(f"{text}\n{why}", "bad", how, text)
        if "result-over-100" in scored.score.flags:
            return Cell(f"{text}\n{OVER_100}", "warn", how, text)
        return Cell(text)

    def points(self, row: Indicator) -> Cell:
        """Return the points, or that there are none; what a person typed is edited."""
        scored = self.scored(row)
        if scored is None:
            return Cell("")
        points, how = evaluation_score.points_of(scored), scored.score.how
        typed = row.extra.get(shape.TYPED_SCORE, "")
        if points is None:
            return Cell(NO_SCORE, "bad" if row.extra.get(shape.ACTUAL) else "soft", how, typed)
        lost = scored.weight is not None and points < scored.weight
        return Cell(str(points), "warn" if lost else "", how, typed)

    def due(self, row: Indicator, label: str) -> Cell:
        """Return a reason or a measure, or that one is demanded."""
        text = row.extra.get(label, "")
        return TO_FILL if not text and self._is_due(row) else Cell(text)

    def _is_due(self, row: Indicator) -> bool:
        scored = self.scored(row)
        if scored is None or scored.score.score is None or scored.weight is None:
            return False
        lost = (evaluation_score.points_of(scored) or 0) < scored.weight
        return lost or "over-achievement" in scored.score.flags

    def sum_of_points(self, group: Group) -> str:
        """Return what the points of a group add up to, "" while one is missing."""
        scored = [self.scored(row) for row in group.indicators]
        points = [evaluation_score.points_of(x) for x in scored if x]
        known = [x for x in points if x is not None]
        return str(sum(known)) if known and len(known) == len(points) else ""


def target(row: Indicator) -> Cell:
    """Return the frozen target; one that was adjusted says why."""
    reason = row.extra.get(shape.ADJUSTED)
    return Cell(row.target, "soft" if reason else "", f"已调整：{reason}" if reason else "")


def weight(row: Indicator) -> Cell:
    """Return the points to be had."""
    return Cell("" if row.weight is None else str(row.weight))


def share(goal: Goal) -> Cell:
    """Return how much of the points a goal carries, or that it may be typed here."""
    if goal.share in (None, ""):
        return SHARE_TO_FILL
    return Cell(f"占{goal.share}%", tip=SHARE_TIP, typed=str(goal.share))


def sum_of_weights(group: Group) -> str:
    """Return what the weights of a group add up to."""
    found = [shape.number(row.weight) for row in group.indicators]
    known = [x for x in found if x is not None]
    return str(shape.plain(sum(known[1:], known[0]))) if known else ""
