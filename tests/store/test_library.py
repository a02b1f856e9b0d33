"""A library file: made, opened, refused, filled, and safe when the world is not."""

import sqlite3
import sys

import pytest

from kpiapp.errors import UserError
from kpiapp.model.edit import SetValue
from kpiapp.model.form import Kind
from kpiapp.model.project_list import ProjectList
from kpiapp.store import connecting
from kpiapp.store.library import Library
from kpiapp.store.step import PutSetting, Step, put_project_list
from tests.store.conftest import image


def reopened(library):
    library.close()
    return Library.open(library.path)


def raw(path):
    return sqlite3.connect(path)


def test_a_new_library_is_empty_and_knows_its_name(library):
    assert library.name == "试库"
    assert (library.years(), library.heads(), library.units()) == ([], [], [])
    assert library.last_step() is None
    assert not library.read_only


def test_nothing_is_overwritten_by_a_new_one(tmp_path):
    (tmp_path / "a.kpi").write_text("旧")
    with pytest.raises(UserError, match="已存在"):
        Library.create(tmp_path / "a.kpi")
    assert (tmp_path / "a.kpi").read_text() == "旧"


def test_heads_list_department_forms_first_then_in_order(session, form):
    from kpiapp.store.step import whole_form, whole_form_json

    for number, kind in enumerate(["project", "project", "department"]):
        copy = whole_form(whole_form_json(form) | {"id": f"x{number}", "kind": kind})
        session.add_form(copy, "放入")
    heads = session.heads(2026)
    assert [head.id for head in heads] == ["x2", "x0", "x1"]
    assert heads[1].name == "物业后勤保障"
    assert heads[0].name == "申报表"  # a department without a name goes by its title
    assert (heads[1].kind, heads[1].unit_id, heads[1].unit_name) == (Kind.PROJECT, "u1", "某中心")
    assert session.years() == [2026]
    assert session.heads(2025) == []


def test_units_keep_their_parents(session, form):
    session.add_form(form, "放入")
    found = {unit.id: (unit.name, unit.parent) for unit in session.library.units()}
    assert found == {"u0": ("", None), "u1": ("某中心", "u0")}


def test_a_project_list_comes_back_with_its_ragged_rows(library):
    projects = ProjectList(
        "l", 2026, columns=["项目", "金额"], rows=[["甲"], [], ["乙", "1", ""]], other={"x": 1}
    )
    library.commit(Step("放入", [put_project_list(None, projects)]))
    assert library.project_lists(2026) == [projects]
    assert library.project_lists(2025) == []


def test_settings_and_excuses_last(library):
    for off in (["a"], ["b"]):
        library.commit(Step("修改检查规则", [PutSetting("rules_off", None, off)]))
    library.commit(Step("不算", [library.excuse("k", "f1", "missing-unit", "已报批")]))
    with reopened(library) as again:
        assert again.setting("rules_off") == ["b"]
        assert again.setting("nothing", 3) == 3
        excuse = again.excuses()["k"]
        assert (excuse.code, excuse.reason, excuse.form_id) == ("missing-unit", "已报批", "f1")
        again.commit(Step("计入", [again.excuse("k")]))
        assert again.excuses() == {}
        assert again.excuse("k") is None
        again.undo(again.last_step())
        assert again.excuses()["k"] == excuse


# -- what is refused --------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserError, match="找不到目标库"):
        Library.open(tmp_path / "没有.kpi")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\0" + b"x" * 3000])
def test_a_file_that_is_no_library_is_refused(tmp_path, content):
    path = tmp_path / "a.kpi"
    path.write_bytes(content)
    with pytest.raises(UserError, match="不是"):
        Library.open(path)
    assert path.read_bytes() == content
    assert [x.name for x in tmp_path.iterdir()] == ["a.kpi"]


def test_a_database_of_another_program_is_refused(tmp_path):
    with raw(tmp_path / "a.kpi") as other:
        other.execute("CREATE TABLE things (x)")
    other.close()
    with pytest.raises(UserError, match="不是本程序的目标库"):
        Library.open(tmp_path / "a.kpi")


