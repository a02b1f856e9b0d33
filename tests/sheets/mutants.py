"""Office files damaged at random: parts cut, doubled and garbled, whole files cut or flipped."""

from __future__ import annotations

import io
import random
import zipfile


def mutant(data: bytes, seed: int) -> bytes:
    """Return a damaged copy of a package; the same seed gives the same one."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        return _garbled(data, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        chosen = set(chance.sample(names, min(len(names), chance.randint(1, 3))))
        for name in names:
            part = old.read(name)
            if name in chosen:
                if chance.random() < 0.15:
                    continue
                part = _changed(part, chance)
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _garbled(data: bytes, chance: random.Random) -> bytes:
    """Flip bytes, or cut the end off."""
    if chance.random() < 0.3:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _changed(part: bytes, chance: random.Random) -> bytes:
    """Change the XML of one part: numbers, tags, doubled and lost stretches."""
    way = chance.randrange(5)
    if not part or way == 0:
        return _garbled(part or b" ", chance)
    a, b = sorted(chance.randrange(len(part) + 1) for _ in range(2))
    if way == 1:
        return part[:a] + part[b:]
    if way == 2:
        return part[:b] + part[a:b] * chance.randint(1, 4) + part[b:]
    digits = [n for n, byte in enumerate(part) if 48 <= byte <= 57]
    changed = bytearray(part)
    for n in chance.sample(digits, min(len(digits), 8)):
        changed[n] = 48 + chance.randrange(10)
    if way == 3:
        return bytes(changed)
    return bytes(changed).replace(b'="', b'="9999999', chance.randint(1, 20))
