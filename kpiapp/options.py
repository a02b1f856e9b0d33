"""Options that hold for the window and for every command, wherever they stand among the words."""

from __future__ import annotations

LAYOUTS = "--layouts"
"""Names a folder with layouts of a person's own."""


def taken_out(words: list[str], option: str) -> tuple[str, list[str]]:
    """Return the value of an option, "" where it is not given, and the words without it.

    >>> taken_out(["check", "--layouts", "表样", "a.xlsx"], "--layouts")
    ('表样', ['check', 'a.xlsx'])
    """
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name != option:
            continue
        if equals:
            return value, words[:place] + words[place + 1 :]
        return "".join(words[place + 1 : place + 2]), words[:place] + words[place + 2 :]
    return "", words
