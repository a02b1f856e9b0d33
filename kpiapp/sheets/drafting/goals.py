"""Goals of a layout that is drafted: rows with their text, and overviews as the only such place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kpiapp.model.form import Horizon
from kpiapp.model.taxonomy import level1_of, level2_of
from kpiapp.sheets.free.goals import horizon_of, is_goal
from kpiapp.sheets.free.rows import end_of_rows
from kpiapp.sheets.page import written
from kpiapp.sheets.parse_table import cell_with_text
from kpiapp.sheets.reading import GOAL_ROW
from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.sheets.drafting.state import LayoutDraft
    from kpiapp.sheets.grid import Cell

PAIR = 2
WHOSE = re.compile(r"^(项目|部门|单位|整体)+")
NUMBERED = re.compile(r"\s*目标\s*\d+\s*[:：]\s?")


def goal_row(draft: LayoutDraft, cells: Sequence[Cell]) -> bool:
    """Say whether a line is a goal's label beside its text."""
    known = GOAL_ROW.fullmatch(WHOSE.sub("", canonical(cells[0].text))) or is_goal(cells[0])
    return bool(known) and len(cells) <= PAIR and cells[0].right < draft.page.right


def go_on(draft: LayoutDraft, index: int) -> int:
    """Draft a further goal whose rows stand below it without heads; 0 where none do.

    Args:
        draft: the layout so far; its last block has the indicators of the goal before.
        index: the line of the goal.
    """
    last = draft.blocks[-1] if draft.blocks else {}
    leaf = draft.heads.panels[0].leaf("level1") if draft.heads else None
    below = draft.page.lines[index + 1] if index + 1 < len(draft.page.lines) else []
    cell = cell_with_text(below, leaf) if leaf else None
    word = canonical(cell.text) if cell else ""
    if draft.heads is None or last.get("type") != "indicators" or not _is_group(word):
        return 0
    printed = written(draft.page.lines[index])[0].text.strip()
    label = re.sub(r"\d+", "{number}", printed.rstrip(":："))
    first = last["goal_row"].replace("{label}", last["goal_label"]).replace("{number}", "1")
    last |= {"head_once": True, "goal_label": label, "goal_row": "{label}"}
    if label.replace("{number}", "1") != first:
        last["goal_labels"] = [first]
    horizon = Horizon(last["horizon"])
    draft.goals[horizon] = draft.goals.get(horizon, 0) + 1
    return end_of_rows(draft.reading, draft.heads._replace(body=index + 1, side=None))


def _is_group(word: str) -> bool:
    return bool(level1_of(word) or level2_of(word))


def carry_goals(draft: LayoutDraft) -> None:
    """Fill overviews from the goals of each horizon whose texts are printed nowhere else."""
    listed = any(block["type"] == "goals" for block in draft.blocks)
    printed = {block["horizon"] for block in draft.blocks if block.get("goal_row")}
    for block in draft.blocks:
        texts = block.pop("texts", [])
        carried = [] if listed else _carried(draft, block, texts, printed)
        if carried:
            block |= {"rows": [], "carries": carried}


def _carried(
    draft: LayoutDraft, block: dict[str, Any], texts: Sequence[str], printed: set[str | None]
) -> list[dict[str, Any]]:
    """Return the columns of a table that print goals: long_term or annual, each once."""
    found: dict[Horizon, dict[str, Any]] = {}
    for place, column in enumerate(block["columns"] if block["type"] == "table" else ()):
        word = canonical(re.sub(r"[(（].*?[)）]", "", column["head"]))
        if "目标" not in word:
            continue
        horizon = horizon_of(word)
        if horizon is None and "heads" in block:  # 总体目标, of whatever horizon the indicators are
            horizon = next((Horizon(x["horizon"]) for x in draft.blocks if "horizon" in x), None)
        if horizon is None or horizon in printed or horizon in found:
            continue
        text = texts[place] if place < len(texts) else ""
        prefix = NUMBERED.match(text)
        if prefix and prefix[0] == text:  # 目标1: in a column of its own
            found[horizon] = _beside(place, horizon)
            continue
        found[horizon] = {
            "column": place,
            "horizon": horizon.value,
            "label": _label(draft, horizon, word),
            "prefix": re.sub(r"\d+", "{number}", prefix[0]) if prefix else "",
            "one_cell": "heads" in block or len(NUMBERED.findall(text)) > 1,
        }
    return list(found.values())


def _beside(place: int, horizon: Horizon) -> dict[str, Any]:
    """Return a column of goals whose labels stand in the one left of it."""
    return {
        "column": place + 1,
        "horizon": horizon.value,
        "label": "目标{number}",
        "prefix": "",
        "label_column": place,
    }


def _label(draft: LayoutDraft, horizon: Horizon, word: str) -> str:
    """Return what the goals of a horizon are called where their indicators stand, else above."""
    blocks = (one for one in draft.blocks if one.get("horizon") == horizon.value)
    return next((one["goal_label"] for one in blocks), word)
