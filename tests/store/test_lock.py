"""A library has one writer; the second one is told who, and a crash leaves no lock behind."""

import json
import subprocess
import sys

import pytest

from kpiapp.store import lock as locking
from kpiapp.store.library import Library
from kpiapp.store.lock import Holder, LibraryInUse, holder_of

HOLD = """
import sys, time
from pathlib import Path
from kpiapp.store.library import Library
library = Library.open(Path(sys.argv[1]), who="乙")
print("open", flush=True)
time.sleep(60)
"""


def test_the_second_is_told_who_holds_it_since_when(library):
    with pytest.raises(LibraryInUse, match="正由“甲”在电脑") as refused:
        Library.open(library.path)
    assert refused.value.holder == library.holder
    assert "只读" in refused.value.way_out


def test_the_second_may_read(library):
    with Library.open(library.path, read_only=True) as other:
        assert other.name == "试库"
        assert other.holder == library.holder


def test_closing_lets_go_and_leaves_no_file(library):
    library.close()
    assert holder_of(library.path) is None
    assert [x.name for x in library.path.parent.iterdir()] == ["库.kpi"]
    Library.open(library.path).close()


def test_a_lock_left_by_a_crash_is_taken_over(library):
    library.close()
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(library.path)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    with held:
        assert held.stdout.readline() == "open\n"
        with pytest.raises(LibraryInUse, match="乙"):
            Library.open(library.path)
        held.kill()
    assert library.path.with_name("库.kpi.lock").exists()
    with Library.open(library.path, who="丙") as mine:
        assert mine.holder.who == "丙"


@pytest.fixture
def no_locks(monkeypatch):
    """A disk that knows no locks: the file's words are all there is."""

    def refuse(_):
        raise OSError(next(iter(locking._NO_LOCKS_HERE)), "no locks")

    monkeypatch.setattr(locking, "_lock_byte", refuse)


@pytest.mark.parametrize(
    ("holder", "refused"),
    [({"pid": 2**22 + 1}, False), ({"computer": "别的电脑"}, True), ({}, True)],
)
@pytest.mark.usefixtures("no_locks")
def test_without_locks_the_words_of_the_file_decide(library, holder, refused):
    library.close()
    mine = {"who": "丁", "computer": locking.socket.gethostname(), "pid": 1, "since": "2026-01-01"}
    path = library.path.with_name("库.kpi.lock")
    path.write_text(json.dumps(mine | holder), encoding="utf-8")
    if refused:
        with pytest.raises(LibraryInUse, match="丁"):
            Library.open(library.path)
    else:
        Library.open(library.path).close()


def test_a_lock_file_that_says_nothing_still_refuses(library):
    library.path.with_name("库.kpi.lock").write_text("", encoding="utf-8")
    with pytest.raises(LibraryInUse, match="另一个窗口"):
        Library.open(library.path)


def test_a_holder_is_read_from_its_file(tmp_path):
    assert locking.read_holder(tmp_path / "none") is None
    (tmp_path / "x").write_text('{"who": "甲"}', encoding="utf-8")
    assert locking.read_holder(tmp_path / "x") is None
    assert Holder("甲", "pc", 1, "now").who == "甲"
