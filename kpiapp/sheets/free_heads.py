"""Heads of an indicator table of any district: what each column holds, and for which horizon.

Heads may stand in any order; two horizons may stand side by side; operator, number and unit may
have columns of their own; what is none of these is kept under its head.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kpiapp.model.form import Horizon
from kpiapp.model.taxonomy import level1_of, level2_of
from kpiapp.sheets.columns import Leaf
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import read_heads
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.reading import Reading

MEANINGS = (
    ("extra", r"半年|季度|实际|完成(值|情况|程度|率)|执行情况|得分|偏差|改进|评分|赋分"),
    ("extra", r"取值|来源|佐证|核心"),
    ("number", r"^序号$"),
    ("level1", r"一级|指标类[别型]"),
    ("level2", r"二级|指标分类"),
    ("note", r"描述|解释|说明|备注|计算方法"),
    ("level3", r"三级|指标名称|指标内容|明细指标|具体指标|个性指标"),
    ("prior2", r"前年|上上年"),
    ("prior1", r"上年|去年|上一年"),
    ("direction", r"方向"),
    ("sign", r"性质|符号|运算符|比较符"),
    ("unit", r"(计量|度量|数量)单位|^单位$"),
    ("standard", r"依据|(绩效|考核|评价|衡量)标准|^标准$"),
    ("weight", r"权重|分值|分数"),
    ("long_term_target", r"(长期|中期|周期|实施期|总体|总).{0,4}(指标|目标|计划)值"),
    ("target", r"(指标|目标|计划|预期|标杆|实现|年度|^数)值|计划水平|目标水平|预[期计].*实现"),
)
"""What the words of a head mean; the first that is found counts."""
LEVELS = ("level1", "level2", "level3")
BARE_YEAR = re.compile(r"#年?(度|实际|完成)*值?|#年(度)?(指标|实际|完成)值")
LONG = re.compile(r"长期|中期|周期|实施期")
ANNUAL = re.compile(r"年度|当年|本年|#年")
LONGEST_HEAD = 24
SIDE = re.compile(r"(中?长期|中期|年度|当年|总体|实施期)?(绩效)?(目标)?(指标|目标)表?\d*")
DEEPEST = 4
FREE_HEAD = re.compile(r"(绩效|考核|具体)?指标")


class Panel(NamedTuple):
    """The columns of one horizon: what each holds; `horizon` is None where no head tells."""

    horizon: Horizon | None
    columns: tuple[tuple[Leaf, str], ...]

    def leaf(self, value: str) -> Leaf | None:
        """Return the column that holds a value."""
        return next((leaf for leaf, held in self.columns if held == value), None)


class Heads(NamedTuple):
    """The heads of one table: label at the left, panels from left to right, first line below."""

    side: Cell | None
    panels: tuple[Panel, ...]
    body: int


def meaning(head: str) -> str:
    """Return what a head says its column holds, "" if it is no known head.

    >>> meaning("指标值（或计划水平）"), meaning("全年实际值"), meaning("计量单位")
    ('target', 'extra', 'unit')
    """
    word = canonical(head)
    if not word or len(word) > LONGEST_HEAD:
        return ""
    if BARE_YEAR.fullmatch(word):
        return "year"
    return next((value for value, pattern in MEANINGS if re.search(pattern, word)), "")


def find_heads(reading: Reading, index: int) -> Heads | None:
    """Return the heads that begin on a line, or None if it begins no indicator table."""
    cells = written(reading.page.lines[index])
    found = {meaning(cell.text) for cell in cells}
    if not (found.intersection(LEVELS) or _free_place(cells)) or len(cells) == 1:
        return None
    side = _side(cells)
    left = side.right if side else cells[0].column
    depth = _depth(reading, index, left)
    end = min(len(reading.page.lines), index + DEEPEST)
    used = len(reading.changes)
    leaves, body = read_heads(reading, index, end, left, depth)
    leaves = _cut_open(reading, leaves, body)
    panels = _panels(leaves)
    if not panels or not _is_enough(panels[0]):
        del reading.changes[used:]
        return None
    return Heads(side, panels, body)


def _free_place(cells: Iterable[Cell]) -> bool:
    """Tell whether one head stands over all levels: 绩效指标 | 目标值."""
    words = [canonical(cell.text) for cell in cells]
    return any(map(FREE_HEAD.fullmatch, words)) and any(meaning(x) == "target" for x in words)


def is_head_line(cells: Iterable[Cell]) -> bool:
    """Tell whether a line could begin an indicator table: cheap, and never wrong by missing one."""
    found = {meaning(cell.text) for cell in cells}
    return "level3" in found or {"level1", "level2"} <= found


def _is_enough(panel: Panel) -> bool:
    held = {value for _, value in panel.columns}
    return "level3" in held and bool(held & {"target", "long_term_target"})


def _side(cells: list[Cell]) -> Cell | None:
    """Return the label left of the heads (绩效指标), if there is one."""
    first, others = cells[0], cells[1:]
    names = sum(meaning(cell.text) in LEVELS for cell in others)
    word = canonical(first.text)
    plain = meaning(first.text) in {"", "target"}
    tall = first.row_span > max(cell.row_span for cell in others)
    return first if names and plain and (SIDE.fullmatch(word) or tall) else None


def _depth(reading: Reading, index: int, left: int) -> int:
    """Return how many lines the heads take: as they are merged, or as far as heads go on."""
    lines = reading.page.lines
    heads = [cell for cell in written(lines[index]) if cell.column >= left]
    tall = max((c.row_span for c in heads if meaning(c.text) in LEVELS), default=1)
    bottom = lines[index][0].row + tall
    depth = sum(line[0].row < bottom for line in lines[index : index + tall])
    while depth < DEEPEST and index + depth < len(lines):
        below = [cell for cell in written(lines[index + depth]) if cell.column >= left]
        if not below or not all(_goes_on(cell) for cell in below):
            break
        depth += 1
    return depth


def _goes_on(cell: Cell) -> bool:
    """Tell whether a cell below a head is a head too: no name of a group, no value."""
    word = canonical(cell.text)
    if level1_of(word) or (level2_of(word) and meaning(word) not in LEVELS):
        return False
    return meaning(word) not in {"", "note"} or word in {"备注", "指标"}


def _cut_open(reading: Reading, leaves: list[Leaf], body: int) -> list[Leaf]:
    """Cut one head over all three levels (绩效指标) where the rows below it do."""
    if any(meaning(_last(leaf)) in LEVELS for leaf in leaves):
        return leaves
    place = next((n for n, x in enumerate(leaves) if FREE_HEAD.fullmatch(_word(x))), None)
    if place is None:
        return leaves
    whole = leaves[place]
    if place + 1 < len(leaves):
        whole = whole._replace(right=leaves[place + 1].left)
    lines = reading.page.lines[body : body + 40]
    cells = [cell for line in lines for cell in written(line)]
    starts = sorted({c.column for c in cells if whole.left <= c.column < whole.right})
    names = ("一级指标", "二级指标", "三级指标")[-len(starts) :] if starts else ("三级指标",)
    edges = [*starts[: len(names)], whole.right]
    cut = [Leaf(name, a, b) for name, a, b in zip(names, edges, edges[1:], strict=False)]
    return [*leaves[:place], *cut, *leaves[place + 1 :]]


def _last(leaf: Leaf) -> str:
    return leaf.path.rpartition("/")[2]


def _word(leaf: Leaf) -> str:
    return canonical(leaf.path)


def _panels(leaves: Sequence[Leaf]) -> tuple[Panel, ...]:
    """Divide the columns where a level is printed a second time; levels to the left are shared."""
    parts: list[list[tuple[Leaf, str]]] = [[]]
    for leaf, value in zip(leaves, _values(leaves), strict=True):
        held = {one for _, one in parts[-1]}
        if value in LEVELS and value in held:
            parts.append([])
            held = set()
        parts[-1].append((leaf, "extra" if value in held and value != "extra" else value))
    for part in parts[1:]:
        held = {one for _, one in part}
        part[:0] = [pair for pair in parts[0] if pair[1] in LEVELS[:2] and pair[1] not in held]
    shared = len(parts) > 1
    return tuple(
        Panel(_horizon(part, shared=shared, place=n), tuple(_settled(part)))
        for n, part in enumerate(parts)
    )


def _values(leaves: Sequence[Leaf]) -> list[str]:
    """Return what each column holds; bare years are the years before, the last one the target."""
    values = [meaning(_last(leaf)) or ("extra" if leaf.path else "") for leaf in leaves]
    for n, leaf in enumerate(leaves):
        if values[n] == "extra" and meaning(_last(leaf)) == "" and "/" in leaf.path:
            values[n] = meaning(leaf.path.rpartition("/")[0]) or "extra"
    if any("一级" in _last(leaf) for leaf in leaves):  # then 指标类型 is 定量 or 定性
        for n, leaf in enumerate(leaves):
            kind = values[n] == "level1" and "一级" not in _last(leaf)
            values[n] = "extra" if kind else values[n]
    if "level3" not in values:
        bare = (n for n, leaf in enumerate(leaves) if FREE_HEAD.fullmatch(canonical(_last(leaf))))
        for n in bare:
            values[n] = "level3"
            break
    if "level3" not in values and "level2" in values:  # of two levels the lower names what counts
        values[values.index("level2")] = "level3"
    years = [n for n, value in enumerate(values) if value == "year"]
    names = ["prior1", "prior2"]
    if "target" not in values and "long_term_target" not in values:
        names.insert(0, "target")
    for n, name in zip(reversed(years), names, strict=False):
        values[n] = name
    return ["extra" if value == "year" else value for value in values]


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
