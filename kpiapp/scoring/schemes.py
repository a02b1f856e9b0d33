"""The schemes that there are: the program's, and those of a folder of one's own.

The folder of one's own lies beside the library that is open (`paths.look_beside`), or is named on
the command line.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kpiapp import paths
from kpiapp.errors import UserError
from kpiapp.scoring.scheme_file import execution_ids, execution_rule, read_scheme

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.scoring.scheme import Scheme

__all__ = [
    "broken_ids", "by_rule", "execution_ids", "execution_rule", "faults", "file_of",
    "scheme", "scheme_ids",
]  # fmt: skip

OWN_FOLDER = "评分方案"
"""Name of the folder beside a library."""
BY_RULE = "+"
"""Stands between the id of a scheme and that of another execution rule."""


def scheme_ids() -> list[str]:
    """Return the ids of all schemes, in order, those that cannot be used among them."""
    return sorted({path.stem for path in (*_program_files(), *_own_files())})


def scheme(scheme_id: str) -> Scheme:
    """Return the scheme with this id.

    Raises:
        UserError: there is none (those there are get named), or its file cannot be used.
    """
    plain, _, rule_id = scheme_id.partition(BY_RULE)
    path = file_of(plain)
    found = _read(path, path.stat().st_mtime_ns)
    return by_rule(found, rule_id) if rule_id else found


def file_of(scheme_id: str) -> Path:
    """Return the file of a scheme; the program's own goes before others of that name.

    Raises:
        UserError: there is none.
    """
    files = {path.stem: path for path in (*_own_files(), *_program_files())}
    if scheme_id not in files:
        raise UserError(f"没有评分方案“{scheme_id}”", f"可用的方案：{'、'.join(scheme_ids())}")
    return files[scheme_id]


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Scheme:
    """Return the scheme of a file, read anew when the file has changed."""
    return read_scheme(path)


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
    broken = {path.stem for path in _own_files() if _fault(path)}
    return broken - {path.stem for path in _program_files()}


def _fault(path: Path) -> UserError | None:
    if path.name in {one.name for one in _program_files()}:
        return UserError(f"{path.name}与程序自带的评分方案同名", "请换一个文件名和id")
    try:
        read_scheme(path)
    except UserError as error:
        return error
    return None


def _own_files() -> list[Path]:
    folder = paths.own_folder(OWN_FOLDER)
    return sorted(folder.glob("*.toml")) if folder else []


@lru_cache(maxsize=1)
def _program_files() -> tuple[Path, ...]:
    return tuple(paths.resource("scoring").glob("*.toml"))
