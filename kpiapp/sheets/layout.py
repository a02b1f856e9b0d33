"""Reading layouts: one TOML file is a district's sheet, used in both directions.

A layout is (id, kind): `jiangxia-2026` + `project`. Its file lists the printed blocks from top to
bottom (see `blocks.py`). `extends` names a file whose keys and blocks are taken over: a block of
the same name changes only the keys it gives, `drop` leaves blocks out, `after` says behind which
block a new one stands. Files that begin with `_` only serve `extends`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from kpiapp.errors import UserError
from kpiapp.model.form import Horizon, Kind
from kpiapp.paths import resource
from kpiapp.sheets.blank import blank_form
from kpiapp.sheets.blocks import (
    BLOCKS,
    VALUES,
    Block,
    Carried,
    Column,
    IndicatorsBlock,
    Layout,
    Options,
    Summary,
    TableBlock,
    with_year,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

T = TypeVar("T")

__all__ = [
    "Layout",
    "LayoutError",
    "blank_form",
    "layout",
    "layout_faults",
    "list_layouts",
    "load_layouts",
    "read_folder",
    "read_layout",
    "read_usable",
    "with_year",
]


class LayoutError(UserError):
    """A layout file that cannot be used; the message names file, block and key."""


def load_layouts() -> tuple[Layout, ...]:
    """Return the layouts of the program, by file name; a file that cannot be used is left out."""
    return _known()[0]


def layout_faults() -> tuple[LayoutError, ...]:
    """Return what is wrong with the layout files that were left out."""
    return _known()[1]


@lru_cache(maxsize=1)
def list_layouts() -> tuple[Layout, ...]:
    """Return the layouts of 表10, by file name."""
    return read_folder(resource("layouts", "lists"))


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[Layout, ...], tuple[LayoutError, ...]]:
    return read_usable(resource("layouts"))


def layout(layout_id: str, kind: Kind | str) -> Layout:
    """Return one layout by id and kind.

    Raises:
        LayoutError: there is none.
    """
    for one in load_layouts():
        if one.id == layout_id and one.kind == kind:
            return one
    known = "、".join(sorted({one.id for one in load_layouts()}))
    raise LayoutError(f"没有名为“{layout_id}”的{Kind(kind).label}表样", f"可用的表样有：{known}")


def read_folder(folder: Path) -> tuple[Layout, ...]:
    """Return the layouts of a folder; files that begin with `_` only serve `extends`.

    Raises:
        LayoutError: a file cannot be used, with its place.
    """
    return tuple(read_layout(path) for path in _files(folder))


def read_usable(folder: Path) -> tuple[tuple[Layout, ...], tuple[LayoutError, ...]]:
    """Return the layouts of a folder that can be used, and what is wrong with the others."""
    good, faults = [], []
    for path in _files(folder):
        try:
            good.append(read_layout(path))
        except LayoutError as error:
            faults.append(error)
    return tuple(good), tuple(faults)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("_"))


def read_layout(path: Path) -> Layout:
    """Return the layout of one file.

    Raises:
        LayoutError: the file cannot be used; file, block and key are named.
    """
    data = _merged(path, ())
    blocks = data.pop("block", [])
    data.pop("drop", None)
    data |= {"rules_off": data.pop("rules", {}).get("off", [])}
    read = tuple(_block(block, f"{path.name}，版块“{block.get('name')}”") for block in blocks)
    built = _build(Layout, data | {"blocks": read}, path.name)
    for block in joined_beside(read):
        _check_spans(built, block, f"{path.name}，版块“{block.name}”")
    return built


def _merged(path: Path, above: tuple[str, ...]) -> dict[str, Any]:
    data = _toml(path)
    base_name = data.pop("extends", None)
    if base_name is None:
        return data
    if base_name in above:
        raise LayoutError(f"表样文件{path.name}的extends绕回了自己", "请删去其中一处extends")
    base = _merged(path.with_name(f"{base_name}.toml"), (*above, base_name))
    dropped = set(data.get("drop", []))
    blocks = [dict(block) for block in base.get("block", []) if block["name"] not in dropped]
    for block in data.get("block", []):
        _place(blocks, block, path)
    return base | data | {"block": blocks}


def _place(blocks: list[dict[str, Any]], block: dict[str, Any], path: Path) -> None:
    """Put a block among those of the base: over its namesake, behind `after`, or at the end."""
    names = [one["name"] for one in blocks]
    name = block.get("name")
    if name in names:
        old = blocks[names.index(name)]
        same_kind = block.get("type", old["type"]) == old["type"]
        blocks[names.index(name)] = old | block if same_kind else block
    elif "after" not in block:
        blocks.append(block)
    elif block["after"] in names:
        rest = {key: value for key, value in block.items() if key != "after"}
        blocks.insert(names.index(block["after"]) + 1, rest)
    else:
        raise LayoutError(
            f"表样文件{path.name}，版块“{name}”：after所指的“{block['after']}”不存在",
            f"可以写的有：{'、'.join(names)}",
        )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise LayoutError(f"找不到表样文件{path.name}", "请检查extends的写法") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"表样文件{path.name}写法有误：{error}", "请按所指的行修改") from None


def _block(data: dict[str, Any], where: str) -> Block:
    kind = BLOCKS.get(data.get("type", ""))
    if kind is None:
        raise LayoutError(
            f"表样文件{where}：type“{data.get('type')}”不认识", f"可以写的有：{'、'.join(BLOCKS)}"
        )
    return _build(kind, {key: value for key, value in data.items() if key != "type"}, where)


def _build(kind: type[T], data: dict[str, Any], where: str) -> T:
    """Return a dataclass from TOML values, or say which key is wrong."""
    hints = get_type_hints(kind)
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for key in data:
        if key not in known:
            raise LayoutError(
                f"表样文件{where}：不认识的键“{key}”", f"可以写的有：{'、'.join(known)}"
            )
    for key, one in known.items():
        if key not in data and one.default is MISSING and one.default_factory is MISSING:
            raise LayoutError(f"表样文件{where}：缺少“{key}”", "请补上这一项")
    return kind(
        **{key: _value(value, hints[key], f"{where}，“{key}”") for key, value in data.items()}
    )


def _value(value: Any, hint: Any, where: str) -> Any:
    """Return a TOML value as the type that a dataclass asks for."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and issubclass(hint, Horizon | Kind):
        return _member(hint, value, where)
    if isinstance(hint, type) and issubclass(hint, Column | Carried | Options | Summary | Block):
        return value if isinstance(value, Block) else _build(hint, _table(value, where), where)
    if isinstance(hint, type) and type(value) is not hint:
        raise LayoutError(f"表样文件{where}应是{_word(hint)}，现在是“{value}”", "请修改这一项")
    if origin is tuple:
        return _sequence(value, inner, where)
    if origin is Mapping:
        return {key: _value(one, inner[1], where) for key, one in _table(value, where).items()}
    return value


