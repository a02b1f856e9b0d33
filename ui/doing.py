"""What each command does, one function each, called with the window. See `ui.commands`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from kpiapp import settings
from kpiapp.errors import UserError
from kpiapp.model.form import Kind
from kpiapp.model.problem import Place
from ui.widgets.search_field import Target

if TYPE_CHECKING:
    from kpiapp.services.session import Session
    from kpiapp.services.years import RollReport
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

FILTER = "目标库 (*.kpi)"


# -- 文件 -------------------------------------------------------------------------------------


def new_library(window: MainWindow) -> None:
    """Ask where, make an empty library and open it."""
    from kpiapp.services import opening

    name, _ = QFileDialog.getSaveFileName(window, "新建目标库", "我的目标库.kpi", FILTER)
    if name:
        path = Path(name).with_suffix(opening.SUFFIX)
        _show(window, opening.create_session(path))


def open_library(window: MainWindow) -> None:
    """Ask which, and open it."""
    name, _ = QFileDialog.getOpenFileName(window, "打开目标库", "", FILTER)
    if name:
        open_path(window, Path(name))


def open_path(window: MainWindow, path: Path, *, read_only: bool = False) -> None:
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


def open_sample(window: MainWindow) -> None:
    """Open the invented department, making its library at the first time."""
    from kpiapp.services import opening

    path = settings.settings_file().with_name("示例目标库.kpi")
    if path.exists():
        open_path(window, path)
    else:
        _show(window, opening.sample_session(path))


def _show(window: MainWindow, session: Session) -> None:
    settings.remember_library(session.library.path)
    window.show_session(session)
    if session.read_only:
        holder = session.library.holder
        who = f"“{holder.who}”正在使用，" if holder else ""
        text = f"{who}现在以只读方式打开：可以查看、检查和导出，不能修改。"
        again = partial(open_path, window, session.library.path)
        window.messages.say(text, "info", "" if holder else "重新打开以修改", again)


def import_files(window: MainWindow) -> None:
    """Ask for files and read them into the page 导入."""
    kinds = "申报表 (*.xlsx *.xlsm *.docx *.html *.htm *.json);;所有文件 (*)"
    names, _ = QFileDialog.getOpenFileNames(window, "导入表格", "", kinds)
    if names and window.workspace:
        window.workspace.show_import([Path(name) for name in names])


def import_folder(window: MainWindow) -> None:
    """Ask for a folder and read every form in it."""
    name = QFileDialog.getExistingDirectory(window, "导入整个文件夹")
    if name and window.workspace:
        window.workspace.show_import([Path(name)])


def import_clipboard(window: MainWindow) -> None:
    """Read the form that was copied in Word, WPS, Excel or a browser."""
    from kpiapp.services import clipboard

    if window.workspace:
        data = QApplication.clipboard().mimeData()
        html, text = data.html() if data.hasHtml() else "", data.text()
        clipboard.refuse_empty(html, text)
        window.workspace.show_clipboard(html, text)


def export(window: MainWindow) -> None:
    """Open the page 导出."""
    if window.workspace:
        window.workspace.show_export()


def show_annex(window: MainWindow) -> None:
    """Open the page with 表10 and 预算绩效管理情况."""
    if window.workspace:
        window.workspace.show_annex()


def preview(window: MainWindow) -> None:
    """Show the form as it prints."""
    if window.workspace:
        window.workspace.show_preview()


def print_form(window: MainWindow) -> None:
    """Show the print preview of the form that is shown."""
    from ui import printing

    if window.workspace and window.session and window.workspace.form_id:
        window.workspace.editor.commit()
        printing.print_forms(window, [window.session.form(window.workspace.form_id)])


def print_year(window: MainWindow) -> None:
    """Show the print preview of all forms of the year."""
    from ui import printing

    if window.workspace and window.session:
        window.workspace.editor.commit()
        forms = window.session.forms(window.workspace.year)
        if not forms:
            raise UserError("本年度还没有可以打印的表", "请先新建或导入")
        printing.print_forms(window, forms)


def close_library(window: MainWindow) -> None:
    """Close the library and go back to the first page."""
    window.show_welcome()


def quit(window: MainWindow) -> None:  # noqa: A001 - named as the command
    """Close the window."""
    window.close()


# -- 编辑 -------------------------------------------------------------------------------------


def undo(window: MainWindow) -> None:
    """Take back the last step."""
    if window.session:
        window.session.undo()


def redo(window: MainWindow) -> None:
    """Do again what was taken back."""
    if window.session:
        window.session.redo()


def cut(_window: MainWindow) -> None:
    """Cut in whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Cut)


