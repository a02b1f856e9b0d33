"""One edit on its way: memory, file and screen never differ, and undo is never lost."""

import pytest

from kpiapp.errors import UserError
from kpiapp.model.edit import EditError, Insert, Remove, SetValue
from kpiapp.model.interchange import form_from_json
from kpiapp.model.problem import Place, Problem, Severity
from kpiapp.services.checks.report import Report
from kpiapp.services.session import CHECKING, Session
from kpiapp.store.library import Library
from tests.store.conftest import FORM, image


def set_target(form, text):
    return {form.id: [SetValue(("indicators", form.indicators[0].id, "target"), text)]}


def test_a_step_is_in_memory_in_the_file_and_in_the_history(session, form):
    session.do("修改指标值", set_target(form, "≥4次"))
    assert form.indicators[0].target == "≥4次"
    assert image(session.library.load("f1")) == image(form)
    assert (session.undo_label, session.redo_label) == ("修改指标值", None)
    newest = session.library.steps()[0]
    assert (newest.label, newest.who, newest.forms) == ("修改指标值", "甲", ("f1",))


def test_undo_and_redo_survive_a_restart(session, form):
    before = image(form)
    session.do("修改指标值", set_target(form, "≥4次"))
    session.do("删除目标", {"f1": [Remove(("goals",), form.goals[0].id)]})
    after = image(form)
    path = session.library.path
    session.library.close()
    with Library.open(path) as library:
        again = Session(library, session.checker)
        assert again.undo_label == "删除目标"
        again.undo()
        assert again.redo_label == "删除目标"
        again.undo()
        assert image(again.form("f1")) == before
        again.redo()
        again.redo()
        assert image(again.form("f1")) == after == image(library.load("f1"))
        assert again.redo() is None


def test_a_new_step_after_undo_drops_what_was_undone(session, form):
    session.do("甲", set_target(form, "1"))
    session.do("乙", set_target(form, "2"))
    session.undo()
    session.do("丙", set_target(form, "3"))
    assert session.redo_label is None
    assert [step.label for step in session.library.steps()] == ["丙", "甲", "放入"]


def test_undoing_everything_ends(session, form):
    assert session.undo().removed == {"f1"}
    assert session.undo() is None
    assert session.heads() == []
    assert session.redo().added == {"f1"}
    assert session.form("f1").name == "物业后勤保障"


def test_a_removed_form_comes_back_with_its_place_and_its_history(session, form):
    other = form_from_json(FORM | {"id": "f2"})
    session.add_form(other, "放入二")
    session.do("改", set_target(form, "9"))
    before = image(form)
    session.remove_form("f1", "删除表")
    assert [head.id for head in session.heads()] == ["f2"]
    assert [one.id for one in session.forms(2026)] == ["f2"]
    with pytest.raises(KeyError):
        session.form("f1")
    session.undo()
    assert [head.id for head in session.heads()] == ["f1", "f2"]
    assert image(session.form("f1")) == before
    session.undo()
    assert session.form("f1").indicators[0].target == "≥3次"


def test_steps_over_several_forms_are_one(session, form):
    session.add_form(form_from_json(FORM | {"id": "f2"}), "放入二")
    other = session.form("f2")
    session.do("全部修复", {**set_target(form, "甲"), **set_target(other, "乙")})
    changed = session.undo()
    assert changed.forms == {"f1", "f2"}
    assert {session.form(x).indicators[0].target for x in ("f1", "f2")} == {"≥3次"}


def test_an_edit_that_changes_nothing_is_no_step(session, form):
    told = []
    session.listeners.append(told.append)
    session.do("修改指标值", set_target(form, "≥3次"))
    assert (session.undo_label, told) == ("放入", [])


def test_an_edit_that_does_not_fit_takes_back_the_ones_before_it(session, form):
    before = image(form)
    wrong = SetValue(("indicators", "没有", "target"), "x")
    with pytest.raises(EditError):
        session.do("改", {"f1": [*set_target(form, "x")["f1"], wrong]})
    assert image(form) == before == image(session.library.load("f1"))


