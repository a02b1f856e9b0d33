"""Versions that must hold: a Qt that this Python survives, and locks that say what we need."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import PySide6
from packaging.requirements import Requirement
from PySide6.QtCore import QObject

ROOT = Path(__file__).resolve().parent.parent


def test_a_qt_call_that_returns_none_keeps_the_count_of_none() -> None:
    """PySide6 6.12.0 on Python 3.11 drops one reference to None a call (PYSIDE-3474)."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 500


def test_the_tests_run_on_the_qt_that_is_shipped() -> None:
    assert locked("requirements.lock")["pyside6-essentials"] == PySide6.__version__


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    pairs = (x.split(";")[0].split("==") for x in lines if "==" in x and not x.startswith("#"))
    return {normal(name): version.strip() for name, version in pairs}


def test_the_lock_files_hold_every_dependency_in_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for file, needs in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", [*extras["test"], *extras["lint"]]),
    ):
        versions = locked(file)
        for need in map(Requirement, needs):
            assert need.specifier.contains(versions[normal(need.name)]), f"{file}: {need}"
