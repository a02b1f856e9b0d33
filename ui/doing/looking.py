"""查看 and 帮助: what is in sight, and where the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.frame import Frame


def overview(window: Frame) -> None:
    """Show the table of all forms."""
    if window.workspace:
        window.workspace.show_overview()


def review(window: Frame) -> None:
    """Show every problem of the year."""
    if window.workspace:
        window.workspace.show_review()


def next_tab(window: Frame) -> None:
    """Show the next part of the form."""
    if window.workspace:
        window.workspace.step_tab(1)


def previous_tab(window: Frame) -> None:
    """Show the part before."""
    if window.workspace:
        window.workspace.step_tab(-1)


def next_pane(window: Frame) -> None:
    """Give the keyboard to the next pane."""
    if window.workspace:
        window.workspace.step_pane()


def toggle_problems(window: Frame) -> None:
    """Show or hide the list of problems."""
    if window.workspace:
        window.workspace.wants_problems = window.workspace.problems.isHidden()
        window.workspace.fit_panes()


def toggle_side(window: Frame) -> None:
    """Show or hide the pane at the right."""
    if window.workspace:
        window.workspace.wants_side = window.workspace.side.isHidden()
        window.workspace.fit_panes()


def help(window: Frame) -> None:  # noqa: A001 - named as the command
    """Show the help beside the work; before a library is open, in a window of its own."""
    from ui.screens.help_panel import START, HelpPanel

    if window.workspace:
        window.workspace.show_help()
        return
    panel = window.findChild(HelpPanel, "helpPanel") or HelpPanel(window)
    panel.setWindowFlag(panel.windowFlags().Window)
    panel.setWindowTitle("帮助")
    panel.resize(560, 640)
    panel.show_page(START)
    panel.show()


def about(window: Frame) -> None:
    """Say what this program is."""
    from ui.dialogs import AboutDialog

    AboutDialog(window).exec()
