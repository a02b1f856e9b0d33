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
    [({}, "应是一列"), ([3], "第1个用例"), ([{"target": "≥1", "scheme": "x"}], "评分方案“x”")],
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
