"""文件: libraries, and forms that come from files and go to files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from kpiapp import settings
from kpiapp.errors import UserError
from ui import guests
from ui.folders import open_folder, start_folder

if TYPE_CHECKING:
    from kpiapp.services.exports.annex import Item
    from kpiapp.services.session import Session
    from ui.frame import Frame

FILTER = "目标库 (*.kpi)"


def new_library(window: Frame) -> None:
    """Ask where, make an empty library and open it."""
    from kpiapp.services import opening

    start = str(Path(start_folder()) / "我的目标库.kpi")
    name, _ = QFileDialog.getSaveFileName(window, "新建目标库", start, FILTER)
    if name:
        path = Path(name).with_suffix(opening.SUFFIX)
        _show(window, opening.create_session(path))


def open_library(window: Frame) -> None:
    """Ask which, and open it."""
    name, _ = QFileDialog.getOpenFileName(window, "打开目标库", start_folder(), FILTER)
    if name:
        open_path(window, Path(name))


def open_path(window: Frame, path: Path, *, read_only: bool = False) -> None:
    """Open a library; where somebody else holds it, offer to look at it read-only."""
    from kpiapp.services import opening

    if window.session and window.session.library.path == path and not read_only:
        return
    try:
        _show(window, opening.open_session(path, read_only=read_only))
    except opening.LibraryInUse as error:
        again = partial(open_path, window, path, read_only=True)
        window.messages.say(f"{error.message}。", "info", "以只读方式打开", again)
    except UserError as error:
        window.messages.say_error(error)


def open_sample(window: Frame) -> None:
    """Open the invented department, making its library at the first time."""
    from kpiapp.services import opening

    path = settings.settings_file().with_name("示例目标库.kpi")
    if path.exists():
        open_path(window, path)
    else:
        _show(window, opening.sample_session(path))


def _show(window: Frame, session: Session) -> None:
    settings.remember_library(session.library.path)
    window.show_session(session)
    if session.read_only:
        holder = session.library.holder
        who = f"“{holder.who}”正在使用，" if holder else ""
        text = f"{who}现在以只读方式打开：可以查看、检查和导出，不能修改。"
        again = partial(open_path, window, session.library.path)
        window.messages.say(text, "info", "" if holder else "重新打开以修改", again)


def import_files(window: Frame) -> None:
    """Ask for files and read them into the page 导入."""
    kinds = "申报表 (*.xlsx *.xlsm *.xls *.et *.docx *.html *.htm *.json);;所有文件 (*)"
    names, _ = QFileDialog.getOpenFileNames(window, "导入表格", start_folder(), kinds)
    if names and window.workspace:
        guests.show_import(window.workspace, [Path(name) for name in names])


def import_folder(window: Frame) -> None:
    """Ask for a folder and read every form in it."""
    name = QFileDialog.getExistingDirectory(window, "导入整个文件夹", start_folder())
    if name and window.workspace:
        guests.show_import(window.workspace, [Path(name)])


def import_clipboard(window: Frame) -> None:
    """Read the form that was copied in Word, WPS, Excel or a browser."""
    from kpiapp.services.files import clipboard

    if window.workspace:
        data = QApplication.clipboard().mimeData()
        html, text = data.html() if data.hasHtml() else "", data.text()
        clipboard.refuse_empty(html, text)
        guests.show_clipboard(window.workspace, html, text)


def export(window: Frame) -> None:
    """Open the page 导出."""
    if window.workspace:
        guests.show_export(window.workspace)


def show_annex(window: Frame) -> None:
    """Open the page with 表10 and 预算绩效管理情况."""
    if window.workspace:
        guests.show_annex(window.workspace)


def preview(window: Frame) -> None:
    """Show the form as it prints."""
    if window.workspace:
        window.workspace.show_preview()


def print_form(window: Frame) -> None:
    """Show the print preview of the form that is shown."""
    from ui import printing

    if window.workspace and window.session and window.workspace.form_id:
        window.workspace.editor.commit()
        printing.print_forms(window, [window.session.form(window.workspace.form_id)])


def print_year(window: Frame) -> None:
    """Show the print preview of 表10 and all forms of the year."""
    from kpiapp.services.exports.project_lists import lists_of
    from ui import printing

    if window.workspace and window.session:
        window.workspace.editor.commit()
        session, year = window.session, window.workspace.year
        items: list[Item] = [*lists_of(session, year), *session.forms(year)]
        if not items:
            raise UserError("本年度还没有可以打印的表", "请先新建或导入")
        printing.print_forms(window, items)


def backup_library(window: Frame) -> None:
    """Ask for a folder and copy the library into it."""
    from kpiapp.services import backup

    name = QFileDialog.getExistingDirectory(window, "备份到哪个文件夹", start_folder())
    if name and window.workspace and window.session:
        window.workspace.editor.commit()
        copy = backup.backup(window.session.library, Path(name))
        again = partial(open_folder, copy.parent)
        window.messages.say(f"已备份为“{copy.name}”。", "good", "打开文件夹", again)


def restore_library(window: Frame) -> None:
    """Ask for a copy and where it goes, put it there and open it."""
    from kpiapp.services import backup, opening

    copy, _ = QFileDialog.getOpenFileName(window, "从哪个备份恢复", start_folder(), FILTER)
    if not copy:
        return
    place = str(window.session.library.path if window.session else Path(start_folder()))
    name, _ = QFileDialog.getSaveFileName(window, "恢复为", place, FILTER)
    if not name:
        return
    target = Path(name).with_suffix(opening.SUFFIX)
    open_here = bool(window.session and window.session.library.path == target)
    if open_here:
        window.show_welcome()  # it must be closed before it is put aside
    try:
        kept = backup.restore(Path(copy), target)
    except UserError:
        if open_here:
            open_path(window, target)
        raise
    open_path(window, target)
    if kept:
        window.messages.say(f"已恢复；原来的目标库另存为“{kept.name}”。", "info")


def close_library(window: Frame) -> None:
    """Close the library and go back to the first page."""
    window.show_welcome()


def quit(window: Frame) -> None:  # noqa: A001 - named as the command
    """Close the window."""
    window.close()
