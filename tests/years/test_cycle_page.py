"""监控和自评设置: limits, schemes and source of 上年, each change a step; schemes of one's own."""

import pytest

from kpiapp import paths
from kpiapp.scoring import schemes
from kpiapp.services import past
from kpiapp.services.results import cycle_settings, evaluation
from kpiapp.services.session import Session
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score
from kpiapp.store.library import Library
from tests.years.conftest import project
from ui.screens.cycle_page import CyclePage

LAYOUT = "jiangxia-2026"


@pytest.fixture
def page(qtbot, session):
    session.add_forms([project()], "导入")
    paths.look_beside(session.library.path)
    page = CyclePage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    yield page
    paths.look_beside(None)


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_limits_are_kept_and_undone(page, session):
    page.limits["yellow"].setValue(90)
    page.limits["yellow"].editingFinished.emit()
    assert cycle_settings.lights(session.library).yellow == 90
    session.undo()
    assert page.limits["yellow"].value() == 80


def test_limits_that_do_not_rise_are_refused_and_shown_as_they_are(page, session, qtbot):
    page.limits["red"].setValue(100)
    with qtbot.waitSignal(page.failed) as told:
        page.limits["red"].editingFinished.emit()
    assert "应依次增大" in told.args[0].message
    assert page.limits["red"].value() == 60
    assert session.undo_label == "导入"


def test_a_new_self_evaluation_takes_the_scheme_of_its_layout_and_the_steps(page, session):
    assert page.schemes[LAYOUT].currentData() == "hubei-2020"
    choose(page.schemes[LAYOUT], "mof-2021")
    choose(page.execution, "stepwise-101")
    form = evaluation.start(session, "u-2026-p01")
    assert form.fields[shape.SCHEME] == "mof-2021+stepwise-101"
    assert evaluation_score.scheme_of(form).execution.id == "stepwise-101"
    evaluation.set_money(session, form.id, 0, shape.BASE, "10")
    evaluation.set_money(session, form.id, 0, shape.SPENT, "8.5")
    assert form.tables[shape.MONEY].rows[0].cells[shape.MONEY_SCORE] == "7.00"


def test_the_source_of_past_values_is_chosen_for_a_layout(page, session):
    choose(page.sources[LAYOUT], past.ACHIEVED)
    assert past.layouts_by_result(session.library) == {LAYOUT}
    session.undo()
    assert page.sources[LAYOUT].currentData() == past.DECLARED


def test_an_own_scheme_is_copied_offered_and_told_when_it_is_wrong(page, session):
    page._copy("mof-2020")
    file = session.library.path.parent / schemes.OWN_FOLDER / "mof-2020-own.toml"
    assert "本单位方案" in page.own.text()
    choose(page.schemes[LAYOUT], "mof-2020-own")
    assert evaluation.start(session, "u-2026-p01").fields[shape.SCHEME] == "mof-2020-own"
    file.write_text(file.read_text("utf-8").replace("weight = 50", "weight = 60"), "utf-8")
    page.refresh()
    assert "合计是110，应为100" in page.own.text()
    assert page.schemes[LAYOUT].currentData() == "mof-2020-own"


def test_read_only_nothing_can_be_changed(page, session, qtbot):
    path = session.library.path
    session.library.close()
    with Library.open(path, read_only=True) as library:
        reader = CyclePage(Session(library))
        qtbot.addWidget(reader)
        assert not any(x.isEnabled() for x in (*reader.limits.values(), reader.execution))
