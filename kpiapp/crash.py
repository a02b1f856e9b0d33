"""What went wrong inside the program, as a text that a person can hand on.

Built without any window, because a report must come also when the window is what failed. It holds
the version, the system, the labels of the last steps and the way through the code; never what is
written in a form, and so not an exception's own words either, which may quote one.
"""

from __future__ import annotations

import contextlib
import faulthandler
import platform
import sys
import traceback
from datetime import datetime
from typing import TYPE_CHECKING

from kpiapp import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import IO

STEPS_SHOWN = 20
_steps: Callable[[], Iterable[str]] | None = None
_fault_file: IO[str] | None = None


def watch_steps(labels: Callable[[], Iterable[str]] | None) -> None:
    """Name who knows the labels of the last steps (a session's history), or nobody."""
    global _steps  # noqa: PLW0603 - one program has one crash report
    _steps = labels


def report(error: BaseException, doing: str = "") -> str:
    """Return the text of a report. Each part is gathered on its own, so that it never fails."""
    parts = [
        ("绩效目标管理", lambda: __version__),
        ("时间", lambda: datetime.now().astimezone().isoformat(timespec="seconds")),
        ("系统", lambda: f"{platform.platform()} {platform.machine()}"),
        ("Python", lambda: f"{sys.version.split()[0]} {'打包' if is_frozen() else '源码'}"),
        ("正在", lambda: doing or "-"),
        ("最近的步骤", _last_steps),
        ("经过", lambda: _where(error)),
    ]
    return "\n".join(f"{title}：{_gathered(part)}" for title, part in parts) + "\n"


def _gathered(part: Callable[[], str]) -> str:
    try:
        return part()
    except Exception as error:  # noqa: BLE001 - half a report is better than none
        return f"（取不到：{type(error).__name__}）"


def _last_steps() -> str:
    labels = list(_steps() if _steps else ())[:STEPS_SHOWN]
    return "".join(f"\n  {label}" for label in labels) or "-"


def _where(error: BaseException) -> str:
    """Return the kinds of the errors, with file, line and function of each call on the way."""
    lines: list[str] = []
    link: BaseException | None = error
    while link is not None:
        lines.append(f"  {type(link).__name__}")
        lines += [
            f"    {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return "\n" + "\n".join(lines)


def _short(name: str) -> str:
    """Return the last parts of a file's path: the folders before them name people."""
    return "/".join(name.replace("\\", "/").split("/")[-3:])


def save_report(error: BaseException, doing: str = "") -> Path | None:
    """Write a report into the folder of logs; return its path, or None if that failed too."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    text = report(error, doing)
    with contextlib.suppress(OSError):
        path = log_folder() / f"crash-{stamp}.txt"
        path.write_text(text, encoding="utf-8")
        return path
    return None


def log_folder() -> Path:
    """Return the person's folder of logs; it is made if missing."""
    from platformdirs import user_log_path

    return user_log_path("kpiapp", appauthor=False, ensure_exists=True)


def is_frozen() -> bool:
    """Say whether this is the installed program."""
    return bool(getattr(sys, "frozen", False))


# -- hard crashes -----------------------------------------------------------------------------


def watch_hard_crashes() -> str | None:
    """Let the interpreter write into a file when it dies; return what it wrote the last time."""
    global _fault_file  # noqa: PLW0603 - must stay open as long as the program runs
    with contextlib.suppress(OSError):
        path = log_folder() / "fault.txt"
        before = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        _fault_file = path.open("w", encoding="utf-8")
        faulthandler.enable(_fault_file)
        return before or None
    return None


def stop_watching() -> None:
    """Close the file of hard crashes: this run ended well."""
    global _fault_file  # noqa: PLW0603
    if _fault_file is not None:
        faulthandler.disable()
        _fault_file.close()
        _fault_file = None
