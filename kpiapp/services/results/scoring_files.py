"""Scoring from files, for the command line: case files, and a form with its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model.form import Form
from kpiapp.scoring.cases import any_case
from kpiapp.scoring.evaluation import score_form
from kpiapp.services.files import json_files
from kpiapp.services.results.own_schemes import by_name_or_file

if TYPE_CHECKING:
    from pathlib import Path


Json = dict[str, Any]

WARNINGS = frozenset(("deviation-without-reason", "score-differs-from-formula"))
"""Codes of findings that are worth a look and no error."""

_CASE_KEYS = ("id", "score", "how", "error", "flags")
_MONEY_KEYS = ("id", "rate", "score", "error", "flags")
_ROW_KEYS = ("level3", "target", "actual", "weight", "score", "how", "error")


def score_cases(path: Path) -> list[Json]:
    """Return the scores of a file of single cases, in its order.

    Raises:
        UserError: the file cannot be read, or an item of it is no case.
    """
    cases = json_files.read_any(path)
    if not isinstance(cases, list):
        raise UserError(f"“{path.name}”应是一列评分用例", "请用方括号把各用例写成一列")
    return [_case(path, place, case) for place, case in enumerate(cases, 1)]


def _case(path: Path, place: int, case: Any) -> Json:
    try:
        answer = any_case(case)
    except UserError as error:
        raise UserError(f"“{path.name}”第{place}个用例：{error.message}", error.way_out) from error
    keys = _MONEY_KEYS if "rate" in answer else _CASE_KEYS
    return {key: answer[key] for key in keys}


def score_files(form_path: Path, results_path: Path, scheme_id: str) -> Json:
    """Return the self-evaluation of the form in one file with the results in another.

    Raises:
        UserError: a file cannot be read or has another shape, or there is no such scheme.
    """
    rules = by_name_or_file(scheme_id)
    form = json_files.read(form_path)
    if not isinstance(form, Form):
        raise UserError(f"“{form_path.name}”是项目支出表，不是申报表", "请给出一张申报表")
    results = json_files.read_any(results_path)
    try:
        found = score_form(form, results, rules)
    except UserError as error:
        raise UserError(f"“{results_path.name}”{error.message}", error.way_out) from error
    return as_printed(found)


def as_printed(found: Json) -> Json:
    """Return an evaluation with the keys that scripts rely on, and no others."""
    return {
        "total": found["total"],
        "grade": found["grade"],
        "execution": {key: found["execution"][key] for key in ("rate", "score")},
        "indicators": [{key: row[key] for key in _ROW_KEYS} for row in found["indicators"]],
        "problems": found["problems"],
    }


def has_errors(found: Json) -> bool:
    """Say whether anything keeps an evaluation from being handed in."""
    wrong = any(problem["code"] not in WARNINGS for problem in found["problems"])
    return wrong or found["total"] is None


def as_text(found: Json) -> str:
    """Return an evaluation for a person: a line an indicator, the total, what is wrong."""
    lines = [_line(row) for row in found["indicators"]]
    money = found["execution"]
    lines.append(f"预算执行\t{_or_none(money['rate'], '%')}\t{_or_none(money['score'], '分')}")
    total = _or_none(found["total"], "分")
    lines.append(f"总分\t{total}\t{found['grade'] or ''}".rstrip())
    lines += [f"{problem['code']}\t{problem['message']}" for problem in found["problems"]]
    return "\n".join(lines) + "\n"


def cases_as_text(answers: list[Json]) -> str:
    """Return the scores of cases for a person, a line each."""
    lines = [
        f"{answer['id']}\t{_or_none(answer['score'], '分')}\t"
        f"{answer.get('how') or answer['error'] or ''}\t{' '.join(answer['flags'])}".rstrip()
        for answer in answers
    ]
    return "\n".join(lines) + "\n"


def _line(row: Json) -> str:
    score = _or_none(row["score"], "分")
    return f"{row['level3']}\t{row['target']}\t{row['actual'] or ''}\t{score}\t{row['how']}"


def _or_none(value: float | None, unit: str) -> str:
    return "未评价" if value is None else f"{value:g}{unit}"
