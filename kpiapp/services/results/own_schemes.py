"""A person's own scoring schemes: where they lie, and making one from another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kpiapp import paths
from kpiapp.errors import UserError
from kpiapp.scoring import schemes

if TYPE_CHECKING:
    from kpiapp.scoring.scheme import Scheme

SUFFIX = ".toml"
_FIRST = r'^{key} = ".*"$'
"""The line that gives a key of the whole scheme; it stands above the sections."""


def folder() -> Path | None:
    """Return the folder of own schemes beside the open library; it may not be there yet."""
    return paths.own_folder(schemes.OWN_FOLDER)


def own_names() -> list[str]:
    """Return the names of a person's own schemes that can be used."""
    place = folder()
    ids = sorted(x.stem for x in place.glob(f"*{SUFFIX}")) if place else []
    broken = schemes.broken_ids()
    usable = [x for x in ids if x not in broken and schemes.file_of(x).parent == place]
    return [schemes.scheme(x).name for x in usable]


def faults() -> list[UserError]:
    """Return what is wrong with a person's own schemes."""
    return schemes.faults()


def listed() -> list[tuple[str, str, str]]:
    """Return id, name and source of every scheme; raises UserError for a file that is wrong."""
    found = [schemes.scheme(one) for one in schemes.scheme_ids()]
    return [(one.id, one.name, one.source) for one in found]


def copy(scheme_id: str, target: Path) -> Path:
    """Write a scheme as a file that can be changed.

    Args:
        scheme_id: the scheme.
        target: a folder, where it becomes `<scheme>-own`, or a file (.toml).

    Raises:
        UserError: there is no such scheme, the file is there already, or cannot be written.
    """
    from kpiapp.services.files.folders import make_folder
    from kpiapp.services.files.formats import write_bytes

    source = schemes.file_of(scheme_id)
    new = target if target.suffix.lower() == SUFFIX else target / f"{source.stem}-own{SUFFIX}"
    if new.exists():
        raise UserError(f"“{new.name}”已经有了", "请改它，或先给它改名")
    name = schemes.scheme(scheme_id).name
    text = _text(source)
    for key, value in (("id", new.stem), ("name", f"本单位方案（由{name}改）")):
        line, pattern = f'{key} = "{value}"', re.compile(_FIRST.format(key=key), re.MULTILINE)
        text = pattern.sub(lambda _found, line=line: line, text, count=1)  # type: ignore[misc]
    make_folder(new.parent)
    write_bytes(new, text.encode("utf-8"))
    return new


def _text(source: Path) -> str:
    """Return the text of a scheme whose first lines say what it may change."""
    text = source.read_text(encoding="utf-8")
    about = (
        "# 改好后存盘即可使用；分值合计应为100。heads 是各一级指标的分值，tiers 是定性的档次，\n"
        "# grades 是等级；没有写的照 extends 所指的方案。\n"
    )
    return about + text


def check(path: Path) -> Scheme:
    """Return the scheme of a file; raises UserError with file, key and way out."""
    from kpiapp.scoring.scheme_file import read_scheme

    return read_scheme(path)


def by_name_or_file(scheme: str) -> Scheme:
    """Return a scheme by its id, or from a file (.toml); raises UserError."""
    path = Path(scheme)
    return check(path) if path.suffix.lower() == SUFFIX else schemes.scheme(scheme)
