"""What the program knows, as lists for the command line and the help: layouts and rules."""

from __future__ import annotations

from kpiapp.errors import UserError
from kpiapp.services.checks import rule_pages


def layouts() -> list[tuple[str, str, str, str]]:
    """Return the sheets the program knows: id, kind, name, district."""
    from kpiapp.sheets.layouts.layout import load_layouts

    return [(one.id, one.kind.value, one.name, one.district) for one in load_layouts()]


def layout_faults() -> list[UserError]:
    """Return what is wrong with layout files that cannot be used; the others are."""
    from kpiapp.sheets.layouts import layout

    return list(layout.layout_faults())


def rules() -> list[tuple[str, str, str]]:
    """Return the rules: code, severity, title."""
    from kpiapp.rules import engine

    return [(rule.code, rule.severity.label, rule.title) for rule in engine.all_rules()]


def rule_page(code: str) -> str:
    """Return the page of a rule; raises UserError where there is none."""
    from kpiapp.rules import engine

    if engine.rule_of(code) is None:
        raise UserError(f"没有代码为“{code}”的规则", "用 rules 命令列出全部规则")
    return rule_pages.markdown(code)


def unknown_rules(codes: list[str]) -> list[str]:
    """Return those of the codes that name no rule."""
    from kpiapp.rules import engine

    return [code for code in codes if engine.rule_of(code) is None]
