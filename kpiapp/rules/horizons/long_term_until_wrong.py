"""Rule `long-term-until-wrong`: see the page of the function below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.model.problem import Place, Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import Reach, rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=14, reach=Reach.DEPARTMENT, values=False)
def long_term_until_wrong(form: Facts, context: Context) -> Iterator[Finding]:
    """长期目标的截止年度不对

    为什么
        2026年的预算，长期目标也只到2026年，就不是长期目标。
    怎么改
        改成三至五年后的年度，并与部门表一致；只有一年的项目不填长期目标。
    依据
        项目申报文本填报说明；财预〔2015〕88号 中期目标与年度目标分开填报。
    错例
        起始年度：2026
        终止年度：2026  <- 不晚于预算年度2026年
        长期目标1：保障平台运行
    正例
        起始年度：2026
        终止年度：2030年
        长期目标1：保障平台运行
    """
    if not form.has_long_term:
        return
    year, until, place = form.form.year, terms.until(form), _place(form)
    others = [x for x in context.forms if x.is_project != form.is_project]
    theirs = {terms.until(x) for x in others if x.has_long_term}
    good = sorted(x for x in theirs if x and x > year)
    if until is not None and until <= year:
        message = f"长期目标截止{until}年，不晚于预算年度{year}年"
        if good and others:
            whose = "部门表" if form.is_project else "项目表"
            message += f"（{whose}为{'、'.join(map(str, good))}年）"
        fix = None
        if good and terms.end(form).text:
            fix = fixes.set_field(terms.end(form).label, str(good[-1]))
        yield Finding(form.place(place), message, fix, also=_also(form))
    elif until and form.is_project and context.department and good and until not in good:
        yield Finding(
            form.place(place),
            f"长期目标截止{until}年，部门表截止{good[0]}年",
            other_form=context.department.form.id,
            against=(context.department.place(_place(context.department)),),
        )


def _place(form: Facts) -> str:
    """Return the field that tells the end: 终止年度, else the heading of the long-term goal."""
    end = terms.end(form)
    return end.label if end.text else "长期目标截止年度"


def _also(form: Facts) -> tuple[Place, ...]:
    return (form.place("长期目标截止年度"),)
