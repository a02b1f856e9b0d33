"""Texts in several fonts that stand in the cell itself: openpyxl gives them without the fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.sheets.docx.text import attribute, child, name_of
from kpiapp.sheets.symbols import as_unicode

if TYPE_CHECKING:
    from kpiapp.sheets.docx.text import Element


def inline_texts(xml: bytes) -> dict[str, str]:
    """Return the text of each such cell by its place (`B3`), symbol fonts as what they show.

    Args:
        xml: a worksheet, without entities (`files.read_part` refuses them).
    """
    if b"inlineStr" not in xml:
        return {}
    from lxml import etree

    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    found = {}
    for text in root.iter("{*}is"):
        cell = text.getparent()
        runs = [run for run in text if name_of(run) == "r"]
        if runs and cell is not None:
            found[attribute(cell, "r") or ""] = "".join(map(_shown, runs))
    return found


def _shown(run: Element) -> str:
    text = child(run, "t")
    font = attribute(child(run, "rPr", "rFont"), "val")
    return as_unicode((text.text or "") if text is not None else "", font)
