"""资金: budgets and the tables of sources, details and purchases, with their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screens.fields_tab import FieldsTab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpiapp.services.forms.outline import Outline
    from ui.screens.work import Work


class MoneyTab(FieldsTab):
    """The fields and inner tables that hold amounts."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, "moneyTab", "这张表没有资金栏目。", parent)

    def show_outline(self, outline: Outline) -> None:
        """Show the open form from scratch."""
        unit = self.work.form.amount_unit
        self.show_sections([("", outline.money)], note=f"金额单位：{unit}" if unit else "")
