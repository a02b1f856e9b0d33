"""The line above a table: date, amount unit, year, and what else an office prints there."""

from __future__ import annotations

import re

from kpiapp.sheets.words import canonical

DATE = re.compile(
    r"(?:填报|申报|填表|编报|报送)?(?:日\s*期|时\s*间)\s*[:：]\s*(.*?)\s*"
    r"(?=[一-鿿（(]{0,5}单\s*位\s*[:：]|$)"
)
ABOVE = re.compile(r"\(?#年?度?\)?|附件?表?\d*(-\d+)?[:.、]?|表\d+(-\d+)?")
"""What stands above a table besides title, date and unit: （2026年度）, 附件2, 表12-1."""
UNIT = re.compile(r"(?:金额|计量|货币|预算)?单\s*位\s*[:：]\s*(?:人民币)?(万元|元|千元|亿元)")
TITLE = re.compile(r"(表|申报书|目标)(\(.*\))?$")
"""How the title of a form ends."""
BESIDE = re.compile(r"\s{2,}")
"""What stands apart on one line."""


def beside_caption(text: str) -> str:
    """Return what a line above the table says besides date, unit and year: 填报单位：某局."""
    rest = UNIT.sub("  ", DATE.sub("  ", text))
    parts = (part.strip(" 　()（）[]【】\t") for part in BESIDE.split(rest))
    return "  ".join(part for part in parts if part and not ABOVE.fullmatch(canonical(part)))
