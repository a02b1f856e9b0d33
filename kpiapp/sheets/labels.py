"""Labels that carry a number or were written a little differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kpiapp.sheets.words import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


def look_up(values: Mapping[str, T], label: str) -> tuple[str, T] | None:
    """Return the key and value whose key is printed like `label`, or None."""
    if label in values:
        return label, values[label]
    wanted = canonical(label)
    return next((pair for pair in values.items() if canonical(pair[0]) == wanted), None)


def numbered(template: str, number: int) -> str:
    """Return a heading or key with a goal's number; the first goal of a single one prints none."""
    if "{number}" in template:
        return template.replace("{number}", str(number))
    if number == 1:
        return template
    word, slash, rest = template.partition("/")
    return f"{word}{number}{slash}{rest}"
