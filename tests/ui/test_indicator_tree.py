"""The tree model: Qt's own contract, small signals, and every kind of form."""

from __future__ import annotations

import json
import random

import pytest
from PySide6.QtCore import QModelIndex, Qt

from kpiapp.model.edit import apply_all
from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind
from kpiapp.model.interchange import form_from_json
from kpiapp.model.problem import Place, Problem, Severity
from kpiapp.services.forms import goals, rearranging
from kpiapp.services.forms.editing import set_cell
from ui.models import line_drag
from ui.models.indicator_cells import Role
from ui.models.indicator_tree import IndicatorTree
from ui.models.nodes import NodeKind

ANNUAL, LONG = Horizon.ANNUAL, Horizon.LONG_TERM
OUTPUT, QUALITY = ("产出指标", "数量指标"), ("产出指标", "质量指标")


def row(horizon, name, target="1", goal=1, group=OUTPUT, **more):
    return Indicator(horizon, goal, *group, name, target, **more)


@pytest.fixture
def form():
    rows = [
        row(LONG, "巡查次数", "≥3次/日"),
        row(ANNUAL, "巡查次数", "≥3次/日", prior2="", prior1="≥2次/日"),
        row(ANNUAL, "清洁面积", "≥200㎡", prior2="", prior1=""),
        row(ANNUAL, "完好率", "≥95%", group=QUALITY, prior2="", prior1=""),
        row(ANNUAL, "满意率", "≥90%", goal=2, prior2="", prior1=""),
    ]
    texts = [Goal(LONG, 1, "长期目标", text="做好"), Goal(ANNUAL, 1, "年度目标", text="今年做好")]
    return Form("f", Kind.PROJECT, 2026, goals=texts, indicators=rows)


@pytest.fixture
def tree(form, watch):
    """A model on the form that applies what it is told to, under the eyes of Qt's tester."""
    model = IndicatorTree()

    def do(change):
        apply_all(form, change.edits)
        model.refresh()
        return True

    model._do = do
    watch(model)
    model.show(form)
    return model


def shown(tree, parent=QModelIndex(), indent=0):  # noqa: B008 - never changed
    """The tree as text, one line a row."""
    for n in range(tree.rowCount(parent)):
        index = tree.index(n, 0, parent)
        cells = [index.siblingAtColumn(c).data() for c in range(tree.columnCount())]
        yield "  " * indent + "|".join(cells).rstrip("|")
        yield from shown(tree, index, indent + 1)


def test_long_term_and_annual_stand_side_by_side(tree):
    assert list(shown(tree)) == [
        "目标1  做好",
        "  产出指标",
        "    数量指标",
        "      巡查次数||≥2次/日|≥3次/日|≥3次/日",
        "      清洁面积|||≥200㎡|—",
        "    质量指标",
        "      完好率|||≥95%|—",
        "目标2  （还没有写目标）",
        "  产出指标",
        "    数量指标",
        "      满意率|||≥90%|—",
    ]


def test_heads_name_the_years(tree):
    heads = [tree.headerData(n, Qt.Orientation.Horizontal) for n in range(tree.columnCount())]
    assert heads == ["指标", "前年 2024", "上年 2025", "当年 2026", "长期", "标准", ""]


def test_indexes_carry_numbers_never_objects_that_may_be_gone(tree):
    for goal in range(tree.rowCount()):
        assert isinstance(tree.index(goal, 0).internalId(), int)


def test_a_value_is_told_once_for_its_line(tree, form, qtbot):
    index = tree.find_line(form.indicators[0].id, "long_term")
    told = []
    tree.dataChanged.connect(lambda first, last, *_: told.append((first, last)))
    apply_all(form, set_cell(form, tree.line(index), "long_term", "≥5次/日").edits)
    tree.refresh_rows([form.indicators[0].id])
    [(first, last)] = told
    assert first.parent() == last.parent() == index.parent()
    assert first.row() == last.row() == index.row()
    assert first.column() <= index.column() <= last.column() < len(tree.columns) - 1
    assert index.data() == "≥5次/日"


def test_kept_indexes_survive_what_happens_around_them(tree, form):
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(tree.find_line(form.indicators[3].id, "target"))
    tree._do(
        rearranging.add_indicator(
            form, tree.shape, tree.line(tree.find_line(form.indicators[1].id))
        )
    )
    tree._do(rearranging.shift_group(form, 1, QUALITY, -1))
    assert kept.isValid()
    assert kept.data() == "≥95%"
    assert tree.line(kept).name == "完好率"


def test_a_missing_side_keeps_its_node_when_it_is_filled(tree, form):
    before = tree.find_line(form.indicators[2].id).internalId()
    assert tree.setData(tree.find_line(form.indicators[2].id, "long_term"), "≥300㎡")
    after = (
        tree.find_line(form.indicators[2].id, "long_term")
        if form.indicators[2].level3 == "清洁面积"
        else None
    )
    line = tree.line(tree.index_of(before))
    assert line.name == "清洁面积"
    assert line.long_term.target == "≥300㎡"
    assert after is None or after.internalId() == before


