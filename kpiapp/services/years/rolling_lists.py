"""表10 项目支出表 carried over into the next year: its projects stay, its amounts are not known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.form import new_id
from kpiapp.services.years import rolling_years

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kpiapp.model.project_list import ProjectList

_AMOUNT_HEAD = re.compile(r"合计|总计|金额|预算|拨款|收入|资金|结余|结转|补助")
_NAME_HEAD = "项目名称"


def carry_over(
    one: ProjectList, left_out: Mapping[str, str], taken: Collection[str], *, keep_money: bool
) -> ProjectList:
    """Return next year's list.

    Args:
        one: this year's list; it is not changed.
        left_out: projects that do not go on, by their normalised name.
        taken: ids that are in use.
        keep_money: this year's amounts stand as next year's.
    """
    years = rolling_years.moved_years(one.year)
    name = next((n for n, head in enumerate(one.columns) if _NAME_HEAD in head), None)
    amounts = {n for n, head in enumerate(one.columns) if _AMOUNT_HEAD.search(head) and n != name}
    emptied: Collection[int] = () if keep_money else amounts
    rows = [
        ["" if n in emptied else cell for n, cell in enumerate(row)]
        for row in one.rows
        if name is None or name >= len(row) or names.normalise(row[name]) not in left_out
    ]
    moved = one.id.replace(str(one.year), str(one.year + 1))
    return replace(
        one,
        id=new_id() if moved == one.id or moved in taken else moved,
        year=one.year + 1,
        title=rolling_years.moved(one.title, years, {}),
        columns=[rolling_years.moved(head, years, {}) for head in one.columns],
        rows=rows,
        other=dict(one.other),
    )
