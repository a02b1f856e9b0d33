"""Starting: nothing but Qt before the first paint, and faults are told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kpiapp.errors import UserError
from kpiapp.services import opening
from kpiapp.services.session import CHECKING
from ui import app as program
from ui.dialogs import CrashDialog
from ui.main_window import MainWindow
from ui.models.navigator_model import ENTRY_ROLE

HEAVY = "openpyxl xlsxwriter docx pandas sqlalchemy typst pyqtgraph pypinyin"
ROOT = Path(__file__).resolve().parent.parent.parent


def loaded(statement: str) -> str:
    code = f"import sys\n{statement}\nprint(*sorted(set('{HEAVY}'.split()) & set(sys.modules)))"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_the_window_is_drawn_before_anything_heavy_is_loaded():
    shown = (
        "from ui import app; a = app.make_application();"
        " w = app.MainWindow(); w.show(); a.processEvents(); a.processEvents()"
    )
    assert loaded(shown) == ""


def test_the_library_is_opened_once_the_window_is_there(qtbot, library_path):
    window = MainWindow(at_once=False)
    qtbot.addWidget(window)
    program.start(window, library_path)
    assert window.workspace is not None
    window.close_session()


def started(qtbot, library_path):
    window = MainWindow(at_once=False)
    qtbot.addWidget(window)
    window.show()
    program.start(window, library_path)
    return window


def said(window):
    workspace = window.workspace
    return {workspace.problems.verdict.text(), workspace.centre.todo.text()}


def counted(window):
    model = window.workspace.navigator.model
    return [model.index(row).data(ENTRY_ROLE).count for row in range(model.rowCount())]


def test_the_form_is_seen_before_it_is_checked(qtbot, library_path):
    window = started(qtbot, library_path)
    assert said(window) == {CHECKING}
    assert not any(counted(window))
    step = window.status.text.text()
    qtbot.waitUntil(lambda: CHECKING not in said(window))
    assert window.workspace.problems.model.rowCount()
    assert any(counted(window))
    assert window.status.text.text() == step, "a check is no step"
    window.close()


def test_a_library_closed_before_it_was_checked_is_left_alone(qtbot, library_path):
    window = started(qtbot, library_path)
    session, workspace = window.session, window.workspace
    window.close_session()
    workspace._check()
    QApplication.processEvents()
    assert session.problems(workspace.form_id) == []


def test_without_a_library_the_first_page_is_shown(qtbot):
    window = MainWindow(at_once=False)
    qtbot.addWidget(window)
    program.start(window, None)
    assert window.pages.currentWidget() is window.welcome


def test_a_missing_library_is_told_on_the_first_page(qtbot, tmp_path):
    window = MainWindow(at_once=False)
    qtbot.addWidget(window)
    window.show()
    program.start(window, tmp_path / "没有.kpi")
    assert "没有.kpi" in window.messages.text
    assert not window.messages.isHidden()


def test_a_picture_of_the_window_can_be_taken(qtbot, library_path, tmp_path):
    program.screenshot(library_path, tmp_path / "out" / "窗口.png")
    assert QImage(str(tmp_path / "out" / "窗口.png")).width() >= 1280


def test_the_worlds_faults_are_a_line_and_ours_a_report(qtbot, home):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    hook = program._told_by(window)
    hook(UserError, UserError("文件被占用", "请关闭"), None)
    assert window.messages.text == "文件被占用。请关闭"
    hook(ValueError, ValueError("x"), None)
    dialog = window.findChild(CrashDialog)
    assert dialog is not None
    assert "ValueError" in dialog.text.toPlainText()
    assert list(home.glob("crash-*.txt"))
    dialog.close()


def test_nothing_of_a_dark_desktop_shows_through(qapp):
    from PySide6.QtGui import QColor, QPalette

    from ui.widgets import style

    dark = QPalette(QColor("#202020"), QColor("#101010"))
    before = qapp.palette()
    qapp.setPalette(dark)
    light = style.palette()
    qapp.setPalette(before)
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive)
    roles = ("Window", "Base", "Button", "Midlight", "Light", "AlternateBase", "ToolTipBase")
    for group in groups:
        for role in roles:
            colour = light.color(group, getattr(QPalette.ColorRole, role))
            assert colour.lightness() > 180, (group, role)


def test_what_qt_leaves_in_english_is_chinese(qapp):
    from PySide6.QtCore import QCoreApplication, QLocale

    from ui.app import make_application

    before = QLocale()
    make_application()
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("Anything", "no such word") == "no such word"
    assert QLocale().toString(1.5) == "1.5"
    QLocale.setDefault(before)


def test_names_are_listed_while_the_library_is_being_opened(qtbot, library_path, monkeypatch):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    listed = []

    def opened(path, **_):
        listed.extend(window.opening.navigator.model.forms())
        raise UserError("打不开", "再试")

    monkeypatch.setattr(opening, "open_session", opened)
    window.show_welcome()
    window.open(library_path)
    assert len(listed) > 1
    assert window.pages.currentWidget() is window.welcome
    assert window.opening is None
    assert "打不开" in window.messages.text
    monkeypatch.undo()
    window.open(library_path)
    assert window.workspace is not None
    assert window.workspace.navigator.model.forms()[: len(listed)] == listed
    window.close_session()
