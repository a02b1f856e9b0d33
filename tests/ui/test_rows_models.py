"""The small tables: what Qt may ask of a model is answered, also beyond its rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from kpiapp.services.findings import rule_choices
from ui.models.export_model import ExportModel
from ui.models.import_lines_model import ImportLinesModel
from ui.models.import_model import ImportModel
from ui.models.links_model import LinksModel
from ui.models.overview_model import OverviewModel
from ui.models.review_model import ReviewModel
from ui.models.rows_model import RowsModel
from ui.models.rules_model import RulesModel

Role = Qt.ItemDataRole
MODELS = (ExportModel, ImportLinesModel, ImportModel, LinksModel, OverviewModel, ReviewModel,
          RulesModel)  # fmt: skip


@pytest.mark.parametrize("kind", MODELS)
def test_an_empty_model_answers_everything(kind, watch):
    model = kind()
    watch(model)
    assert model.rowCount() == 0
    assert model.columnCount() == len(model.heads) > 0
    assert model.data(QModelIndex()) is None
    assert model.setData(QModelIndex(), Qt.CheckState.Checked, Role.CheckStateRole) is False
    assert model.headerData(99, Qt.Orientation.Horizontal) is None


@pytest.mark.parametrize("kind", [ExportModel, OverviewModel])
def test_rows_of_a_year_are_shown_below_their_heads(kind, session, watch):
    model = kind()
    watch(model)
    model.show(session, 2026)
    names = {model.index(row, 0).data() for row in range(model.rowCount())}
    assert "群众文化活动" in names
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == list(kind.HEADS)


def test_the_same_rows_keep_what_is_chosen(session, qapp):
    model = RulesModel()
    rules = rule_choices.choices(session)
    model.show(rules)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show(rules)
    assert resets == []
    model.show(rules[:1])
    assert resets == [1]


def test_a_tick_is_kept(session, qapp):
    model = ExportModel()
    model.show(session, 2026)
    whole = len(model.chosen())
    assert model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Role.CheckStateRole)
    assert len(model.chosen()) == whole - 1


def test_a_bare_model_shows_nothing(qapp):
    model = RowsModel()
    model.put([1, 2])
    assert (model.rowCount(), model.columnCount()) == (2, 0)