def copy(_window: MainWindow) -> None:
    """Copy from whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Copy)


def paste(_window: MainWindow) -> None:
    """Paste into whatever has the keyboard."""
    _press(QKeySequence.StandardKey.Paste)


def _press(key: QKeySequence.StandardKey) -> None:
    widget = QApplication.focusWidget()
    stroke = QKeySequence(key)[0]  # type: ignore[index]
    if widget:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, stroke.key(), stroke.keyboardModifiers())
            QApplication.postEvent(widget, event)


def search(window: MainWindow) -> None:
    """Put the keyboard into the search field."""
    window.search.open()


def places_to_go(workspace: Workspace) -> list[Target]:
    """Return the forms of the year and their indicators, for the search."""
    targets, rows = [], []
    for form in workspace.session.forms(workspace.year):
        go = partial(workspace.show_form, form.id)
        targets.append(Target(form.name or form.title, form.kind.label, go, "file-text"))
        seen = set()
        for row in form.indicators:
            if row.level3 and row.level3 not in seen:
                seen.add(row.level3)
                place = Place(form.id, row.horizon, row.goal, row.id, "name")
                rows.append(Target(row.level3, form.name, partial(workspace.go_to, place)))
    return targets + rows


# -- 表 ---------------------------------------------------------------------------------------


def new_project(window: MainWindow) -> None:
    """Ask for layout and name of a project form and make it."""
    _new_form(window, Kind.PROJECT)


def new_department(window: MainWindow) -> None:
    """Ask for layout and name of a department form and make it."""
    _new_form(window, Kind.DEPARTMENT)


def _new_form(window: MainWindow, kind: Kind) -> None:
    from kpiapp.services import new_forms
    from ui.dialogs import NewFormDialog

    if not (window.workspace and window.session):
        return
    choices = new_forms.layout_choices(window.session, kind)
    dialog = NewFormDialog(kind, choices, window.workspace.year, window)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        wanted = dialog.answer()
        form = new_forms.add_blank(window.session, kind, wanted.layout, wanted.year, wanted.name)
        window.workspace.show_form(form.id)
        window.workspace.editor.focus_first()


def duplicate_form(window: MainWindow) -> None:
    """Copy the form that is shown, as another project."""
    from kpiapp.services import new_forms

    if window.workspace and window.session and window.workspace.form_id:
        form = new_forms.duplicate(window.session, window.workspace.form_id)
        window.workspace.show_form(form.id)


def remove_form(window: MainWindow) -> None:
    """Take the form that is shown out of the library; undo brings it back, so nothing is asked."""
    if window.workspace and window.session and window.workspace.form_id:
        form = window.session.form(window.workspace.form_id)
        window.session.remove_form(form.id, f"删除“{form.name}”")
        window.messages.say(f"已删除“{form.name}”。", "good", "撤销", partial(window.run, "undo"))


def roll_forward(window: MainWindow) -> None:
    """Carry the year over into the next, and say what needs attention."""
    from kpiapp.services import years

    if not (window.session and window.workspace):
        return
    year = window.workspace.year
    report = years.roll_forward(window.session, year, year + 1)
    if not report.created:
        window.messages.say(f"{year}年的表在{year + 1}年都已经有了，没有可以结转的。", "info")
        return
    window.workspace.show_year(year + 1)
    left = f"，{len(report.left_out)}个项目没有结转" if report.left_out else ""
    text = f"已结转{len(report.created)}张表到{year + 1}年{left}，{len(report.attention)}处请核对。"
    window.messages.say(text, "info", "看要核对的", partial(_show_lines, window, report))


def _show_lines(window: MainWindow, report: RollReport) -> None:
    """Show the report of a roll-forward, to be read and copied."""
    from kpiapp.services import years
    from ui.dialogs import show_report

    show_report(window, "rollReport", "结转报告", "\n".join(years.as_lines(report)))


def show_links(window: MainWindow) -> None:
    """Show which form continues which of the year before."""
    if window.workspace:
        window.workspace.show_links()


def start_evaluations(window: MainWindow) -> None:
    """Make the self-evaluations that are missing in this year, as one step."""
    from kpiapp.services import evaluation

    if not (window.session and window.workspace):
        return
    year = window.workspace.year
    there = evaluation.evaluations_of(window.session, year)
    wanted = [x.id for x in window.session.forms(year) if x.id not in there and x.indicators]
    if wanted:
        evaluation.start_all(window.session, wanted)
    text = f"已开始{len(wanted)}张自评表，在各表的“自评”页填写。"
    window.messages.say(text if wanted else "每张表都已经有自评表。", "good")


def export_results(window: MainWindow) -> None:
    """Ask where, and write 自评表, 监控表, the report and the summary of the year."""
    from kpiapp.services import reporting, result_sheets

    if not (window.session and window.workspace):
        return
    year = window.workspace.year
    name = QFileDialog.getExistingDirectory(window, "导出到哪个文件夹")
    if not name:
        return
    files = result_sheets.export(window.session, year, Path(name))
    files += reporting.write_all(window.session, year, Path(name))
    window.messages.say(f"已导出{len(files)}个文件到 {name}。", "good")


def next_form(window: MainWindow) -> None:
    """Open the next form of the list."""
    if window.workspace:
        window.workspace.step_form(1)


def previous_form(window: MainWindow) -> None:
    """Open the form before."""
    if window.workspace:
        window.workspace.step_form(-1)


# -- 检查 -------------------------------------------------------------------------------------


def next_problem(window: MainWindow) -> None:
    """Go to the next problem and its cell."""
    if window.workspace:
        window.workspace.active_problems.step(1)


def previous_problem(window: MainWindow) -> None:
    """Go to the problem before."""
    if window.workspace:
        window.workspace.active_problems.step(-1)


def fix_problem(window: MainWindow) -> None:
    """Apply the fix of the problem that is chosen."""
    if window.workspace:
        window.workspace.active_problems.act("fix")


def fix_all(window: MainWindow) -> None:
    """Apply every safe fix of the list, as one step."""
    if window.workspace:
        window.workspace.active_problems.fix_all.click()


def explain_problem(window: MainWindow) -> None:
    """Show the page of the rule that found the chosen problem."""
    if window.workspace:
        window.workspace.active_problems.act("why")


def choose_rules(window: MainWindow) -> None:
    """Show which rules are checked."""
    if window.workspace:
        window.workspace.show_rules()


def export_report(window: MainWindow) -> None:
    """Ask where, and write what the check of the year found."""
    from ui import reviewing

    reviewing.export_report(window)


def review_folder(window: MainWindow) -> None:
    """Show the page that checks the files of many units."""
    from ui import reviewing

    reviewing.show_page(window)


# -- 查看, 帮助 ---------------------------------------------------------------------------------


def overview(window: MainWindow) -> None:
    """Show the table of all forms."""
    if window.workspace:
        window.workspace.show_overview()


def review(window: MainWindow) -> None:
    """Show every problem of the year."""
    if window.workspace:
        window.workspace.show_review()


def toggle_problems(window: MainWindow) -> None:
    """Show or hide the list of problems."""
    if window.workspace:
        window.workspace.wants_problems = window.workspace.problems.isHidden()
        window.workspace.fit_panes()


def toggle_side(window: MainWindow) -> None:
    """Show or hide the pane at the right."""
    if window.workspace:
        window.workspace.wants_side = window.workspace.side.isHidden()
        window.workspace.fit_panes()


def help(window: MainWindow) -> None:  # noqa: A001 - named as the command
    """Show the help beside the work; before a library is open, in a window of its own."""
    from ui.screens.help_panel import START, HelpPanel

    if window.workspace:
        window.workspace.show_help()
        return
    panel = window.findChild(HelpPanel, "helpPanel") or HelpPanel(window)
    panel.setWindowFlag(panel.windowFlags().Window)
    panel.setWindowTitle("帮助")
    panel.resize(560, 640)
    panel.show_page(START)
    panel.show()


def about(window: MainWindow) -> None:
    """Say what this program is."""
    from ui.dialogs import AboutDialog

    AboutDialog(window).exec()
