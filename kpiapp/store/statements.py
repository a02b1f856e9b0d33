"""The few statements that all writing is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, insert, select, update

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Values = dict[str, Any]


class RowMissingError(LookupError):
    """An edit met no row, or two: the file and the screen differ, which is a fault of ours."""


def matches(table: Table, key: Values) -> list[Any]:
    """Return the conditions that pick the row (or rows) with this key."""
    return [table.c[name] == value for name, value in key.items()]


def update_one(connection: Connection, table: Table, key: Values, values: Values) -> None:
    """Change the one row with this key; raises RowMissingError."""
    exactly_one(connection, update(table).where(*matches(table, key)).values(values))


def exactly_one(connection: Connection, statement: Any) -> None:
    """Run a statement that must touch one row; raises RowMissingError."""
    if connection.execute(statement).rowcount != 1:
        raise RowMissingError(str(statement))


def insert_many(connection: Connection, table: Table, rows: list[Values]) -> None:
    """Insert rows of one table."""
    if rows:
        connection.execute(insert(table), rows)


def insert_all(connection: Connection, rows: Iterable[tuple[Table, Values]]) -> None:
    """Insert rows, those of one table at once, parents before their parts."""
    by_table: dict[Table, list[Values]] = {}
    for table, row in rows:
        by_table.setdefault(table, []).append(row)
    for table, batch in by_table.items():
        insert_many(connection, table, batch)


def put(
    connection: Connection, table: Table, key: Values, row: Values, first: Mapping[str, Any] = {}
) -> None:
    """Update the row `key`, or insert it (then with what it needs `first`)."""
    if connection.scalar(select(func.count()).select_from(table).where(*matches(table, key))):
        if row:
            update_one(connection, table, key, row)
    else:
        connection.execute(insert(table).values({**key, **first, **row}))
