"""The reviewer's commands: the page that checks a folder, and the reports of an open library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from kpiapp.errors import UserError
from ui.folders import start_folder
from ui.screens.folder_review import FolderReviewPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.frame import Frame

LIST, OPINION = "问题清单 (*.xlsx)", "审核意见 (*.docx *.pdf *.html)"
OPINION_SHEET: Final = "审核意见表格 (*.xlsx)"
OPINIONS: Final = (".docx", ".pdf", ".html")
NAME: Final = "folderReviewPage"


def show_page(window: Frame, paths: Sequence[Path] = ()) -> FolderReviewPage:
    """Show the page over whatever the window shows; findings of before are still there.

    Args:
        window: the window.
        paths: files and folders to check at once.
    """
    page = window.pages.findChild(FolderReviewPage, NAME)
    if page is None:
        page = FolderReviewPage()
        page.said.connect(window.say_done)
        page.failed.connect(window.messages.say_error)
        page.closed.connect(lambda: leave_page(window))
        window.pages.addWidget(page)
    window.pages.setCurrentWidget(page)
    window.tools.hide()
    if paths:
        page.check(paths)
    return page


def leave_page(window: Frame) -> None:
    """Go back to the open library, or to the first page."""
    window.messages.hide()
    window.pages.setCurrentWidget(window.workspace or window.welcome)
    window.tools.setVisible(window.workspace is not None)


def export_report(window: Frame) -> None:
    """Ask where, and write the findings of the year that is shown.

    Raises:
        UserError: the check did not come to its end, or the file cannot be written.
    """
    if window.workspace is None:
        return
    start = str(Path(start_folder()) / f"{window.workspace.year}年检查结果.xlsx")
    kinds = f"{LIST};;{OPINION};;{OPINION_SHEET}"
    name, kind = QFileDialog.getSaveFileName(window, "导出检查报告", start, kinds)
    if name:
        path = Path(name)
        if path.suffix.lower() not in OPINIONS and path.suffix.lower() != ".xlsx":
            path = path.with_suffix(".docx" if kind == OPINION else ".xlsx")
        opinion = kind == OPINION_SHEET or path.suffix.lower() in OPINIONS
        write_report(window, path, opinion=opinion)


def write_report(window: Frame, path: Path, *, opinion: bool = False) -> None:
    """Write the findings of the year: as a list (xlsx), or as a 审核意见 in the file's format."""
    from kpiapp.services.checks import checking_files

    workspace = window.workspace
    assert workspace
    report = workspace.session.report(workspace.year)
    if report is None:
        raise UserError("检查没有完成，不能导出报告", "请先排除检查中的错误")
    found = checking_files.Gathered(list(workspace.session.forms(workspace.year)))
    report = report.only(found.forms)
    if opinion:
        files = checking_files.write_reviews(path, report, found)
        window.say_done(f"已写出 {len(files)} 份审核意见", files[0].parent)
    else:
        checking_files.write_workbook(path, report, found)
        window.say_done(f"检查报告已写到“{path.name}”", path.parent)