def test_headings_are_renamed_in_place(tree, form):
    index = tree.find_group(1, *OUTPUT)
    assert tree.setData(index, "产出数量")
    assert {x.level2 for x in form.rows(goal=1)} == {"产出数量", "质量指标"}
    assert tree.find_group(1, "产出指标", "产出数量").isValid()


def test_the_filter_leaves_what_holds_the_text_and_its_headings(tree):
    tree.set_filter("面积")
    assert [line.strip().split("|")[0] for line in shown(tree)] == [
        "目标1  做好", "产出指标", "数量指标", "清洁面积"
    ]  # fmt: skip
    tree.set_filter("")
    assert len(list(shown(tree))) == 11


def test_problems_mark_their_cell_its_line_and_its_goal(tree, form):
    place = Place("f", ANNUAL, 1, form.indicators[1].id, "prior1")
    tree.show_problems([Problem("x", Severity.WARNING, place, "上年值不对")])
    assert tree.find_line(place.indicator, "prior1").data(Role.SEVERITY) == Severity.WARNING
    assert tree.find_line(place.indicator, "problems").data(Role.SEVERITY) == Severity.WARNING
    goal = tree.find_goal(1).siblingAtColumn(tree.columnCount() - 1)
    assert goal.data(Role.ROLLED_UP) == Severity.WARNING
    assert "上年值不对" in tree.find_line(place.indicator, "prior1").data(
        Qt.ItemDataRole.ToolTipRole
    )
    told = []
    tree.dataChanged.connect(lambda first, *_: told.append(first))
    tree.show_problems([])
    assert {tree.cell(x) for x in told} == {"prior1", "problems"}
    assert goal.data(Role.ROLLED_UP) is None


def test_dragging_to_another_group(tree, form):
    data = tree.mimeData([tree.find_line(form.indicators[2].id)])
    group = tree.find_group(1, *QUALITY)
    move = Qt.DropAction.MoveAction
    assert tree.canDropMimeData(data, move, 0, 0, group)
    assert tree.dropMimeData(data, move, 0, 0, group)
    assert tree.line(tree.index(0, 0, tree.find_group(1, *QUALITY))).name == "清洁面积"
    whole = tree.mimeData([tree.find_group(1, *QUALITY)])
    assert tree.dropMimeData(whole, move, -1, -1, tree.find_goal(2))
    assert {x.goal for x in form.indicators if x.level2 == "质量指标"} == {2}
    assert line_drag.unpacked(tree, whole)


def test_nothing_can_be_changed_in_a_read_only_library(tree, form):
    tree.read_only = True
    index = tree.find_line(form.indicators[1].id, "target")
    assert not tree.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not tree.flags(index.siblingAtColumn(0)) & Qt.ItemFlag.ItemIsDragEnabled


def any_change(form, tree, chance):
    line = chance.choice([x for goal in tree.goals() for x in goal.lines])
    number, group = line.main.goal, line.group
    work = chance.choice(["add", "copy", "shift", "move", "rename", "name", "remove"])
    if work == "remove" and len(form.indicators) < 5:
        return goals.duplicate_goal(form, number)
    return {
        "add": lambda: rearranging.add_indicator(form, tree.shape, line),
        "copy": lambda: rearranging.duplicate_lines(form, [line]),
        "shift": lambda: rearranging.shift_line(form, line, chance.choice((-1, 1))),
        "move": lambda: rearranging.move_lines(form, [line], chance.choice((1, 2)), QUALITY, None),
        "rename": lambda: rearranging.rename_group(form, number, group, chance.choice("甲乙丙")),
        "name": lambda: set_cell(form, line, "name", chance.choice("子丑寅卯")),
        "remove": lambda: rearranging.remove_lines([line]),
    }[work]()


@pytest.mark.parametrize("seed", range(5))
def test_any_sequence_of_changes_keeps_qts_contract(tree, form, seed):
    chance = random.Random(seed)
    for _ in range(25):
        change = any_change(form, tree, chance)
        tree._do(change)
        fresh = IndicatorTree()
        fresh.show(form)
        assert list(shown(tree)) == list(shown(fresh)), change.label


def test_published_forms_show_all_their_rows(qapp, shared):
    for path in sorted((shared / "forms").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if data["kind"] == "project_list":
            continue
        tree = IndicatorTree()
        tree.show(form_from_json(data))
        ids = {x.id for line in tree.lines_below(QModelIndex()) for x in line.rows}
        assert ids == {x.id for x in tree.form.indicators}, path.stem


def test_one_horizon_has_no_column_of_the_other(qapp, shared):
    data = json.loads((shared / "forms" / "qiaokou-2026-dept.json").read_text("utf-8"))
    tree = IndicatorTree()
    tree.show(form_from_json(data))
    assert [x.cell for x in tree.columns] == ["name", "long_term", "standard", "problems"]
    assert tree.rowCount() == 14
    assert tree.kind(tree.index(13, 0)) is NodeKind.GOAL
