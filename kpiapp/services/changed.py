"""What a step changed, as listeners of the session are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kpiapp.store.step import AddForm, EditForm, PutSetting, RemoveForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpiapp.model.edit import Edit
    from kpiapp.store.step import Change

How = Literal["do", "undo", "redo", "check"]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a step changed; screens decide from it what to draw again.

    `forms` are the ids of all forms touched, those of `added` and `removed` among them. `edits`
    are the edits that were applied, by form; `settings` the keys of settings of the library. A
    `check` is no step: the forms are as they were, and what is wrong with them is known now.
    """

    label: str
    how: How
    forms: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    edits: Mapping[str, Sequence[Edit]] = field(default_factory=dict)
    settings: frozenset[str] = frozenset()


def what_changed(label: str, how: How, changes: Sequence[Change]) -> Changed:
    """Return the summary of changes that listeners get."""
    by_form: dict[str, list[Edit]] = {}
    added = {change.form["id"] for change in changes if isinstance(change, AddForm)}
    removed = {change.form["id"] for change in changes if isinstance(change, RemoveForm)}
    for change in changes:
        if isinstance(change, EditForm):
            by_form.setdefault(change.form_id, []).append(change.edit)
    forms = frozenset(by_form) | added | removed
    settings = frozenset(change.key for change in changes if isinstance(change, PutSetting))
    return Changed(label, how, forms, frozenset(added), frozenset(removed), by_form, settings)


def only_values(changes: Sequence[Change]) -> bool:
    """Say whether changes left every form where it is: in its year, of its kind, in its layout."""
    moving = (("year",), ("kind",), ("layout",))
    return all(
        isinstance(change, EditForm) and change.edit.path not in moving for change in changes
    )
