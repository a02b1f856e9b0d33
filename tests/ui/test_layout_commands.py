"""表样 in the menu: a layout is copied beside the library, changed there, and read again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QInputDialog

from kpiapp import paths
from kpiapp.services import own_layouts
from kpiapp.sheets.layouts.layout import use_own
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, session):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_session(session)
    yield window
    own_layouts._places.clear()
    paths.look_beside(None)
    use_own()


def choose(monkeypatch, part):
    def item(_parent, _title, _label, items, *_rest, **_more):
        return next(x for x in items if part in x), True

    monkeypatch.setattr(QInputDialog, "getItem", item)


def test_a_copied_layout_is_used_after_it_was_changed(window, library_path, monkeypatch):
    choose(monkeypatch, "江汉区项目支出")
    window.run("copy_layout")
    [path] = (library_path.parent / "表样").iterdir()
    assert path.name == "jianghan-2022-project.toml"
    path.write_text(path.read_text("utf-8").replace("江汉区项目", "青山区项目"), encoding="utf-8")
    window.run("read_layouts")
    assert "青山区项目" in window.messages.text
    path.write_text(path.read_text("utf-8").replace("heading = true", "headding = true"), "utf-8")
    window.run("read_layouts")
    assert "headding" in window.messages.text
    assert "行" in window.messages.text
