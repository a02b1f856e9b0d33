"""表: making forms, carrying them over the years, and going from one to the next."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

from kpiapp.model.form import Kind
from ui import guests
from ui.folders import start_folder

if TYPE_CHECKING:
    from kpiapp.services.years.rolling import RollReport
    from ui.frame import Frame


def new_project(window: Frame) -> None:
    """Ask for layout and name of a project form and make it."""
    _new_form(window, Kind.PROJECT)


def new_department(window: Frame) -> None:
    """Ask for layout and name of a department form and make it."""
    _new_form(window, Kind.DEPARTMENT)


def _new_form(window: Frame, kind: Kind) -> None:
    from kpiapp.services.forms import new_forms
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


def duplicate_form(window: Frame) -> None:
    """Copy the form that is shown, as another project."""
    from kpiapp.services.forms import new_forms

    if window.workspace and window.session and window.workspace.form_id:
        form = new_forms.duplicate(window.session, window.workspace.form_id)
        window.workspace.show_form(form.id)


def remove_form(window: Frame) -> None:
    """Take the form that is shown out of the library; undo brings it back, so nothing is asked."""
    if window.workspace and window.session and window.workspace.form_id:
        form = window.session.form(window.workspace.form_id)
        window.session.remove_form(form.id, f"删除“{form.name}”")
        window.messages.say(
            f"已删除“{form.name}”。", "good", "撤销", partial(window.asked.emit, "undo")
        )


def roll_forward(window: Frame) -> None:
    """Carry the year over into the next, and say what needs attention."""
    from kpiapp.services.years import rolling

    if not (window.session and window.workspace):
        return
    year = window.workspace.year
    report = rolling.roll_forward(window.session, year, year + 1)
    if not report.created:
        window.messages.say(f"{year}年的表在{year + 1}年都已经有了，没有可以结转的。", "info")
        return
    window.workspace.show_year(year + 1)
    window.workspace.editor.leave_stage()
    left = f"，{len(report.left_out)}个项目没有结转" if report.left_out else ""
    text = f"已结转{len(report.created)}张表到{year + 1}年{left}，{len(report.attention)}处请核对。"
    window.messages.say(text, "info", "看要核对的", partial(_show_lines, window, report))


def _show_lines(window: Frame, report: RollReport) -> None:
    """Show the report of a roll-forward, to be read and copied."""
    from kpiapp.services.years import rolling
    from ui.dialogs import show_report

    show_report(window, "rollReport", "结转报告", "\n".join(rolling.as_lines(report)))


def show_links(window: Frame) -> None:
    """Show which form continues which of the year before."""
    if window.workspace:
        guests.show_links(window.workspace)


def choose_cycle(window: Frame) -> None:
    """Show the settings of monitoring and self-evaluation."""
    if window.workspace:
        guests.show_cycle_settings(window.workspace)


def start_evaluations(window: Frame) -> None:
    """Make the self-evaluations that are missing in this year, as one step."""
    from kpiapp.services.results import evaluation

    if not (window.session and window.workspace):
        return
    year = window.workspace.year
    there = evaluation.evaluations_of(window.session, year)
    wanted = [x.id for x in window.session.forms(year) if x.id not in there and x.indicators]
    if wanted:
        evaluation.start_all(window.session, wanted)
    text = f"已开始{len(wanted)}张自评表，在各表的“自评”页填写。"
    window.messages.say(text if wanted else "每张表都已经有自评表。", "good")


def export_results(window: Frame) -> None:
    """Ask where, and write 自评表, 监控表, the report and the summary of the year."""
    from kpiapp.services.results import reporting, result_sheets

    if not (window.session and window.workspace):
        return
    year = window.workspace.year
    name = QFileDialog.getExistingDirectory(window, "导出到哪个文件夹", start_folder())
    if not name:
        return
    files = result_sheets.export(window.session, year, Path(name))
    files += reporting.write_all(window.session, year, Path(name))
    window.messages.say(f"已导出{len(files)}个文件到 {name}。", "good")


def next_form(window: Frame) -> None:
    """Open the next form of the list."""
    if window.workspace:
        window.workspace.step_form(1)


def previous_form(window: Frame) -> None:
    """Open the form before."""
    if window.workspace:
        window.workspace.step_form(-1)
