"""A form that was copied in Word, WPS, Excel or a browser, read as a file would be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.services.files.reading_files import Incoming

if TYPE_CHECKING:
    from kpiapp.sheets.grid import Grid

NAME = Path("剪贴板")
"""Stands where the name of a file would."""
WAY_OUT = "请在 Word、WPS、Excel 或网页里选中整张表（连同标题）复制，再从剪贴板导入"
LARGEST = 20_000_000
"""Characters; more is no form."""


def refuse_empty(html: str, text: str) -> None:
    """Raise UserError where the clipboard holds nothing that could be a form."""
    if not (html.strip() or text.strip()):
        raise UserError("剪贴板里没有表格", WAY_OUT)
    if max(len(html), len(text)) > LARGEST:
        raise UserError("剪贴板里的内容太大，不像一张绩效目标表", WAY_OUT)


def read(html: str, text: str) -> list[Incoming]:
    """Return the forms on the clipboard.

    Args:
        html: its content as a web page, or "": keeps merged cells, so it is read first.
        text: its content as tab-separated text, or "".

    Raises:
        UserError: there is no form in it.
    """
    refuse_empty(html, text)
    from kpiapp.sheets import html as pages
    from kpiapp.sheets import text as texts

    found = _forms(pages.read_text(html)) if html else []
    if not found and "\t" in text:
        found = _forms([texts.read_text(text)])
    if not found:
        raise UserError("剪贴板里没有认得出的绩效目标表", WAY_OUT)
    return found


def _forms(grids: list[Grid]) -> list[Incoming]:
    from kpiapp.sheets.free import dividing
    from kpiapp.sheets.parsing import recognise

    parts = (part for grid in grids for part in dividing.forms_on(grid))
    drafts = [draft for part in parts if (draft := recognise.read_draft(part))]
    return [
        Incoming(
            NAME,
            draft.form,
            draft=draft,
            certain_id=bool(draft.own and draft.grid.marks.get("form")),
        )
        for draft in drafts
    ]
