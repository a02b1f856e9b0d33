"""A session on a library of the test's own, and nobody's real crash reports."""

from __future__ import annotations

import pytest

from kpiapp import crash
from kpiapp.model.interchange import form_from_json
from kpiapp.services import opening
from kpiapp.services.session import Session
from kpiapp.store.library import Library
from tests.store.conftest import FORM, NoChecks


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    """Crash reports go to a folder of the test's own."""
    folder = tmp_path / "log"
    folder.mkdir()
    monkeypatch.setattr(crash, "log_folder", lambda: folder)
    return folder


@pytest.fixture
def library(tmp_path):
    with Library.create(tmp_path / "库.kpi", who="甲") as library:
        yield library


@pytest.fixture
def session(library):
    return Session(library, NoChecks())


@pytest.fixture
def checked(library):
    """A session with the program's own checks."""
    return Session(library)


@pytest.fixture
def sample(tmp_path):
    """An open session on the sample unit, with the program's own checks."""
    session = opening.sample_session(tmp_path / "示例.kpi")
    yield session
    session.library.close()


@pytest.fixture
def form(session):
    """A form that is in the library."""
    session.add_form(form_from_json(FORM), "放入")
    return session.form("f1")
