"""检查: walking through problems, mending them, and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import guests

if TYPE_CHECKING:
    from ui.frame import Frame


def next_problem(window: Frame) -> None:
    """Go to the next problem and its cell."""
    if window.workspace:
        window.workspace.active_problems.step(1)


def previous_problem(window: Frame) -> None:
    """Go to the problem before."""
    if window.workspace:
        window.workspace.active_problems.step(-1)


def fix_problem(window: Frame) -> None:
    """Apply the fix of the problem that is chosen."""
    if window.workspace:
        window.workspace.active_problems.act("fix")


def fix_all(window: Frame) -> None:
    """Apply every safe fix of the list, as one step."""
    if window.workspace:
        window.workspace.active_problems.fix_all.click()


def explain_problem(window: Frame) -> None:
    """Show the page of the rule that found the chosen problem."""
    if window.workspace:
        window.workspace.active_problems.act("why")


def choose_rules(window: Frame) -> None:
    """Show which rules are checked."""
    if window.workspace:
        guests.show_rules(window.workspace)


def export_report(window: Frame) -> None:
    """Ask where, and write what the check of the year found."""
    from ui import reviewing

    reviewing.export_report(window)


def review_folder(window: Frame) -> None:
    """Show the page that checks the files of many units."""
    from ui import reviewing

    reviewing.show_page(window)
