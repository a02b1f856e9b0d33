"""Scoring from the command line: keys, exit codes and bad input."""

import json

import pytest

from kpiapp import cli
from kpiapp.model import interchange
from kpiapp.model.form import Form, Horizon, Indicator, Kind


@pytest.fixture
def run(capsys):
    def run(*words):
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def files(tmp_path):
    def write(**contents):
        for name, content in contents.items():
            text = json.dumps(content, ensure_ascii=False)
            (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        return tmp_path

    return write


FORM = interchange.form_to_json(
    Form(
        "f", Kind.PROJECT, 2025,
        indicators=[Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", "培训场次", "≥25场")],
    )
)  # fmt: skip
RESULTS = {
    "budget": {"initial": "100", "adjusted": "100", "spent": "100"},
    "goals": [{"goal": 1, "share": 100}],
    "indicators": [
        {"level3": "培训场次", "goal": 1, "level2": None, "actual": "23场", "weight": 90,
         "direction": None, "tier": None, "typed_score": None, "reason": "场地停用"}
    ],
}  # fmt: skip


def test_every_case_comes_out_as_given(run, shared):
    for name in ("cases", "execution"):
        path = shared / "scoring" / f"{name}.json"
        cases = json.loads(path.read_text("utf-8"))
        code, out, _ = run("score-case", "--file", path, "--format", "json")
        assert code == 0
        for case, answer in zip(cases, json.loads(out), strict=True):
            assert answer["id"] == case["id"]
            assert answer["score"] == case["expected_score"]
            assert answer["error"] == case.get("expected_error")
            assert answer["flags"] == case.get("expected_flags", [])
            assert answer.get("rate") == case.get("expected_rate")
            keys = {"id", "rate", "score", "error", "flags"}
            assert set(answer) == (keys if "rule" in case and "target" not in case
                                   else {"id", "score", "how", "error", "flags"})  # fmt: skip


def test_a_form_is_scored_with_the_keys_of_the_interface(run, files):
    folder = files(form=FORM, results=RESULTS)
    words = ("score", folder / "form.json", "--results", folder / "results.json")
    code, out, _ = run(*words, "--scheme", "mof-2020", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["total", "grade", "execution", "indicators", "problems"]
    assert (found["total"], found["grade"]) == (92.8, "优")
    assert found["execution"] == {"rate": 100.0, "score": 10.0}
    assert found["indicators"] == [
        {"level3": "培训场次", "target": "≥25场", "actual": "23场", "weight": 90.0, "score": 82.8,
         "how": "23/25 × 90 = 82.80", "error": None}
    ]  # fmt: skip


def test_a_form_that_cannot_be_scored_wholly_ends_with_1(run, files):
    results = json.loads(json.dumps(RESULTS))
    results["indicators"][0]["actual"] = "≥25场"
    folder = files(form=FORM, results=results)
    words = ("score", folder / "form.json", "--results", folder / "results.json")
    code, out, _ = run(*words, "--scheme", "mof-2020", "--format", "json")
    assert code == 1
    assert json.loads(out)["total"] is None
    code, out, _ = run(*words, "--scheme", "mof-2020")
    assert code == 1
    assert "未评价" in out


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        ({}, "应是一列"),
        ([3], "第1个用例"),
        ([{"target": "≥1", "scheme": "x"}], "评分方案“x”"),
        ([{"target": "≥1", "actual": [1]}], "“[1]”应是文字或数"),
        ([{"target": "提升", "typed_score": "满分"}], "评定得分“满分”应是数"),
        ([{"target": "6月底前", "year": "今年"}], "年度“今年”应是数"),
        ([{"target": "6月底前", "year": 20225}], "年度“20225”应是"),
        ([{"rule": "steps", "weight": 5}], "没有执行率规则“steps”"),
    ],
)
def test_bad_cases_are_refused_in_one_sentence(run, files, cases, says):
    code, out, err = run("score-case", "--file", files(cases=cases) / "cases.json")
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("results", "says"),
    [
        ([], "应是一个对象"),
        ({}, "缺少“indicators”"),
        ({"budget": 3, "indicators": []}, "“budget”"),
        ({"indicators": [{}]}, "第1个指标"),
    ],
)
def test_bad_results_are_refused_in_one_sentence(run, files, results, says):
    folder = files(form=FORM, results=results)
    words = ("score", folder / "form.json", "--results", folder / "results.json")
    code, _, err = run(*words, "--scheme", "mof-2020")
    assert code == 2
    assert says in err
    assert err.count("\n") == 1
    code, _, err = run(*words, "--scheme", "no-such")
    assert code == 2
    assert "no-such" in err


