"""The indicator tree with 100,000 nodes, against Qt's own item model with the same texts.

Each is built in a process of its own (`python tree.py ours|stock`), so that memory is its own.
"""

from __future__ import annotations

import statistics
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication

from benchmarks.children import figures_of, resident
from benchmarks.timing import Line, seconds
from kpiapp.model.form import Form, Horizon, Indicator, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

NODES = 100_000
GOALS = 100
GROUPS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
TIMES = 3


def measure() -> Iterator[Line]:
    """Yield time and memory of our tree as ratios."""
    runs = [(figures_of(__file__, "ours"), figures_of(__file__, "stock")) for _ in range(TIMES)]
    for at, what, unit in ((0, "时间", "s"), (1, "内存", "MB")):
        ours = statistics.median(x[at] for x, _ in runs)
        stock = statistics.median(x[at] for _, x in runs)
        note = f"{ours:.2f} {unit} / {stock:.2f} {unit}"
        yield Line(
            f"{NODES} 个节点的指标树 / QStandardItemModel，{what}", ours / stock, "倍", 1, note=note
        )


def indicators() -> list[Indicator]:
    """Return as many indicators as nodes are wanted, over goals and groups."""
    rows = []
    for number in range(NODES):
        goal = number * GOALS // NODES + 1
        level1, level2 = GROUPS[number * GOALS * len(GROUPS) // NODES % len(GROUPS)]
        rows.append(
            Indicator(Horizon.ANNUAL, goal, level1, level2, f"指标名称第{number}条", f"≥{number}次",
                      f"≥{number}次", f"≥{number}次", None, "计划标准")
        )  # fmt: skip
    return rows


def ours(rows: list[Indicator]) -> Any:
    """Build our tree."""
    from ui.models.indicator_tree import IndicatorTree

    model = IndicatorTree()
    model.show(Form("", Kind.PROJECT, 2026, indicators=rows))
    return model


def stock(rows: list[Indicator]) -> Any:
    """Build Qt's own model with the same texts in the same columns."""
    model = QStandardItemModel()
    parents: dict[tuple[object, ...], QStandardItem] = {}

    def parent(key: tuple[object, ...]) -> QStandardItem:
        if not key:
            return model.invisibleRootItem()
        if key not in parents:
            parents[key] = QStandardItem(str(key[-1]))
            parent(key[:-1]).appendRow(parents[key])
        return parents[key]

    for row in rows:
        texts = (row.level3, row.prior2, row.prior1, row.target, row.standard)
        place = parent((f"目标{row.goal}", row.level1, row.level2))
        place.appendRow([QStandardItem(text or "") for text in texts])
    return model


def main() -> None:
    """Build the named model; print seconds and megabytes."""
    app = QApplication([])
    rows = indicators()
    kept: list[Any] = []
    before = resident()
    build = ours if sys.argv[1] == "ours" else stock
    taken = seconds(lambda: kept.append(build(rows)))
    print(taken, resident() - before)
    app.quit()


if __name__ == "__main__":
    main()
