"""A program that is killed while it saves; `make faults` does it a few hundred times."""

from kpiapp.services.session import Session
from tests.store.kills import kill_once


def test_a_killed_program_leaves_whole_steps(library, form, session: Session):
    session.add_form(form, "放入")
    path = library.path
    library.close()
    assert sum(kill_once(path, seed) for seed in range(3)) >= 3