def test_a_form_that_is_there_is_not_added_again(session, form):
    with pytest.raises(EditError):
        session.add_form(form_from_json(FORM), "再放入")
    assert len(session.library.steps()) == 1


@pytest.mark.parametrize("act", ["do", "undo", "remove", "add"])
def test_what_cannot_be_saved_has_not_happened(session, form, monkeypatch, act):
    session.do("改", set_target(form, "1"))
    before, heads = image(form), session.heads()

    def fail(*_):
        raise UserError("磁盘已满")

    monkeypatch.setattr(session.library, "_change", fail)
    acts = {
        "do": lambda: session.do("改", set_target(form, "2")),
        "undo": session.undo,
        "remove": lambda: session.remove_form("f1", "删"),
        "add": lambda: session.add_form(form_from_json(FORM | {"id": "f2"}), "加"),
    }
    with pytest.raises(UserError, match="磁盘已满"):
        acts[act]()
    assert image(session.form("f1")) == before == image(session.library.load("f1"))
    assert session.heads() == heads
    with pytest.raises(KeyError):
        session.form("f2")


def test_rows_of_a_table_put_in_without_ids_can_be_edited_and_undone(session, form):
    table = {"label": "新表", "columns": ["甲"], "rows": [["1"], ["2"]]}
    session.do("加表", {"f1": [Insert(("tables",), table)]})
    row = form.tables["新表"].rows[1]
    session.do("改", {"f1": [SetValue(("tables", "新表", row.id, 0), "3")]})
    for _ in range(2):
        session.undo()
    for _ in range(2):
        session.redo()
    assert [row.cells for row in form.tables["新表"].rows] == [["1"], ["3"]]
    assert image(session.library.load("f1")) == image(form)


# -- listeners --------------------------------------------------------------------------------


def test_listeners_hear_what_changed_and_how(session, form):
    told = []
    session.listeners.append(told.append)
    edits = set_target(form, "5")
    session.do("改", edits)
    session.undo()
    session.redo()
    assert [(one.label, one.how) for one in told] == [("改", "do"), ("改", "undo"), ("改", "redo")]
    assert told[0].edits == edits
    assert told[1].edits["f1"][0].value == "≥3次"
    assert all(one.forms == {"f1"} and not one.added for one in told)


def test_a_listener_that_fails_is_reported_and_breaks_nothing(session, form, reports):
    told = []
    session.listeners += [lambda _: 1 / 0, told.append]
    session.do("改", set_target(form, "5"))
    assert len(told) == 1
    assert session.library.load("f1").indicators[0].target == "5"
    (report,) = reports.iterdir()
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


# -- checking ---------------------------------------------------------------------------------


class Counting:
    """A checker that finds an error wherever a target is empty, and counts its work."""

    def __init__(self):
        self.checks, self.rechecks = [], []

    def report(self, forms):
        found = {
            form.id: [
                Problem("missing-target", Severity.ERROR, Place(form.id, indicator=row.id), "缺")
                for row in form.indicators
                if not row.target
            ]
            for form in forms
        }
        return Report(found)

    def check(self, forms, project_lists=(), **options):
        self.checks.append(sorted(form.year for form in forms))
        self.forms = {form.id: form for form in forms}
        return self.report(forms)

    def recheck(self, *forms, edits=None):
        self.rechecks.append([form.id for form in forms])
        return self.report(self.forms.values())


@pytest.fixture
def counting(library):
    session = Session(library, Counting())
    for year in (2024, 2025, 2026):
        session.add_form(form_from_json(FORM | {"id": f"y{year}", "year": year}), "放入")
    return session


def test_a_year_is_checked_with_the_year_before_when_first_asked_for(counting):
    assert counting.checker.checks == []
    assert counting.problems("y2026") == []
    assert counting.verdict("y2026") == "可以报送"
    assert counting.checker.checks == [[2025, 2026]]
    assert counting.verdict() == "可以报送"
    assert counting.checker.checks[1:] == [[2024, 2025, 2026]]