def _sequence(value: Any, inner: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise LayoutError(f"表样文件{where}应是一个列表，现在是“{value}”", "请用方括号写成列表")
    if inner[-1] is not ... and len(inner) != len(value):
        raise LayoutError(f"表样文件{where}应有{len(inner)}项，现在有{len(value)}项", "请补齐")
    return tuple(
        _value(one, inner[0] if inner[-1] is ... else inner[n], f"{where}第{n + 1}项")
        for n, one in enumerate(value)
    )


def _member(hint: type[Horizon | Kind], value: Any, where: str) -> Any:
    try:
        return hint(value)
    except ValueError:
        raise LayoutError(
            f"表样文件{where}不能是“{value}”", f"可以写的有：{'、'.join(hint)}"
        ) from None


def _table(value: Any, where: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise LayoutError(f"表样文件{where}应是一组键和值，现在是“{value}”", "请用花括号写")


def _word(hint: type) -> str:
    return {str: "文字", int: "整数", float: "数", bool: "true或false"}.get(hint, hint.__name__)


def joined_beside(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with those printed side by side as one, as wide as all of them."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, IndicatorsBlock) and block.beside:
            if not isinstance(last, IndicatorsBlock):
                raise LayoutError(
                    f"表样版块“{block.name}”：beside = true的版块前面应是另一个indicators版块",
                    "请调整版块的顺序",
                )
            joined[-1] = replace(last, columns=last.columns + block.columns)
        else:
            joined.append(block)
    return joined


def _check_spans(built: Layout, block: Block, where: str) -> None:
    """A table must be as wide as the sheet, else its right edge is ragged."""
    for columns in _column_sets(block):
        above = getattr(block, "heading", "") or getattr(block, "bare", False)
        beside = not above and _side_label(block)
        wanted = len(built.widths) - (1 if block.outer else 0) - (1 if beside else 0)
        spans = sum(column.span for column in columns)
        if columns and spans != wanted:
            raise LayoutError(
                f"表样文件{where}：各列的span合计是{spans}，应为{wanted}", "请修改各列的span"
            )
        for column in columns:
            if isinstance(block, IndicatorsBlock) and not _known_value(column.value):
                raise LayoutError(
                    f"表样文件{where}，列“{column.head}”：value“{column.value}”不认识",
                    f"可以写的有：{'、'.join(VALUES)}，或extra:列名",
                )


def _known_value(value: str) -> bool:
    return value in VALUES or value.startswith("extra:")


def _side_label(block: Block) -> bool:
    return bool(block.side) if isinstance(block, IndicatorsBlock) else True


def _column_sets(block: Block) -> tuple[tuple[Column, ...], ...]:
    if isinstance(block, IndicatorsBlock):
        return (block.columns, block.other_columns)
    return (block.columns,) if isinstance(block, TableBlock) else ()
