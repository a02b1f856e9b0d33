"""The steps table: what was done, by whom, and what was undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from kpiapp.store import step as steps
from kpiapp.store.rows import table_of
from kpiapp.store.step import Step, StepHead
from kpiapp.store.tables import StepEditRow, StepRow

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection

STEPS, EDITS = table_of(StepRow), table_of(StepEditRow)
_DROP_UNDONE = delete(STEPS).where(STEPS.c.undone)
_ADD_STEP, _ADD_EDITS = insert(STEPS), insert(EDITS)


def add(connection: Connection, step: Step) -> Step:
    """Write a new step behind the last one done; what was undone goes away."""
    connection.execute(_DROP_UNDONE)
    row = {"label": step.label, "time": step.time, "who": step.who, "undone": False}
    result = connection.execute(_ADD_STEP, row)
    assert result.inserted_primary_key is not None
    step_id = int(result.inserted_primary_key[0])
    rows = [_edit_row(step_id, number, change) for number, change in enumerate(step.changes)]
    if rows:
        connection.execute(_ADD_EDITS, rows)
    return replace(step, id=step_id)


def _edit_row(step_id: int, number: int, change: steps.Change) -> dict[str, Any]:
    edit, back = steps.to_json(change)
    place = {"step_id": step_id, "position": number, "form_id": steps.form_id(change)}
    return {**place, "edit": edit, "inverse": back}


def mark(connection: Connection, step: Step, *, undone: bool) -> None:
    """Note that a step was taken back, or done again."""
    connection.execute(update(STEPS).where(STEPS.c.id == step.id).values(undone=undone))


def forget(connection: Connection) -> None:
    """Drop all steps: what is in the library now is its start."""
    connection.execute(delete(EDITS))
    connection.execute(delete(STEPS))


_DONE = select(STEPS).where(~STEPS.c.undone).order_by(STEPS.c.id.desc()).limit(1)
_UNDONE = select(STEPS).where(STEPS.c.undone).order_by(STEPS.c.id).limit(1)


def last_done(connection: Connection) -> Step | None:
    """Return the newest step that stands."""
    return _step(connection, connection.execute(_DONE).first())


def first_undone(connection: Connection) -> Step | None:
    """Return the oldest step that was taken back."""
    return _step(connection, connection.execute(_UNDONE).first())


def labels(connection: Connection) -> tuple[str | None, str | None]:
    """Return the labels of the steps that `last_done` and `first_undone` return."""
    done, undone = connection.execute(_DONE).first(), connection.execute(_UNDONE).first()
    return (done.label if done else None), (undone.label if undone else None)


def _step(connection: Connection, row: Any) -> Step | None:
    if row is None:
        return None
    statement = select(EDITS).where(EDITS.c.step_id == row.id).order_by(EDITS.c.position)
    changes = [
        steps.from_json(edit.form_id, edit.edit, edit.inverse)
        for edit in connection.execute(statement)
    ]
    return Step(row.label, changes, row.who, row.time, row.id, row.undone)


def heads(connection: Connection, limit: int) -> list[StepHead]:
    """Return the newest `limit` steps without their changes, the newest first."""
    newest = select(STEPS).order_by(STEPS.c.id.desc()).limit(limit)
    rows = connection.execute(newest).all()
    touched: dict[int, dict[str, None]] = {row.id: {} for row in rows}
    if not rows:
        return []
    forms = select(EDITS.c.step_id, EDITS.c.form_id).where(EDITS.c.step_id >= rows[-1].id)
    for step_id, form_id in connection.execute(forms):
        if form_id is not None:
            touched[step_id][form_id] = None
    return [
        StepHead(row.id, row.label, row.time, row.who, row.undone, tuple(touched[row.id]))
        for row in rows
    ]
