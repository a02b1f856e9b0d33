"""Positions with gaps: putting a thing between two others writes one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, update

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

GAP = 1 << 16
"""Room left between two neighbours; sixteen insertions at one spot before a list is renumbered."""


def position_before(
    connection: Connection, table: Table, scope: dict[str, Any], key: str, before: str | None
) -> int:
    """Return a free position in front of the item `before`, or behind the last.

    Args:
        connection: an open transaction.
        table: the table that holds the list.
        scope: the columns that pick the list out of the table.
        key: the column that names an item within the list.
        before: the item that follows, or None for the end.
    """
    here = and_(*(table.c[name] == value for name, value in scope.items()))
    if before is None:
        last = connection.scalar(select(func.max(table.c.position)).where(here))
        return GAP if last is None else last + GAP
    position = _between(connection, table, here, key, before)
    if position is None:
        _renumber(connection, table, here, key)
        position = _between(connection, table, here, key, before)
    if position is None:
        raise LookupError(before)
    return position


def _between(connection: Connection, table: Table, here: Any, key: str, before: str) -> int | None:
    """Return a position just in front of `before`, or None when there is no room."""
    high = connection.scalar(select(table.c.position).where(here, table.c[key] == before))
    if high is None:
        raise LookupError(before)
    low = connection.scalar(select(func.max(table.c.position)).where(here, table.c.position < high))
    if low is None:
        return int(high) - GAP
    middle = (low + high) // 2
    return int(middle) if middle > low else None


def _renumber(connection: Connection, table: Table, here: Any, key: str) -> None:
    keys = connection.scalars(select(table.c[key]).where(here).order_by(table.c.position)).all()
    for number, item in enumerate(keys, 1):
        connection.execute(
            update(table).where(here, table.c[key] == item).values(position=number * GAP)
        )
