"""The demonstration: the invented department, kept, checked and printed, without a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.services import opening
from kpiapp.services.exports import exporting
from kpiapp.services.files import folders

if TYPE_CHECKING:
    from pathlib import Path

    from kpiapp.services.exports.exporting import ExportReport

LIBRARY_NAME = f"示例{opening.SUFFIX}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demonstration made.

    Attributes:
        library: the library file.
        verdicts: a year and its verdict, the newest first.
        exports: what was printed, by year.
    """

    library: Path
    verdicts: dict[int, str]
    exports: dict[int, ExportReport]


def show(folder: Path) -> Shown:
    """Make the sample library anew in a folder, check it and write all its sheets.

    Raises:
        UserError: the folder cannot be written.
    """
    folders.make_folder(folder)
    path = folder / LIBRARY_NAME
    path.unlink(missing_ok=True)
    session = opening.sample_session(path)
    try:
        years = session.years()
        verdicts = {year: session.verdict(year=year) for year in years}
        exports = {
            year: exporting.export_year(session, year, folder / f"{year}年报表") for year in years
        }
    finally:
        session.library.close()
    return Shown(path, verdicts, exports)
