"""What a person is told of an import, before and after: in the window and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.services.checks import check_reports, checking_files
from kpiapp.services.checks.checking_files import Gathered
from kpiapp.services.files.reading_files import Failure, Incoming
from kpiapp.services.imports.importing import Planned, State
from kpiapp.services.imports.joining import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.model.form import Form
    from kpiapp.services.imports.importing import Plan
    from kpiapp.services.session import Session
    from kpiapp.sheets.draft import FromSheet

    Row = Planned | Incoming | Failure


def summary(plan: Plan, failures: Sequence[Failure]) -> str:
    """Return how many forms of which kind were found: `新增 20 张、重复 6 张`."""
    counts = [(state.label, sum(item.state is state for item in plan.items)) for state in State]
    parts = [f"{label} {count} 张" for label, count in counts if count]
    parts += [f"项目支出表 {len(plan.project_lists)} 张"] if plan.project_lists else []
    parts += [f"{len(failures)} 个文件读不了"] if failures else []
    return "、".join(parts) or "没有找到表"


def outcome(plan: Plan) -> str:
    """Return what was put into the library, and how much of it was not understood."""
    counts = [(State.NEW, "新增"), (State.CHANGED, "更新")]
    found = [(word, sum(item.state is state for item in plan.items)) for state, word in counts]
    parts = [f"{word} {count} 张" for word, count in found if count]
    lists = [one for one in plan.project_lists if not one.unchanged]
    parts += [f"项目支出表 {len(lists)} 张"] if lists else []
    years = sorted({item.form.year for item in plan.items if item.state in dict(counts)})
    where = f"，在 {'、'.join(map(str, years))} 年度里" if len(years) > 1 else ""
    unread = unread_cells([*plan.items, *plan.project_lists])
    left = f"有 {unread} 个单元格没有认出，没有放入。" if unread else ""
    return f"已导入：{'、'.join(parts)}{where}。{left}"


def unread_cells(rows: Sequence[Row]) -> int:
    """Return how many cells were not understood."""
    return sum(len(_unread(row)) for row in rows)


def about(row: Row) -> list[str]:
    """Return the lines on one form or file: what it is, what was not understood or was tidied."""
    return [*_head(row), *_unread(row), *_tidied(row)]


def full(headline: str, rows: Sequence[Row]) -> str:
    """Return the report on a whole import; what a person has to look at comes first."""
    failed = [line for row in rows if isinstance(row, Failure) for line in _head(row)]
    unread = [line for row in rows if (cells := _unread(row)) for line in (*_head(row)[:1], *cells)]
    read = [row for row in rows if not isinstance(row, Failure)]
    parts = [
        [headline],
        ["== 读不了的文件 ==", *failed] if failed else [],
        [f"== 没有认出的单元格（{unread_cells(rows)}） ==", *unread] if unread else [],
        ["== 读到的表 =="] if read else [],
        *([*_head(row), *_tidied(row)] for row in read),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(row: Row) -> list[str]:
    """Return the file, the form in it, and how it was recognised."""
    if isinstance(row, Failure):
        return [f"{row.path}：{row.error.message}。{row.error.way_out}"]
    if isinstance(row, Incoming):
        return _list_head(row)
    form, draft = row.form, row.incoming.draft
    number = f"，{len(row.edits)}处" if row.edits else ""
    repeated = "：与前面的是同一张表，没有放入" if row.state is State.REPEATED else ""
    where = row.incoming.path.name + (f" / {draft.grid.name}" if draft and draft.grid.name else "")
    named = f"{form.kind.label}“{form.name or '未命名'}”（{form.year}年，{form.layout}）"
    lines = [f"{where}：{named}{row.state.label}{number}{repeated}"]
    if row.joining and row.joining.name:
        lines.append(f"  作为项目的{form.year}年，{told(row.joining)}")
    return lines + _recognised(draft, form.year)


def _list_head(row: Incoming) -> list[str]:
    """Return the file, the 表10 in it, and how it was recognised."""
    listed, draft = row.project_list, row.list_draft
    assert listed
    state = State.SAME.label if row.unchanged else "放入"
    lines = [f"{row.path.name}：{listed.title}（{listed.year}年，{len(listed.rows)} 行）{state}"]
    return lines + _recognised(draft, listed.year)


def _recognised(draft: FromSheet | None, year: int) -> list[str]:
    """Return how a sheet was recognised; nothing is to be told of other files."""
    if draft is None:
        return []
    lines = [f"  表样：{draft.layout.name}，把握 {draft.confidence:.0%}"]
    lines += [f"  {note}" for note in draft.notes]
    if draft.year_assumed:
        lines.append(f"  年度：表上没有写明，按 {year} 年放入，请核对")
    return lines


def _draft(row: Row) -> FromSheet | None:
    if isinstance(row, Planned):
        return row.incoming.draft
    return row.list_draft if isinstance(row, Incoming) else None


def _unread(row: Row) -> list[str]:
    draft = _draft(row)
    return [f"  没有认出 {cell.cell}：{cell.text}" for cell in draft.unread] if draft else []


def _tidied(row: Row) -> list[str]:
    draft = _draft(row)
    changes = draft.changes if draft else []
    return [f"  {one.cell}：“{one.before}”读作“{one.after}”" for one in changes]


def problems(session: Session, forms: Sequence[Form], *, imported: bool) -> str:
    """Return what the checker says of forms as they come in.

    Args:
        session: the library.
        forms: the forms.
        imported: they are in it, and are checked with all others of their years; else alone.
    """
    report = session.report() if imported else checking_files.check(Gathered(list(forms)))
    return check_reports.report_to_text(report, forms) if report else "检查没有完成"
