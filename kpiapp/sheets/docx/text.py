"""The text of a Word paragraph as a person sees it: ticks, fields, breaks, tracked changes.

Elements are known by their local names, so that documents in the strict namespace read alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpiapp.sheets.legal import legal
from kpiapp.sheets.symbols import as_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from lxml.etree import _Element

    Element: TypeAlias = _Element

TICKED, EMPTY = "☑", "□"
SKIPPED = frozenset("del moveFrom delText pPr rPr instrText rt proofErr bookmarkStart".split())
INSIDE = frozenset("ins moveTo hyperlink smartTag fldSimple customXml bdo dir sdtContent".split())
MARKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
OVERLAY = re.compile(r"\\[a-zA-Z]+\d*|[(),;\s]")


def name_of(element: Element) -> str:
    """Return the local name of an element; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """Return the value of an attribute by its local name, whatever its namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child by local name, and so on down the path; None if it ends."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """Say whether a switch such as `w:vanish` or `w:checked` is set."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off", "none"}


def paragraph_text(paragraph: Element, *, with_boxes: bool = True) -> str:
    """Return the text of a paragraph, its text boxes on lines of their own at the end."""
    text = "".join(_parts(paragraph, Field()))
    if not with_boxes:
        return text
    boxes = [paragraph_text(one) for box in text_boxes(paragraph) for one in paragraphs(box)]
    return "\n".join([text, *filter(None, boxes)]) if boxes else text


def paragraphs(block: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell or a text box, those of tables inside it too."""
    for element in block:
        name = name_of(element)
        if name == "p":
            yield element
        elif name not in SKIPPED:
            yield from paragraphs(element)


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the contents of a paragraph's text boxes, each once.

    Word writes a box twice, for new and for old readers; the second one is left out.
    """
    for element in paragraph:
        name = name_of(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            choices = [list(text_boxes(one)) for one in element]
            yield from next((found for found in choices if found), [])
        elif name not in {"p", "tbl", *SKIPPED}:
            yield from text_boxes(element)


class Field:
    """A field of Word being read: its instruction is no text, its result is."""

    def __init__(self) -> None:
        """Begin outside of any field."""
        self.depth = 0
        self.hidden = False
        self.instruction = ""

    def step(self, mark: Element) -> str:
        """Pass the begin, middle or end of a field; return what it shows by itself."""
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self.depth += 1
            self.hidden, self.instruction = True, ""
            box = child(mark, "ffData", "checkBox")
            return "" if box is None else _form_box(box)
        shown = overlaid(self.instruction) if self.hidden else ""
        self.hidden = False
        self.instruction = ""
        self.depth -= kind == "end"
        return shown


def _form_box(box: Element) -> str:
    state = child(box, "checked")
    state = child(box, "default") if state is None else state
    return TICKED if is_on(state) else EMPTY


def overlaid(instruction: str) -> str:
    r"""Return what an EQ field shows; people overlay □ and √ to print a ticked box.

    >>> overlaid(r" EQ \o\ac(□,√) ")
    '☑'
    """
    word, _, rest = instruction.strip().partition(" ")
    if word.upper() != "EQ":
        return ""
    shown = OVERLAY.sub("", rest)
    ticked = any(box in shown for box in "□○") and any(tick in shown for tick in "√✓✔")
    return TICKED if ticked else shown


def _parts(element: Element, field: Field) -> Iterator[str]:
    """Yield the texts of an element's children, from left to right."""
    for one in element:
        name = name_of(one)
        if name == "r":
            if not is_on(child(one, "rPr", "vanish")):
                yield from _run(one, field)
        elif name in INSIDE:
            yield from _parts(one, field)
        elif name == "sdt":
            yield from _control(one, field)
        elif name in {"oMath", "oMathPara"}:
            yield from (math.text or "" for math in one.iter() if name_of(math) == "t")


def _control(control: Element, field: Field) -> Iterator[str]:
    """Yield the text of a content control; a tick box by its state, not by its picture."""
    properties = child(control, "sdtPr")
    box = child(properties, "checkbox")
    if box is not None:
        yield TICKED if is_on(child(box, "checked")) else EMPTY
    elif child(properties, "showingPlcHdr") is None:
        content = child(control, "sdtContent")
        yield from _parts(content if content is not None else control, field)


def _run(run: Element, field: Field) -> Iterator[str]:
    fonts = child(run, "rPr", "rFonts")
    font = attribute(fonts, "ascii")
    for one in run:
        name = name_of(one)
        if name == "fldChar":
            yield field.step(one)
        elif name == "instrText":
            field.instruction += one.text or ""
        elif field.hidden or name in SKIPPED:
            continue
        elif name == "t":
            yield as_unicode(one.text or "", font)
        elif name == "sym":
            yield _symbol(one)
        elif name == "br":
            yield "" if attribute(one, "type") in {"page", "column"} else "\n"
        elif name == "ruby":
            base = child(one, "rubyBase")
            yield from () if base is None else _parts(base, field)
        else:
            yield MARKS.get(name, "")


def _symbol(symbol: Element) -> str:
    """Return the character of a `w:sym`: a code of a symbol font."""
    try:
        code = int(attribute(symbol, "char") or "", 16)
        return legal(as_unicode(chr(code), attribute(symbol, "font")))
    except (ValueError, OverflowError):
        return ""
