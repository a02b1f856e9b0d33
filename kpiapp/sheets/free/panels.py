"""What the heads of an indicator table of any district tell: its columns, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kpiapp.model.form import Horizon
    from kpiapp.sheets.columns import Leaf
    from kpiapp.sheets.grid import Cell

LEVELS = ("level1", "level2", "level3")


class Panel(NamedTuple):
    """Columns that belong together: those of one horizon, or of one 一级.

    Attributes:
        horizon: None where no head tells.
        columns: each with what it holds.
        level1: the 一级 printed over the columns (产出指标 over 三级指标 | 指标值), or "".
    """

    horizon: Horizon | None
    columns: tuple[tuple[Leaf, str], ...]
    level1: str = ""

    def leaf(self, value: str) -> Leaf | None:
        """Return the column that holds a value."""
        return next((leaf for leaf, held in self.columns if held == value), None)


class Heads(NamedTuple):
    """The heads of one table: label at the left, panels from left to right, first line below.

    `whole` are columns left of the levels that speak of the whole form: 项目名称, 预算数, 年度目标.
    """

    side: Cell | None
    panels: tuple[Panel, ...]
    body: int
    whole: tuple[Leaf, ...] = ()

    def undivided(self, whole: tuple[Leaf, ...] | None = None) -> Heads:
        """Return the heads with columns of the whole form among those of the indicators.

        Args:
            whole: which of them; by default all.
        """
        leaves = self.whole if whole is None else whole
        first = self.panels[0]
        panel = first._replace(columns=(*((leaf, "extra") for leaf in leaves), *first.columns))
        return self._replace(panels=(panel, *self.panels[1:]))
