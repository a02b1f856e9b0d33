"""200 damaged office files: each is read, or refused in one sentence, and none takes long."""

from __future__ import annotations

import time
from pathlib import Path  # noqa: TC003  used when a test runs

import pytest
from mutants import mutant
from sheet_forms import LAYOUTS, filled_form

from kpiapp.errors import UserError
from kpiapp.services.files.reading_files import read_file
from kpiapp.sheets import docx, xlsx
from kpiapp.sheets.filling.fill import fill

LONGEST = 5.0
FILES = 100


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_damaged_file_never_crashes(kind: str, tmp_path: Path) -> None:
    one = LAYOUTS["jiangxia-2026-project"]
    whole = tmp_path / f"whole.{kind}"
    (xlsx if kind == "xlsx" else docx).write(whole, [fill(filled_form(one), one)])
    data = whole.read_bytes()
    outcomes = {"read": 0, "refused": 0}
    for seed in range(FILES):
        path = tmp_path / f"m{seed}.{kind}"
        path.write_bytes(mutant(data, seed))
        begin = time.perf_counter()
        try:
            read_file(path)
            outcomes["read"] += 1
        except UserError:
            outcomes["refused"] += 1
        assert time.perf_counter() - begin < LONGEST, f"seed {seed}"
        path.unlink()
    assert min(outcomes.values()) > 0, outcomes
