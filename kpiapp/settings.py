"""What a person's computer remembers between two starts: recent libraries, and their name.

Kept as one JSON file in the system's folder for settings. A damaged or missing file is an empty
one: nothing in it is worth a message.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

RECENT_KEPT = 10


def settings_file() -> Path:
    """Return where the settings are kept; the folder is made if missing."""
    from platformdirs import user_config_path

    return user_config_path("kpiapp", appauthor=False, ensure_exists=True) / "settings.json"


def load() -> dict[str, Any]:
    """Return all settings."""
    try:
        found = json.loads(settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def get(key: str, default: Any = None) -> Any:
    """Return one setting."""
    return load().get(key, default)


def put(key: str, value: Any) -> bool:
    """Keep one setting; False if the folder cannot be written."""
    values = load() | {key: value}
    try:
        path = settings_file()
        draft = path.with_name(f"{path.name}.{os.getpid()}.new")
        draft.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(path)
    except OSError:
        return False
    return True


def recent_libraries() -> list[Path]:
    """Return the libraries opened last that are still there, the newest first."""
    names = [name for name in get("recent", []) if isinstance(name, str)]
    return [path for path in map(Path, names) if path.is_file()]


def remember_library(path: Path) -> None:
    """Put a library in front of the recent ones."""
    name = str(path.resolve())
    others = [one for one in get("recent", []) if one != name]
    put("recent", [name, *others][:RECENT_KEPT])


def who() -> str:
    """Return the name under which steps are noted; empty where nobody has given one."""
    name = get("who", "")
    return name if isinstance(name, str) else ""
