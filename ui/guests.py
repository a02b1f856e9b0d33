"""Pages that stand in the middle until they are done with: import, export, rules and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ui.screens.importing import ImportPage, Taken
    from ui.workspace import Workspace


def show_import(workspace: Workspace, paths: Sequence[Path]) -> None:
    """Read files and folders, and show what they hold."""
    _import_page(workspace).read(paths)


def show_clipboard(workspace: Workspace, html: str, text: str) -> None:
    """Read what was copied elsewhere, and show what it holds."""
    from kpiapp.services.files import clipboard

    _import_page(workspace).read_by(lambda _job: (clipboard.read(html, text), []))


def _import_page(workspace: Workspace) -> ImportPage:
    from ui.screens.importing import ImportPage

    workspace.editor.commit()
    page = ImportPage(workspace.session)
    page.taken.connect(lambda taken: _show_imported(workspace, taken))
    page.failed.connect(workspace.failed)
    workspace.receive(page)
    return page


def _show_imported(workspace: Workspace, taken: Taken) -> None:
    """Show the newest year that something was imported into, at its first new form."""
    years = {workspace.session.form(form_id).year for form_id in taken.forms}
    if years:
        workspace.show_year(max(years))
        listed = [x for x in workspace.navigator.model.forms() if x in taken.forms]
        if listed:  # a self-evaluation is not, it stands beside its declaration
            workspace.show_form(listed[0])
        workspace.navigator.view.setFocus()
    workspace.imported.emit(taken)


def show_export(workspace: Workspace) -> None:
    """Offer to write the official sheets of the year."""
    from ui.screens.exporting import ExportPage

    workspace.editor.commit()
    page = ExportPage(workspace.session)
    page.finished.connect(workspace.said)
    page.place_chosen.connect(workspace.go_to)
    page.failed.connect(workspace.failed)
    page.show_year(workspace.year)
    workspace.receive(page)


def show_annex(workspace: Workspace) -> None:
    """Show 表10 and the paragraph that are published beside the forms."""
    from ui.screens.annex_page import AnnexPage

    workspace.editor.commit()
    page = AnnexPage()
    page.said.connect(lambda text: workspace.said.emit(text, None))
    page.show_year(workspace.session, workspace.year)
    workspace.receive(page)


def show_rules(workspace: Workspace) -> None:
    """Show which rules are checked, and let the person choose."""
    from ui.screens.rules_page import RulesPage

    workspace.editor.commit()
    page = RulesPage(workspace.session, workspace.year)
    page.failed.connect(workspace.failed)
    workspace.receive(page)


def show_links(workspace: Workspace, form_id: str = "") -> None:
    """Show what continues what: the indicators of a form, by default the forms of the year."""
    from ui.screens.links_page import LinksPage

    workspace.editor.commit()
    page = LinksPage(workspace.session, workspace.year)
    page.show_form(form_id)
    page.failed.connect(workspace.failed)
    workspace.receive(page)
    page.view.setFocus()


def show_cycle_settings(workspace: Workspace) -> None:
    """Show the settings of monitoring and self-evaluation."""
    from ui.screens.cycle_page import CyclePage

    workspace.editor.commit()
    page = CyclePage(workspace.session)
    page.failed.connect(workspace.failed)
    workspace.receive(page)
