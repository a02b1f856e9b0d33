"""For how long a project runs, and of which kind it says it is: new, one-off, lasting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.rules.facts import once_a_form

if TYPE_CHECKING:
    from kpiapp.rules.facts import Facts

_KIND = ("项目属性", "项目类型", "项目类别", "支出项目类别", "项目安排频度")
"""How the labels begin of short fields that say what kind of project it is."""


@once_a_form
def attributes(form: Facts) -> str:
    """Return what the boxes and short fields say about the kind of project, in one text."""
    ticked = [x for choice in form.form.choices.values() for x in choice.checked]
    short = [text for label, text in form.form.fields.items() if label.startswith(_KIND)]
    return " ".join(ticked + short)


def is_new(form: Facts) -> bool:
    """Say whether it is a 新增性项目."""
    return "新增" in attributes(form)


@once_a_form
def is_one_off(form: Facts) -> bool:
    """Say whether it is a 一次性项目, with nothing else ticked beside it."""
    said = attributes(form)
    return "一次性" in said and not any(word in said for word in ("常年", "延续性", "经常性"))


def is_continuing(form: Facts) -> bool:
    """Say whether it is 持续性 by its boxes or fields, or 常年 or 延续 without 新增性."""
    said = attributes(form)
    lasting = "常年" in said or "延续性" in said
    return "持续性" in said or (lasting and not is_new(form))


class YearField(NamedTuple):
    """A field that holds a year: its label and text, and the year if it can be read."""

    label: str
    text: str
    year: int | None


def start(form: Facts) -> YearField:
    """Return 起始年度; all of it is empty where the form has no such field."""
    return _year_field(form, "起始年度")


def end(form: Facts) -> YearField:
    """Return 终止年度; all of it is empty where the form has no such field."""
    return _year_field(form, "终止年度")


def _year_field(form: Facts, word: str) -> YearField:
    label, text = form.field(word) or ("", "")
    return YearField(label, text.strip(), year_in(text))


@once_a_form
def until(form: Facts) -> int | None:
    """Return the year the long-term goals end: 终止年度, else the goals' own; None if open."""
    last = end(form)
    if last.text:
        return last.year
    years = [goal.until for goal in form.form.goals if goal.until]
    return max(years, default=None)


def year_of(text: str) -> int | None:
    """Return the year of `2026` or `2026年`; None for anything else, such as 长期."""
    digits = text.strip().removesuffix("年").strip()
    return (
        int(digits)
        if len(digits) == len("2026") and digits.isascii() and digits.isdigit()
        else None
    )


_DATE = re.compile(r"(20\d\d)(?:年(?:底|末|初|\d{1,2}月.{0,6})?|[-./]\d{1,2}.{0,6})?")


def year_in(text: str) -> int | None:
    """Return the year of `2026`, `2026年` and of a day or month in it: 2026-12-31, 2026年底."""
    match = _DATE.fullmatch("".join(text.split()))
    return int(match[1]) if match else None
