"""What is said of one indicator beside the form."""

from __future__ import annotations

import pytest

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.target import parse
from kpiapp.services.forms.about_indicator import about, in_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("≥95%", "不低于 95%。"),
        ("≤200元/人", "不高于 200 元/人。"),
        ("≥3次/日", "不低于 3 次，按日计。"),
        ("97%-100%", "在 97% 与 100% 之间。"),
        ("有效提高", "定性描述，自评时按完成程度评价。"),
        ("", "还没有指标值。"),
        ("/", "“/”表示没有指标值。"),
    ],
)
def test_a_target_is_told_in_words(typed, words):
    assert in_words(parse(typed)) == words


def test_the_years_come_from_both_horizons(sample):
    form = next(x for x in sample.forms(2026) if x.name == "群众文化活动")
    for horizon in Horizon:
        row = next(x for x in form.rows(horizon) if x.level3 == "群众文化活动场次")
        found = about(sample, form.id, row.id)
        assert [x.label for x in found.years] == ["2024", "2025", "2026", "长期"]
        assert found.years[-2].text == "≥130场"


def test_likes_are_of_other_forms_and_the_nearest_first(sample):
    department = sample.forms(2026)[0]
    row = next(x for x in department.rows(Horizon.ANNUAL) if x.level3 == "读者满意度")
    likes = about(sample, department.id, row.id).likes
    assert likes[0].name == "读者满意度"
    assert all(like.form != department.id for like in likes)


def test_steps_of_the_form_are_listed_the_newest_first(sample):
    form = sample.forms(2026)[1]
    row = form.indicators[0]
    sample.do("改指标值", {form.id: [SetValue(("indicators", row.id, "target"), "≥1%")]})
    assert about(sample, form.id, row.id).steps[0].label == "改指标值"


def test_an_indicator_that_is_gone_is_no_secret(sample):
    with pytest.raises(KeyError):
        about(sample, sample.forms(2026)[1].id, "gone")
