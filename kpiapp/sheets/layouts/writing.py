"""Writing a layout as the TOML file that `files.py` reads, for a person to change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BARE = re.compile(r"[A-Za-z0-9_-]+")
WIDEST = 96
"""A list that is longer than this on one line is written one item a line."""


def as_toml(data: Mapping[str, Any], remarks: str = "") -> str:
    """Return a layout file.

    Args:
        data: keys and values as `layout_files.read_whole` returns them, `block` among them.
        remarks: written above as comments, a line each.
    """
    lines = [f"# {line}".rstrip() for line in remarks.splitlines()]
    rules = data.get("rules")
    lines += _keys({key: value for key, value in data.items() if key not in ("block", "rules")})
    if rules:
        lines += ["", "[rules]", *_keys(rules)]
    for block in data.get("block", []):
        tables = {key: value for key, value in block.items() if isinstance(value, dict)}
        rest = {key: value for key, value in block.items() if key not in tables}
        lines += ["", "[[block]]", *_keys(rest)]
        for key, table in tables.items():
            lines += ["", f"[block.{_key(key)}]", *_keys(table)]
    return "\n".join(lines) + "\n"


def _keys(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    """Return a value as TOML writes it; texts are escaped as in JSON, which TOML shares."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        items = [_value(one) for one in value]
        line = f"[{', '.join(items)}]"
        records = any(isinstance(one, dict | list | tuple) for one in value) and len(items) > 1
        if len(line) <= WIDEST and not records:
            return line
        return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return str(value)
