"""The report of a check as a workbook: a list of findings, and a sheet on what was done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpiapp.services.checks import report_rows
from kpiapp.services.checks.check_reports import rules_changed_text, rules_off_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpiapp.services.checks.report import Report
    from kpiapp.services.checks.report_rows import ReportRow

HEADS = ("级别", "代码", "表", "位置", "问题", "怎么改", "单位", "年度", "不算问题的理由", "文件")
WIDTHS = (7, 28, 20, 34, 46, 38, 20, 7, 18, 18)


def write(path: Path, report: Report, found: Sequence[ReportRow]) -> None:
    """Write a report.

    Args:
        path: where; an old file is replaced when the new one is whole.
        report: the verdict and the rules that were off.
        found: the findings (`report_rows.rows`).

    Raises:
        UserError: it cannot be written there.
    """
    from kpiapp.sheets import listing

    looks = {number: _look(row) for number, row in enumerate(found)}
    listing.write(
        path,
        [
            listing.Listing("检查结果", HEADS, WIDTHS, [_cells(row) for row in found], looks),
            listing.Listing("说明", ("项目", "内容"), (28, 90), summary(report, found)),
        ],
    )


def _look(row: ReportRow) -> str:
    if row.quiet is not None:
        return "quiet"
    return row.severity.value if row.severity else "error"


def _cells(row: ReportRow) -> tuple[str, ...]:
    return (
        row.level, row.code, row.form, row.place, row.message, row.mend, row.unit,
        str(row.year or ""), row.quiet or "", row.path.name if row.path else "",
    )  # fmt: skip


def summary(report: Report, found: Sequence[ReportRow]) -> list[tuple[str, str]]:
    """Return what a report says besides its findings: verdict, numbers, rules that were off."""
    counting = Counter(row.level for row in found if row.quiet is None)
    lines = [
        ("结论", report.verdict_text()),
        ("检查的表", f"{len(report.problems)} 张"),
        *((f"{level}数", f"{counting[level]} 处") for level in ("错误", "警告", "提示")),
        ("读不了的文件", f"{counting[report_rows.UNREADABLE]} 个"),
        ("不算问题", f"{len(report.excused_problems())} 处（在“检查结果”里以灰色列出，附理由）"),
        ("列入基线的旧问题", f"{len(report.parked_problems())} 处（灰色列出，不计入结论）"),
        ("没有检查的规则", rules_off_text(report) or "无"),
        ("改了级别的规则", rules_changed_text(report) or "无"),
    ]
    if report.alone:
        names = dict.fromkeys(row.form for row in found if row.form_id in report.alone)
        told = f"{len(report.alone)} 张" + (f"：{'、'.join(names)}" if names else "")
        lines.append(("没有找到所属部门、单独检查的表", told))
    return lines
