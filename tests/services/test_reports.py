"""Reports of a check: the workbook, the 审核意见, and what does not count."""

from __future__ import annotations

import json

import pytest

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind
from kpiapp.model.problem import Severity
from kpiapp.rules.engine import all_rules
from kpiapp.services.checks import report_rows, report_workbook, review_report, review_sheet
from kpiapp.services.checks.checking import Checker
from kpiapp.services.checks.report import problem_key
from kpiapp.services.files import formats
from kpiapp.services.files.reading_files import Failure
from kpiapp.services.findings import baselines, excusing
from kpiapp.services.opening import open_session, sample_session
from kpiapp.sheets import docx, xlsx


@pytest.fixture
def form():
    made = Form("f1", Kind.PROJECT, 2026, layout="made-up-2026", fields={"项目名称": "党建"})
    made.ids_given = True
    made.goals.append(Goal(Horizon.ANNUAL, 1, "年度目标1", None, "全年开展活动6次"))
    for level2, name, target in (("数量指标", "=次数", "≥6次"), ("质量指标", "活动参与率", "")):
        made.indicators.append(Indicator(Horizon.ANNUAL, 1, "产出指标", level2, name, target))
    return made


def checked(form, **options):
    report = Checker().check([form], **options)
    return report, report_rows.rows(report, [form])


def key_of(form, code):
    problem = next(x for x in Checker().check([form]).all() if x.code == code)
    return problem_key(problem, form)


def texts(grid):
    return [cell.text for cell in grid.cells]


# -- the workbook -------------------------------------------------------------------------------


def test_the_workbook_lists_findings_and_says_what_was_off(form, tmp_path):
    report, rows = checked(form, off=["goal-without-figure"])
    report_workbook.write(tmp_path / "r.xlsx", report, rows)
    listed, said = xlsx.read(tmp_path / "r.xlsx")
    assert texts(listed)[:6] == ["级别", "代码", "表", "位置", "问题", "怎么改"]
    assert sum(cell.column == 0 for cell in listed.cells) == len(rows) + 1
    assert any("goal-without-figure" in text for text in texts(said))


def test_every_finding_says_what_to_do(form):
    _, rows = checked(form)
    assert rows
    assert all(row.mend for row in rows)


def test_the_worst_come_first_and_excused_ones_last_in_grey_with_their_reason(form, tmp_path):
    excuses = {key_of(form, "missing-target"): "等上级核定"}
    report, rows = checked(form, excuses=excuses)
    ranks = [list(Severity).index(row.severity) for row in rows if row.quiet is None]
    assert ranks == sorted(ranks)
    assert (rows[-1].code, rows[-1].quiet) == ("missing-target", "等上级核定")
    report_workbook.write(tmp_path / "r.xlsx", report, rows)
    assert "等上级核定" in texts(xlsx.read(tmp_path / "r.xlsx")[0])
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert sheet.cell(len(rows) + 1, 5).font.color.rgb == "FF8A95A1"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.freeze_panes == "A2"


def test_a_file_that_could_not_be_read_is_a_row(form, tmp_path):
    report = Checker().check([form])
    failure = Failure(tmp_path / "坏.xlsx", UserError("“坏.xlsx”已损坏", "请再要一份"))
    row = report_rows.rows(report, [form], {}, [failure])[0]
    assert (row.level, row.form, row.mend) == ("读不了", "坏.xlsx", "请再要一份")


# -- 审核意见 ---------------------------------------------------------------------------------


def test_every_rule_speaks_for_one_point_or_is_set_aside_and_no_other_is_named():
    points = review_report.points()
    named = [code for point in points.points for code in point.rules] + list(points.beyond)
    assert len(points.points) == 8
    assert all(point.rules for point in points.points)
    assert sorted(named) == sorted(rule.code for rule in all_rules())


def test_only_rules_on_later_stages_are_set_aside():
    beyond = {x.family for x in all_rules() if x.code in review_report.points().beyond}
    assert beyond == {"evaluation", "monitoring"}


@pytest.mark.parametrize(
    ("errors", "warnings", "forms", "grade"),
    [(0, 0, 1, "优"), (0, 2, 1, "良"), (0, 3, 1, "中"), (0, 3, 2, "良"), (1, 0, 1, "中"),
     (3, 0, 1, "差"), (3, 0, 2, "中"), (6, 9, 2, "差")],
)  # fmt: skip
def test_grades_go_by_errors_and_warnings_a_form(errors, warnings, forms, grade):
    from collections import Counter

    counts = Counter({Severity.ERROR: errors, Severity.WARNING: warnings, Severity.HINT: 9})
    assert review_report.points().grade(counts, forms) == grade


def the_review(form, **options):
    report, rows = checked(form, **options)
    (review,) = review_report.reviews(report, rows, [form])
    return review


def grades(review):
    return {judged.point.name: judged.grade for judged in review.judged}


def test_the_points_are_graded_by_their_own_findings(form):
    review = the_review(form)
    behind = {x.code for judged in review.judged for x in judged.rows}
    assert "missing-target" in behind
    assert grades(review)["指标科学性"] == "中"
    assert grades(review)["资金匹配性"] == "优"
    assert review.grade == "中"


def test_what_is_excused_weighs_nothing_but_is_listed(form):
    review = the_review(form, excuses={key_of(form, "missing-target"): "等上级核定"})
    assert grades(review)["指标科学性"] != grades(the_review(form))["指标科学性"]
    assert "等上级核定" in texts(review_sheet.grid(review))


