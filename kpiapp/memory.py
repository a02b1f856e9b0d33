"""How often Python looks for objects that only keep each other alive."""

from __future__ import annotations

import gc

NEW_OBJECTS = 50_000
"""So many more objects than at the last look; they are some 10 MB. Python's own figure is 700."""


def look_seldom() -> None:
    """Look for dead circles of objects less often, for the whole process.

    Forms and findings are very many small objects that stay. Walking over them again and again
    took a third of the time of a check, and made single edits slower than others.
    """
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