ROW = ("indicators", 0)
MALFORMED = [
    ((*ROW, "actual"), [23], "“[23]”应是文字或数"),
    ((*ROW, "actual"), True, "应是文字或数"),
    ((*ROW, "weight"), "四十五", "分值“四十五”应是数"),
    ((*ROW, "weight"), True, "分值“True”应是数"),
    ((*ROW, "weight"), "1e999999", "应是数"),
    ((*ROW, "weight"), 200, "分值“200”应是0到100的数"),
    ((*ROW, "typed_score"), "三十", "评定得分“三十”应是数"),
    ((*ROW, "goal"), "一", "目标序号“一”应是数"),
    ((*ROW, "goal"), 1.5, "应是整数"),
    ((*ROW, "direction"), "up", "指标方向“up”应是正向或反向"),
    ((*ROW, "level3"), 3, "缺少“level3”"),
    (ROW, None, "第1个指标缺少“level3”"),
    (("indicators",), {}, "缺少“indicators”"),
    (("goals",), 3, "“goals”里应是"),
    (("goals",), [{"share": 60}], "“goals”里应是"),
    (("goals",), [{"goal": 1, "share": "一半"}], "目标1的比例“一半”应是数"),
    (("goals",), [{"goal": 1, "share": -50}], "应是0到100的数"),
    (("goals",), [{"goal": 1, "share": 40}, {"goal": 1, "share": 60}], "写了两次"),
    (("budget",), [], "“budget”应是一个对象"),
    (("budget", "spent"), {}, "“budget”里的“{}”应是文字或数"),
]  # fmt: skip


def scored_with(run, files, place, value):
    """Score the form with results that have another value in one place."""
    results = json.loads(json.dumps(RESULTS))
    inner = results
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    folder = files(form=FORM, results=results)
    words = ("score", folder / "form.json", "--results", folder / "results.json")
    return run(*words, "--scheme", "mof-2020", "--format", "json")


@pytest.mark.parametrize(("place", "value", "says"), MALFORMED)
def test_a_value_of_another_kind_is_refused_with_its_place(run, files, place, value, says):
    code, out, err = scored_with(run, files, place, value)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (("budget", "spent"), "-1", "全年执行数“-1”小于0"),
        (("budget", "spent"), "120", "执行率120.00%超过100%"),
        (("budget", "adjusted"), "0", "全年预算数不大于0"),
        ((*ROW, "weight"), -5, "没有分值"),
        ((*ROW, "weight"), 80, "分值合计80，应为90"),
        ((*ROW, "actual"), "9" * 1000 + "。", "9…"),
    ],
)
def test_a_value_that_cannot_be_is_told_at_its_place(run, files, place, value, says):
    code, out, _ = scored_with(run, files, place, value)
    assert code == 1
    told = "".join(problem["message"] for problem in json.loads(out)["problems"])
    assert says in told
    assert len(told) < 300


def test_schemes_are_listed_copied_and_checked(tmp_path, capsys):
    assert cli.main(["schemes"]) == 0
    assert "hubei-2020\t湖北2020" in capsys.readouterr().out
    own = tmp_path / "own.toml"
    assert cli.main(["schemes", "--copy", "mof-2020", "--to", str(own)]) == 0
    assert cli.main(["schemes", "--check", str(own)]) == 0
    assert "本单位方案" in capsys.readouterr().out
    own.write_text(own.read_text("utf-8").replace("weight = 50", "weight = 51"), "utf-8")
    assert cli.main(["schemes", "--check", str(own)]) == 2
    assert "合计是101，应为100" in capsys.readouterr().err
