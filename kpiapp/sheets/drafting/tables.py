"""Drafting tables of a layout: indicators, tables below a heading or beside a label, goals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kpiapp.model.form import Horizon
from kpiapp.sheets.columns import Leaf
from kpiapp.sheets.drafting.state import LayoutDraft, name_of
from kpiapp.sheets.free.columns import LONG
from kpiapp.sheets.free.heads import find_heads
from kpiapp.sheets.free.labels import looks_like_label
from kpiapp.sheets.free.rows import end_of_rows, with_levels
from kpiapp.sheets.heads import UNTIL
from kpiapp.sheets.layouts.blocks import VALUES
from kpiapp.sheets.page import reach, written
from kpiapp.sheets.parse_table import cell_below, read_heads
from kpiapp.sheets.reading import GOAL_ROW
from kpiapp.sheets.words import YEAR, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpiapp.sheets.free.panels import Heads
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line

PAIR = 2
LONGEST_NAME = 24
"""A longer text in the first column of a table is a value that somebody wrote."""
GOAL_NAME = re.compile(r"(绩效)?目标名?称?$")
NAMES = re.compile(r"名称|品名|任务|内容|明细|活动")
"""A head over what the person who fills the sheet names."""
TOTAL = re.compile(r"(金额)?(合计|总计|小计)")
BLANK_ROWS = 2
GOAL_HEADS = ("名称", "目标名称", "目标")


def draft_indicators(draft: LayoutDraft, index: int) -> int:
    """Draft the indicator table that begins on a line; 0 where none does."""
    found = find_heads(draft.reading, index)
    if found is None:
        return 0
    heads = found.undivided()
    end = max(end_of_rows(draft.reading, heads), _end_of_merges(draft, heads.body))
    panels = (with_levels(draft.reading, panel, heads.body, end) for panel in heads.panels)
    heads = heads._replace(panels=tuple(panels))
    side = heads.side.text if heads.side else ""
    heading = draft.blocks.pop() if draft.blocks and draft.blocks[-1]["type"] == "heading" else {}
    text = re.sub(r"\d+$", "{number}", side or heading.get("name", ""))
    word = re.sub(r"(表|指标)?(\{number\})?$", "", text)
    label = draft.goal.rstrip(":：0123456789 ") or word or "年度目标"
    horizons = [panel.horizon or _horizon(f"{text}{draft.goal}") for panel in heads.panels]
    again = all(draft.goals.get(horizon) for horizon in horizons)
    for horizon in horizons:
        draft.goals[horizon] = draft.goals.get(horizon, 0) + 1
    for place, horizon in enumerate(horizons if not again else ()):
        block = draft.add(
            f"{horizon.label}绩效指标", "indicators", horizon=horizon.value, goal_label=label
        )
        if draft.goal:
            colon = ":" if draft.goal.rstrip().endswith((":", "：")) else ""
            number = "{number}" if re.search(r"\d", draft.goal) else ""
            block["goal_row"] = "{label}" + number + colon
        if place:
            block["beside"] = True
        if place == 0 and (side or heading):
            block["side" if side else "heading"] = text
        block["columns"] = [_column(draft, *pair) for pair in _own_columns(draft, heads, place)]
        if any(column["value"] == "name" for column in block["columns"]):
            block["name_key"] = f"{text or block['name']}/目标名称"
        block["rows"] = _groups(draft, heads, place, end)
    draft.goal, draft.heads = "", heads
    return end


def _end_of_merges(draft: LayoutDraft, index: int) -> int:
    """Return the line behind all cells that begin on a line."""
    lines = draft.page.lines
    first = written(lines[index]) if index < len(lines) else []
    return reach(lines, index, max((cell.bottom for cell in first), default=0))


def _own_columns(draft: LayoutDraft, heads: Heads, place: int) -> Iterator[tuple[Leaf, str]]:
    """Yield the columns that a panel adds, each as far as the next one."""
    left = heads.side.right if heads.side else draft.left
    pairs = {pair for panel in heads.panels for pair in panel.columns}
    found = sorted(pairs, key=lambda pair: pair[0].left)
    edges = [leaf.left for leaf, _ in found[1:]] + [draft.page.right]
    before = {leaf.left for panel in heads.panels[:place] for leaf, _ in panel.columns}
    ours = {leaf.left for leaf, _ in heads.panels[place].columns}
    for number, ((leaf, value), right) in enumerate(zip(found, edges, strict=True)):
        start = left if number == 0 else leaf.left
        if leaf.left in ours and leaf.left not in before:
            yield Leaf(leaf.path, start, right), value


def _column(draft: LayoutDraft, leaf: Leaf, value: str) -> dict[str, Any]:
    head = draft.words(leaf.path) if draft.year else _by_value(leaf.path, value)
    held = "name" if GOAL_NAME.match(canonical(leaf.last)) else value if value in VALUES else ""
    column: dict[str, Any] = {"head": head}
    column["value"] = held or f"extra:{leaf.last}"
    if leaf.right - leaf.left > 1:
        column["span"] = leaf.right - leaf.left
    if held in {"name", "level1", "level2"}:
        column["merge"] = True
    return column


def _by_value(head: str, value: str) -> str:
    """Return a head with its year counted as the value below it tells."""
    return YEAR.sub({"prior2": "{year-2}", "prior1": "{year-1}"}.get(value, "{year}"), head)


def _groups(draft: LayoutDraft, heads: Heads, place: int, end: int) -> list[list[str]]:
    """Return 一级 and 二级 of each row, as the sheet prints them."""
    panel = heads.panels[place]
    leaves = [panel.leaf("level1"), panel.leaf("level2")]
    if not any(leaves):
        return [["", ""]]
    groups: list[list[str]] = []
    before = ["", ""]
    for line in draft.page.lines[heads.body : end]:
        cells = [cell_below(draft.reading, line, leaf) if leaf else None for leaf in leaves]
        texts = ["".join(cell.text.split()) if cell else "" for cell in cells]
        group = [text or old for text, old in zip(texts, before, strict=True)]
        if any(group) and group not in groups:
            groups.append(group)
        before = group
    return groups or [["产出指标", "数量指标"]]


def _horizon(text: str) -> Horizon:
    return Horizon.LONG_TERM if LONG.search(text) else Horizon.ANNUAL


def draft_headed(draft: LayoutDraft, index: int, heading: Cell) -> int:
    """Draft the table below a heading; above indicators the heading is kept for them."""
    below = index + 1
    if below < len(draft.page.lines) and find_heads(draft.reading, below):
        draft.blocks.append({"name": name_of(heading.text), "type": "heading"})
        return below
    end = below
    while end < len(draft.page.lines) and len(written(draft.page.lines[end])) != 1:
        if end > below and _starts_anew(draft, end, len(draft.page.lines[below])):
            break
        end += 1
    if end <= below + 1 or len(written(draft.page.lines[below])) < PAIR:
        draft.add(name_of(heading.text), "fields", rows=[[name_of(heading.text)]])
        return below
    first = draft.page.lines[below][0]
    if "目标" in heading.text and canonical(first.text) in GOAL_HEADS:
        heads = [cell.text.strip() for cell in written(draft.page.lines[below])]
        span = [first.column_span]
        end = max(end, _end_of_goals(draft, below + 1))
        draft.add(name_of(heading.text), "goals", heads=heads, spans=span)
        return end
    draft_table(draft, below, end, draft.left, label=name_of(heading.text), heading=True)
    return end


def _starts_anew(draft: LayoutDraft, index: int, columns: int) -> bool:
    """Say whether a line is cut otherwise than the table above: it belongs to the next block."""
    line: Line = draft.page.lines[index]
    return len(line) != columns or bool(find_heads(draft.reading, index))


def draft_table(draft: LayoutDraft, top: int, end: int, left: int, **keys: Any) -> None:
    """Draft a table whose heads begin on a line."""
    leaves, body = read_heads(draft.reading, top, end, left, 1)
    lines = draft.page.lines[body:end]
    edges = [leaf.left for leaf in leaves[1:]] + [draft.page.right]
    parts: list[Leaf] = []
    named = 0
    for leaf, edge in zip(leaves, edges, strict=True):
        head = draft.words(UNTIL.sub(r"\g<1>    \g<3>", leaf.path))
        middle = _cut(lines, leaf.left, edge)
        parts.append(Leaf(head, leaf.left, middle or edge))
        parts += [Leaf("", middle, edge)] if middle else []
        named = named or len(parts)
    columns = [_table_column(lines, part) for part in parts]
    label = keys.pop("label")
    keys |= _rows(draft, lines, parts[:named], columns)
    draft.add(label, "table", **keys, columns=columns, texts=_first_texts(draft, lines, parts))


def draft_amounts(draft: LayoutDraft, label: str, rows: Sequence[Line]) -> None:
    """Draft amounts beside their names, without heads: 年度资金总额 | 120 | 财政拨款 | 100."""
    widest = max(rows, key=len)
    edges = [*(cell.column for cell in widest[1:]), draft.page.right]
    spans = [edge - cell.column for cell, edge in zip(widest, edges, strict=True)]
    heads = [("金额" if n % 2 else "项目") for n in range(len(widest))]
    columns = [{"head": head, "span": span} for head, span in zip(heads, spans, strict=True)]
    names = [[cell.text.strip() if looks_like_label(cell) else "" for cell in row] for row in rows]
    names = [row + [""] * (len(columns) - len(row)) for row in names]
    draft.add(label, "table", heads=False, columns=columns, rows=names)


def _cut(lines: Sequence[Line], left: int, right: int) -> int:
    """Return where most rows cut the column below a head in two, 0 where they do not."""
    inside = [next((c.column for c in written(x) if left < c.column < right), 0) for x in lines]
    places = [column for column in inside if column]
    beside = any(cell.column == left for line in lines for cell in written(line))
    return min(places) if beside and 2 * len(places) > len(lines) else 0


def _table_column(lines: Sequence[Line], leaf: Leaf) -> dict[str, Any]:
    head, left, right = leaf
    column: dict[str, Any] = {"head": head}
    if right - left > 1:
        column["span"] = right - left
    below = [cell for line in lines for cell in written(line) if cell.column == left]
    if any(cell.row_span > 1 and cell.right < right + 1 for cell in below) and len(below) < len(
        lines
    ):
        column["merge"] = True
    return column


def _rows(
    draft: LayoutDraft,
    lines: Sequence[Line],
    named: Sequence[Leaf],
    columns: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Return the rows that an empty sheet prints: none of those that somebody named."""
    rows: list[list[str]] = []
    for line in lines:
        cells = [cell_below(draft.reading, line, leaf) for leaf in named]
        texts = [cell.text.strip() if cell else "" for cell in cells]
        if len(cells) > 1 and cells[0] is cells[1]:
            texts[1] = ""
        rows.append(texts)
    free = bool(NAMES.search(columns[0]["head"]))
    kept = [row for row in rows if _is_printed(row, free=free)]
    keys: dict[str, Any] = {"rows": kept}
    if free:
        keys["blank_rows"] = BLANK_ROWS
    if any(len(row) > 1 and not row[1] for row in kept):
        keys["sideways"] = True
    return keys


def _is_printed(row: Sequence[str], *, free: bool) -> bool:
    texts = [text for text in row if text]
    return bool(texts) and (
        all(map(TOTAL.fullmatch, texts)) if free else max(map(len, texts)) <= LONGEST_NAME
    )


def _first_texts(draft: LayoutDraft, lines: Sequence[Line], leaves: Sequence[Leaf]) -> list[str]:
    """Return what the first row below the heads holds."""
    cells = [cell_below(draft.reading, lines[0], leaf) if lines else None for leaf in leaves]
    return [cell.text if cell else "" for cell in cells]


def _end_of_goals(draft: LayoutDraft, index: int) -> int:
    """Return the line behind the goals that are listed below a heading."""
    lines = draft.page.lines
    while index < len(lines) and (cells := written(lines[index])):
        if not GOAL_ROW.fullmatch(canonical(cells[0].text)):
            break
        index += 1
    return index
