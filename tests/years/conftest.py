"""A small library to carry through the years."""

import pytest

from kpiapp.model.form import Choice, Form, Goal, Horizon, Indicator, Kind, Project, Table, Unit
from kpiapp.model.form import Row as Line
from kpiapp.services.session import Session
from kpiapp.store.library import Library

UNIT = Unit("u1", "某区城运中心")


def indicator(name, target, prior2="", prior1="", *, horizon=Horizon.ANNUAL, **more):
    more = {"level1": "产出指标", "level2": "数量指标", "goal": 1} | more
    if horizon is Horizon.LONG_TERM:
        prior2 = prior1 = None
    return Indicator(horizon, level3=name, target=target, prior2=prior2, prior1=prior1, **more)


def project(form_id="u-2026-p01", name="物业后勤保障", *, fields=None, checked="持续性项目"):
    return Form(
        form_id, Kind.PROJECT, 2026, "jiangxia-2026", "项目支出绩效目标申报表", "2025-11-12",
        fields={
            "项目名称": name, "项目当年预算": "9.52万元",
            "项目前两年预算": "2024年项目预算0万元，2025年项目预算9.5万元。",
        } | (fields or {}),
        choices={"项目属性": Choice(["持续性项目", "新增性项目"], [checked])},
        tables={
            "项目资金来源": Table(["来源项目", "金额（万元）"], [Line(["合计", "9.52"])]),
            "项目绩效总目标": Table(["长期目标（截止2028年）", "年度目标"], [Line(["长", "年"])]),
        },
        goals=[
            Goal(Horizon.LONG_TERM, 1, "长期目标", 2028, "保障运转"),
            Goal(Horizon.ANNUAL, 1, "年度目标", None, "2026年每日巡逻至少3次"),
        ],
        indicators=[
            indicator("安保巡逻检查次数", "≥4次/日", horizon=Horizon.LONG_TERM),
            indicator("安保巡逻检查次数", "≥3次/日", "≥1次/日", "≥2次/日"),
            indicator("职工满意度", "≥98%", "", "≥97%", level1="满意度指标",
                      level2="服务对象满意度指标"),
        ],
        unit=UNIT, project=Project(f"project of {form_id}"),
    )  # fmt: skip


def department():
    heads = [
        "总体资金情况",
        "",
        "当年金额",
        "占比",
        "近两年收支金额/2024年",
        "近两年收支金额/2025年",
    ]
    return Form(
        "u-2026-dept", Kind.DEPARTMENT, 2026, "jiangxia-2026", "部门整体支出绩效目标申报表",
        fields={"部门(单位)名称": UNIT.name},
        tables={
            "部门总体资金情况": Table(
                heads, [Line(["收入构成", "合计", "1,602.84", "100%", "1287.21", "1300"])]
            ),
            "项目支出情况": Table(
                ["项目名称", "项目类型", "项目本年预算"],
                [Line(["物业后勤保障", "其他运转类", "9.52"]), Line(["机房改造", "一次性", "70"])],
            ),
        },
        goals=[Goal(Horizon.ANNUAL, 1, "目标1", None, "保障运转")],
        indicators=[indicator("公用经费控制率", "≤100%", "≤99%", "≤98%")],
        unit=UNIT,
    )  # fmt: skip


@pytest.fixture
def session(tmp_path):
    with Library.create(tmp_path / "库.kpi") as library:
        yield Session(library)
