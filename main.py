"""绩效目标管理. Without words the window; with words after it, the command line.

Imports nothing heavy: the window must be there at once, and a command loads what it needs.
"""

from __future__ import annotations

import os
import sys

from kpiapp import memory
from kpiapp.options import LAYOUTS, taken_out

WINDOW_OPTION = "--library"
LIBRARY_SUFFIX = ".kpi"


def main() -> int:
    """Open the window or run a command; return the exit code."""
    memory.look_seldom()
    words = sys.argv[1:]
    layouts, rest = taken_out(words, LAYOUTS)
    if wants_window(rest):
        from ui.app import main as show_window

        return show_window(library_in(rest), layouts)
    from kpiapp import cli

    code = cli.main(words)
    if words == ["demo"] and code == cli.DONE:
        return _show_demo()
    return code


def wants_window(words: list[str]) -> bool:
    """Whether these words ask for the window: none, or only a library to open.

    A library alone is what a desktop gives the program when its file is double-clicked.
    """
    return not words or words[0].partition("=")[0] == WINDOW_OPTION or _is_library(words)


def _is_library(words: list[str]) -> bool:
    return len(words) == 1 and words[0].lower().endswith(LIBRARY_SUFFIX)


def library_in(words: list[str]) -> str | None:
    """Return the library that the words name: `--library FILE`, `--library=FILE` or `FILE`."""
    if _is_library(words) and not words[0].startswith(WINDOW_OPTION):
        return words[0]
    option, equals, file = words[0].partition("=") if words else ("", "", "")
    if option == WINDOW_OPTION and not equals:
        return words[1] if len(words) > 1 else None
    return file or None


def _show_demo() -> int:
    """Show the sample library in the window; where there is no screen, as a picture in out/."""
    seen = has_screen()
    if not seen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded
    from kpiapp import cli
    from ui.app import main as show_window
    from ui.app import screenshot

    if seen:
        return show_window(cli.demo_library())
    picture = cli.DEMO_FOLDER / "主窗口.png"
    screenshot(cli.demo_library(), picture)
    sys.stdout.write(f"没有屏幕，主窗口的样子已存为 {picture}\n")
    return 0


def has_screen() -> bool:
    """Whether a window could be seen."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the workers of a process pool start this same program
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
