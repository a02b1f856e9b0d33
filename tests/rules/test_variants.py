"""Other ways of writing a fault than those on the rules' pages, and what only looks like one.

Every block is in the notation of the pages; several that belong to one rule stand one after the
other, parted by a line of strokes.
"""

import notation
import pytest
from test_examples import found_in

from kpiapp.rules.engine import rule_of

PARAGRAPH = (
    "研究制定全区城市运行管理、热线诉求办理和网格化服务的年度规划并组织实施，"
    "对各街道的完成情况进行考核。"
)

WRONG = {
    "limit-without-figure": """
        年度1 | 成本指标 | 经济成本指标 | 平台运维费用 | 不超预算  <- 不超预算
        年度1 | 成本指标 | 经济成本指标 | 会议费用 | 限额内  <- 限额内
        年度1 | 产出指标 | 时效指标 | 报告提交时间 | 规定时限  <- 规定时限
        年度1 | 产出指标 | 时效指标 | 材料上报时间 | 按规定期限  <- 按规定期限
        """,
    "vague-value": """
        年度1 | 效益指标 | 社会效益指标 | 保障信息安全 | 切实保障  <- 只重复名称
        年度1 | 效益指标 | 生态效益指标 | 降低办公能耗 | 逐步降低  <- 只重复名称
        """,
    "unparseable-value": """
        年度1 | 产出指标 | 数量指标 | 巡查次数 | ≥5次次  <- 不是一个数值
        年度1 | 产出指标 | 数量指标 | 培训次数 | ≥12次，≥3场  <- 不是一个数值
        """,
    "historical-standard-without-history": """
        年度1 | 产出指标 | 质量指标 | 设备完好率 | ≥98% | 前年=无 | 上年=无
        | 标准=历史数据  <- 历史数据
        """,
    "continuing-project-without-prior-values": """
        项目属性：☑持续性项目 ☐新增性项目
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=无 | 上年=无
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99% | 前年=无 | 上年=/
    <- 全部没有填
        """,
    "prior-budget-missing": """
        项目安排频度：常年性项目
        项目前两年预算：/  <- 没有填
        """,
    "prior-budget-contradicts": """
        项目前两年预算：2024年：0万元；2025年：15.5万元  <- 2024年预算为0
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=≥12次 | 上年=≥12次
        ----
        项目前两年预算：2024年无预算，2025年预算安排15.5万元  <- 2024年预算为0
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=≥12次 | 上年=≥12次
        """,
    "change-reason-contradicts-amount": """
        项目当年预算：120万元
        前两年预算及变动情况：2025年预算110万元。变动理由：压缩一般性支出。  <- 理由写“压缩”
        ----
        项目当年预算：110万元
        前两年预算及变动情况：2025年预算110万元。变动理由：人工成本上升。  <- 预算却没有变
        """,
    "long-term-until-wrong": """
        终止年度：2026年12月  <- 截止2026年
        长期目标1：保障平台运行
        ----
        终止年度：2026-12-31  <- 截止2026年
        长期目标1：保障平台运行
        """,
    "of-which-missing": """
        表 项目资金来源：来源项目 | 金额（万元）
        - 一般公共预算财政拨款 | 9.52
        - |
        - 其中：申请当年预算拨款 | /  <- 没有填
        """,
    "detail-not-broken-down": """
        表 项目支出明细：项目支出明细 | 金额（万元）
        - 物业服务 | 60
        - 其它工作经费 | 40  <- 没有说明用途
        """,
    "template-residue": """
        项目主要内容：（请填写项目的主要内容）  <- 请填写
        项目立项依据：根据某某文件设立  <- 某某
        项目实施方案：XX年完成平台建设  <- XX年
        项目概述：服务____户居民（不超过300字）  <- ____
        """,
    "missing-level1-group": """
        备注：并非每一个绩效子目标都同时有产出指标和效益指标
        年度目标1：更新网络安全设备  <- 目标1的年度指标没有效益指标
        年度1 | 产出指标 | 数量指标 | 采购设备数 | ≥1台
        年度1 | 满意度指标 | 服务对象满意度指标 | 使用部门满意度 | ≥90%
        """,
    "indicator-not-in-other-form": """
        [部门表]
        长期1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        长期1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        [项目表 p04]
        长期1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        长期1 | 产出指标 | 数量指标 | 维保次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        长期1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 数量指标 | 维保次数 | ≥12次  <- 部门表目标1没有这条指标
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        """,
    "name-is-sentence": """
        年度1 | 产出指标 | 数量指标 | 数量指标：巡查次数 | ≥12次  <- 表样的文字
        年度1 | 效益指标 | 社会效益指标 | 服务水平（定性） | 提升  <- 表样的文字
        """,
    "text-copied-from-other-project": f"""
        [项目表 p04]
        项目实施方案：一、{PARAGRAPH}
        [项目表 p06]
        项目主要内容：（1）{PARAGRAPH}  <- p04
        """,
    "goal-text-differs": """
        表 整体绩效总目标：长期目标 | 年度目标
        - |
        - 保障区城运中心办公 | 全年巡检12次
        长期目标1：保障区域运中心办公  <- 总目标栏写
        年度目标1：全年巡检12次
        """,
    "long-term-value-covers-one-year": """
        终止年度：2030年
        长期1 | 产出指标 | 数量指标 | 居家养老服务人次 | ≥3万人次  <- 与一年的相同
        年度1 | 产出指标 | 数量指标 | 居家养老服务人次 | ≥3万人次
        """,
    "change-reason-missing": """
        项目当年预算：60万元
        前两年预算及变动情况：2025年年初预算50万元，根据财政要求，调减3万元  <- 没有写理由
        """,
    "text-total-wrong": """
        项目当年预算：40万元
        测算依据及说明：2026年合计50万元  <- 当年预算40万元
        """,
    "operator-differs": """
        [部门表]
        年度1 | 产出指标 | 质量指标 | 考勤达标率 | ≥98%
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        [项目表 p01]
        年度1 | 产出指标 | 质量指标 | 考勤达标率 | 98%  <- 部门表为≥98%，项目表（p01）为98%
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        """,
    "target-differs-between-forms": """
        [部门表]
        年度1 | 产出指标 | 质量指标 | 考勤达标率 | ≥98% | 长期值=≥90%  <- 长期指标值：部门表为≥90%
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100% | 长期值=100%
        [项目表 p01]
        长期1 | 产出指标 | 质量指标 | 考勤达标率 | ≥98%
        长期1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        年度1 | 产出指标 | 质量指标 | 考勤达标率 | ≥98%
        年度1 | 产出指标 | 质量指标 | 投诉案件办结率 | 100%
        """,
    "values-shifted-by-row": """
        年度目标1：平台运维  <- 从“系统正常运行率”到“故障响应时长”错了一行
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        长期1 | 产出指标 | 数量指标 | 巡检报告数 | ≥4份
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        长期1 | 产出指标 | 质量指标 | 数据备份个数 | ≥2个
        长期1 | 产出指标 | 时效指标 | 处理时长 | ≤1天
        长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        年度1 | 产出指标 | 数量指标 | 巡检报告数 | ≥4份
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥2个
        年度1 | 产出指标 | 质量指标 | 数据备份个数 | ≤1天
        年度1 | 产出指标 | 时效指标 | 处理时长 | ≤30分钟
        年度1 | 产出指标 | 时效指标 | 故障响应时长 |
        ----
        年度目标1：平台运维  <- 整列错了一行
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥99%
        长期1 | 产出指标 | 质量指标 | 数据备份个数 | ≥2个
        长期1 | 产出指标 | 时效指标 | 故障响应时长 | ≤30分钟
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≤30分钟
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥12次
        年度1 | 产出指标 | 质量指标 | 数据备份个数 | ≥99%
        年度1 | 产出指标 | 时效指标 | 故障响应时长 | ≥2个
        """,
}

