"""The command line. Names, options, JSON keys and exit codes are fixed; scripts rely on them.

Exit codes: 0 no error, 1 errors found, 2 could not run. What is asked for goes to the output, all
else to the error stream, as one Chinese sentence each.
"""

# ruff: noqa: FBT002 - a flag of the command line is a parameter with a default

from __future__ import annotations

import contextlib
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpiapp import __version__, crash
from kpiapp.cli import layouts, library, years
from kpiapp.cli.help import App, Group
from kpiapp.cli.words import (
    complain,
    complaining_in_chinese,
    listed,
    put_out,
    say,
    say_aside,
    speak_utf8,
)
from kpiapp.errors import UserError
from kpiapp.options import LAYOUTS, taken_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpiapp.services.checks.checking_files import Gathered
    from kpiapp.services.checks.report import Report

DONE, ERRORS_FOUND, COULD_NOT_RUN = 0, 1, 2
INTERRUPTED = 130
"""What typer returns after Ctrl+C."""
DEMO_FOLDER = Path("out")

app = App(
    name="kpiapp",
    help="绩效目标管理：离线填报、检查、导出预算绩效目标申报表。不带参数时打开窗口。"
    "各命令都可以加 --layouts 文件夹：自己的表样所在的文件夹。",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class ReportFormat(StrEnum):
    """How a report of problems is written; `docx` and `review` are the 审核表."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"
    REVIEW = "review"


REVIEWS = (ReportFormat.DOCX, ReportFormat.REVIEW)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code.

    Args:
        words: the command line without the program's name; by default, this process's own.
    """
    speak_utf8()
    try:
        with complaining_in_chinese():
            result = app(_with_own_layouts(words), standalone_mode=False)
        if result == INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - typer made a number of it
    except UserError as error:
        complain(error)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        say_aside("已停止。")
        return COULD_NOT_RUN
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except Exception as error:  # noqa: BLE001 - ours: a report is kept, and a sentence said
        path = crash.save_report(error, "命令行")
        say_aside(f"程序出错（{type(error).__name__}）。错误报告：{path or '没能保存'}")
        return COULD_NOT_RUN
    finally:
        _tell_layout_faults()
    return result if isinstance(result, int) else DONE


def _with_own_layouts(words: Sequence[str] | None) -> list[str]:
    """Return the words without `--layouts FOLDER`, once that folder is in use."""
    folder, rest = taken_out(list(sys.argv[1:] if words is None else words), LAYOUTS)
    if folder:
        from kpiapp.services import own_layouts

        own_layouts.use_given(Path(folder))
    return rest


def _tell_layout_faults() -> None:
    """Say which layout files could not be used, where a command has read them."""
    if "kpiapp.sheets.layouts.layout" in sys.modules:
        from kpiapp.services import catalogue

        for fault in catalogue.layout_faults():
            complain(fault)


# -- commands -----------------------------------------------------------------------------------


@app.command(help="检查文件、目标库或文件夹。退出码：0 没有错误，1 有错误，2 没能检查")
def check(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Annotated[list[Path], typer.Argument(help="JSON、xlsx、docx、目标库，或文件夹")],
    report_format: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="报告的格式；review 是审核表，--out 的后缀可以是 docx、xlsx、pdf、html",
        ),
    ] = ReportFormat.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help="报告写到这个文件")] = None,
    off: Annotated[str, typer.Option("--off", help="不检查的规则，用逗号隔开")] = "",
    closed: Annotated[
        bool, typer.Option("--closed", help="这些表已经齐全：缺少项目表也算错误")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="基线文件：列在里面的旧问题不计入")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="把现有问题写成基线文件")
    ] = None,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="在 Dask 集群上检查，如 tcp://10.0.0.1:8786")
    ] = "",
) -> int:
    """Check forms together and report."""
    from kpiapp.services.checks import checking_many
    from kpiapp.services.findings import baselines

    codes = _rule_codes(off)
    if out is None and report_format in (*REVIEWS, ReportFormat.XLSX):
        raise UserError(f"{report_format.value} 格式的报告要写到文件", "请加上 --out 文件名")
    parked = baselines.read(baseline) if baseline else frozenset()
    found, report = checking_many.check_paths(
        paths, _show_progress(), scheduler=scheduler, closed=closed, off=codes, baseline=parked
    )
    for failure in found.failures:
        complain(failure.error)
    _write_report(report_format, out, report, found)
    if write_baseline:
        number = baselines.write(write_baseline, report, found.forms)
        say_aside(f"{number} 个问题已写入基线 {write_baseline}")
    return DONE if report.verdict == "ready" else ERRORS_FOUND


