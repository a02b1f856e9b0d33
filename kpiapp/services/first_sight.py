"""What can be shown of a library before it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.store import glance

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.store.glance import NamedForm


def names(path: Path) -> list[NamedForm]:
    """Return the forms of a library's newest year by name; none where it cannot be read."""
    return glance.names(path)
