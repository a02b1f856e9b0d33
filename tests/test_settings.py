"""Preferences are kept per person, and never get in the way."""

from __future__ import annotations

import pytest

from kpiapp import settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "home"))


def test_a_setting_comes_back():
    assert settings.get("panes", 3) == 3
    assert settings.put("panes", [1, 2])
    assert settings.get("panes") == [1, 2]


@pytest.mark.parametrize("text", ["{", "[]", "\x00"])
def test_a_damaged_file_counts_as_no_settings(text):
    settings.put("a", 1)
    (settings.folder() / "settings.json").write_text(text, encoding="utf-8")
    assert settings.load() == {}


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "file"))
    assert settings.put("a", 1) is False


def test_recent_libraries_are_the_ones_still_there_latest_first(tmp_path):
    paths = [tmp_path / f"{n}.kpi" for n in range(10)]
    for path in paths:
        path.write_text("")
        settings.remember(path)
    settings.remember(paths[5])
    paths[9].unlink()
    assert settings.recent()[:3] == [paths[5], paths[8], paths[7]]
    settings.forget(paths[5])
    assert paths[5] not in settings.recent()