def test_an_edit_runs_again_only_what_it_can_have_changed(counting):
    assert counting.verdict("y2026") == "可以报送"
    counting.do("清空", set_target(counting.form("y2026"), ""))
    assert counting.verdict("y2026") == "还有 1 个错误"
    assert counting.counts("y2026")[Severity.ERROR] == 1
    counting.undo()
    assert counting.verdict(year=2026) == "可以报送"
    assert counting.checker.rechecks == [["y2026"], ["y2026"]]
    assert len(counting.checker.checks) == 1


def test_a_check_that_waits_finds_nothing_and_then_tells_the_listeners(counting):
    heard = []
    counting.listeners.append(heard.append)
    counting.check_later()
    assert (counting.verdict("y2026"), counting.verdict(year=2026)) == (CHECKING, CHECKING)
    assert (counting.problems("y2026"), counting.counts("y2026").total()) == ([], 0)
    assert counting.checker.checks == []
    counting.check_now()
    assert [(one.how, one.forms) for one in heard] == [("check", frozenset())]
    assert counting.verdict("y2026") == "可以报送"
    counting.check_now()
    assert len(heard) == 1


def test_an_edit_does_not_leave_a_check_waiting(counting):
    counting.check_later()
    counting.do("清空", set_target(counting.form("y2026"), ""))
    assert counting.verdict("y2026") == "还有 1 个错误"
    heard = []
    counting.listeners.append(heard.append)
    counting.check_now()
    assert heard == []


def test_forms_that_come_go_or_move_need_a_whole_check(counting):
    counting.problems("y2026")
    counting.add_form(form_from_json(FORM | {"id": "neu"}), "放入")
    assert counting.problems("neu") == []
    counting.do("改年度", {"y2026": [SetValue(("year",), 2027)]})
    assert counting.problems("y2026") == []
    assert [form.id for form in counting.forms(2027)] == ["y2026"]
    assert counting.checker.checks == [[2025, 2026], [2025, 2026, 2026], [2025, 2026, 2027]]


def test_a_fault_in_checking_costs_no_typing(counting, reports, monkeypatch):
    counting.problems("y2026")
    monkeypatch.setattr(counting.checker, "recheck", lambda *_: 1 / 0)
    counting.do("改", set_target(counting.form("y2026"), "≥9"))
    assert counting.library.load("y2026").indicators[0].target == "≥9"
    (problem,) = counting.problems("y2026")
    assert (problem.code, problem.place.form) == ("rule-failed", "y2026")
    assert counting.verdict("y2026") == "检查没有完成"
    assert len(list(reports.iterdir())) == 1
    counting.do("改", set_target(counting.form("y2026"), "≥8"))
    assert counting.verdict("y2026") == "可以报送"


def test_the_library_says_which_rules_are_off_and_what_is_excused(checked):
    form = form_from_json(FORM)
    form.indicators[0].target = ""
    checked.add_form(form, "放入")
    codes = {problem.code for problem in checked.problems("f1")}
    assert "missing-target" in codes
    checked.put_settings("修改检查规则", {"rules_off": ["missing-target"]})
    checked.recheck()
    assert "missing-target" not in {problem.code for problem in checked.problems("f1")}
    assert checked.report(2026).rules_off == ["missing-target"]


def test_settings_change_in_a_step_that_undo_takes_back_after_a_restart(session, form):
    told = []
    session.listeners.append(told.append)
    session.put_settings("修改设置", {"lights": {"red": 50}, "scheme": "mof-2021"})
    assert told[-1].settings == {"lights", "scheme"}
    session.put_settings("修改设置", {"lights": {"red": 50}})
    assert len(told) == 1
    path = session.library.path
    session.library.close()
    with Library.open(path) as library:
        again = Session(library, session.checker)
        assert again.undo_label == "修改设置"
        again.undo()
        assert library.setting("lights", "没有") == "没有"
        again.redo()
        assert library.setting("lights") == {"red": 50}


def test_read_only_no_setting_is_changed(session, form):
    path = session.library.path
    session.library.close()
    with Library.open(path, read_only=True) as library, pytest.raises(UserError, match="只读"):
        Session(library, session.checker).put_settings("修改设置", {"lights": {}})
