"""表10 is built from the forms, and what they do not say comes from the stored one."""

from __future__ import annotations

from kpiapp.model.form import Form, Kind, Row, Table
from kpiapp.model.project_list import ProjectList
from kpiapp.services.exports.annex import headings
from kpiapp.services.exports.project_lists import built_lists
from kpiapp.services.exports.situation import situations

HEADS = ["项目名称", "项目单位", "合计", "本年拨款/一般公共预算", "单位资金"]


def project(name: str, amount: str, **fields: str) -> Form:
    form = Form(name, Kind.PROJECT, 2026, layout="wuchang-2026")
    form.fields = {"项目名称": name, "项目执行单位": "甲局", "项目当年预算": amount} | fields
    form.tables["项目当年资金来源"] = Table(
        ["来源项目", "金额"], [Row(["合计", amount]), Row(["1. 一般公共预算财政拨款", amount])]
    )
    return form


def department(**rows: str) -> Form:
    form = Form(
        "d", Kind.DEPARTMENT, 2026, layout="wuchang-2026", fields={"部门(单位)名称": "甲局"}
    )
    form.tables["项目支出情况"] = Table(
        ["项目名称", "支出项目类别", "项目总预算", "项目本年度预算", "项目主要支出方向和用途"],
        [Row([name, "特定目标类项目支出", amount, amount, ""]) for name, amount in rows.items()],
    )
    form.tables["部门总体资金情况"] = Table(
        ["总体资金情况", "", "当年金额", "占比"],
        [
            Row(["收入构成", "合计", "100", "100%"]),
            Row(["支出构成", "项目支出", "30", "30%"]),
            Row(["支出构成", "合计", "100.5", "100%"]),
        ],
    )
    return form


def stored(*rows: list[str]) -> ProjectList:
    return ProjectList("s", 2026, "wuchang-2026", columns=list(HEADS), rows=[list(x) for x in rows])


OLD = (
    ["合计", "", "30.00", "30.00", "0.00"],
    ["热线运行", "甲局本级", "10.00", "10.00", "0.00"],
    ["平台运维", "甲局本级", "20.00", "20.00", "0.00"],
)


def test_what_the_forms_say_too_leaves_a_stored_list_as_it_is() -> None:
    forms = [
        department(热线运行="10", 平台运维="20"),
        project("热线运行", "10"),
        project("平台运维", "20万元"),
    ]
    [one] = built_lists(forms, [stored(*OLD)])
    assert (one.projects.rows, one.missing) == ([list(row) for row in OLD], [])


def test_an_amount_of_a_form_goes_before_the_stored_one_and_the_sum_follows() -> None:
    forms = [
        department(热线运行="12.5", 平台运维="20"),
        project("热线运行", "12.5"),
        project("平台运维", "20"),
    ]
    [one] = built_lists(forms, [stored(*OLD)])
    assert [row[2] for row in one.projects.rows] == ["32.50", "12.50", "20.00"]
    assert [row[3] for row in one.projects.rows] == ["32.50", "12.50", "20.00"]
    assert one.projects.rows[1][1] == "甲局本级"


def test_a_project_that_is_not_listed_is_added_and_told() -> None:
    names = {"热线运行": "10", "平台运维": "20", "网格服务": "1,005.5"}
    forms = [department(**names), *(project(name, amount) for name, amount in names.items())]
    [one] = built_lists(forms, [stored(*OLD)])
    assert one.projects.rows[-1] == ["网格服务", "甲局", "1,005.50", "1,005.50", "0.00"]
    assert one.projects.rows[0][2] == "1,035.50"
    assert ["网格服务" in x for x in one.missing] == [True]


def test_a_listed_project_without_a_form_stays_and_is_told() -> None:
    [one] = built_lists([department(热线运行="10"), project("热线运行", "10")], [stored(*OLD)])
    assert one.projects.rows == [list(row) for row in OLD]
    assert ["平台运维" in x and "没有项目申报表" in x for x in one.missing] == [True]


def test_a_sum_that_never_was_one_is_left_and_told() -> None:
    wrong = (["合计", "", "31.00", "31.00", "0.00"], *OLD[1:])
    forms = [
        department(热线运行="10", 平台运维="20"),
        project("热线运行", "10"),
        project("平台运维", "20"),
    ]
    [one] = built_lists(forms, [stored(*wrong)])
    assert one.projects.rows[0][2] == "31.00"
    assert "不符" in one.missing[0]


def test_without_a_stored_list_the_layout_says_rows_and_what_is_missing() -> None:
    forms = [
        department(热线运行="10", 平台运维="20"),
        project("热线运行", "10"),
        project("平台运维", ""),
    ]
    [one] = built_lists(forms)
    assert [row[0] for row in one.projects.rows] == [
        "", "甲局", "特定目标类项目支出", "热线运行", "平台运维",
    ]  # fmt: skip
    assert [row[2] for row in one.projects.rows] == ["10.00", "10.00", "10.00", "10.00", "0.00"]
    assert "财政拨款结转结余/一般公共预算" in one.missing[0]
    assert "“平台运维”没有填项目当年预算" in one.missing[1]


def test_projects_without_a_department_make_no_list() -> None:
    assert built_lists([project("热线运行", "10")]) == []


def test_a_list_stands_before_the_forms_of_an_annex() -> None:
    forms = [department(热线运行="10"), project("热线运行", "10")]
    assert headings([*built_lists(forms), *forms]) == [
        "表10.项目支出表", "表11.部门整体支出绩效目标表", "表12-1.项目支出绩效目标表（热线运行）",
    ]  # fmt: skip


def test_the_paragraph_counts_what_is_there() -> None:
    forms = [
        department(热线运行="10", 平台运维="20"),
        project("热线运行", "10"),
        project("平台运维", "20"),
    ]
    [one] = situations(forms)
    assert one.text == (
        "2026年，预算支出100.5万元全面实施预算绩效目标管理。"
        "设置了整体支出绩效目标、2个一级项目支出绩效目标。"
    )
    assert (one.unit, one.notes) == ("甲局", [])


def test_projects_below_a_project_are_not_counted_as_such() -> None:
    names = ("热线运行", "平台运维")
    forms = [project(name, "1", 一级项目名称="专项业务类") for name in names]
    [one] = situations([department(热线运行="1", 平台运维="1"), *forms])
    assert "2个项目支出绩效目标（分属1个一级项目）" in one.text


def test_projects_alone_are_told_with_what_they_come_to() -> None:
    [one] = situations([project("热线运行", "10"), project("平台运维", "")])
    assert "预算支出10万元" in one.text
    assert "整体支出" not in one.text
    assert any("平台运维" in note for note in one.notes)
