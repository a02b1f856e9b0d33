"""Ten thousand damaged office files, and three hundred programs killed while they save.

No file may crash the reader, take over 5 s or over 500 MB; no kill may lose or halve a step.
`make faults` runs it; the test suite does the same with 200 files and three kills. A first argument
changes the number of files.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "sheets")]

FILES = 10_000
FILES_PER_KILL = 33
LONGEST = 5.0
LARGEST_MB = 500
LAYOUTS = (("jiangxia-2026", "project"), ("dongxihu-2025", "department"), ("mof-2015", "project"))


def main() -> int:
    """Read the files and print what came of them; return 1 if any did harm."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    wholes = whole_files()
    outcomes = {"读出": 0, "拒绝": 0}
    faults: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            kind, data = wholes[seed % len(wholes)]
            outcome, seconds, fault = read_one(Path(folder) / f"m.{kind}", data, seed)
            slowest = max(slowest, seconds)
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            if fault or seconds > LONGEST:
                faults.append(f"{kind} 种子{seed} {seconds:.1f}秒\n{fault}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("\n".join(faults[:10]))
    print(
        f"{count}个坏文件：{outcomes}，最慢{slowest:.2f}秒，内存最多{memory}MB，出错{len(faults)}个"
    )
    steps = killed(count // FILES_PER_KILL)
    print(f"保存时杀死程序{count // FILES_PER_KILL}次：存下的{steps}步都完整，都能撤销")
    return int(bool(faults) or memory > LARGEST_MB)


def killed(times: int) -> int:
    """Kill a program that saves, so many times; return how many steps it saved in all.

    Raises:
        AssertionError: a step was lost or half saved, or the library is damaged.
    """
    from kpiapp.model.interchange import form_from_json
    from kpiapp.services.session import Session
    from kpiapp.store.library import Library
    from tests.store.conftest import FORM, NoChecks
    from tests.store.kills import kill_once

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "库.kpi"
        with Library.create(path, who="甲") as library:
            Session(library, NoChecks()).add_form(form_from_json(FORM), "放入")
        return sum(kill_once(path, seed) for seed in range(times))


def whole_files() -> list[tuple[str, bytes]]:
    """Return the undamaged files: three sheets as workbook and as document."""
    from sheet_forms import filled_form

    from kpiapp.sheets import docx, xlsx
    from kpiapp.sheets.filling.fill import fill
    from kpiapp.sheets.layouts.layout import layout

    wholes = []
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in LAYOUTS:
            one = layout(name, kind)
            for suffix, module in (("xlsx", xlsx), ("docx", docx)):
                path = Path(folder) / f"whole.{suffix}"
                module.write(path, [fill(filled_form(one), one)])
                wholes.append((suffix, path.read_bytes()))
    return wholes


def read_one(path: Path, data: bytes, seed: int) -> tuple[str, float, str]:
    """Read one damaged file: what came of it, how long it took, and the fault if it crashed."""
    from mutants import mutant

    from kpiapp.errors import UserError
    from kpiapp.services.files.reading_files import read_file

    path.write_bytes(mutant(data, seed))
    begin = time.perf_counter()
    try:
        read_file(path)
    except UserError:
        return "拒绝", time.perf_counter() - begin, ""
    except Exception:  # noqa: BLE001  finding these is what the tool is for
        return "出错", time.perf_counter() - begin, traceback.format_exc(limit=-4)
    return "读出", time.perf_counter() - begin, ""


if __name__ == "__main__":
    sys.exit(main())
