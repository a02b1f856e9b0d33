"""Rules that look at one row after another."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.engine import Check
    from kpiapp.rules.facts import Facts, Row
    from kpiapp.rules.findings import Finding


def each_row(look: Callable[[Row, Facts], Iterator[Finding]]) -> Check:
    """Make a rule of a function that looks at one named row.

    Whether there is a finding must follow from the row alone; what it says and offers may follow
    from the form. So after an edit of values only the rows touched, and those that were at fault
    before, are looked at again.
    """

    @wraps(look)
    def check(form: Facts, _: Context) -> Iterator[Finding]:
        suspects = form.at_fault.pop(look, None)
        at_fault = set()
        for row in form.rows:
            if suspects is None or row.id in suspects:
                for finding in look(row, form):
                    at_fault.add(row.id)
                    yield finding
        form.at_fault[look] = frozenset(at_fault)  # only when every row was looked at

    return check
