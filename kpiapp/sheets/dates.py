"""The date above the table: ISO in a form, 2025年11月12日 on the sheet."""

from __future__ import annotations

import re
from datetime import date

EMPTY = "    年  月  日"
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
PRINTED = re.compile(
    r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:\s+\d+:\d+:\d+)?"
)


def print_date(text: str | None) -> str:
    """Return a form's date as printed; a text that is no ISO date as it stands."""
    found = ISO.fullmatch(text or "")
    if not found:
        return text or EMPTY
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日"


def read_date(text: str) -> str | None:
    """Return a printed date as ISO if it is a full date, None if it is empty, else the text."""
    found = PRINTED.fullmatch(text.strip())
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            return text.strip()
    return text.strip() if re.search(r"\d", text) else None
