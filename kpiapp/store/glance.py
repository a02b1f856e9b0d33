"""The names of a library's forms, read with sqlite3 alone.

Loading SQLAlchemy takes longer than anything else between the start of the program and the list
of forms; with this the list is there before it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model.form import NAME_FIELDS, Kind
from kpiapp.model.stages import is_declared

if TYPE_CHECKING:
    from pathlib import Path

_FORMS = """
    SELECT id, kind, stage, title FROM forms
    WHERE year = (SELECT max(year) FROM forms) ORDER BY kind, position
"""
_FIELDS = """
    SELECT form_id, label, text FROM fields
    WHERE form_id IN (SELECT id FROM forms WHERE year = (SELECT max(year) FROM forms))
"""


@dataclass(frozen=True, slots=True)
class NamedForm:
    """A form as the first list shows it; a `FormHead` says the same and more."""

    id: str
    kind: Kind
    name: str


def names(path: Path) -> list[NamedForm]:
    """Return the declarations of the newest year in a library file, department forms first.

    Nothing in the file changes and none is left beside it. Of a file that cannot be read nothing
    is returned: what is wrong with it is told when it is opened.
    """
    still = not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if still else ''}"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            fields = {(form, label): text for form, label, text in connection.execute(_FIELDS)}
            return [
                NamedForm(form, Kind(kind), _name(form, Kind(kind), title, fields))
                for form, kind, stage, title in connection.execute(_FORMS)
                if is_declared(stage)
            ]
    except (sqlite3.Error, ValueError):
        return []


def _name(form: str, kind: Kind, title: str, fields: dict[tuple[str, str], str]) -> str:
    found = (fields.get((form, label)) for label in NAME_FIELDS[kind])
    return next(filter(None, found), title)
