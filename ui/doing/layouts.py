"""表样: a person's own layouts, in a folder beside the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from kpiapp.services import catalogue, own_layouts

if TYPE_CHECKING:
    from pathlib import Path

    from ui.frame import Frame


def copy_layout(window: Frame) -> None:
    """Ask which layout, and write it into the folder beside the library, to be changed there."""
    folder = _folder(window)
    names = {f"{name}（{key}）": (key, kind) for key, kind, name, _ in catalogue.layouts()}
    chosen, sure = QInputDialog.getItem(
        window, "复制表样", "复制哪一种表样来修改", list(names), 0, editable=False
    )
    if folder and sure:
        path = own_layouts.copy_one(*names[chosen], folder)
        window.say_done(
            f"已复制到“{folder.name}”文件夹：{path.name}。改好后选“重新读取表样”。", folder
        )


def open_layouts(window: Frame) -> None:
    """Show the folder with the layouts of one's own; it is made if there is none."""
    from kpiapp.services.files.folders import make_folder
    from ui.folders import open_folder

    if folder := _folder(window):
        make_folder(folder)
        open_folder(folder)


def read_layouts(window: Frame) -> None:
    """Read the layouts of one's own anew, after they were changed; faults are said."""
    own_layouts.use_library()
    found = own_layouts.read_again()
    faults = catalogue.layout_faults()
    if window.workspace:
        window.workspace.show_year(window.workspace.year)
    names = "、".join(f"“{one.name}”" for one in found)
    window.say_done(f"读到 {len(found)} 种自己的表样：{names}" if found else "没有自己的表样", None)
    for fault in faults:
        window.messages.say_error(fault)


def _folder(window: Frame) -> Path | None:
    session = window.session
    return own_layouts.folder_beside(session.library.path) if session else None
