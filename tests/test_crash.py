"""A crash report says what is needed, and comes whatever else fails."""

from __future__ import annotations

import pytest

from kpiapp import crash


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(crash, "log_folder", lambda: tmp_path)
    yield
    crash.watch_steps(None)
    crash.stop_watching()


def failed() -> BaseException:
    try:
        int("x")
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_the_place_and_the_last_steps():
    crash.watch_steps(lambda: ["修改指标值", "删除指标"])
    text = crash.report(failed(), "导出")
    assert all(part in text for part in ("failed", "ValueError", "导出", "修改指标值", "删除指标"))


def test_a_part_that_cannot_be_gathered_does_not_cost_the_report():
    crash.watch_steps(lambda: 1 / 0)
    text = crash.report(failed())
    assert "取不到：ZeroDivisionError" in text
    assert "ValueError" in text


def test_each_report_is_a_file_of_its_own():
    paths = {crash.save_report(failed()) for _ in range(2)}
    assert len(paths) == 2
    assert all(path and "ValueError" in path.read_text(encoding="utf-8") for path in paths)


def test_no_folder_no_report_file(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(crash, "log_folder", lambda: tmp_path / "file")
    assert crash.save_report(failed()) is None
    assert crash.watch_hard_crashes() is None


def test_words_left_by_a_hard_crash_are_found_at_the_next_start(tmp_path):
    assert crash.watch_hard_crashes() is None
    crash.stop_watching()
    (tmp_path / "fault.txt").write_text("Fatal Python error", encoding="utf-8")
    assert crash.watch_hard_crashes() == "Fatal Python error"


def test_what_stands_in_a_form_is_not_told():
    assert "某项目" not in crash.report(ValueError("某项目的内容"))
