"""基本信息: who, what and why, in the words and the order of the printed form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.screens.fields_tab import FieldsTab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpiapp.services.forms.outline import Outline
    from ui.screens.work import Work

WHOLE: Final = "总目标（写“绩效指标”页的目标时一起填好，也可以在这里改）"
NAMES: Final = "目标名称"


class BasicTab(FieldsTab):
    """The fields that are neither money nor goals, and what says the goals once more."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, "basicTab", "这张表没有基本信息栏目。", parent)

    def show_outline(self, outline: Outline) -> None:
        """Show the open form from scratch."""
        whole = any(item.what == "table" for line in outline.goals for item in line)
        self.show_sections([("", outline.basic), (WHOLE if whole else NAMES, outline.goals)])
