"""What the tests of the window share: nobody's own settings, and a real session on the sample."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication

from kpiapp import crash, settings
from kpiapp.services import opening
from ui.screens.form_editor import FormEditor


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Settings and reports go to a folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(settings, "settings_file", lambda: folder / "settings.json")
    monkeypatch.setattr(crash, "log_folder", lambda: folder)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield folder
    crash.stop_watching()


@pytest.fixture(autouse=True)
def _clipboard():
    """Leave nothing that Python made on the clipboard: Qt would die of it when it ends."""
    yield
    if QGuiApplication.instance():
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory):
    """The sample department as a library file, made once; tests take copies."""
    path = tmp_path_factory.mktemp("sample") / "示例.kpi"
    opening.sample_session(path).library.close()
    return path


@pytest.fixture
def library_path(sample_library, tmp_path):
    """A copy of the sample library that the test may change."""
    path = tmp_path / "示例.kpi"
    path.write_bytes(sample_library.read_bytes())
    return path


@pytest.fixture
def session(library_path):
    """An open session on the sample."""
    session = opening.open_session(library_path)
    yield session
    session.library.close()


@pytest.fixture
def project_id(session):
    """A project form with problems of several kinds."""
    return next(head.id for head in session.heads(2026) if head.name == "群众文化活动")


@pytest.fixture
def editor(session, project_id, qtbot):
    """The editor on that form, at its indicators, with the keyboard."""
    widget = FormEditor(session)
    qtbot.addWidget(widget)
    widget.resize(1100, 760)
    widget.tabs.setCurrentWidget(widget.indicators)
    widget.show_form(project_id)
    widget.show()
    qtbot.waitExposed(widget)
    widget.indicators.view.setFocus()
    return widget


@pytest.fixture
def form(session, project_id):
    """What the editor shows."""
    return session.form(project_id)
