"""A glance into a library says the same names as opening it, and touches nothing."""

from kpiapp.model.form import Form, Kind
from kpiapp.services import first_sight
from kpiapp.services.opening import sample_session


def as_triples(forms):
    return [(form.id, form.kind, form.name) for form in forms]


def test_it_says_what_the_list_of_the_newest_year_says(tmp_path):
    path = tmp_path / "示例.kpi"
    session = sample_session(path)
    wanted = as_triples(session.heads(session.years()[0]))
    assert as_triples(first_sight.names(path)) == wanted  # from the log of what is not yet merged
    session.library.close()
    before = sorted(tmp_path.iterdir()), path.read_bytes()
    assert as_triples(first_sight.names(path)) == wanted
    assert (sorted(tmp_path.iterdir()), path.read_bytes()) == before
    assert len(wanted) > 1


def test_later_stages_are_left_out_and_a_title_stands_for_a_name(session):
    session.add_forms(
        [
            Form("a", Kind.PROJECT, 2026, title="表题"),
            Form("b", Kind.PROJECT, 2026, stage="evaluation"),
            Form("c", Kind.DEPARTMENT, 2025),
        ],
        "放入",
    )
    found = first_sight.names(session.library.path)
    assert as_triples(found) == [("a", Kind.PROJECT, "表题")]


def test_of_what_is_no_library_nothing_is_said(tmp_path):
    path = tmp_path / "坏.kpi"
    assert first_sight.names(path) == []
    path.write_bytes(b"SQLite format 3\0 and no more")
    assert first_sight.names(path) == []
    assert sorted(tmp_path.iterdir()) == [path]
