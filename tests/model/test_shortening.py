"""Texts cut to a line."""

from __future__ import annotations

import pytest

from kpiapp.model.shortening import one_line, shortened


@pytest.mark.parametrize(
    ("text", "shown"), [("", ""), ("五个字的话", "五个字的话"), ("六个字的话了", "六个字的…")]
)
def test_a_text_is_cut_only_if_it_is_too_long_and_the_sign_counts(text, shown):
    assert shortened(text, 5) == shown


def test_line_ends_and_rows_of_blanks_become_one_blank():
    assert one_line(" 甲\n\n乙  丙\u3000", 10) == "甲 乙 丙"
    assert one_line("甲\n乙丙", 3) == "甲 …"
