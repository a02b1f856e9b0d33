"""From an older library file to this program's, one small function a version.

TO ADD AN UPGRADE: change `tables.py`, write `@upgrade(n)` below with n one above the last (its
docstring is kept in the log), save a library of the old version as
`tests/store/databases/v<n-1>.sql`, and test it as `test_upgrade_<n>` in
`tests/store/test_upgrades.py`. Each upgrade runs in a transaction of its own, with its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Engine

    Upgrade = Callable[[Connection], None]

UPGRADES: dict[int, Upgrade] = {}
FIRST = 1


def upgrade(version: int) -> Callable[[Upgrade], Upgrade]:
    """Register a function that turns a library of the version before into `version`."""

    def register(function: Upgrade) -> Upgrade:
        assert version == max(UPGRADES, default=FIRST) + 1, "upgrades are numbered without gaps"
        UPGRADES[version] = function
        return function

    return register


def newest(upgrades: Mapping[int, Upgrade] = UPGRADES) -> int:
    """Return the version that this program writes."""
    return max(upgrades, default=FIRST)


def version_of(connection: Connection) -> int:
    """Return the version of an open library."""
    found = connection.scalar(text("SELECT value FROM meta WHERE key = 'schema_version'"))
    return int(found)


def refuse_newer(version: int, name: str) -> None:
    """Raise a UserError for a library that a newer program wrote."""
    if version > newest():
        raise UserError(
            f"目标库“{name}”由更新版本的程序建立（格式 {version}，本程序只认识到 {newest()}）",
            "请升级本程序后再打开",
        )


def run(engine: Engine, upgrades: Mapping[int, Upgrade] = UPGRADES) -> list[int]:
    """Bring a library to the newest version; return the versions it went through.

    If one upgrade fails, the file stays at the version before it.
    """
    with engine.connect() as connection:
        version = version_of(connection)
    done = []
    for number in range(version + 1, newest(upgrades) + 1):
        with engine.begin() as connection:
            upgrades[number](connection)
            connection.execute(
                text("UPDATE meta SET value = :version WHERE key = 'schema_version'"),
                {"version": str(number)},
            )
        done.append(number)
    return done


@upgrade(2)
def keep_evidence(connection: Connection) -> None:
    """Files of evidence beside the forms; before, the table was made with the first file."""
    connection.execute(
        text(
            "CREATE TABLE IF NOT EXISTS attachments (id TEXT NOT NULL PRIMARY KEY, "
            "form_id TEXT NOT NULL, indicator_id TEXT NOT NULL, name TEXT NOT NULL, "
            "size INTEGER NOT NULL, sha256 TEXT NOT NULL, time TEXT NOT NULL, who TEXT NOT NULL, "
            "content BLOB NOT NULL)"
        )
    )
    connection.execute(
        text("CREATE INDEX IF NOT EXISTS ix_attachments_form_id ON attachments (form_id)")
    )
