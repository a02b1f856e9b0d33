"""Drafting tables of a layout: indicators, tables below a heading or beside a label, goals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kpiapp.model.form import Horizon
from kpiapp.sheets.blocks import VALUES
from kpiapp.sheets.columns import Leaf
from kpiapp.sheets.free_columns import LONG
from kpiapp.sheets.free_heads import find_heads
from kpiapp.sheets.free_rows import end_of_rows
from kpiapp.sheets.heads import UNTIL
from kpiapp.sheets.layout_draft_state import Draft, name_of
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_below, read_heads
from kpiapp.sheets.reading import GOAL_ROW
from kpiapp.sheets.words import YEAR, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpiapp.sheets.free_panels import Heads
    from kpiapp.sheets.grid import Cell
    from kpiapp.sheets.page import Line

PAIR = 2
LONGEST_NAME = 24
"""A longer text in the first column of a table is a value that somebody wrote."""
GOAL_NAME = re.compile(r"(绩效)?目标名?称?$")
GOAL_HEADS = ("名称", "目标名称", "目标")


def draft_indicators(draft: Draft, index: int) -> int:
    """Draft the indicator table that begins on a line; 0 where none does."""
    found = find_heads(draft.reading, index)
    if found is None:
        return 0
    heads = found.undivided()
    end = max(end_of_rows(draft.reading, heads), _end_of_merges(draft, heads.body))
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
            block["goal_row"] = "{label}{number}:" if re.search(r"\d", draft.goal) else "{label}"
        if place:
            block["beside"] = True
        if place == 0 and (side or heading):
            block["side" if side else "heading"] = text
        block["columns"] = [_column(*pair) for pair in _own_columns(draft, heads, place)]
        if any(column["value"] == "name" for column in block["columns"]):
            block["name_key"] = f"{text or block['name']}/目标名称"
        block["rows"] = _groups(draft, heads, place, end)
    draft.goal = ""
    return end


def _end_of_merges(draft: Draft, index: int) -> int:
    """Return the line behind all cells that begin on a line."""
    lines = draft.page.lines
    first = written(lines[index]) if index < len(lines) else []
    bottom = max((cell.bottom for cell in first), default=0)
    while index < len(lines) and lines[index][0].row < bottom:
        index += 1
    return index


def _own_columns(draft: Draft, heads: Heads, place: int) -> Iterator[tuple[Leaf, str]]:
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


def _column(leaf: Leaf, value: str) -> dict[str, Any]:
    head = YEAR.sub(lambda found: f"{{year-{_years_ago(value, found[0])}}}", leaf.path)
    last = leaf.path.rpartition("/")[2]
    held = "name" if GOAL_NAME.match(canonical(last)) else value if value in VALUES else ""
    column: dict[str, Any] = {"head": head.replace("{year-0}", "{year}")}
    column["value"] = held or f"extra:{last}"
    if leaf.right - leaf.left > 1:
        column["span"] = leaf.right - leaf.left
    if held in {"name", "level1", "level2"}:
        column["merge"] = True
    return column


def _years_ago(value: str, _year: str) -> int:
    return {"prior2": 2, "prior1": 1}.get(value, 0)


def _groups(draft: Draft, heads: Heads, place: int, end: int) -> list[list[str]]:
    """Return 一级 and 二级 of each row, as the sheet prints them."""
    panel = heads.panels[place]
    leaves = [panel.leaf("level1"), panel.leaf("level2")]
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


def draft_headed(draft: Draft, index: int, heading: Cell) -> int:
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
    if end == below or len(written(draft.page.lines[below])) < PAIR:
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


def _starts_anew(draft: Draft, index: int, columns: int) -> bool:
    """Tell whether a line is cut otherwise than the table above: it belongs to the next block."""
    line: Line = draft.page.lines[index]
    return len(line) != columns or bool(find_heads(draft.reading, index))


def draft_table(draft: Draft, top: int, end: int, left: int, **keys: Any) -> None:
    """Draft a table whose heads begin on a line."""
    leaves, body = read_heads(draft.reading, top, end, left, 1)
    edges = [leaf.left for leaf in leaves[1:]] + [draft.page.right]
    columns = []
    for leaf, edge in zip(leaves, edges, strict=True):
        head = UNTIL.sub(r"\g<1>    \g<3>", leaf.path)
        column: dict[str, Any] = {"head": YEAR.sub("{year}", head)}
        if edge - leaf.left > 1:
            column["span"] = edge - leaf.left
        columns.append(column)
    first = (cell_below(draft.reading, line, leaves[0]) for line in draft.page.lines[body:end])
    names = [cell.text.strip() for cell in first if cell]
    rows = [[name] for name in names if 0 < len(name) <= LONGEST_NAME]
    label = keys.pop("label")
    draft.add(label, "table", **keys, columns=columns, rows=rows)


def _end_of_goals(draft: Draft, index: int) -> int:
    """Return the line behind the goals that are listed below a heading."""
    lines = draft.page.lines
    while index < len(lines) and (cells := written(lines[index])):
        if not GOAL_ROW.fullmatch(canonical(cells[0].text)):
            break
        index += 1
    return index
