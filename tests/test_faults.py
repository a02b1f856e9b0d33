"""Some of what `make faults` tries ten thousand times: damaged files never bring a reader down."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_damaged_files_are_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import faults

    monkeypatch.setattr(sys, "path", list(sys.path))
    results = faults.run(200, tmp_path, processes=1)
    slow_or_broken = [x for x in results if x.outcome not in ("read", "refused") or x.seconds > 5]
    assert slow_or_broken == []
    assert {x.outcome for x in results} == {"read", "refused"}
