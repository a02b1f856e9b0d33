"""What a check found, told as JSON, as text, or in the place of a list's column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kpiapp.model.problem import Severity
from kpiapp.model.shortening import shortened
from kpiapp.rules import engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpiapp.model.form import Form, Indicator
    from kpiapp.model.problem import Place, Problem
    from kpiapp.services.checks.report import Report

CELL_LABELS = {
    "group": "二级指标", "name": "名称", "target": "指标值", "prior2": "前年值", "prior1": "上年值",
    "standard": "依据", "note": "说明", "row": "",
}  # fmt: skip


LONGEST_NAME, LONGEST_MESSAGE = 60, 300
"""Characters of a name, and of a message, in a line of a report; JSON and xlsx have all."""


def report_to_json(report: Report, forms: Iterable[Form]) -> dict[str, Any]:
    """Return a report as `check --format json` prints it; scripts rely on these keys.

    Problems that were excused or parked stand apart, each with its reason.
    """
    rows = _rows_of(forms)
    data: dict[str, Any] = {
        "verdict": report.verdict,
        "rules_off": list(report.rules_off),
        "problems": [_problem_to_json(x, rows) for x in report.active()],
    }
    if report.rules_changed:
        data["rules_changed"] = {
            code: [severity.value for severity in severities]
            for code, severities in report.rules_changed.items()
        }
    if report.excused:
        data["excused"] = [
            _problem_to_json(problem, rows) | {"reason": reason}
            for problem, reason in report.excused_problems()
        ]
    if report.parked:
        data["parked"] = [_problem_to_json(x, rows) for x in report.parked_problems()]
    if report.alone:
        data["alone"] = list(report.alone)
    return data


Rows = dict[str, dict[str, tuple[int, "Indicator"]]]


def _rows_of(forms: Iterable[Form]) -> Rows:
    return {form.id: {row.id: (i, row) for i, row in enumerate(form.indicators)} for form in forms}


def _problem_to_json(problem: Problem, rows: Rows) -> dict[str, Any]:
    place = problem.place
    index, row = rows.get(place.form, {}).get(place.indicator or "", (None, None))
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "form": place.form,
        "horizon": place.horizon.value if place.horizon else None,
        "goal": place.goal,
        "level1": row.level1 if row else None,
        "level2": row.level2 if row else None,
        "level3": row.level3 if row else None,
        "row": index,
        "cell": place.cell if row else None,
        "field": place.field,
        "other_form": problem.other_form,
        "message": problem.message,
        "fix": {"label": problem.fix.label, "safe": problem.fix.safe} if problem.fix else None,
    }


def place_text(place: Place, form: Form) -> str:
    """Return where a problem is, in the words of the form: 目标2 / 产出指标 / … / 指标值."""
    row = next((x for x in form.indicators if x.id == place.indicator), None)
    parts = [place.horizon.label if place.horizon else ""]
    if place.goal is not None:
        parts = [f"{parts[0]}目标{place.goal}"]
    if row:
        texts = (row.level1, row.level2, row.level3.strip())
        parts += [shortened(text, LONGEST_NAME) for text in texts]
        parts.append(CELL_LABELS.get(place.cell or "", ""))
    parts.append(shortened(place.field or "", LONGEST_NAME))
    return " / ".join(part for part in parts if part) or "整张表"


def report_to_text(report: Report, forms: Iterable[Form]) -> str:
    """Return a report to be read: form by form, the worst first, with what was off and excused."""
    by_id = {form.id: form for form in forms}
    lines: list[str] = []
    for form_id, problems in report.problems.items():
        form = by_id.get(form_id)
        shown = [problem for problem in problems if report.is_active(problem)]
        if form is None or not shown:
            continue
        lines.append(f"{form.year}年 {form.kind.label} {named(form)}：{_counted(shown)}")
        lines += [_line(problem, form) for problem in shown]
        lines.append("")
    lines.append(report.verdict_text())
    if report.rules_off:
        lines.append(f"没有检查的规则：{rules_off_text(report)}")
    if report.rules_changed:
        lines.append(f"改了级别的规则：{rules_changed_text(report)}")
    for problem, reason in report.excused_problems():
        form = by_id.get(problem.place.form)
        where = place_text(problem.place, form) if form else problem.place.form
        lines.append(f"不算问题：{where}：{problem.message}（{problem.code}）理由：{reason}")
    if parked := report.parked_problems():
        lines.append(f"列入基线的旧问题（不计入）：{len(parked)} 处")
    if report.alone:
        lines.append(f"没有找到所属部门、单独检查的表：{alone_text(report, by_id)}")
    return "\n".join(lines)


_MADE = re.compile(r"[0-9a-f]{32}")
"""An id that the program made (`new_id`); it tells a person nothing."""


def named(form: Form) -> str:
    """Return what a report calls a form: its name, and the id where somebody gave it one."""
    if _MADE.fullmatch(form.id):
        return form.name or "（没有名称）"
    return f"{form.name}（{form.id}）"


def alone_text(report: Report, forms: Mapping[str, Form]) -> str:
    """Return the names of the forms that were checked alone."""
    return "、".join(named(forms[form_id]) for form_id in report.alone if form_id in forms)


def rules_off_text(report: Report) -> str:
    """Return the rules that were off, each with its name; "" where there are none."""
    return "、".join(_rule(code) for code in report.rules_off)


def rules_changed_text(report: Report) -> str:
    """Return the rules with another severity, each with its name, before and after."""
    return "、".join(
        f"{_rule(code)}由{rule.severity.label if (rule := engine.rule_of(code)) else ''}"
        f"改为{'或'.join(x.label for x in severities)}"
        for code, severities in report.rules_changed.items()
    )


def _rule(code: str) -> str:
    rule = engine.rule_of(code)
    return f"{rule.title}（{code}）" if rule else code


def _line(problem: Problem, form: Form) -> str:
    label = shortened(problem.fix.label, LONGEST_NAME) if problem.fix else ""
    fix = f" [可修复：{label}]" if problem.fix else ""
    where = place_text(problem.place, form)
    said = shortened(problem.message, LONGEST_MESSAGE)
    return f"  {problem.severity.label} {where}：{said}（{problem.code}）{fix}"


def _counted(problems: list[Problem]) -> str:
    counts = [(x.label, sum(problem.severity is x for problem in problems)) for x in Severity]
    return "，".join(f"{label}{count}" for label, count in counts if count)
