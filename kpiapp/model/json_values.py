"""Reading values of a JSON object one by one; what is wrong is told with its place.

Everywhere `where` is the place of the object (`indicators 第3项`), "" for the whole file. Each
function raises FormJsonError where the value has another kind than the one asked for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
S = TypeVar("S", bound=StrEnum)


class FormJsonError(UserError):
    """A JSON value that is no part of a form; the message names the key in the file's own words."""

    def __init__(self, message: str, way_out: str = "请照此改正，或从原程序重新导出这张表") -> None:
        """Take what is wrong; what to do is mostly the same."""
        super().__init__(message, way_out)


def need(data: Any, keys: tuple[str, ...], where: str) -> None:
    """Refuse what is no object, or one that lacks a key."""
    if not isinstance(data, dict):
        raise FormJsonError(f"“{where}”应是一个对象")
    for key in keys:
        if key not in data:
            raise FormJsonError(f"“{where}”缺少“{key}”")


def _place(where: str, key: str) -> str:
    return f"{where} / {key}" if where else key


def as_text(value: Any, where: str) -> str:
    """Return a text or a number as text; null is ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise FormJsonError(f"“{where}”应是文字")


def text(data: dict[str, Any], key: str, where: str, default: str = "") -> str:
    """Return the text under a key."""
    return as_text(data.get(key, default), _place(where, key))


def optional(data: dict[str, Any], key: str, where: str) -> str | None:
    """Return the text under a key, None where it is null or not there."""
    return None if data.get(key) is None else text(data, key, where)


def whole(data: dict[str, Any], key: str, where: str) -> int:
    """Return the whole number under a key, which must be there; digits as a text are one too."""
    value = data[key]
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise FormJsonError(f"“{_place(where, key)}”应是整数，现在是“{value}”")


def one_of(kind: type[S], data: dict[str, Any], key: str, where: str) -> S:
    """Return the member of an enumeration that a key names; the key must be there."""
    try:
        return kind(data[key])
    except ValueError:
        allowed = "、".join(kind)
        raise FormJsonError(
            f"“{_place(where, key)}”应是{allowed}之一，现在是“{data[key]}”"
        ) from None


def mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object under a key; an empty one where it is null or not there."""
    value = data.get(key) or {}
    if not isinstance(value, dict):
        raise FormJsonError(f"“{key}”应是一个对象")
    return value


def sequence(data: dict[str, Any], key: str) -> list[Any]:
    """Return the list under a key; an empty one where it is null or not there."""
    value = data.get(key) or []
    if not isinstance(value, list):
        raise FormJsonError(f"“{key}”应是一个列表")
    return value


def each(data: dict[str, Any], key: str, read: Callable[[Any, str], T]) -> list[T]:
    """Return what `read` makes of each item of a list; it is told the place of the item."""
    return [read(item, f"{key} 第{n}项") for n, item in enumerate(sequence(data, key), 1)]


def each_labelled(data: dict[str, Any], key: str, read: Callable[[Any, str], T]) -> dict[str, T]:
    """Return what `read` makes of each value of an object, by its label."""
    return {label: read(item, f"{key} / {label}") for label, item in mapping(data, key).items()}


def rest(data: dict[str, Any], known: tuple[str, ...] | list[str]) -> dict[str, Any]:
    """Return the keys that the program does not know, to be kept as they are."""
    return {key: value for key, value in data.items() if key not in known}
