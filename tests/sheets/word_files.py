"""Word documents made by hand, as other programs write them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MORE = {
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def word_file(path: Path, body: str, namespace: str = W, **parts: str) -> Path:
    """A document with this body; `parts` are further files of its folder `word`."""
    names = "".join(f' xmlns:{name}="{one}"' for name, one in MORE.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}"{names}><w:body>{body}</w:body></w:document>',
        )
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml.replace("<w:", "<w:", 1))
    return path


def p(inner: str, properties: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    runs = inner if inner.startswith("<") else f"<w:r><w:t>{inner}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(inner: str, properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    block = inner if inner.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else p(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{block}</w:tc>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table of rows, each the XML of its cells."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    inner = "".join(row if row.startswith("<w:tr>") else f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"


def over(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


DOWN = '<w:vMerge w:val="restart"/>'
PASSED = "<w:vMerge/>"
