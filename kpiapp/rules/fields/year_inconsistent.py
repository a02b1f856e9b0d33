"""Rule `year-inconsistent`: see the page of the function below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue
from kpiapp.model.form import Horizon
from kpiapp.model.problem import Fix, Severity
from kpiapp.rules import fixes
from kpiapp.rules.engine import rule
from kpiapp.rules.findings import Finding
from kpiapp.rules.reading import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.facts import Facts


@rule(Severity.ERROR, order=4, compares=True, values=False)
def year_inconsistent(form: Facts, _: Context) -> Iterator[Finding]:
    """年度不一致

    为什么
        标题写2025年，预算年度是2026年，多半是拿上年的表改的，年度没改全。
    怎么改
        统一改成预算年度。
    依据
        项目申报文本填报说明：“年度”填写预算年度，不是填报当年。
    错例
        标题：2025年项目支出绩效目标申报表  <- 标题写2025年
        终止年度：2024  <- 早于起始年度
        起始年度：2026
    正例
        标题：2026年项目支出绩效目标申报表
        起始年度：2026
        终止年度：2030
    """
    year = form.form.year
    name = (form.field("项目名称") or ("", ""))[1]  # 2025年…尾款 is a name, not the form's year
    titled = _YEAR.search(form.form.title.replace(name, "") if name else form.form.title)
    if titled and int(titled[1]) != year:
        text = form.form.title.replace(titled[1], str(year), 1)
        fix = Fix(f"改为“{text}”", (SetValue(("title",), text),))
        yield Finding(form.place("标题"), f"标题写{titled[1]}年，预算年度{year}年", fix)
    for label in form.form.tables:
        found = _YEAR.search(label)
        if found and int(found[1]) != year and not any(word in label for word in _OTHER_YEARS):
            yield Finding(form.place(label), f"“{label}”写{found[1]}年，预算年度{year}年")
    start, end = terms.start(form), terms.end(form)
    if start.year and end.year and end.year < start.year:
        fix = fixes.set_field(end.label, str(year))
        message = f"终止年度{end.year}早于起始年度{start.year}"
        yield Finding(form.place(end.label), message, fix)
    for goal in form.goals_of(Horizon.ANNUAL):
        named = _years_named(goal.text)
        if named and all(x != year for x in named) and not min(named) < year < max(named):
            told = "、".join(f"{x}年" for x in sorted(named))
            message = f"年度目标{goal.number}只写了{told}，预算年度{year}年"
            yield Finding(form.goal_place(Horizon.ANNUAL, goal.number), message)


_YEAR = re.compile(r"(20\d\d)(?!\d)")
_OTHER_YEARS = ("近两年", "上年", "前年", "前两年", "截止", "历年")


def _years_named(text: str) -> set[int]:
    """Return the years a goal names, not those of documents, of plans and of titles in 《》."""
    plain = re.sub(
        r"《[^》]*》|〔20\d\d〕|\[20\d\d\]|[（(]20\d\d(?:年?[-—~～至到]+20\d\d年?)?[）)]", "", text
    )
    return {int(x) for x in re.findall(r"(?<!\d)(20\d\d)(?=\s*年|[-—~至到]\s*20\d\d)", plain)}
