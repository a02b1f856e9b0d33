"""Commands of the year cycle, from roll-forward to the report. Registered by `kpiapp.cli`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kpiapp.cli.library import (  # noqa: TC001  typer reads them at run time
    FolderOption,
    KindsOption,
    LibraryOption,
    YearOption,
)
from kpiapp.cli.words import listed, say

if TYPE_CHECKING:
    from collections.abc import Callable


class AnswerFormat(StrEnum):
    """How scores are written."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[AnswerFormat, typer.Option("--format", help="输出的格式：text、json")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    add = app.command
    add("score", help="按评分方案计算一张表的自评得分。退出码：0 没有错误，1 有错误，2 没能计算")(
        score
    )
    add("score-case", help="逐条计算评分用例")(score_case)
    add("schemes", help="列出评分方案；复制一个来改，或检查自己的方案文件")(list_schemes)
    add("export-results", help="导出一个年度的全部自评表、监控表")(export_results)
    add("report", help="写自评报告（docx）和各项目自评汇总（xlsx）")(report)
    add("roll-forward", help="结转到下一年：由今年的表生成下一年的表，历年值后移")(roll_forward)


def score(
    form: Annotated[Path, typer.Argument(metavar="FORM.json", help="申报表")],
    results: Annotated[Path, typer.Option("--results", help="自评结果", metavar="RESULTS.json")],
    scheme: Annotated[
        str, typer.Option("--scheme", help="评分方案，如mof-2020，或方案文件.toml", metavar="ID")
    ],
    answer_format: FormatOption = AnswerFormat.TEXT,
) -> int:
    """Score one form."""
    from kpiapp.services.results import scoring_files

    found = scoring_files.score_files(form, results, scheme)
    _put_out(found, answer_format, scoring_files.as_text)
    return 1 if scoring_files.has_errors(found) else 0


def score_case(
    file: Annotated[Path, typer.Option("--file", help="评分用例", metavar="CASES.json")],
    answer_format: FormatOption = AnswerFormat.TEXT,
) -> int:
    """Score single cases."""
    from kpiapp.services.results import scoring_files

    answers = scoring_files.score_cases(file)
    _put_out(answers, answer_format, scoring_files.cases_as_text)
    return 0


def list_schemes(
    copy: Annotated[str, typer.Option("--copy", help="复制这个方案", metavar="ID")] = "",
    to: Annotated[
        Path, typer.Option("--to", help="复制到这个文件夹或文件（.toml）", metavar="DEST")
    ] = Path(),
    check: Annotated[
        Path | None, typer.Option("--check", help="检查这个方案文件", metavar="FILE.toml")
    ] = None,
) -> int:
    """List the scoring schemes, copy one, or check a file of one's own."""
    from kpiapp.services.results import own_schemes

    if copy:
        say(f"已写出 {own_schemes.copy(copy, to)}")
    elif check is not None:
        say(f"可以使用：{own_schemes.check(check).name}")
    else:
        say(*("\t".join(line) for line in own_schemes.listed()))
    return 0


def roll_forward(
    library: LibraryOption,
    from_year: Annotated[int, typer.Option("--from", help="今年", metavar="Y")],
    to_year: Annotated[int, typer.Option("--to", help="下一年", metavar="Y+1")],
    keep_money: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--keep-money", help="预算金额沿用今年的，不清空")
    ] = False,
    dry_run: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--dry-run", help="只看会怎样，不改动目标库")
    ] = False,
) -> int:
    """Carry a year over into the next, as one step."""
    from kpiapp.errors import UserError
    from kpiapp.services import opening
    from kpiapp.services.years import rolling

    if not library.exists():
        raise UserError(f"找不到目标库“{library}”", "请检查文件名")
    work = rolling.plan_roll_forward if dry_run else rolling.roll_forward
    with opening.opened(library, read_only=dry_run) as session:
        say(*rolling.as_lines(work(session, from_year, to_year, keep_money=keep_money)))
    if dry_run:
        say("只是试看，目标库没有改动。")
    return 0


def export_results(
    library: LibraryOption,
    year: YearOption,
    out: FolderOption,
    kinds: KindsOption = "xlsx",
) -> int:
    """Export the 自评表 and 监控表 of a year."""
    from kpiapp.services import opening
    from kpiapp.services.results import result_sheets

    with opening.opened(library, read_only=True) as session:
        say(*(str(path) for path in result_sheets.export(session, year, out, listed(kinds))))
    return 0


def report(
    library: LibraryOption,
    year: YearOption,
    out: FolderOption,
) -> int:
    """Write the 自评报告 and the summary of all projects of a year."""
    from kpiapp.services import opening
    from kpiapp.services.files.folders import make_folder
    from kpiapp.services.results import reporting, summary_workbook

    make_folder(out)
    with opening.opened(library, read_only=True) as session:
        for name, write in (
            (f"{year}-自评报告.docx", reporting.write_report),
            (f"{year}-自评汇总.xlsx", summary_workbook.write),
        ):
            write(session, year, out / name)
            say(str(out / name))
    return 0


def _put_out(found: Any, answer_format: AnswerFormat, as_text: Callable[[Any], str]) -> None:

    if answer_format is AnswerFormat.JSON:
        say(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        say(as_text(found).removesuffix("\n"))
