"""Preferences are kept per person, and never get in the way."""

from __future__ import annotations

import pytest

from kpiapp import settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "settings_file", lambda: tmp_path / "settings.json")


def test_a_setting_comes_back():
    assert settings.get("panes", 3) == 3
    assert settings.put("panes", [1, 2])
    assert settings.get("panes") == [1, 2]


@pytest.mark.parametrize("text", ["{", "[]", "\x00"])
def test_a_damaged_file_counts_as_no_settings(text):
    settings.put("a", 1)
    settings.settings_file().write_text(text, encoding="utf-8")
    assert settings.load() == {}


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(settings, "settings_file", lambda: tmp_path / "file" / "settings.json")
    assert settings.put("a", 1) is False


def test_recent_libraries_are_the_ones_still_there_latest_first(tmp_path):
    paths = [tmp_path / f"{n}.kpi" for n in range(12)]
    for path in paths:
        path.write_text("")
        settings.remember_library(path)
    settings.remember_library(paths[5])
    paths[11].unlink()
    found = settings.recent_libraries()
    assert found[:3] == [paths[5], paths[10], paths[9]]
    assert len(found) == settings.RECENT_KEPT - 1
