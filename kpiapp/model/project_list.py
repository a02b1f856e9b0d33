"""表10 项目支出表: a unit's published list of projects with amounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class ProjectList:
    """Columns and rows as printed; head paths are joined by `/` (本年拨款/一般公共预算)."""

    id: str
    year: int
    layout: str = ""
    title: str = "项目支出表"
    amount_unit: str = "万元"
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    other: dict[str, Any] = field(default_factory=dict)
