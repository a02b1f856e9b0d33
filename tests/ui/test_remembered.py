"""What is remembered, what a drop does, and that the sample is a start and no step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QRect, Qt, QUrl
from PySide6.QtWidgets import QSplitter, QWidget

from kpiapp import settings
from kpiapp.services import opening
from kpiapp.services.exports import exporting
from ui import dropping, remembered
from ui.main_window import MainWindow
from ui.screens.importing import ImportPage


@pytest.fixture
def window(qtbot, library_path):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.open(library_path)
    yield window
    window.close()


def _panes(qtbot):
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setObjectName("splitTest")
    qtbot.addWidget(splitter)
    for _ in range(2):
        splitter.addWidget(QWidget())
    splitter.resize(601, 300)
    splitter.show()
    return splitter


def _dragged(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_panes_are_as_wide_as_they_were(qtbot):
    first = _panes(qtbot)
    first.setSizes([150, 450])
    kept = first.sizes()
    remembered.keep_panes([first])
    second = _panes(qtbot)
    assert second.sizes() != kept
    remembered.place_panes([second])
    assert second.sizes() == kept


def test_a_pane_that_is_put_away_keeps_its_width(qtbot):
    splitter = _panes(qtbot)
    splitter.setSizes([150, 450])
    remembered.keep_panes([splitter])
    kept = settings.get(remembered.PANES)["splitTest"]
    splitter.widget(0).hide()
    remembered.keep_panes([splitter])
    assert settings.get(remembered.PANES)["splitTest"][0] == kept[0]


@pytest.mark.parametrize("nonsense", [None, 3, [], ["a"], {"splitTest": "x"}, {"splitTest": [1]}])
def test_damaged_settings_change_nothing(qtbot, nonsense):
    splitter = _panes(qtbot)
    before = splitter.sizes()
    settings.put(remembered.PANES, nonsense)
    settings.put(remembered.WINDOW, nonsense)
    remembered.place_panes([splitter])
    remembered.place_window(splitter)
    assert splitter.sizes() == before


def test_the_window_comes_back_where_it_was_but_never_out_of_sight(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setGeometry(40, 50, 400, 300)
    remembered.keep_window(widget)
    other = QWidget()
    qtbot.addWidget(other)
    remembered.place_window(other)
    assert other.geometry() == QRect(40, 50, 400, 300)
    settings.put(remembered.WINDOW, {"place": [90_000, 50, 400, 300]})
    remembered.place_window(other)
    assert other.geometry() == QRect(40, 50, 400, 300)


def test_closing_the_window_keeps_its_panes(window):
    window.close()
    assert set(settings.get(remembered.PANES)) >= {"splitAcross", "splitDown"}


def test_dropped_forms_are_imported(window, qtbot, tmp_path):
    session = window.session
    exporting.export_items(session.forms(2026)[1:2], tmp_path / "来件")
    data = _dragged(tmp_path / "来件")
    assert dropping.fits(window, data)
    dropping.take(window, data)
    page = window.workspace.centre.stack.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)


def test_a_dropped_library_is_opened_and_a_text_is_nothing(window, tmp_path):
    other = tmp_path / "另一个.kpi"
    opening.create_session(other, "另一个").library.close()
    dropping.take(window, _dragged(other))
    assert window.session.library.path == other
    assert not dropping.fits(window, QMimeData())


def test_undo_does_not_empty_the_sample(window):
    assert window.session.undo_label is None
    assert window.session.undo() is None
    assert window.session.heads(2026)
    assert not window.actions_by_name["undo"].isEnabled()
