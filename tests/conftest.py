"""What all tests share: no screen, and the published forms where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

# Explaining a failure traces every line of it, which takes longer than a test may.
settings.register_profile("work", phases=set(Phase) - {Phase.explain})
# A merge is judged on the same examples each time; everybody else goes on looking for new ones.
settings.register_profile("merge", settings.get_profile("work"), derandomize=True)
settings.load_profile("merge" if os.environ.get("CI") else "work")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published forms, sheets and scoring cases; tests skip where it is missing."""
    if not (SHARED / "forms").is_dir():
        pytest.skip("the published forms (../shared) are not on this machine")
    return SHARED


@pytest.fixture
def watch(qapp):
    """Watch models until the test ends; what Qt finds wrong with one fails the test.

    A tester that nobody holds is gone at once, and one of the default mode says nothing.
    """
    from PySide6.QtTest import QAbstractItemModelTester

    held = []
    return lambda model: held.append(
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    )
