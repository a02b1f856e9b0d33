"""The first letters of Chinese words, by which people search: 群众文化活动 -> qzwhhd."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """Return the first letter of each character's pinyin; other characters stay as they are.

    >>> initials("公益培训班期数")
    'gypxbqs'
    """
    from pypinyin import Style, lazy_pinyin  # slow to load, and few people search so

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).casefold()