def _rule_codes(text: str) -> list[str]:
    """Return the codes of a list of rules; raises UserError where one is no rule."""
    from kpiapp.services import catalogue

    codes = listed(text)
    if unknown := catalogue.unknown_rules(codes):
        raise UserError(f"没有代码为“{'、'.join(unknown)}”的规则", "用 rules 命令列出全部规则")
    return codes


def _write_report(kind: ReportFormat, out: Path | None, report: Report, found: Gathered) -> None:
    """Write the report of a check into a file, or to the output."""
    from kpiapp.services.checks import checking_files

    if kind is ReportFormat.XLSX and out is not None:
        checking_files.write_workbook(out, report, found)
    elif kind in REVIEWS and out is not None:
        for path in checking_files.write_reviews(out, report, found):
            say_aside(f"已写出 {path}")
    elif kind is ReportFormat.JSON:
        put_out(checking_files.as_json(report, found), out)
    else:
        put_out((checking_files.as_text(report, found).rstrip("\n") + "\n").encode(), out)


def _show_progress() -> Callable[[int, int, str], None] | None:
    """Return what writes one line of progress over and over, if a person is watching."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, text: str) -> None:
        sys.stderr.write(f"\r{text} {done}/{total}" + ("\n" if done >= total else ""))
        sys.stderr.flush()

    return show


@app.command(help="一张表在 json、xlsx、docx、pdf、html 之间转换，按后缀决定")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="要转换的文件")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="写到哪里")],
    layout: Annotated[str, typer.Option("--layout", help="表样，如 jiangxia-2026")] = "",
) -> int:
    """Convert one file."""
    from kpiapp.services.exports import converting

    for path in converting.convert(source, target, layout):
        say_aside(f"已写出 {path}")
    return DONE


@app.command(help="列出检查规则")
def rules() -> int:
    """List the rules: code, severity, title."""
    from kpiapp.services import catalogue

    for line in catalogue.rules():
        say("\t".join(line))
    return DONE


@app.command(help="说明一条规则：为什么、怎么改、依据、错例、正例")
def rule(code: Annotated[str, typer.Argument(metavar="CODE", help="规则代码")]) -> int:
    """Print the page of a rule."""
    from kpiapp.services import catalogue

    say(catalogue.rule_page(code))
    return DONE


@app.command(help="用示例部门演示：建库、检查、导出到 out/")
def demo() -> int:
    """Make the sample library in out/, check it and print it."""
    from kpiapp.services import demo as demonstration

    shown = demonstration.show(DEMO_FOLDER)
    say(f"目标库：{shown.library}")
    for year, verdict in shown.verdicts.items():
        exported = shown.exports[year]
        say(f"{year}年：{verdict}；已导出 {len(exported.files)} 张表")
        for form, error in exported.failures:
            say_aside(f"没有导出“{form.name}”：{error}")
    return DONE


def demo_library() -> Path:
    """Return the library that the demonstration makes."""
    from kpiapp.services import demo as demonstration

    return DEMO_FOLDER / demonstration.LIBRARY_NAME


@app.command("self-test", help="检查本程序是否完好")
def self_test() -> int:
    """Run the program's own quick checks."""
    from kpiapp.services import self_test as checks

    say(f"绩效目标管理 {__version__}")
    code = DONE
    for name, wrong in checks.run():
        say(f"{'✓' if wrong is None else '✗'} {name}{'' if wrong is None else '：' + wrong}")
        code = code if wrong is None else ERRORS_FOUND
    return code


layouts.register(app)
library.register(app)
years.register(app)