RIGHT = {
    "year-inconsistent": """
        标题：2025年老旧小区改造尾款项目申报表
        项目名称：2025年老旧小区改造尾款
        年度目标1：落实“十四五”规划（2021—2025年）任务
        """,
    "change-reason-contradicts-amount": """
        项目当年预算：110万元
        前两年预算及变动情况：2025年预算110万元。变动理由：与上年持平，无新增项目，没有减少人员。
        """,
    "text-total-wrong": """
        项目当年预算：40万元
        测算依据及说明：三年合计120万元，本年40万元
        项目申请理由：平台建设总投资合计500万元，本年安排40万元
        """,
    "name-is-sentence": """
        年度1 | 效益指标 | 社会效益指标 | 队伍稳定性 | 增强
        年度1 | 产出指标 | 数量指标 | 定量检测样品数 | ≥50份
        """,
    "level2-under-wrong-level1": """
        年度1 | 投入管理目标 | 数量指标 | 巡检次数 | ≥12次
        """,
    "missing-level1-group": """
        年度1 | 成本指标 | 社会成本指标 | 占道天数 | ≤10天
        年度1 | 效益指标 | 社会效益指标 | 通行能力 | 提升
        年度1 | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90%
        """,
    "unit-differs": """
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次 | 前年=无 | 上年=≥12次
        年度1 | 成本指标 | 经济成本指标 | 专家费标准 | ≤800元/人天 | 上年=≤800元/人/天
        年度1 | 产出指标 | 数量指标 | 培训场次 | ≥4场次/年 | 上年=≥4场
        """,
    "indicator-not-in-other-form": """
        [部门表]
        年度1 | 运行成本 | 公用经费控制 | 会议费控制率 | ≤100%
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        [项目表 p04]
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 工作满意度 | ≥90%
        """,
    "renamed-between-forms": """
        [部门表]
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 数量指标 | 网格巡查次数 | ≥24次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 产出指标 | 质量指标 | 网格巡查完成率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 服务对象满意度 | ≥90%
        [项目表 p01]
        年度1 | 产出指标 | 数量指标 | 坐席培训次数 | ≥12次
        年度1 | 产出指标 | 质量指标 | 投诉办结率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 服务对象满意度 | ≥90%
        [项目表 p02]
        年度1 | 产出指标 | 数量指标 | 网格巡查次数 | ≥24次
        年度1 | 产出指标 | 质量指标 | 网格巡查完成率 | 100%
        年度1 | 满意度指标 | 服务对象满意度 | 服务对象的满意度 | ≥90%
        """,
    "values-shifted-by-row": """
        长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥90%
        长期1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥95%
        长期1 | 产出指标 | 时效指标 | 处理及时率 | ≥98%
        长期1 | 产出指标 | 时效指标 | 响应及时率 | ≥98%
        年度1 | 产出指标 | 数量指标 | 巡检次数 | ≥95%
        年度1 | 产出指标 | 质量指标 | 系统正常运行率 | ≥95%
        年度1 | 产出指标 | 时效指标 | 处理及时率 | ≥98%
        年度1 | 产出指标 | 时效指标 | 响应及时率 | ≥99%
        """,
    "detail-not-broken-down": """
        表 项目支出明细：项目支出明细 | 金额（万元）
        - 物业服务 | 60
        - 其他交通费用 | 40
        """,
    "qualitative-value-for-rate": """
        年度1 | 产出指标 | 质量指标 | 档案整理合格率 | 95%以上 | 前年=98%以上
        年度1 | 产出指标 | 质量指标 | 设备故障率 | 控制在5%以内
        """,
    "missing-operator": """
        年度1 | 产出指标 | 质量指标 | 档案整理合格率 | 95%以上
        """,
    "change-reason-missing": """
        项目当年预算：860
        前两年预算及变动情况：2025年预算830万元，2026年预算860万元，因符合条件的老年人增加。
        """,
    "target-differs-between-horizons": """
        长期1 | 产出指标 | 时效指标 | 系统上线时间 | 2026年9月底
        年度1 | 产出指标 | 时效指标 | 系统上线时间 | 2026年9月底前
        长期1 | 产出指标 | 质量指标 | 档案整理合格率 | ≥95%
        年度1 | 产出指标 | 质量指标 | 档案整理合格率 | 95%以上
        """,
    "goal-figure-not-in-indicators": """
        年度目标1：租赁办公用房2500平方米，发放资料1万份
        年度1 | 产出指标 | 数量指标 | 租赁面积 | =2500㎡
        年度1 | 产出指标 | 数量指标 | 资料发放数量 | ≥10000份
        """,
    "missing-required-field": """
        年度1 | 产出指标 | 数量指标 | 无 | 无
    """
    + "".join(
        f"    年度1 | 产出指标 | 数量指标 | 第{i}类设备巡检次数 | ≥12次 | 标准=计划标准\n"
        for i in range(12)
    ),
}


