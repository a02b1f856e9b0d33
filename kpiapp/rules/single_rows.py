"""Rules that look at one row after another."""

from __future__ import annotations

from functools import wraps
from operator import attrgetter
from typing import TYPE_CHECKING

from kpiapp.rules.facts import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpiapp.rules.context import Context
    from kpiapp.rules.engine import Check
    from kpiapp.rules.facts import Facts
    from kpiapp.rules.findings import Finding
    from kpiapp.rules.row import Row

    Look = Callable[[Row, Facts], Finding | None]

_as_printed = attrgetter("index")


def each_row(look: Look) -> Check:
    """Make a rule of a function that looks at one named row.

    What it finds must follow from the row, and from the form but for the values (`VALUES`) of
    other rows. So after an edit of values only the rows touched are looked at again.
    """
    return _rule(look, others=False)


def each_row_beside_others(look: Look) -> Check:
    """Make a rule of a function that looks at one named row, and for its fix at others too.

    Whether there is a finding must follow from the row alone. So after an edit of values only
    the rows touched, and those that were at fault before, are looked at again.
    """
    return _rule(look, others=True)


def _rule(look: Look, *, others: bool) -> Check:
    @wraps(look)
    def check(form: Facts, _: Context) -> Iterator[Finding]:
        known = form.seen.pop(look, None)  # so that one that breaks off begins anew
        rows = form.rows if known is None else _rows(form, known)
        kept = {} if known is None or others else known.kept
        found: dict[str, Finding] = {}
        for row in rows:
            if finding := (kept.get(row.id) if kept else None) or look(row, form):
                found[row.id] = finding
                yield finding
        form.seen[look] = Seen(found)

    return check


def _rows(form: Facts, known: Seen) -> list[Row]:
    """Return the named rows that were at fault, or that are due, as printed."""
    rows = (form.by_id[row_id] for row_id in known.found.keys() | known.due)
    return sorted((row for row in rows if row.key), key=_as_printed)