def test_a_newer_library_is_refused_with_a_way_out(library):
    library.close()
    with raw(library.path) as file:
        file.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    file.close()
    with pytest.raises(UserError, match="请升级本程序"):
        Library.open(library.path)


def test_a_damaged_library_is_told(session, form):
    session.add_form(form, "放入")
    path = session.library.path
    session.library.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(UserError, match="损坏"), Library.open(path) as library:
        library.heads()


def test_check_finds_damage(library):
    library.check()
    library._read = lambda _: "row 3 missing"
    with pytest.raises(UserError, match="已损坏"):
        library.check()


# -- when the world fails ---------------------------------------------------------------------


def full_disk(library):
    """Let the file grow no further."""
    with library._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_changes_nothing(session, form):
    session.add_form(form, "放入")
    before = image(form := session.form("f1"))
    full_disk(session.library)
    change = SetValue(("indicators", form.indicators[0].id, "note"), "长" * 100_000)
    with pytest.raises(UserError, match="磁盘已满"):
        session.do("改", {"f1": [change]})
    assert image(session.form("f1")) == image(session.library.load("f1")) == before
    assert session.undo_label == "放入"


def test_a_read_only_library_can_be_read_and_not_changed(session, form):
    from kpiapp.services.session import Session

    session.add_form(form, "放入")
    with Library.open(session.library.path, read_only=True) as library:
        other = Session(library, session.checker)
        assert other.read_only
        assert image(other.form("f1")) == image(session.form("f1"))
        with pytest.raises(UserError, match="只读"):
            other.do("改", {"f1": [SetValue(("title",), "x")]})
        with pytest.raises(UserError, match="只读"):
            other.undo()
        with pytest.raises(UserError, match="只读"):
            other.put_settings("修改设置", {"a": 1})
        with pytest.raises(UserError, match="只读"):
            library.commit(Step("修改设置", [PutSetting("a", None, 1)]))
        assert library.holder.who == "甲"


def test_a_form_saved_by_another_program_meanwhile_is_not_overwritten(session, form):
    session.add_form(form, "放入")
    with session.library._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE forms SET version = version + 1")
    with pytest.raises(UserError, match="已被别人修改"):
        session.do("改", {"f1": [SetValue(("title",), "新")]})
    assert session.form("f1").title == "申报表"


# -- pragmas and disks ------------------------------------------------------------------------


def pragmas(library):
    with library._engine.connect() as connection:
        return [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous")
        ]


def test_nothing_is_lost_at_a_power_cut(library):
    assert pragmas(library) == [1, "wal", 2]


def test_a_network_disk_gets_no_wal(library, monkeypatch):
    monkeypatch.setattr(connecting, "is_on_network", lambda _: True)
    with reopened(library) as again:
        assert pragmas(again) == [1, "delete", 2]


@pytest.mark.skipif(sys.platform == "win32", reason="these are paths of Linux")
@pytest.mark.parametrize(
    ("name", "kind"),
    [("/a.kpi", "ext4"), ("/mnt/share/x/a.kpi", "cifs"), ("/mnt/sharex/a.kpi", "ext4"),
     ("/home/a b/a.kpi", "nfs4")],
)  # fmt: skip
def test_the_file_system_is_that_of_the_nearest_mount(name, kind):
    from pathlib import Path

    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//pc/share /mnt/share cifs rw 0 0\n"
        "srv:/h /home/a\\040b nfs4 rw 0 0\n"
    )
    assert connecting.file_system_of(Path(name), mounts) == kind


def test_a_name_with_odd_signs_is_a_file_name_and_no_address(tmp_path):
    path = tmp_path / "部门#1 100%?.kpi"
    with Library.create(path) as library:
        library.commit(Step("修改设置", [PutSetting("a", None, 1)]))
    assert path.exists()
    with Library.open(path, read_only=True) as library:
        assert library.setting("a") == 1
