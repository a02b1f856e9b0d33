"""What stands in the file is always what stands in memory."""

import contextlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpiapp.model.interchange import form_from_json, form_to_json
from kpiapp.services.session import Session
from kpiapp.store.library import Library
from kpiapp.store.ordering import GAP
from tests.model.some_edits import edits
from tests.model.some_forms import form_jsons
from tests.store.conftest import NoChecks, image

FORMS = form_jsons().map(form_from_json)
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip


@contextlib.contextmanager
def new_session():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "库.kpi"
        with Library.create(path) as library:
            yield Session(library, NoChecks())


@SLOW
@given(FORMS)
def test_a_form_comes_back_as_it_went_in(form):
    with new_session() as session:
        session.add_form(form, "放入")
        stored = session.library.load(form.id)
        assert form_to_json(stored, ids=True) == form_to_json(form, ids=True)
        assert image(stored) == image(session.form(form.id))


@SLOW
@given(FORMS, st.data())
def test_after_any_edits_undos_and_redos_file_and_memory_are_equal(form, data):
    with new_session() as session:
        session.add_form(form, "放入")
        states = [image(session.form(form.id))]
        for _ in range(data.draw(st.integers(1, 6))):
            match data.draw(st.sampled_from(["edit", "edit", "edit", "undo", "redo"])):
                case "edit":
                    before = len(session.library.steps())
                    edit = data.draw(edits(session.form(form.id)))
                    session.do("改", {form.id: [edit]})
                    if len(session.library.steps()) > before or session.redo_label is None:
                        states.append(image(session.form(form.id)))
                case "undo" if session.undo_label == "改":
                    session.undo()
                case "redo":
                    session.redo()
            assert image(session.library.load(form.id)) == image(session.form(form.id))
        while session.undo_label == "改":
            session.undo()
        assert image(session.form(form.id)) == states[0]
        assert image(session.library.load(form.id)) == states[0]


@SLOW
@given(FORMS, st.data())
def test_a_session_opened_anew_undoes_what_another_did(form, data):
    with new_session() as session:
        session.add_form(form, "放入")
        before = image(session.form(form.id))
        for _ in range(3):
            edit = data.draw(edits(session.form(form.id)))
            session.do("改", {form.id: [edit]})
        after = image(session.form(form.id))
        other = Session(session.library, NoChecks())
        steps = 0
        while other.undo_label == "改":
            other.undo()
            steps += 1
        assert image(other.form(form.id)) == before
        for _ in range(steps):
            other.redo()
        assert image(other.form(form.id)) == after == image(session.library.load(form.id))


def test_rows_put_at_one_spot_for_ever_keep_their_order(session, form):
    """Positions run out after as many insertions as the gap has bits; then all are renumbered."""
    from kpiapp.model.edit import Insert

    session.add_form(form, "放入")
    last = form.indicators[-1].id
    for number in range(GAP.bit_length() + 5):
        row = {"id": f"r{number}", "horizon": "annual", "goal": 1}
        session.do("插入", {form.id: [Insert(("indicators",), row, last)]})
    stored = session.library.load(form.id)
    assert [row.id for row in stored.indicators][3 - 1 : -1] == [
        f"r{number}" for number in range(GAP.bit_length() + 5)
    ]
    assert image(stored) == image(session.form(form.id))


def test_an_edit_writes_only_the_rows_it_touches(session, form):
    from sqlalchemy import event

    from kpiapp.model.edit import SetValue

    session.add_form(form, "放入")
    written = []
    event.listen(
        session.library._engine,
        "before_cursor_execute",
        lambda *x: written.append(x[2].split()[:3]),
    )
    row = form.indicators[1]
    session.do("改", {form.id: [SetValue(("indicators", row.id, "target"), "≥4次")]})
    changed = [words for words in written if words[0] in ("INSERT", "UPDATE")]
    assert [words[1] if words[0] == "UPDATE" else words[2] for words in changed] == [
        "forms", "indicators", "steps", "step_edits"
    ]  # fmt: skip
