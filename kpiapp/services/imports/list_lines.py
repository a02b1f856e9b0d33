"""A 表10 that comes in, value by value: what was read, against the list of the library."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kpiapp.model.names import normalise
from kpiapp.rules.reading.listed import listed_projects
from kpiapp.services.imports.import_lines import GONE, Line, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.model.project_list import ProjectList

OTHER_ROWS = "合计和分类行"
Rows = dict[str, list[dict[str, str]]]
"""The rows of a list by project, each by its columns; several where a name is listed twice."""


def lines_of_list(new: ProjectList, stored: ProjectList | None) -> list[Line]:
    """Return the values of an incoming list project by project, then the projects that would go.

    Args:
        new: the list that was read.
        stored: the list of the library in whose place it comes, or None for a new one.
    """
    now, before = _by_project(new), _by_project(stored) if stored else {}
    return [*_told(now, before), *_gone(now, before)]


def _by_project(one: ProjectList) -> Rows:
    named = {project.row: project.name for project in listed_projects(one)}
    rows: Rows = defaultdict(list)
    for number, row in enumerate(one.rows):
        name = named.get(number, OTHER_ROWS)
        rows[name].append(dict(zip(one.columns, row, strict=False)))
    return rows


def _told(new: Rows, stored: Rows) -> Iterator[Line]:
    known = {normalise(name): rows for name, rows in stored.items()}
    for name, rows in new.items():
        olds = known.get(normalise(name), [])
        for place, row in enumerate(rows):
            old = olds[place] if place < len(olds) else None
            for column, text in row.items():
                before = "" if old is None else old.get(column, "")
                if text or before:
                    yield Line(name, column, text, _standing(text, old, column), before)


def _standing(text: str, old: dict[str, str] | None, column: str) -> Standing:
    if old is None:
        return Standing.NEW
    return Standing.SAME if old.get(column, "") == text else Standing.CHANGED


def _gone(new: Rows, stored: Rows) -> Iterator[Line]:
    kept = {normalise(name) for name in new}
    for name, rows in stored.items():
        if normalise(name) not in kept:
            texts = ("　".join(text for text in row.values() if text) for row in rows)
            yield from (Line(GONE, name, "", Standing.GONE, text) for text in texts)
