"""Older libraries open; each upgrade is tested, and one that fails leaves the file as it was.

`databases/v<n>.sql` holds a library of each version as text.
"""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from kpiapp.errors import UserError
from kpiapp.store import upgrades
from kpiapp.store.attachments import Attachment
from kpiapp.store.connecting import engine_for
from kpiapp.store.library import Library

DATABASES = Path(__file__).parent / "databases"
VERSIONS = sorted(int(path.stem[1:]) for path in DATABASES.glob("v*.sql"))


@pytest.fixture
def stored(tmp_path):
    """Make the library that is stored for a version."""

    def make(version):
        path = tmp_path / f"v{version}.kpi"
        file = sqlite3.connect(path)
        file.executescript((DATABASES / f"v{version}.sql").read_text(encoding="utf-8"))
        file.close()
        return path

    return make


def test_a_library_of_every_version_is_stored():
    assert list(range(upgrades.FIRST, upgrades.newest() + 1)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_every_stored_library_opens_and_still_says_the_same(stored, version):
    with Library.open(stored(version)) as library:
        assert [head.name for head in library.heads()] == ["某中心", "物业后勤保障"]
        form = library.load("x-2026-p01")
        assert [row.target for row in form.indicators] == ["≥3次/日", "≥95%"]
        assert form.indicators[0].extra == {"计量单位": "次/日"}
        assert library.last_step().label == "修改指标值"
        assert library.project_lists(2026)[0].rows == [["物业后勤保障", "9.52"]]


def test_upgrade_2(stored):
    with Library.open(stored(1)) as library:
        assert library.attachments("x-2026-p01") == []
        new = Attachment("a", "x-2026-p01", "", "记录.pdf", 2, "00", "", "")
        library.attach(new, b"ab")
        assert library.attached("a") == b"ab"
    with Library.open(stored(2)) as library:
        assert [x.name for x in library.attachments("x-2026-p01")] == ["巡检记录.pdf"]
        assert library.attached("a1") == bytes([1, 2, 3, 4])


def test_every_upgrade_has_a_test():
    missing = [n for n in upgrades.UPGRADES if f"test_upgrade_{n}" not in globals()]
    assert not missing


def add_column(connection):
    connection.execute(text("ALTER TABLE units ADD COLUMN code TEXT"))


def fail(connection):
    connection.execute(text("ALTER TABLE units ADD COLUMN more TEXT"))
    raise ZeroDivisionError


def version_of(path):
    engine = engine_for(path, read_only=True)
    with engine.connect() as connection:
        version = upgrades.version_of(connection)
        columns = [row.name for row in connection.execute(text("PRAGMA table_info(units)"))]
    engine.dispose()
    return version, columns


def test_upgrades_run_one_by_one_each_in_its_own_transaction(stored):
    path = stored(1)
    engine = engine_for(path, read_only=False)
    with pytest.raises(ZeroDivisionError):
        upgrades.run(engine, {2: add_column, 3: fail})
    engine.dispose()
    assert version_of(path) == (2, ["id", "name", "parent_id", "code"])


def test_an_upgrade_keeps_a_copy_and_a_reader_is_told(stored, monkeypatch):
    path = stored(1)
    monkeypatch.setitem(upgrades.UPGRADES, 2, add_column)
    with pytest.raises(UserError, match="需要先升级"):
        Library.open(path, read_only=True)
    Library.open(path).close()
    assert version_of(path)[0] == 2
    assert version_of(path.with_name("v1-升级前1.kpi"))[0] == 1


def test_upgrades_are_numbered_without_gaps(monkeypatch):
    monkeypatch.setattr(upgrades, "UPGRADES", {})
    with pytest.raises(AssertionError, match="without gaps"):
        upgrades.upgrade(3)(add_column)
    assert upgrades.upgrade(2)(add_column) is add_column
    assert upgrades.newest(upgrades.UPGRADES) == 2
