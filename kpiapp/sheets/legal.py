"""Which characters a file of XML can hold: what every text writer asks."""

from __future__ import annotations

import re

LINE_ENDS = re.compile("\r\n?|\x0b")
FORBIDDEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    r"""Return a text as XML 1.0 can hold it.

    Line ends become `\n` (a vertical tab is what Word's clipboard has for one). Control
    characters, halves of surrogate pairs and the two non-characters have no place in XML and no
    look on paper: they are left out.

    >>> legal("a\r\nb\x07c")
    'a\nbc'
    """
    if text.isalnum():
        return text
    return FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))
