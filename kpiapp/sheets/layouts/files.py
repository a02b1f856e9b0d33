"""Reading one layout file: a TOML file is a district's sheet, used in both directions.

A layout is (id, kind): `jiangxia-2026` + `project`. Its file lists the printed blocks from top to
bottom (see `blocks.py`). `extends` names a file whose keys and blocks are taken over: a block of
the same name changes only the keys it gives, `drop` leaves blocks out, `after` says behind which
block a new one stands. Files that begin with `_` only serve `extends`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from kpiapp.model.form import Horizon, Kind
from kpiapp.paths import resource
from kpiapp.sheets.layouts.blocks import (
    BLOCKS,
    LIST_VALUES,
    SUMMED,
    VALUES,
    Block,
    Carried,
    Column,
    IndicatorsBlock,
    Layout,
    ListColumn,
    Options,
    Summary,
    TableBlock,
)
from kpiapp.sheets.layouts.source import LayoutError, Source, Where, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

T = TypeVar("T")
RESULTS = "自评监控"
"""A folder in a person's own: 自评表 and 监控表, which are not offered for declarations."""
OURS = (("layouts",), ("layouts", "lists"), ("layouts", "results"))
"""Folders of the program where `extends` looks, behind the file's own."""


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
        LayoutError: the file cannot be used; file, line, block and key are named.
    """
    data, sources = read_whole(path)
    top = Where(sources)
    blocks = data.pop("block", [])
    rules = _table(data.pop("rules", {}), top.at("rules"))
    read = tuple(_block(block, replace(top, block=str(block.get("name", "")))) for block in blocks)
    built = _build(Layout, data | {"rules_off": rules.get("off", []), "blocks": read}, top)
    if not built.first_year:
        raise top.at("id").fault(f"“{built.id}”里没有年份", "请写成区县-启用年份，如 qingshan-2027")
    for block in joined_beside(read):
        _check_columns(built, block, replace(top, block=block.name))
    return built


def read_whole(path: Path) -> tuple[dict[str, Any], tuple[Source, ...]]:
    """Return what a file says, with what it extends, and the files that were read, its own first.

    Raises:
        LayoutError: a file cannot be read, or what it takes over is not there.
    """
    data, sources = _merged(path, ())
    data.pop("drop", None)
    return data, sources


def _merged(path: Path, above: tuple[Path, ...]) -> tuple[dict[str, Any], tuple[Source, ...]]:
    source, data = read_toml(path)
    top = Where((source,))
    for block in data.get("block", []):
        if not isinstance(block, dict) or not isinstance(block.get("name"), str):
            raise top.at("block").fault("：有一个版块没有name", '每个[[block]]请写一行 name = "…"')
    base_name = data.pop("extends", None)
    if base_name is None:
        return data, (source,)
    if not isinstance(base_name, str):
        raise top.at("extends").fault("应是另一个表样文件的名字", "请加上引号，不写.toml")
    base_path = _base(path, base_name)
    if base_path in (path, *above):
        raise top.at("extends").fault("绕回了自己", "请删去其中一处extends")
    base, sources = _merged(base_path, (*above, path))
    dropped = set(data.get("drop", []))
    blocks = [dict(block) for block in base.get("block", []) if block["name"] not in dropped]
    for block in data.get("block", []):
        _place(blocks, block, replace(top, block=block["name"]))
    base.pop("drop", None)
    return base | data | {"block": blocks}, (source, *sources)


def _base(path: Path, name: str) -> Path:
    """Return the file that another extends: beside it, else of the program.

    A file that bears the name of one of the program's extends that one.
    """
    beside = path.with_name(f"{name}.toml")
    if beside != path and beside.exists():
        return beside
    folders = OURS[::-1] if path.parent.name == RESULTS else OURS
    ours = (resource(*parts, f"{name}.toml") for parts in folders)
    return next((one for one in ours if one.exists()), beside)


def _place(blocks: list[dict[str, Any]], block: dict[str, Any], where: Where) -> None:
    """Put a block among those of the base: over its namesake, behind `after`, or at the end."""
    names = [one["name"] for one in blocks]
    name = block["name"]
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
        raise where.at("after").fault(
            f"所指的“{block['after']}”不存在", f"可以写的有：{'、'.join(names)}"
        )


# -- values of a file as records ------------------------------------------------------------------


def _block(data: dict[str, Any], where: Where) -> Block:
    kind = BLOCKS.get(data.get("type", ""))
    if kind is None:
        raise where.at("type").fault(
            f"“{data.get('type')}”不认识", f"可以写的有：{'、'.join(BLOCKS)}"
        )
    return _build(kind, {key: value for key, value in data.items() if key != "type"}, where)


def _build(kind: type[T], data: dict[str, Any], where: Where) -> T:
    """Return a dataclass from TOML values, or say which key is wrong."""
    hints = _hints(kind)  # type: ignore[arg-type]  # mypy does not know that a class has a hash
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for key in data:
        if key not in known:
            raise replace(where, key=key).fault(
                f"：不认识的键“{key}”", f"可以写的有：{'、'.join(known)}"
            )
    for key, one in known.items():
        if key not in data and one.default is MISSING and one.default_factory is MISSING:
            raise where.fault(f"：缺少“{key}”", "请补上这一项")
    return kind(**{key: _value(value, hints[key], where.at(key)) for key, value in data.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the types that a dataclass asks for; Python would compile each anew at every block."""
    return get_type_hints(kind)


