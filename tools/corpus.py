"""Measure the checker on the labelled forms: per rule what was found, missed and false.

    python tools/corpus.py [FOLDER] [--false] [--missed] [--json]

All forms of a district are checked together, with its 表10. A finding and a label match by code
and place: name and horizon of a row, else number and horizon of a goal, else the field.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kpiapp.model.interchange import form_from_json, project_list_from_json  # noqa: E402
from kpiapp.model.names import normalise  # noqa: E402
from kpiapp.model.problem import Severity  # noqa: E402
from kpiapp.rules.engine import all_rules  # noqa: E402
from kpiapp.services.checks.check_reports import report_to_json  # noqa: E402
from kpiapp.services.checks.checking import Checker  # noqa: E402
from kpiapp.services.checks.grouping import UnitGroup  # noqa: E402

LABELLED = ROOT.parent / "shared" / "forms"

Finding = dict[str, Any]


@dataclass
class Score:
    """What became of the labels and the findings of one rule."""

    found: int = 0
    found_sure: int = 0
    missed: list[Finding] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)

    @property
    def missed_sure(self) -> int:
        """How many sure labels were not reported."""
        return sum(label["sure"] for label in self.missed)


def read(folder: Path) -> tuple[dict[str, list[Any]], list[Finding]]:
    """Return the districts' files, and all labels with the form they belong to."""
    districts: dict[str, list[Any]] = defaultdict(list)
    labels = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        districts[data["layout"]].append(data)
        labels += [label | {"form": data["id"]} for label in data.get("findings", ())]
    return districts, labels


def check(files: list[Any]) -> list[Finding]:
    """Check all forms of a district together, and return the problems as the JSON report does."""
    forms = [form_from_json(data) for data in files if data["kind"] != "project_list"]
    lists = [project_list_from_json(data) for data in files if data["kind"] == "project_list"]
    report = Checker().check(forms, groups=[UnitGroup(files[0]["layout"], forms, lists)])
    problems: list[Finding] = report_to_json(report, forms)["problems"]
    return problems


def key(finding: Finding) -> tuple[Any, ...]:
    """Return the place by which findings and labels are matched."""
    if finding.get("level3"):
        place = ("row", normalise(finding["level3"]), finding["horizon"], finding["goal"])
    elif finding.get("horizon") or finding.get("goal") is not None:
        place = ("goal", "", finding["horizon"], finding["goal"])
    else:
        place = ("form", "", None, None)
    return (finding["form"], finding["code"], *place)


def same_field(finding: Finding, label: Finding) -> bool:
    """Say whether the field of a form-level finding is the labelled one; a hint for the reader."""
    ours, theirs = normalise(finding["field"] or ""), normalise(label["field"] or "")
    return ours == theirs or (bool(ours and theirs) and (ours in theirs or theirs in ours))


def score(problems: list[Finding], labels: list[Finding]) -> dict[str, Score]:
    """Match findings with labels one to one."""
    scores: dict[str, Score] = defaultdict(Score)
    waiting: dict[tuple[Any, ...], list[Finding]] = defaultdict(list)
    for label in labels:
        waiting[key(label)].append(label)
    for problem in problems:
        candidates = waiting[key(problem)]
        match = next(
            (x for x in candidates if key(problem)[2] != "form" or same_field(problem, x)), None
        )
        if match is None:
            scores[problem["code"]].false.append(problem)
            continue
        candidates.remove(match)
        scores[problem["code"]].found += 1
        scores[problem["code"]].found_sure += match["sure"]
    for left in waiting.values():
        for label in left:
            scores[label["code"]].missed.append(label)
    return scores


def summary(scores: dict[str, Score]) -> dict[str, Any]:
    """Return recall of sure findings, and precision of each severity, in percent."""
    result: dict[str, Any] = {}
    for severity in Severity:
        codes = [rule.code for rule in all_rules() if rule.severity is severity]
        mine = [scores[code] for code in codes if code in scores]
        found = sum(x.found for x in mine)
        false = sum(len(x.false) for x in mine)
        sure = sum(x.found_sure for x in mine)
        missed = sum(x.missed_sure for x in mine)
        result[severity.value] = {
            "reported": found + false,
            "precision": _percent(found, found + false),
            "sure": sure + missed,
            "recall_sure": _percent(sure, sure + missed),
        }
    return result


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def table(scores: dict[str, Score]) -> str:
    """Return the table per rule, in the order of the catalogue."""
    lines = [f"{'rule':42}{'severity':9}{'found':>6}{'missed':>7}{'(sure)':>7}{'false':>6}"]
    for rule in all_rules():
        if rule.code in scores:
            x = scores[rule.code]
            lines.append(
                f"{rule.code:42}{rule.severity.value:9}{x.found:6}{len(x.missed):7}"
                f"{x.missed_sure:7}{len(x.false):6}"
            )
    known = {rule.code for rule in all_rules()}
    lines += [
        f"{code:42}(no rule) {len(x.missed)}" for code, x in scores.items() if code not in known
    ]
    return "\n".join(lines)


def measure(folder: Path) -> dict[str, Score]:
    """Check every district of a folder and score it."""
    districts, labels = read(folder)
    return score([x for files in districts.values() for x in check(files)], labels)


def main() -> None:
    """Print the measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=LABELLED)
    parser.add_argument("--false", action="store_true", help="list what was reported unlabelled")
    parser.add_argument("--missed", action="store_true", help="list what was not reported")
    parser.add_argument("--json", action="store_true", help="print only the summary, as JSON")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"no labelled forms in {options.folder}")
    scores = measure(options.folder)
    if options.json:
        print(json.dumps(summary(scores), indent=1))
        return
    print(table(scores))
    for name in ("missed", "false"):
        if getattr(options, name):
            print(f"\n{name}:")
            for code, one in scores.items():
                for x in getattr(one, name):
                    sure = "" if name == "false" or x["sure"] else " (not sure)"
                    print(
                        f"  {x['form']} {code}{sure} {x['horizon'] or ''} {x['goal'] or ''}"
                        f" {x['level3'] or ''} [{x['field'] or ''}] {x.get('message') or x['say']}"
                    )
    print(json.dumps(summary(scores), indent=1))


if __name__ == "__main__":
    main()
