"""The line above a table of findings: which severities, which unit, which rule, which words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from kpiapp.model.problem import Severity
from ui.widgets import parts, style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpiapp.services.checks.report_rows import ReportRow
    from ui.models.review_model import ReviewFilter


class ReviewFilters(QWidget):
    """Chips, two lists and a search.

    Signals:
        changed: something else is to be shown.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewFilters")
        self._rows: Sequence[ReportRow] = ()
        self.chips = {severity: _chip(severity) for severity in (*Severity, None)}
        self.units = parts.combo("reviewUnit", "只看一个单位", 16)
        self.codes = parts.combo("reviewRule", "只看一条规则", 10)
        self.search = QLineEdit(clearButtonEnabled=True, placeholderText="在问题里找")
        self.search.setObjectName("reviewSearch")
        self.search.setAccessibleName("在问题里找")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.STEP)
        for widget in (*self.chips.values(), self.units, self.codes, self.search):
            layout.addWidget(widget)
        for chip in self.chips.values():
            chip.toggled.connect(self.changed)
        for combo in (self.units, self.codes):
            combo.currentIndexChanged.connect(self.changed)
        self.search.textChanged.connect(self.changed)

    def offer(self, rows: Sequence[ReportRow]) -> None:
        """Offer the units and rules of these rows, and count them by severity."""
        from kpiapp.services.checks import rule_pages

        self._rows = rows
        units = sorted({row.unit for row in rows if row.unit})
        codes = sorted({row.code for row in rows if row.code})
        _refill(self.units, f"全部单位（{len(units)}）", [(unit, unit) for unit in units])
        _refill(self.codes, "全部规则", [(rule_pages.title(code), code) for code in codes])
        unreadable = any(row.severity is None for row in rows)
        self.chips[None].setVisible(unreadable)

    def apply(self, proxy: ReviewFilter) -> None:
        """Let a table show what is chosen here, and say how much there is of each severity."""
        severities = [severity for severity, chip in self.chips.items() if chip.isChecked()]
        unit, code = self.units.currentData() or "", self.codes.currentData() or ""
        proxy.choose(severities, unit, code, self.search.text())
        counts = Counter(
            row.severity
            for row in self._rows
            if row.quiet is None and unit in ("", row.unit) and code in ("", row.code)
        )
        for severity, chip in self.chips.items():
            chip.setText(f"{_level(severity)} {counts[severity]}")


def _level(severity: Severity | None) -> str:
    return severity.label if severity else "读不了"


def _refill(combo: QComboBox, every: str, items: Sequence[tuple[str, str]]) -> None:
    blocked = combo.blockSignals(True)
    combo.clear()
    combo.addItem(every, "")
    for text, value in items:
        combo.addItem(text, value)
    combo.blockSignals(blocked)


def _chip(severity: Severity | None) -> QPushButton:
    name = (severity.value if severity else "failed").title()
    return parts.chip(f"review{name}", f"{_level(severity)} 0", _level(severity))
