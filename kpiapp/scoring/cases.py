"""Single scores for the command line and for whoever checks the program from outside."""

from __future__ import annotations

from typing import Any

from kpiapp.errors import UserError
from kpiapp.scoring.execution import execution
from kpiapp.scoring.schemes import execution_rule, scheme
from kpiapp.scoring.score import Entry, score
from kpiapp.scoring.values import as_json, figure, number, text


def score_case(case: dict[str, Any]) -> dict[str, Any]:
    """Score one indicator of a case file.

    Args:
        case: id, scheme, target, actual, weight, and where given level2, direction, year, tier,
            typed_score.

    Returns:
        id, score or None, how, error or None, flags; and range where a tier allows one.
    """
    outcome = score(entry_from_json(case), scheme(str(case.get("scheme", "mof-2020"))))
    answer: dict[str, Any] = {
        "id": case.get("id"),
        "score": as_json(outcome.score),
        "how": outcome.how,
        "error": outcome.error,
        "flags": list(outcome.flags),
    }
    if outcome.scope:
        answer["range"] = [float(x) for x in outcome.scope]
    return answer


def execution_case(case: dict[str, Any]) -> dict[str, Any]:
    """Score one money row of a case file: rule, weight, initial, adjusted, spent.

    Returns:
        id, rate (percent, not capped) or None, score or None, how, error or None, flags.
    """
    outcome = execution(
        text(case.get("adjusted")),
        text(case.get("spent")),
        number(case.get("weight")),
        execution_rule(str(case.get("rule", "proportional"))),
    )
    return {
        "id": case.get("id"),
        "rate": as_json(outcome.rate),
        "score": as_json(outcome.score),
        "how": outcome.how,
        "error": outcome.error,
        "flags": list(outcome.flags),
    }


def any_case(case: Any) -> dict[str, Any]:
    """Score a case of either kind; raises UserError for what is neither."""
    if not isinstance(case, dict) or not {"target", "rule"} & set(case):
        raise UserError("评分用例应有“target”（指标）或“rule”（预算执行）", "请对照帮助中的格式")
    return score_case(case) if "target" in case else execution_case(case)


def entry_from_json(data: dict[str, Any]) -> Entry:
    """Return the row that a JSON object describes; numbers may be numbers or texts.

    Raises:
        UserError: a value is of another kind.
    """
    return Entry(
        target=text(data.get("target")),
        actual=text(data.get("actual")),
        weight=number(data.get("weight")),
        level2=text(data.get("level2")) or "",
        direction=text(data.get("direction")),
        year=_year(data.get("year")),
        tier=text(data.get("tier")),
        typed_score=figure(data.get("typed_score"), "评定得分"),
    )


def _year(value: Any) -> int | None:
    year = figure(value, "年度")
    if year is not None and (year != int(year) or not 1900 <= year <= 2100):  # noqa: PLR2004
        raise UserError(f"年度“{year}”应是1900到2100的整数", "例如 2025")
    return None if year is None else int(year)
