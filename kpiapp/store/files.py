"""Library files: making one, knowing one, copying one."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.store import upgrades
from kpiapp.store.connecting import engine_for, has_table, writer_of
from kpiapp.store.faults import told, unopened
from kpiapp.store.rows import table_of
from kpiapp.store.tables import Base, MetaRow

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

_MAGIC = b"SQLite format 3\0"
META = table_of(MetaRow)


def make(path: Path, name: str) -> None:
    """Write an empty library."""
    sqlite3.connect(path).close()
    engine = engine_for(path, read_only=False, journal="DELETE")
    try:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            for key, value in (("schema_version", str(upgrades.newest())), ("name", name)):
                connection.execute(META.insert().values(key=key, value=value))
    finally:
        engine.dispose()


def need_database(path: Path) -> None:
    """Raise a UserError unless there is a library, of whatever version."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise UserError(f"找不到目标库“{path}”", "请检查文件名，或新建一个目标库") from None
    except OSError as error:
        raise unopened(path, error) from error
    if start != _MAGIC:
        raise UserError(f"文件“{path.name}”不是目标库，或已损坏", "请选择目标库文件，或从备份恢复")
    with told(path):
        if not has_table(path, META.name):  # before any pragma changes somebody else's file
            raise UserError(f"文件“{path.name}”不是本程序的目标库", "请选择目标库文件")


def need_library(engine: Engine, path: Path, *, read_only: bool) -> None:
    """Bring a library to this version, keeping a copy; raises UserError where it is none."""
    with engine.connect() as connection:
        version = upgrades.version_of(connection)
    upgrades.refuse_newer(version, path.name)
    if version == upgrades.newest():
        return
    if read_only:
        raise UserError(f"目标库“{path.name}”由旧版程序建立，需要先升级", "请先以可写方式打开一次")
    copy(engine, path.with_name(f"{path.stem}-升级前{version}{path.suffix}"))
    upgrades.run(writer_of(engine))


def copy(engine: Engine, path: Path) -> None:
    """Write a consistent copy of the open library."""
    raw = engine.raw_connection()
    target = sqlite3.connect(path)
    try:
        driver = raw.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()
        raw.close()
