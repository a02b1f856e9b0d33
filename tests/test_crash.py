"""A crash report says what is needed and nothing of what stands in the forms."""

from __future__ import annotations

import pytest

from kpiapp import crash, settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "home"))


def failing() -> BaseException:
    try:
        raise ValueError("某项目的内容")
    except ValueError as error:
        return error


def test_a_report_names_the_place_and_the_last_steps():
    text = crash.report(failing(), ["修改指标值", "删除指标"])
    assert "failing" in text
    assert "ValueError" in text
    assert text.index("修改指标值") < text.index("删除指标")


def test_contents_are_told_only_when_the_person_agrees():
    assert "某项目的内容" not in crash.report(failing())
    assert "某项目的内容" in crash.report(failing(), contents=True)


def test_a_part_that_cannot_be_gathered_does_not_cost_the_report(monkeypatch):
    monkeypatch.setattr(crash, "_libraries", lambda: 1 / 0)
    text = crash.report(failing())
    assert "未能取得：ZeroDivisionError" in text
    assert "ValueError" in text


def test_a_report_is_saved_as_a_file_of_its_own():
    path = crash.save("文字")
    assert path is not None
    assert path.read_text(encoding="utf-8") == "文字"


def test_no_folder_no_report_file(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "file"))
    assert crash.save("文字") is None
    assert crash.watch_hard_crashes() is None


def test_words_left_by_a_hard_crash_are_found_at_the_next_start(tmp_path):
    assert crash.last_hard_crash() == ""
    settings.folder().mkdir(parents=True)
    (settings.folder() / "hard-crash.txt").write_text("Fatal Python error", encoding="utf-8")
    assert crash.last_hard_crash() == "Fatal Python error"