def _value(value: Any, hint: Any, where: Where) -> Any:
    """Return a TOML value as the type that a dataclass asks for."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and issubclass(hint, Horizon | Kind):
        return _member(hint, value, where)
    if isinstance(hint, type) and issubclass(hint, Column | Carried | Options | Summary | Block):
        return value if isinstance(value, Block) else _build(hint, _table(value, where), where)
    if isinstance(hint, type) and type(value) is not hint:
        raise where.fault(f"应是{_word(hint)}，现在是“{value}”", "请修改这一项")
    if origin is tuple:
        return _sequence(value, inner, where)
    if origin is Mapping:
        table = _table(value, where)
        return {key: _value(one, inner[1], where.at(key)) for key, one in table.items()}
    return value


def _sequence(value: Any, inner: tuple[Any, ...], where: Where) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise where.fault(f"应是一个列表，现在是“{value}”", "请用方括号写成列表")
    if inner[-1] is not ... and len(inner) != len(value):
        raise where.fault(f"应有{len(inner)}项，现在有{len(value)}项", "请补齐")
    return tuple(
        _value(one, inner[0] if inner[-1] is ... else inner[n], where.item(n))
        for n, one in enumerate(value)
    )


def _member(hint: type[Horizon | Kind], value: Any, where: Where) -> Any:
    try:
        return hint(value)
    except ValueError:
        raise where.fault(f"不能是“{value}”", f"可以写的有：{'、'.join(hint)}") from None


def _table(value: Any, where: Where) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise where.fault(f"应是一组键和值，现在是“{value}”", "请用花括号写")


def _word(hint: type) -> str:
    return {str: "文字", int: "整数", float: "数", bool: "true或false"}.get(hint, hint.__name__)


# -- what fits together ---------------------------------------------------------------------------


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


def _check_columns(built: Layout, block: Block, where: Where) -> None:
    """A table must be as wide as the sheet, else its right edge is ragged."""
    for key, columns in _column_sets(block):
        above = getattr(block, "heading", "") or getattr(block, "bare", False)
        beside = not above and _side_label(block)
        wanted = len(built.widths) - (1 if block.outer else 0) - (1 if beside else 0)
        spans = sum(column.span for column in columns)
        if columns and spans != wanted:
            raise replace(where, key=key).fault(
                f"：各列的span合计是{spans}，应为{wanted}", "请修改各列的span"
            )
        for column in columns:
            if wrong := _wrong_value(block, column):
                raise replace(where, key=key).fault(
                    f"，列“{column.head}”：value“{column.value}”不认识", f"可以写的有：{wrong}"
                )
    for summary in getattr(block, "summaries", ()):
        if summary.of not in SUMMED:
            raise where.at("summaries").fault(
                f"：of“{summary.of}”不认识", f"可以写的有：{'、'.join(SUMMED)}"
            )


def _wrong_value(block: Block, column: Column) -> str:
    """Return what may stand as the value of a column that has a wrong one, "" for a right one."""
    if isinstance(column, ListColumn):
        return "" if not column.value or column.value in LIST_VALUES else "、".join(LIST_VALUES)
    if isinstance(block, IndicatorsBlock) and column.value not in VALUES:
        return "" if column.value.startswith("extra:") else f"{'、'.join(VALUES)}，或extra:列名"
    return ""


def _side_label(block: Block) -> bool:
    return bool(block.side) if isinstance(block, IndicatorsBlock) else True


def _column_sets(block: Block) -> Iterator[tuple[str, tuple[Column, ...]]]:
    if isinstance(block, IndicatorsBlock):
        yield "columns", block.columns
        yield "other_columns", block.other_columns
    elif isinstance(block, TableBlock):
        yield "columns", block.columns
