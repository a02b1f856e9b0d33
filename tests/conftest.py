"""What all tests share: no screen, and the published forms where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

# A merge is judged on the same examples each time; everybody else goes on looking for new ones.
# Explaining a failure traces every line of it, which takes longer than a test may.
settings.register_profile("merge", derandomize=True, phases=set(Phase) - {Phase.explain})
if os.environ.get("CI"):
    settings.load_profile("merge")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published forms, sheets and scoring cases; tests skip where it is missing."""
    if not (SHARED / "forms").is_dir():
        pytest.skip("the published forms (../shared) are not on this machine")
    return SHARED