def cases(table):
    return [
        pytest.param(code, block, id=f"{code}-{number}")
        for code, blocks in table.items()
        for number, block in enumerate(blocks.split("----"))
    ]


@pytest.mark.parametrize(("code", "text"), cases(WRONG))
def test_a_variant_is_found(code, text):
    example = notation.read(text)
    found = found_in(rule_of(code), example)
    assert sorted(where for where, _ in found) == sorted(mark.where for mark in example.marks)
    words = notation.by_line(example.marks)
    for where, finding in found:
        assert any(word in finding.message for word in words[where]), finding.message


@pytest.mark.parametrize(("code", "text"), cases(RIGHT))
def test_what_only_looks_like_a_fault_is_none(code, text):
    found = found_in(rule_of(code), notation.read(text))
    assert not found, [finding.message for _, finding in found]


def test_a_lost_end_of_a_shifted_column_is_no_second_fault():
    from kpiapp.services.checks.checking import Checker

    example = notation.read(WRONG["values-shifted-by-row"].split("----")[0])
    report = Checker().check([facts.form for facts in example.context.forms])
    codes = {problem.code for problem in report.all()}
    assert "values-shifted-by-row" in codes
    assert not codes & {"missing-target", "unit-does-not-fit-name", "unit-differs"}


def test_a_unit_that_is_odd_in_one_form_is_told_once():
    from kpiapp.services.checks.checking import Checker

    rows = """
        {0}1 | 产出指标 | 数量指标 | 服务站点数 | ≥42个
        {0}1 | 产出指标 | 质量指标 | 站点验收合格率 | =100%
        {0}1 | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90%
    """
    alike = rows.format("长期") + rows.format("年度")
    odd = alike.replace(
        "年度1 | 产出指标 | 数量指标 | 服务站点数 | ≥42个",
        "年度1 | 产出指标 | 数量指标 | 服务站点数 | ≥42处 | 上年=≥40个",
    )
    example = notation.read(f"[部门表]\n{alike}\n[项目表 p01]\n{odd}")
    report = Checker().check([facts.form for facts in example.context.forms])
    assert [x.place.form for x in report.all() if x.code == "unit-differs"] == ["p01"]
