"""The page of a rule as a person reads it: why, how to mend it, on what ground, with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpiapp.rules import engine

if TYPE_CHECKING:
    from kpiapp.model.problem import Problem


def title(code: str) -> str:
    """Return the Chinese name of a rule, or the code where there is none."""
    rule = engine.rule_of(code)
    return rule.title if rule else code


def mend(problem: Problem) -> str:
    """Return what to do about a finding: its fix, else 怎么改 of its rule's page."""
    return problem.fix.label if problem.fix else how_to_mend(problem.code)


def how_to_mend(code: str) -> str:
    """Return 怎么改 of a rule's page, on one line."""
    rule = engine.rule_of(code)
    return " ".join(rule.page.get("怎么改", "").split()) if rule else ""


def markdown(code: str) -> str:
    """Return the page of a rule as Markdown."""
    rule = engine.rule_of(code)
    if rule is None:
        return f"# {code}\n\n没有这条规则的说明。"
    kind = f"{rule.severity.label} · {engine.FAMILIES[rule.family]}"
    head = f"# {rule.title}\n\n{kind}\n\n`{code}`"
    parts = [_part(name, rule.page[name]) for name in engine.HEADINGS if name in rule.page]
    return "\n\n".join([head, *parts])


def catalogue() -> str:
    """Return all rules as Markdown, family by family, each with a link `rule:<code>`."""
    lines = ["# 检查规则"]
    family = ""
    for rule in engine.all_rules():
        if rule.family != family:
            family = rule.family
            lines.append(f"\n## {engine.FAMILIES[family]}\n")
        lines.append(f"- [{rule.title}](rule:{rule.code}) {rule.severity.label}")
    return "\n".join(lines)


def _part(name: str, text: str) -> str:
    """Return one heading with its text; examples keep their lines."""
    if name in ("错例", "正例"):
        text = "\n".join(f"    {line}" for line in text.splitlines())
    return f"## {name}\n\n{text}"