def test_the_opinion_can_be_signed(form, tmp_path):
    path = tmp_path / "意见.docx"
    review_sheet.write(path, the_review(form, off=["missing-unit"]))
    said = "\n".join(text for grid in docx.read(path) for text in texts(grid))
    for word in ("规范完整性", "条件充分性", "审核人（签字）", "审核日期", "综合评定等级", "中☑"):
        assert word in said
    assert "missing-unit" in "".join(
        texts(review_sheet.grid(the_review(form, off=["missing-unit"])))
    )


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "html"])
def test_the_opinion_is_one_sheet_in_every_format(form, tmp_path, kind):
    review = the_review(form)
    [path] = review_sheet.write_all(tmp_path, [review], [kind])
    assert path.suffix == f".{kind}"
    if kind == "pdf":
        assert path.read_bytes().startswith(b"%PDF")
        return
    said = [text for grid in formats.read_grids(path) for text in texts(grid)]
    wanted = {text for text in texts(review_sheet.grid(review)) if text.strip()}
    assert wanted <= set(said)


def test_a_unit_without_findings_gets_an_opinion_too(form):
    off = [rule.code for rule in all_rules()]
    review = the_review(form, off=off)
    assert set(grades(review).values()) == {"优"}
    assert review.forms == 1


def test_a_document_lists_what_a_person_can_read_and_counts_the_rest(form):
    number = review_sheet.MOST_LISTED + 7
    form.indicators = [
        Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", "名" * 2000 + str(n), "")
        for n in range(number)
    ]
    said = texts(review_sheet.grid(the_review(form)))
    assert any("处没有列在这里" in text for text in said)
    assert max(len(text) for text in said) < 1000


def test_hints_of_one_rule_are_one_line_of_the_document(form):
    form.indicators += [
        Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", f"{what}次数", "12次")
        for what in ("巡查", "培训", "检修", "回访")
    ]
    said = texts(review_sheet.grid(the_review(form)))
    about = [text for text in said if "没有≥、≤或=" in text and "指标值“12次”" in text]
    assert about == ["指标值“12次”没有≥、≤或="]
    places = next(text for text in said if "巡查次数" in text and "/" in text)
    assert "检修次数" in places
    assert "等 4 处" in places


def test_units_of_one_name_get_files_of_their_own(form, tmp_path):
    review = the_review(form)
    files = review_sheet.write_all(tmp_path / "意见", [review, review])
    assert len({path.name for path in files}) == 2
    assert all(path.exists() for path in files)


# -- what does not count ------------------------------------------------------------------------


def test_a_baseline_file_parks_what_is_there(form, tmp_path):
    report, _ = checked(form)
    path = tmp_path / "基线.json"
    assert baselines.write(path, report, [form]) == len(baselines.read(path))
    report, rows = checked(form, baseline=baselines.read(path))
    assert report.verdict == "ready"
    assert {row.quiet for row in rows} == {"旧问题，已列入基线"}
    form.indicators[0].target = ""
    report, _ = checked(form, baseline=baselines.read(path))
    assert "missing-target" in {x.code for x in report.active()}


@pytest.mark.parametrize("text", ["[]", '{"kind": "baseline"}', '{"kind": "x", "keys": []}'])
def test_what_is_no_baseline_is_refused(tmp_path, text):
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(UserError, match="不是基线文件"):
        baselines.read(path)


@pytest.fixture
def sample(tmp_path):
    session = sample_session(tmp_path / "s.kpi")
    yield session
    session.library.close()


def test_a_library_keeps_excuses_and_baseline_and_lets_them_count_again(sample, tmp_path):
    form_id = next(h.id for h in sample.heads(2026) if sample.problems(h.id))
    before = sample.counts(form_id).total()
    problem = sample.problems(form_id)[0]
    excusing.excuse(sample, [problem], "财政局同意")
    assert sample.counts(form_id).total() == before - 1
    baselines.park(sample, 2026)
    assert sample.verdict(year=2026) == "可以报送"
    again = sample.report(2026).problems[form_id][-1]
    assert sample.report(2026).quiet_reason(again) is not None
    excusing.restore(sample, [again])
    assert sample.counts(form_id).total() == 1
    baselines.release(sample)
    assert sample.counts(form_id).total() >= before - 1


def test_a_reason_is_needed(sample):
    with pytest.raises(UserError, match="理由"):
        excusing.excuse(sample, [], " ")


def test_an_excuse_outlives_the_program_and_the_json_report_lists_it(sample, tmp_path):
    from kpiapp.services.checks import checking_files

    form_id = next(h.id for h in sample.heads(2026) if sample.problems(h.id))
    excusing.excuse(sample, sample.problems(form_id)[:1], "财政局同意")
    path = sample.library.path
    sample.library.close()
    again = open_session(path)
    assert again.report(2026).excused_problems()[0][1] == "财政局同意"
    again.library.close()
    found = checking_files.gather([path])
    data = json.loads(checking_files.as_json(checking_files.check(found), found))
    assert [x["reason"] for x in data["excused"]] == ["财政局同意"]


# -- the pages of the rules ---------------------------------------------------------------------


def test_command_line_window_and_help_show_the_same_pages():
    from kpiapp.services import catalogue
    from kpiapp.services.checks import rule_pages

    every = rule_pages.catalogue()
    assert [code for code, _, _ in catalogue.rules()] == [rule.code for rule in all_rules()]
    for rule in all_rules():
        assert catalogue.rule_page(rule.code) == rule_pages.markdown(rule.code)
        assert f"[{rule.title}](rule:{rule.code})" in every
