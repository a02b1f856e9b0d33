"""Feeds damaged office files to the readers: `make faults`, or `python tools/faults.py COUNT`.

Each file is one of the sample's sheets, damaged in a way that its number decides, so that a finding
can be repeated. A reader may refuse a file in one sentence (UserError) or read what is left of it;
anything else, more than 5 seconds, or more than 500 MB is a fault of ours.
"""

from __future__ import annotations

import random
import re
import resource as limits
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from benchmarks import forms  # noqa: E402
from kpiapp.errors import UserError  # noqa: E402

COUNT = 10_000
SLOWEST = 5.0
MOST_MEMORY_MB = 500
SUFFIXES = (".xlsx", ".docx", ".json")
ODD_NUMBERS = (b"0", b"-1", b"65536", b"1048577", b"99999999999", b"1e308", b"NaN", b"")
ODD_TEXTS = (
    b"&#0;",
    b"&lol;",
    b"<",
    b"]]>",
    b"\xff\xfe",
    "＝１００％".encode(),
    b"=1/0",
    b"_x000D_",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What happened to one file: `outcome` is read, refused or a traceback; time in seconds."""

    number: int
    outcome: str
    seconds: float
    memory_mb: float

    @property
    def is_fault(self) -> bool:
        """Whether the program, not the file, is to blame."""
        known = self.outcome in ("read", "refused")
        return not known or self.seconds > SLOWEST or self.memory_mb > MOST_MEMORY_MB


def originals(folder: Path) -> list[Path]:
    """Write some sheets of the sample in each format, to be damaged."""
    from kpiapp.services import converting

    paths = []
    for form in forms.sample()[-3:]:
        for suffix in SUFFIXES:
            path = folder / f"{form.id}{suffix}"
            if suffix == ".json":
                path.write_text(forms.as_text(form), encoding="utf-8")
            else:
                converting.write_sheet(form, path)
            paths.append(path)
    return paths


# -- damaging ---------------------------------------------------------------------------------


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with one to three faults."""
    ways = [flipped, cut, doubled]
    if data.startswith(b"PK"):
        ways += [with_odd_part] * 9  # a damaged zip is refused at its door; its parts go deeper
    else:
        ways += [odd] * 3
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(ways)(data, chance)
    return data


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Lose a piece, often the end."""
    start = chance.randrange(len(data) + 1)
    end = chance.choice([start + chance.randint(1, 400), len(data)])
    return data[:start] + data[end:]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """Say a piece twice."""
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.randint(2, 40) + data[start:]


def odd(data: bytes, chance: random.Random) -> bytes:
    """Put odd numbers or texts in place of others."""
    pattern, words = chance.choice([(rb"\d+", ODD_NUMBERS), (rb"(?<=>)[^<>]+(?=<)", ODD_TEXTS)])
    found = list(re.finditer(pattern, data))
    for match in sorted(chance.sample(found, min(len(found), 5)), key=lambda x: -x.start()):
        data = data[: match.start()] + chance.choice(words) + data[match.end() :]
    return data


def with_odd_part(data: bytes, chance: random.Random) -> bytes:
    """Damage, drop or empty one part of a zip, and pack it again."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001 - an earlier fault left no zip to unpack
        return data
    if not parts:
        return data
    name = chance.choice(list(parts))
    way = chance.choice([flipped, cut, doubled, odd, odd, odd, None])
    parts[name] = way(parts[name], chance) if way else b""
    if chance.randrange(10) == 0:
        del parts[name]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return packed.getvalue()


# -- trying -----------------------------------------------------------------------------------


def try_one(number: int, original: str) -> Result:
    """Damage one file and read it."""
    from kpiapp.services import importing

    chance = random.Random(number)
    source = Path(original)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(damaged(source.read_bytes(), chance))
        started = perf_counter()
        try:
            importing.read_file(path)
            outcome = "read"
        except UserError:
            outcome = "refused"
        except BaseException:  # noqa: BLE001 - this is what is looked for
            outcome = traceback.format_exc(limit=-4)
        taken = perf_counter() - started
    memory = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss / 1024
    return Result(number, outcome, taken, memory)


def run(count: int, folder: Path, processes: int | None = None) -> list[Result]:
    """Try `count` damaged files; the originals are written into `folder`."""
    paths = [str(path) for path in originals(folder)]
    chosen = [paths[number % len(paths)] for number in range(count)]
    if processes == 1:
        return [try_one(number, path) for number, path in enumerate(chosen)]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(try_one, range(count), chosen, chunksize=50))


def main() -> int:
    """Try as many files as the command line asks for; print what came of them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        results = run(count, Path(folder))
    faults = [result for result in results if result.is_fault]
    said = Counter("fault" if x.is_fault else x.outcome for x in results)
    slowest = max(result.seconds for result in results)
    memory = max(result.memory_mb for result in results)
    print(f"{count} 个坏文件：读出 {said['read']}，说明原因后拒绝 {said['refused']}，"
          f"程序出错 {said['fault']}；最慢 {slowest:.2f} s，内存最多 {memory:.0f} MB")  # fmt: skip
    for fault in faults[:20]:
        print(f"\n第 {fault.number} 个，{fault.seconds:.2f} s：\n{fault.outcome}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
