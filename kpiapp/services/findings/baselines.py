"""A baseline: the findings of today are parked, so that only new ones count.

For a set of files it is a JSON file; for a library a setting in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.services.checks.report import problem_key
from kpiapp.services.checks.rule_settings import BASELINE
from kpiapp.services.files import json_files
from kpiapp.store.step import PutSetting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.services.checks.report import Report
    from kpiapp.services.session import Session

KIND = "baseline"


def keys(report: Report, forms: Iterable[Form]) -> list[str]:
    """Return the keys of all findings that are not excused, those of an old baseline too."""
    known = {form.id: form for form in forms}
    return sorted(
        {
            problem_key(problem, known[problem.place.form])
            for problem in report.all()
            if report.reason(problem) is None and problem.place.form in known
        }
    )


def read(path: Path) -> frozenset[str]:
    """Return the keys in a baseline file; raises UserError where it is none."""
    data = json_files.read_any(path)
    found = data.get("keys") if isinstance(data, dict) and data.get("kind") == KIND else None
    if not isinstance(found, list) or not all(isinstance(key, str) for key in found):
        raise UserError(f"“{path.name}”不是基线文件", "请用 check --write-baseline 生成")
    return frozenset(found)


def write(path: Path, report: Report, forms: Iterable[Form]) -> int:
    """Park the findings of a report in a file; return how many."""
    from kpiapp.services.files import formats

    found = keys(report, forms)
    formats.write_bytes(path, json_files.to_bytes({"kind": KIND, "keys": found}))
    return len(found)


def park(session: Session, year: int) -> int:
    """Park what counts now on the forms of a year, in the library; return how many there are.

    Raises:
        UserError: the library is read-only, or it could not be saved.
    """
    report = session.report(year)
    if report is None:
        raise UserError("检查没有完成，不能设基线", "请先排除检查中的错误")
    new = keys(report, session.forms(year))
    old = session.library.setting(BASELINE, [])
    session.put_settings("把现有问题列为旧问题", {BASELINE: sorted({*old, *new})})
    return len(report.parked_problems()) + sum(1 for _ in report.active())


def release(session: Session) -> None:
    """Let all parked findings count again; raises UserError where it cannot be saved."""
    session.put_settings("旧问题重新计入", {BASELINE: None})


def without(session: Session, keys: Collection[str]) -> PutSetting | None:
    """Return the change that lets the findings with these keys count again, if any is parked."""
    old = session.library.setting(BASELINE, [])
    kept = [key for key in old if key not in set(keys)]
    return PutSetting(BASELINE, old, kept or None) if kept != old else None
