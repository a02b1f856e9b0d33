"""The Chinese fonts that a PDF carries inside it."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE = "pylopdf_fonts_zh_cn"
"""Noto Serif SC and Noto Sans SC (SIL Open Font License): part of every installation."""
BODY = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
HEADING = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "SimHei", "Microsoft YaHei")


def font_folder() -> Path | None:
    """Return the folder with the fonts that came with the program; None if they are missing."""
    spec = find_spec(PACKAGE)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return folder if folder and any(folder.glob("*.otf")) else None


@lru_cache(maxsize=1)
def loaded() -> Any:
    """Return the fonts for typst: our own, or else those of the system.

    Raises:
        UserError: there is no Chinese font at all.
    """
    import typst

    folder = font_folder()
    fonts = typst.Fonts(
        include_system_fonts=folder is None, font_paths=[str(folder)] if folder else []
    )
    if not set(fonts.families()) & {*BODY, *HEADING}:
        raise UserError(
            "找不到中文字体，不能生成PDF", "请重新安装本程序，或在系统里安装宋体或思源宋体"
        )
    return fonts


def present(wanted: Sequence[str]) -> list[str]:
    """Return those of the families that are there, or any Chinese one."""
    families = set(loaded().families())
    return [one for one in (*wanted, *BODY, *HEADING) if one in families]
