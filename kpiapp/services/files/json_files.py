"""The interchange file on disk: read with its faults told in the file's own places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model import interchange
from kpiapp.model.form import Form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpiapp.model.project_list import ProjectList

LARGEST = 30_000_000
"""Bytes; the largest published form has 60,000."""
_WAY_OUT = "请从原程序重新导出这张表"


def read(path: Path) -> Form | ProjectList:
    """Return the form or 项目支出表 in a JSON file.

    Raises:
        UserError: the file cannot be read, is no JSON or no form; the message names file and key.
    """
    data = _parsed(path, _text(path))
    try:
        if isinstance(data, dict) and data.get("kind") == "project_list":
            return interchange.project_list_from_json(data)
        return interchange.form_from_json(data)
    except UserError as error:
        raise UserError(f"“{path.name}”：{error.message}", error.way_out) from error


def read_any(path: Path) -> Any:
    """Return whatever a JSON file holds.

    Raises:
        UserError: the file cannot be read or is no JSON.
    """
    return _parsed(path, _text(path))


def write(path: Path, thing: Form | ProjectList, *, ids: bool | None = None) -> None:
    """Write a form or 项目支出表; the file is there whole or not at all.

    Args:
        path: where.
        thing: what.
        ids: write goal and indicator ids; by default, if the form came with them.
    """
    from kpiapp.sheets.files import write_aside

    if isinstance(thing, Form):
        data = interchange.form_to_json(thing, ids=ids)
    else:
        data = interchange.project_list_to_json(thing)
    write_aside(path, to_bytes(data))


def to_bytes(data: Any) -> bytes:
    """Return JSON as the bytes of a file a person can read."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", errors="replace")


def listing_to_bytes(data: Mapping[str, Any]) -> bytes:
    """Return a JSON object whose lists stand with one item on a line.

    For lists of tens of thousands: Python writes indented JSON ten times more slowly.
    """
    entries = [f"{_plain(key)}: {_one_a_line(value)}" for key, value in data.items()]
    text = "{\n " + ",\n ".join(entries) + "\n}\n"
    return text.encode("utf-8", errors="replace")


_plain = json.JSONEncoder(ensure_ascii=False).encode


def _one_a_line(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _plain(value)
    return "[\n  " + ",\n  ".join(map(_plain, value)) + "\n ]"


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            size = path.stat().st_size // 1_000_000
            raise UserError(f"“{path.name}”有{size}MB，不像一张申报表", "请检查是否选错了文件")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        from kpiapp.sheets.files import reason

        raise UserError(f"读不了“{path.name}”：{reason(error)}", "请检查文件和权限") from error
    except UnicodeDecodeError as error:
        raise UserError(f"“{path.name}”不是UTF-8编码的文本", _WAY_OUT) from error


def _parsed(path: Path, text: str) -> Any:
    if not text.strip():
        raise UserError(f"“{path.name}”是空文件", "请向对方再要一份")
    try:
        data = json.loads(text)
        text.encode("utf-8")
    except json.JSONDecodeError as error:
        place = f"第{error.lineno}行第{error.colno}个字符处"
        raise UserError(f"“{path.name}”不是有效的JSON：{place}读不下去", _WAY_OUT) from error
    except RecursionError as error:
        raise UserError(f"“{path.name}”的嵌套太深，不是一张申报表", _WAY_OUT) from error
    except ValueError as error:
        raise UserError(f"“{path.name}”里有读不了的数字或字符", _WAY_OUT) from error
    return _mended(data) if "\\u" in text else data


def _mended(data: Any) -> Any:
    """Put a question mark in the place of half characters, which no file can keep."""
    if isinstance(data, str):
        return data.encode("utf-8", errors="replace").decode("utf-8")
    if isinstance(data, dict):
        return {_mended(key): _mended(value) for key, value in data.items()}
    return [_mended(item) for item in data] if isinstance(data, list) else data
