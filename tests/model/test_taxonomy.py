"""Headings as the districts print them."""

import json

import pytest

from kpiapp.model.taxonomy import (
    Level1,
    Level2,
    allowed_level1,
    expected_level1,
    level1_labels,
    level1_of,
    level2_labels,
    level2_of,
)


@pytest.mark.parametrize(
    ("text", "level"),
    [("产出指标", Level1.OUTPUT), ("项目产出", Level1.OUTPUT), ("预期产出指标", Level1.OUTPUT),
     ("产出指标(50分)", Level1.OUTPUT), ("效果指标", Level1.BENEFIT), ("项目效益", Level1.BENEFIT),
     ("运行成本", Level1.COST), ("成本指标", Level1.COST), ("满 意 度", Level1.SATISFACTION),
     ("社会公众或服务对象满意度指标服务对象满意度", Level1.SATISFACTION),
     ("其他", None), ("", None)],
)  # fmt: skip
def test_printed_headings_name_a_level1(text, level):
    assert level1_of(text) is level


@pytest.mark.parametrize(
    ("text", "level"),
    [("产出数量", Level2.QUANTITY), ("数量指标", Level2.QUANTITY), ("产出质量", Level2.QUALITY),
     ("完成时效", Level2.TIMELINESS), ("完成时效指标", Level2.TIMELINESS),
     ("成本控制", Level2.COST),
     ("经济成本指标", Level2.COST), ("成本指标(必填硬性指标)", Level2.COST),
     ("社会成本指标", Level2.SOCIAL_COST), ("生态环境成本指标", Level2.ECOLOGICAL_COST),
     ("公用经费控制", Level2.RUNNING_COST), ("经济效益", Level2.ECONOMIC),
     ("社会效益指标", Level2.SOCIAL), ("生态效益", Level2.ECOLOGICAL),
     ("可持续影响指标", Level2.SUSTAINABLE), ("服务对象满意度", Level2.SATISFACTION),
     ("社会公众或服务对象满意度指标服务对象满意度", Level2.SATISFACTION), ("指标名称", None)],
)  # fmt: skip
def test_printed_headings_name_a_level2(text, level):
    assert level2_of(text) is level


def test_cost_stands_under_cost_or_output():
    assert allowed_level1(Level2.COST) == (Level1.COST, Level1.OUTPUT)
    assert expected_level1(Level2.COST) is Level1.COST
    assert expected_level1(Level2.SOCIAL) is Level1.BENEFIT


def test_every_label_means_what_it_is_offered_for():
    for label in level1_labels():
        level1 = level1_of(label)
        assert level1.label == label
        for inner in level2_labels(level1):
            assert level1 in allowed_level1(level2_of(inner))
    assert {x.label for x in Level2} == {
        label for level1 in Level1 for label in level2_labels(level1)
    }


def test_every_published_heading_is_known(shared):
    for path in [*(shared / "forms").glob("*.json"), *(shared / "scoring/forms").glob("*.json")]:
        for row in json.loads(path.read_text("utf-8")).get("indicators", ()):
            assert level1_of(row["level1"]), row
            assert level2_of(row["level2"]), row
