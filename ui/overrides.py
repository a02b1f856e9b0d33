"""Errors in what Qt calls back, told like any other: PySide 6.9.3 dies of some of them.

An error that C raised (`[][0]`, `1 / 0`) is half-made under Python 3.11 until somebody catches it,
and PySide reads it as if it were whole. Caught and raised again it reaches `sys.excepthook`, and
the person is told while the window stays.
"""

from __future__ import annotations

from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OURS = "ui."


def tell_errors() -> None:
    """Guard the overrides of every class of the window that is made from now on."""
    QObject.__init_subclass__ = classmethod(_guard_class)  # type: ignore[assignment]


def overrides(kind: type) -> Iterator[str]:
    """Yield the names of the methods of a class that Qt calls instead of its own."""
    known = [vars(base) for base in kind.__mro__[1:] if base.__module__.startswith("PySide6.")]
    for name, value in vars(kind).items():
        ours = isinstance(value, FunctionType) and not name.startswith("__")
        if ours and any(name in names for names in known):
            yield name


def _guard_class(kind: type) -> None:
    if kind.__module__.startswith(OURS):
        for name in list(overrides(kind)):
            setattr(kind, name, _guarded(vars(kind)[name]))


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*args: Any, **words: Any) -> Any:
        try:
            return method(*args, **words)
        except Exception:  # noqa: TRY203 - catching makes the error whole
            raise

    return call
