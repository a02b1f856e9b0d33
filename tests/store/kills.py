"""A program killed while it saves: what was said to be saved is there, whole, and can be undone."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kpiapp.model.edit import SetValue

if TYPE_CHECKING:
    from kpiapp.services.session import Session

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.15
"""Seconds after the first step was saved, at most, until the program is killed."""


def write(path: Path) -> None:
    """Change two places of a form in each step, say which step is saved; go on until killed."""
    from kpiapp.services.session import Session
    from kpiapp.store.library import Library
    from tests.store.conftest import NoChecks

    session = Session(Library.open(path, who="甲"), NoChecks())  # type: ignore[arg-type]
    number = saved(session)
    while True:
        number += 1
        session.do(f"第{number}步", {"f1": both(session, number)})
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def both(session: Session, number: int) -> list[SetValue]:
    """Return the edits of one step: a field and a target say the number."""
    row = session.form("f1").indicators[0].id
    places = (("fields", "联系电话"), ("indicators", row, "target"))
    return [SetValue(place, str(number)) for place in places]


def saved(session: Session) -> int:
    """Return the number that the form says in both places; AssertionError if they differ."""
    form = session.form("f1")
    field, target = form.fields["联系电话"], form.indicators[0].target
    assert not field or field == target, f"half a step was saved: {field}, {target}"
    return int(field or 0)


def kill_once(path: Path, seed: int) -> int:
    """Let a program write into a library, kill it at some moment, and look at what it left.

    Args:
        path: a library that holds the form `f1` and that nobody has open.
        seed: decides the moment.

    Returns:
        The number of steps that the program could save.

    Raises:
        AssertionError: a step was lost, half saved, cannot be undone, or the file is damaged.
    """
    from kpiapp.services.session import Session
    from kpiapp.store.library import Library
    from tests.store.conftest import NoChecks

    command = [sys.executable, "-m", "tests.store.kills", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as writer:
        assert writer.stdout is not None
        first = int(writer.stdout.readline())
        time.sleep(random.Random(seed).uniform(0, LONGEST))
        writer.kill()
        said = [first, *(int(line) for line in writer.stdout if line.endswith("\n"))]
    with Library.open(path, who="乙") as library:
        library.check()
        session = Session(library, NoChecks())  # type: ignore[arg-type]
        found = saved(session)
        assert found - said[-1] in {0, 1}, f"said to be saved: {said[-1]}, found: {found}"
        assert session.undo_label == f"第{found}步"
        session.undo()
        assert saved(session) == found - 1
        session.redo()
        assert saved(session) == found
    return found - first + 1


if __name__ == "__main__":
    write(Path(sys.argv[1]))
