"""The short notation for example forms in the rules' docstrings (错例, 正例).

长期1 | 产出指标 | 数量指标 | 巡检次数 | ≥12次        a row; more columns as 前年=…, 上年=…,
                                                    长期值=…, 标准=…, 说明=…, 分值=…
年度目标2：完成网站改版                               a goal; [标题] before the colon is its
                                                    label, （截止2028年） its end
项目总预算：9.52万元                                  a field; 单位, 标题, 备注, 月份, 总分,
                                                    等级 speak of the form itself
项目属性：☑持续性项目 ☐新增性项目                      boxes
表 项目资金来源：来源项目 | 金额                       a table, its rows below:
- 合计 | 9.52
[部门表] [项目表 p02] [上年项目表] [表10]              another form follows
已截止                                              the set is closed
执行：调整数=100 | 执行数=90 | 执行率=90%              the money row of a self-evaluation
… <- word                                           a finding stands here and says this word
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from kpiapp.model.form import Choice, Form, Goal, Horizon, Indicator, Kind, Table
from kpiapp.model.form import Row as TableRow
from kpiapp.model.project_list import ProjectList
from kpiapp.rules.context import Context
from kpiapp.rules.facts import Facts
from kpiapp.rules.outcomes import Evaluation, Execution, Monitoring, Result
from kpiapp.scoring.cases import number
from kpiapp.scoring.schemes import scheme
from kpiapp.scoring.score import Entry, score

YEAR = 2026
HORIZONS = {"长期": Horizon.LONG_TERM, "年度": Horizon.ANNUAL}
ATTRIBUTES = {
    "前年": "prior2", "上年": "prior1", "长期值": "long_term_target", "标准": "standard",
    "说明": "note", "分值": "weight",
}  # fmt: skip
RESULTS = {
    "完成": "actual", "得分": "score", "档次": "tier", "原因": "reason", "措施": "measure",
    "预计": "expected", "可能性": "outlook", "原因类别": "reason_class", "调整": "adjusted",
}  # fmt: skip
EXECUTION = {
    "年初数": "initial", "调整数": "adjusted", "执行数": "spent", "执行率": "rate", "得分": "score",
    "原因": "reason",
}  # fmt: skip


@dataclass
class Mark:
    """Where a finding is expected, as a key of `Example.key`, and a word of its message."""

    where: tuple[str, str]
    word: str


@dataclass
class Example:
    """The forms of one example with the findings that are expected of them."""

    context: Context
    marks: list[Mark]
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


def read(text: str) -> Example:
    """Read an example."""
    reader = _Reader()
    for line in re.sub(r"\n\s*(?=\| )", " ", text).splitlines():
        if line.strip():
            body, _, word = line.partition("<-")
            reader.read(body.strip())
            if word:
                reader.mark(word.strip())
    return reader.example()


class _Reader:
    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.earlier: list[Form] = []
        self.lists: list[ProjectList] = []
        self.evaluations: dict[str, Evaluation] = {}
        self.monitorings: dict[str, Monitoring] = {}
        self.marks: list[Mark] = []
        self.closed = False
        self.here: tuple[str, str] = ("", "form")
        self.table: Table | None = None
        self.table_label = ""
        self._start("项目表", "p01", YEAR)

    def read(self, line: str) -> None:
        for pattern, act in self.PATTERNS:
            if match := re.fullmatch(pattern, line):
                act(self, *match.groups())
                return
        if line:
            raise ValueError(f"not in the notation: {line!r}")
        self.here = (self.form.id, "form")

    def mark(self, word: str) -> None:
        self.marks.append(Mark(self.here, word))

    def _start(self, kind: str, form_id: str | None, year: str | int | None) -> None:
        year = int(year or (YEAR - 1 if kind.startswith("上年") else YEAR))
        if kind == "表10":
            self.lists.append(ProjectList("table10", year, columns=["项目名称", "金额（万元）"]))
            return
        old = kind.startswith("上年")
        kind = kind.removeprefix("上年")
        form_id = form_id or {"部门表": "dept", "项目表": "p01"}[kind]
        if self.forms and not self.forms[0].indicators and not self.forms[0].fields and not old:
            untouched = self.forms[0]
            if not untouched.goals and not untouched.tables and not untouched.choices:
                self.forms.pop(0)
        self.form = Form(
            f"{'old-' if old else ''}{form_id}",
            Kind.DEPARTMENT if kind == "部门表" else Kind.PROJECT,
            year,
            ids_given=True,
        )
        (self.earlier if old else self.forms).append(self.form)
        self.here = (self.form.id, "form")

    def _row(self, horizon: str, goal: str, rest: str) -> None:
        cells = [cell.strip() for cell in rest.split("|")]
        values = dict(cell.partition("=")[::2] for cell in cells[4:])
        values = {key.strip(): value.strip() for key, value in values.items()}
        row = Indicator(
            HORIZONS[horizon], int(goal or 1), *cells[:4],
            **{ATTRIBUTES[k]: v for k, v in values.items() if k in ATTRIBUTES},
        )  # fmt: skip
        row.id = f"{self.form.id}-r{len(self.form.indicators)}"
        self.form.indicators.append(row)
        result = {RESULTS[k]: v for k, v in values.items() if k in RESULTS}
        if result:
            self.evaluation.results[row.id] = Result(**result, formula=_by_formula(row, result))
            self.monitoring.results[row.id] = self.evaluation.results[row.id]
        self.here = (self.form.id, row.id)

    def _goal(
        self, horizon: str, number: str, label: str | None, until: str | None, text: str
    ) -> None:
        goal = Goal(
            HORIZONS[horizon], int(number or 1), label or f"{horizon}目标{number}",
            int(until) if until else None, text,
        )  # fmt: skip
        self.form.goals.append(goal)
        self.here = (self.form.id, f"{goal.horizon} {goal.number}")

    def _table(self, label: str, heads: str) -> None:
        self.table_label = label
        self.table = self.form.tables[label] = Table([x.strip() for x in heads.split("|")])
        self.here = (self.form.id, label)

    def _table_row(self, cells: str) -> None:
        values = [cell.strip() for cell in cells.split("|")]
        if self.lists and self.table is None:
            self.lists[-1].rows.append(values)
            self.here = ("table10", values[0])
            return
        self.table.rows.append(TableRow(values, f"{self.form.id}-t{len(self.table.rows)}"))
        self.here = (self.form.id, f"{self.table_label} #{len(self.table.rows) - 1}")

    def _choice(self, label: str, boxes: str) -> None:
        found = re.findall(r"([☑☐])([^☑☐]+)", boxes)
        options = [text.strip() for _, text in found]
        checked = [text.strip() for box, text in found if box == "☑"]
        self.form.choices[label] = Choice(options, checked)
        self.here = (self.form.id, label)

    def _execution(self, values: str) -> None:
        pairs = dict(cell.strip().partition("=")[::2] for cell in values.split("|"))
        self.evaluation.execution = Execution(**{EXECUTION[k]: v for k, v in pairs.items()})
        self.here = (self.form.id, "预算执行率")

    def _field(self, label: str, text: str) -> None:
        self.here = (self.form.id, label)
        match label:
            case "单位":
                self.form.amount_unit = text
            case "标题":
                self.form.title = text
            case "备注":
                self.form.notes.append(text)
            case "月份":
                self.monitoring.month = int(text)
            case "总分":
                self.evaluation.total = text
            case "等级":
                self.evaluation.grade = text
            case _:
                self.form.fields[label] = text

    def _close(self) -> None:
        self.closed = True

    @property
    def evaluation(self) -> Evaluation:
        return self.evaluations.setdefault(self.form.id, Evaluation())

    @property
    def monitoring(self) -> Monitoring:
        return self.monitorings.setdefault(self.form.id, Monitoring())

    PATTERNS = (
        (r"\[((?:上年)?(?:部门表|项目表)|表10)(?: (\w+))?(?: (\d{4}))?\]", _start),
        (r"(长期|年度)(\d*) \| (.*)", _row),
        (r"(长期|年度)目标(\d*)(?:\[(.*?)\])?(?:（截止(\d{4})年）)?：(.*)", _goal),
        (r"表 (.+?)：(.*)", _table),
        (r"- (.*)", _table_row),
        (r"(.+?)：((?:[☑☐].+)+)", _choice),
        (r"执行：(.*)", _execution),
        (r"已截止()", lambda self, _: self._close()),
        (r"([^：|]+)：(.*)", _field),
    )  # fmt: skip

    def example(self) -> Example:
        forms = [Facts(form) for form in self.forms]
        forms.sort(key=lambda facts: facts.is_project)
        earlier = [Facts(form) for form in self.earlier]
        evaluated = {k: x for k, x in self.evaluations.items() if x.results or x.execution}
        approved = next((x for x in earlier if x.form.year == self.form.year), None)
        earlier = [x for x in earlier if x is not approved]
        for evaluation in self.evaluations.values():
            evaluation.approved = approved
        context = Context(
            forms, earlier, self.lists, self.closed,
            evaluated, self.monitorings,
        )  # fmt: skip
        return Example(context, self.marks)


def _by_formula(row: Indicator, result: dict[str, str]):
    """Return the points that the national scheme gives a row, or None."""
    entry = Entry(row.target, result.get("actual"), number(row.weight), row.level2)
    return score(entry, scheme("mof-2020")).score


def where(place, facts: Facts) -> tuple[str, str]:
    """Return the key of a finding's place, as marks name it."""
    if place.indicator:
        return facts.form.id, place.indicator
    if place.field and place.goal is None:
        return facts.form.id, _line_of(place.field, facts.form)
    if place.goal is not None:
        horizon = place.horizon or next(
            (x.horizon for x in facts.form.goals if x.number == place.goal), "annual"
        )
        return facts.form.id, f"{horizon} {place.goal}"
    return facts.form.id, "form"


def _line_of(field: str, form: Form) -> str:
    """Return the line of a field; of a table the row that the place names, else its head."""
    label, *parts = field.split(" / ")
    if label not in form.tables:
        return field
    rows = form.tables[label].rows
    matches = [sum(part in row.cells for part in parts) for row in rows]
    best = max(matches, default=0)
    return f"{label} #{matches.index(best)}" if best else label


def by_line(marks: list[Mark]) -> dict[tuple[str, str], list[str]]:
    """Return the expected words by place."""
    found = defaultdict(list)
    for mark in marks:
        found[mark.where].append(mark.word)
    return found
