"""Commands on a library: import, export, backup, restore. Registered by `kpiapp.cli`."""

# ruff: noqa: FBT002 - a flag of the command line is a parameter with a default

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpiapp.cli.words import complain, listed, say, say_aside
from kpiapp.errors import UserError

LibraryOption = Annotated[Path, typer.Option("--library", help="目标库文件", metavar="L")]
YearOption = Annotated[int, typer.Option("--year", help="预算年度", metavar="Y")]
FolderOption = Annotated[Path, typer.Option("--out", help="写到这个文件夹", metavar="DIR")]
KindsOption = Annotated[str, typer.Option("--as", help="格式，用逗号隔开：xlsx,docx,pdf")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    add = app.command
    add("import", help="把文件读进目标库；目标库不存在时新建")(import_)
    add("export", help="导出一个年度的全部正式表")(export)
    add("situation", help="公开文本里的“预算绩效管理情况”一段，按库里的表数出来")(situation)
    add("backup", help="把目标库复制一份到文件夹里，正在使用也可以")(backup)
    add("restore", help="用备份恢复目标库；原来的目标库先另存一份")(restore)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="文件或文件夹")],
    library: LibraryOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不改动目标库")] = False,
) -> int:
    """Import files as one step, and say what was read, what was not, and problems."""
    from kpiapp.services import opening
    from kpiapp.services.files import reading_files
    from kpiapp.services.imports import import_report, importing

    incoming, failures = reading_files.read_named(files)
    for failure in failures:
        complain(failure.error)
    if not incoming:
        raise UserError("没有读到任何申报表", "请检查文件和文件夹")
    with opening.opened(library, dry_run=dry_run) as session:
        plan = importing.plan(session, incoming)
        lines = [line for item in plan.items for line in import_report.about(item)]
        lines += [line for one in plan.project_lists for line in import_report.about(one)]
        if not dry_run:
            importing.take_over(session, plan)
        forms = [item.form for item in plan.items]
        say(*lines, "", import_report.problems(session, forms, imported=not dry_run))
    if dry_run:
        say("只是试看，目标库没有改动。")
    return 1 if failures else 0


def export(
    library: LibraryOption,
    year: YearOption,
    out: FolderOption,
    kinds: KindsOption = "xlsx",
    one_workbook: Annotated[
        bool, typer.Option("--one-workbook", help="全部表放在一个文件里")
    ] = False,
) -> int:
    """Export all official sheets of a year."""
    from kpiapp.services import opening
    from kpiapp.services.exports import exporting

    with opening.opened(library, read_only=True) as session:
        report = exporting.export_year(
            session, year, out, kinds=listed(kinds), one_workbook=one_workbook
        )
    for path in report.files:
        say(str(path))
    for form, error in report.failures:
        say_aside(f"没有导出“{form.name}”：{error}")
    for name, left_out in report.unprinted.items():
        say_aside(f"没有印出的内容（{name}）：{'、'.join(left_out)}")
    for sentence in report.missing:
        say_aside(f"请核对：{sentence}")
    return 2 if report.failures else 0


def situation(
    library: LibraryOption,
    year: YearOption,
) -> int:
    """Print the paragraph 预算绩效管理情况 of each unit."""
    from kpiapp.services import opening
    from kpiapp.services.exports.situation import situations_of

    with opening.opened(library, read_only=True) as session:
        found = situations_of(session, year)
    for one in found:
        say(f"{one.unit}：{one.text}" if one.unit and len(found) > 1 else one.text)
        for note in one.notes:
            say_aside(f"请核对：{note}")
    return 0


def backup(
    library: LibraryOption,
    out: Annotated[Path, typer.Option("--out", help="备份放到这个文件夹", metavar="DIR")],
) -> int:
    """Copy a library, with the time in its name."""
    from kpiapp.services import backup as copies
    from kpiapp.services import opening

    with opening.opened(library, read_only=True) as session:
        say(str(copies.backup(session.library, out)))
    return 0


def restore(
    copy: Annotated[Path, typer.Argument(metavar="COPY", help="备份文件")],
    library: LibraryOption,
) -> int:
    """Put a copy back."""
    from kpiapp.services import backup as copies

    if kept := copies.restore(copy, library):
        say_aside(f"原来的目标库另存为 {kept}")
    say(str(library))
    return 0
