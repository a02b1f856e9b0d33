"""The schemes that there are: the program's, and those of a folder of one's own.

The folder of one's own lies beside the library that is open; whoever opens one says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.paths import resource
from kpiapp.scoring.scheme_file import execution_ids, execution_rule, read_scheme

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.scoring.scheme import Scheme

__all__ = [
    "OWN_FOLDER",
    "broken_ids",
    "by_rule",
    "execution_ids",
    "execution_rule",
    "faults",
    "look_in",
    "scheme",
    "scheme_ids",
]

OWN_FOLDER = "评分方案"
"""Name of the folder beside a library."""
BY_RULE = "+"
"""Stands between the id of a scheme and that of another execution rule."""

_own: list[Path] = []


def look_in(folder: Path | None) -> None:
    """Take schemes also from this folder, or from the program alone."""
    _own[:] = [folder] if folder else []
    scheme.cache_clear()


def scheme_ids() -> list[str]:
    """Return the ids of all schemes, in order, those that cannot be used among them."""
    return sorted(_files())


@lru_cache(maxsize=32)
def scheme(scheme_id: str) -> Scheme:
    """Return the scheme with this id.

    Raises:
        UserError: there is none (those there are get named), or its file cannot be used.
    """
    plain, _, rule_id = scheme_id.partition(BY_RULE)
    path = _files().get(plain)
    if path is None:
        raise UserError(f"没有评分方案“{plain}”", f"可用的方案：{'、'.join(scheme_ids())}")
    found = read_scheme(path)
    return by_rule(found, rule_id) if rule_id else found


def by_rule(rules: Scheme, rule_id: str) -> Scheme:
    """Return a scheme that scores the execution by another rule; raises UserError."""
    rule = execution_rule(rule_id)
    if rule.id == rules.execution.id:
        return rules
    name = f"{rules.name}，{rule.name}"
    return replace(rules, id=f"{rules.id}{BY_RULE}{rule_id}", name=name, execution=rule)


def faults() -> list[UserError]:
    """Return what is wrong with the files of the folder of one's own."""
    return [error for error in map(_fault, _own_files()) if error]


def broken_ids() -> set[str]:
    """Return the ids of schemes of one's own that cannot be used."""
    return {path.stem for path in _own_files() if _fault(path)} - set(_program_files())


def _fault(path: Path) -> UserError | None:
    if path.stem in _program_files():
        return UserError(f"{path.name}与程序自带的评分方案同名", "请换一个文件名和id")
    try:
        read_scheme(path)
    except UserError as error:
        return error
    return None


def _own_files() -> list[Path]:
    return [path for folder in _own for path in sorted(folder.glob("*.toml"))]


def _program_files() -> dict[str, Path]:
    return {path.stem: path for path in resource("scoring").glob("*.toml")}


def _files() -> dict[str, Path]:
    """Return the file of each scheme by its id; the program's own go before others of one name."""
    return {path.stem: path for path in _own_files()} | _program_files()
