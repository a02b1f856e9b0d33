"""Evidence files in a library."""

import hashlib

import pytest

from kpiapp.errors import UserError
from kpiapp.services.results import evaluation, evidence
from kpiapp.services.session import Session
from kpiapp.store.library import Library
from tests.years.conftest import project


@pytest.fixture
def form(session):
    session.add_forms([project()], "导入")
    return evaluation.start(session, "u-2026-p01")


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "巡逻记录.jpg"
    path.write_bytes(b"\xff\xd8" + bytes(range(256)) * 20)
    return path


def test_a_file_is_kept_with_its_hash_and_written_again(session, form, photo, tmp_path):
    kept = evidence.attach(session, form.id, photo, form.indicators[0].id)
    assert kept.sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()
    data = photo.read_bytes()
    photo.unlink()
    path = session.library.path
    session.library.close()
    with Library.open(path, read_only=True) as library:
        again = Session(library)
        (found,) = library.attachments(form.id)
        assert found == kept
        files = evidence.write_all(again, form, tmp_path / "佐证")
        assert files[0].read_bytes() == data
        assert "安保巡逻检查次数" in files[-1].read_text("utf-8")


def test_what_cannot_be_attached_is_told(session, form, photo, tmp_path, monkeypatch):
    for path, says in ((tmp_path / "没有.pdf", "读不了"), (tmp_path, "读不了")):
        with pytest.raises(UserError, match=says):
            evidence.attach(session, form.id, path)
    empty = tmp_path / "空.pdf"
    empty.touch()
    with pytest.raises(UserError, match="空文件"):
        evidence.attach(session, form.id, empty)
    evidence.attach(session, form.id, photo)
    with pytest.raises(UserError, match="内容相同"):
        evidence.attach(session, form.id, photo)
    monkeypatch.setattr(evidence, "LARGEST", 1000)
    with pytest.raises(UserError, match="不能超过"):
        evidence.attach(session, form.id, photo)
    assert len(session.library.attachments(form.id)) == 1


def test_each_file_that_is_refused_is_named_and_the_others_are_kept(session, form, photo, tmp_path):
    empty, missing = tmp_path / "空.pdf", tmp_path / "没有.pdf"
    empty.touch()
    with pytest.raises(UserError, match=r"空\.pdf.*；.*没有\.pdf"):
        evidence.attach_all(session, form.id, [empty, missing, photo])
    assert [x.name for x in session.library.attachments(form.id)] == [photo.name]


def test_a_file_is_taken_away(session, form, photo):
    kept = evidence.attach(session, form.id, photo)
    session.library.detach(kept.id)
    assert session.library.attachments(form.id) == []
    with pytest.raises(KeyError):
        session.library.attached(kept.id)


def test_a_library_without_the_table_has_none(session, form):
    assert session.library.attachments(form.id) == []
