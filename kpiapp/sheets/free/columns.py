"""The columns of an indicator table of any district: what each holds, and for which horizon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.model.form import Horizon
from kpiapp.model.taxonomy import level1_of
from kpiapp.sheets.free.meanings import FREE_HEAD, meaning
from kpiapp.sheets.free.panels import LEVELS, Panel
from kpiapp.sheets.words import YEAR, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.columns import Leaf

CALLED = {"level1": ("一级", "extra"), "level2": ("二级", "extra"), "level3": ("三级", "note")}
"""Where a head says 一级, 指标类型 is 定量 or 定性; beside 三级指标, 指标内容 explains it."""
LONG = re.compile(r"长期|中期|周期|实施期")
ANNUAL = re.compile(r"年度|当年|本年|#年")


def panels_of(leaves: Sequence[Leaf], year: str) -> tuple[Panel, ...]:
    """Divide the columns where a level is printed a second time; levels to the left are shared."""
    parts: list[list[tuple[Leaf, str]]] = [[]]
    for leaf, value in zip(leaves, _values(leaves, year), strict=True):
        held = {one for _, one in parts[-1]}
        if value in LEVELS and value in held:
            parts.append([])
            held = set()
        parts[-1].append((leaf, "extra" if value in held and value != "extra" else value))
    for part in parts[1:]:
        held = {one for _, one in part}
        part[:0] = [pair for pair in parts[0] if pair[1] in LEVELS[:2] and pair[1] not in held]
    over = [_level1_over(part) for part in parts]
    shared = len(parts) > 1 and not all(over)
    return tuple(
        Panel(_horizon(part, shared=shared, place=n), tuple(_settled(part)), over[n])
        for n, part in enumerate(parts)
    )


def _level1_over(part: list[tuple[Leaf, str]]) -> str:
    """Return the 一级 that the heads over 三级指标 name, or ""."""
    path = next((leaf.path for leaf, value in part if value == "level3"), "")
    heads = path.split("/")[:-1]
    return next((head for head in reversed(heads) if level1_of(head)), "")


def _values(leaves: Sequence[Leaf], year: str) -> list[str]:
    """Return what each column holds; bare years end with the target, the others are before it.

    Args:
        leaves: the columns.
        year: the budget year printed above; "" takes the last column for it.
    """
    values = [meaning(leaf.last) or ("extra" if leaf.path else "") for leaf in leaves]
    for n, leaf in enumerate(leaves):
        if values[n] == "extra" and meaning(leaf.last) == "" and "/" in leaf.path:
            values[n] = meaning(leaf.path.rpartition("/")[0]) or "extra"
    values = _by_level(leaves, values)
    if "level3" not in values:
        bare = (n for n, leaf in enumerate(leaves) if FREE_HEAD.fullmatch(canonical(leaf.last)))
        for n in bare:
            values[n] = "level3"
            break
    if "level3" not in values and "level2" in values:  # of two levels the lower names what counts
        values[values.index("level2")] = "level3"
    years = [n for n, value in enumerate(values) if value == "year"]
    if any(year and year in leaves[n].last for n in years):
        years = [n for n in years if YEAR.search(leaves[n].last)[0] <= year]  # type: ignore[index]
    names = ["prior1", "prior2"]
    if "target" not in values and "long_term_target" not in values:
        names.insert(0, "target")
    for n, name in zip(reversed(years), names, strict=False):
        values[n] = name
    return ["extra" if value == "year" else value for value in values]


def _by_level(leaves: Sequence[Leaf], values: Sequence[str]) -> list[str]:
    """Return what each column holds, where heads that say 一级 to 三级 leave the others less."""
    found = list(values)
    for level, (word, besides) in CALLED.items():
        if any(word in leaf.last for leaf in leaves):
            for n, leaf in enumerate(leaves):
                other = found[n] == level and word not in leaf.last
                found[n] = besides if other else found[n]
    return found


def _settled(part: list[tuple[Leaf, str]]) -> list[tuple[Leaf, str]]:
    """A long-term value is the target where the row has no other one."""
    held = {value for _, value in part}
    if "target" in held:
        return part
    return [(leaf, "target" if value == "long_term_target" else value) for leaf, value in part]


def _horizon(part: list[tuple[Leaf, str]], *, shared: bool, place: int) -> Horizon | None:
    """Return whose columns these are: heads say so, else the left ones are long-term."""
    own = "/".join(leaf.path for leaf, value in part if value in {"level2", "level3", "target"})
    if any(value == "target" for _, value in part) and ANNUAL.search(canonical(own)):
        return Horizon.ANNUAL
    if LONG.search(own) and not any(v == "long_term_target" for _, v in part[:1]):
        values = {value for _, value in part}
        return Horizon.ANNUAL if {"target", "long_term_target"} <= values else Horizon.LONG_TERM
    if not shared:
        return None
    return Horizon.LONG_TERM if place == 0 else Horizon.ANNUAL
