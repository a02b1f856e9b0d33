"""Opening a file, whether it works or not, leaves nothing beside it and no other file changed."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from kpiapp.errors import UserError
from kpiapp.store.library import Library
from kpiapp.store.step import PutSetting, Step

if TYPE_CHECKING:
    from pathlib import Path


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()


def _newer(path: Path) -> None:
    Library.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    connection.commit()
    connection.close()


def _sound(path: Path) -> None:
    Library.create(path).close()


@pytest.mark.parametrize("make", [_foreign, _newer, _sound])
@pytest.mark.parametrize("read_only", [False, True])
def test_nothing_is_left_beside_the_file(tmp_path, make, read_only):
    path = tmp_path / "某库.kpi"
    make(path)
    with suppress(UserError), Library.open(path, read_only=read_only) as library:
        assert library.heads() == []
    assert [x.name for x in tmp_path.iterdir()] == [path.name]


def test_a_foreign_database_stays_as_it_was(tmp_path):
    path = tmp_path / "别的.db"
    _foreign(path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="不是本程序的目标库"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_library_opened_read_only_cannot_be_written(tmp_path):
    path = tmp_path / "某库.kpi"
    _sound(path)
    with Library.open(path, read_only=True) as library, pytest.raises(UserError, match="只读"):
        library.commit(Step("修改设置", [PutSetting("a", None, 1)]))
