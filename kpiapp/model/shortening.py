"""Texts cut to what a line of a report or a message can hold."""

from __future__ import annotations


def shortened(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters; … stands for what was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def one_line(text: str, longest: int) -> str:
    """Return a text on one line of at most `longest` characters, with one blank for several."""
    return shortened(" ".join(text.split()), longest)
