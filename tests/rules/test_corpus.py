"""The measure on the labelled forms, kept: a change of a rule shows what it costs."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def corpus():
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "tools" / "corpus.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(corpus, shared):
    return corpus.measure(shared / "forms")


def test_sure_errors_and_warnings_are_all_found(scores):
    missed = [x for score in scores.values() for x in score.missed if x["sure"]]
    assert missed == []


def test_nothing_labelled_is_missed(scores):
    assert sum(len(score.missed) for score in scores.values()) == 0


def test_labelled_forms_give_every_sure_finding_and_no_false_error(corpus, scores):
    assert corpus.summary(scores) == {
        "error": {"reported": 36, "precision": 100.0, "sure": 32, "recall_sure": 100.0},
        "warning": {"reported": 182, "precision": 100.0, "sure": 129, "recall_sure": 100.0},
        "hint": {"reported": 387, "precision": 98.4, "sure": 24, "recall_sure": 100.0},
    }


def test_the_six_unlabelled_hints_are_known(scores):
    """Cells that a comparison with a form outside the data set holds (see the form's text)."""
    found = {(x["form"], code, x["level3"]) for code, s in scores.items() for x in s.false}
    assert found == {
        ("jiangxia-2026-dept", "missing-operator", "工作计划按时完成率"),
        ("jiangxia-2026-dept", "missing-operator", "使用人满意度"),
        ("jiangxia-2026-dept", "vague-value", "提高机关大院政务网络办公效率"),
        ("qiaokou-2026-dept", "missing-operator", "签订档案整理服务合同数"),
        ("qiaokou-2026-dept", "rate-in-quantity-group", "科技成果转化活动达标率"),
        ("qiaokou-2026-dept", "rate-in-quantity-group", "处置成功率"),
    }
