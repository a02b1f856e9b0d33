"""变动情况及理由: why this year's budget differs from last year's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.rules.reading import amounts, past_budgets

if TYPE_CHECKING:
    from decimal import Decimal

    from kpiapp.model.form import Form

_HEADING = re.compile(r"(?:变动情况及理由(?:是)?|变动理由(?:是)?|理由(?:是)?)\s*[:：]")
_FIGURES = re.compile(r"20\d\d\s*年|\d\s*(?:万元|万|元)")
_CAUSE = re.compile(r"因|由于|鉴于|根据|按照|为了|为(?:保障|落实|满足|做好)|考虑到|相应")
"""Words that give a reason even in a sentence that tells years and sums too."""
_LEAD = re.compile(r"^\s*[（(]?\d{1,2}[）).、．]\s*(?=\D)|^\s*\d{1,2}\.(?=20\d\d)")


@dataclass(frozen=True, slots=True)
class Change:
    """Last year's and this year's budget in 万元, and the words that explain the change.

    `explained` also where the only reason stands in a clause of a sentence with years and sums.
    """

    label: str
    last: Decimal | None
    this: Decimal | None
    reason: str
    explained: bool


def change_of(form: Form) -> Change | None:
    """Return the change of the budget that a form tells, or None where it has no place for it.

    The reason is what follows the heading 理由; without it the sentences without years and sums.
    """
    label = next((x for x in form.fields if "变动情况" in x), None)
    text = form.fields[label] if label else ""
    if label is None or not text.strip():
        return None
    prior = past_budgets.prior_budgets(form)
    last = prior.amounts.get(form.year - 1) if prior else None
    reason = reason_in(text)
    explained = bool(reason.strip("。，；、 .无")) or _has_cause(text, form.year)
    return Change(label, last, amounts.budget(form, "当年预算"), reason, explained)


def reason_in(text: str) -> str:
    """Return the words of a text that explain, without amounts."""
    headings = list(_HEADING.finditer(text))
    if headings:
        return text[headings[-1].end() :].strip()
    sentences = (_LEAD.sub("", x) for x in re.split(r"[。；;\n]", text))
    return "。".join(x.strip() for x in sentences if x.strip() and not _FIGURES.search(x))


def _has_cause(text: str, year: int) -> bool:
    """Say whether a sentence about a year gives a cause, in a clause without years and sums.

    Not where there is a heading 理由: what explains stands behind it.
    """
    if _HEADING.search(text):
        return False
    about = (x for x in re.split(r"[。；;\n]", text) if f"{year}年" in x)
    clauses = (clause for sentence in about for clause in re.split(r"[，,]", sentence))
    return any(_CAUSE.search(x) and not _FIGURES.search(x) for x in clauses)
