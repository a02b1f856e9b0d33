"""One form carried over into the next year: what moves, what stays, what a person must look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpiapp.model import names
from kpiapp.model.budget import year_budget
from kpiapp.model.form import Form, Horizon, Kind
from kpiapp.model.lineage import project_code
from kpiapp.model.shortening import one_line
from kpiapp.model.stages import CONTINUES
from kpiapp.services.years import rolling_years as words
from kpiapp.services.years.rolling_money import move_money, texts_telling
from kpiapp.store.step import copy_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

ONE_OFF = "一次性"
_STANDING = ("常年", "持续性", "经常")
_NEW, _CONTINUING = "新增性", "持续性"
_TYPE_FIELDS = ("项目属性", "项目类型", "项目安排频度", "项目类别")
_LAST_YEAR = re.compile(r"[至到\-—~](?P<last>20\d\d)年?")
_NOT_CARRIED = ("findings", CONTINUES)
_LONGEST = 40
"""Characters of a text that a person is asked to look at; the place says where the rest is."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a year is carried over.

    Attributes:
        keep_money: this year's amounts stand as next year's.
        achieved: 上年 takes the achieved value by row id where there is one, else the declared.
    """

    keep_money: bool = False
    achieved: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """Something on a carried-over form that a person must look at."""

    form_id: str
    form: str
    place: str
    message: str


def why_left_out(form: Form) -> str:
    """Return why a project does not go on next year, or ""."""
    if form.kind is not Kind.PROJECT:
        return ""
    said = list(_said(form))
    if any(ONE_OFF in one for one in said):
        return "一次性项目"
    last = last_year(form)
    standing = any(word in one for one in said for word in _STANDING)
    return f"{last}年已到期" if last is not None and last <= form.year and not standing else ""


def last_year(form: Form) -> int | None:
    """Return the last year of a project: 终止年度, or beside 延续性项目 (从2024年至2026年)."""
    text = form.fields.get("终止年度", "").strip().removesuffix("年").removesuffix("度")
    if text.isdigit():
        return int(text)
    ends = [found for one in _said(form) if "延续" in one and (found := _LAST_YEAR.search(one))]
    return int(ends[0]["last"]) if ends else None


def _said(form: Form) -> Iterator[str]:
    """Yield what a form says its project is: ticked options with what stands beside, or texts."""
    for choice in form.choices.values():
        for option in choice.checked:
            yield option + choice.values.get(option, "")
    for label in _TYPE_FIELDS:
        yield form.fields.get(label, "")


def next_id(form: Form, taken: Collection[str], fresh: str) -> str:
    """Return the id of next year's form: this year's with its year moved, else `fresh`."""
    moved = re.sub(rf"(?<!\d){form.year}(?!\d)", str(form.year + 1), form.id, count=1)
    return fresh if moved == form.id or moved in taken else moved


def carry_over(form: Form, new_id: str, options: Options) -> tuple[Form, list[Attention]]:
    """Return next year's form, and what needs attention on it.

    Args:
        form: this year's declaration; it is not changed.
        new_id: the id of the new form.
        options: how to carry over.
    """
    year = form.year
    new = copy_of(form)
    new.id, new.year, new.filled_on, new.revision, new.stage = new_id, year + 1, None, None, None
    new.other = {key: value for key, value in new.other.items() if key not in _NOT_CARRIED}
    new.other[CONTINUES] = [form.id]
    look = _Look(new)
    lasting = last_year(form)
    several_years = lasting is not None and lasting > year
    move_money(new, year, keep=options.keep_money, total_stays=several_years)
    _move_values(new, options, look)
    ended = words.move_goals(new, year, lasting)
    words.move_labels(new, words.moved_years(year), ended)
    new.title = words.moved(new.title, words.moved_years(year), {})
    for old, now in ended.items():
        look.at("长期目标", f"长期目标截止{old}年，已改到{now}年，请核对目标和指标值")
    _renew_kind(new, look)
    _move_term(new, year, look)
    _ask_about_money(look, kept=options.keep_money)
    for place, text in () if options.keep_money else texts_telling(new, year_budget(form)):
        if not (several_years and "总预算" in place):
            look.at(place, f"仍写着上年的预算：{one_line(text, _LONGEST)}")
    for place, text in words.texts_naming(new, year):
        if new.fields.get(place) == form.fields.get(place):
            look.at(place, f"仍写着{year}年：{one_line(text, _LONGEST)}")
    return new, look.found


class _Look:
    """Collects what needs attention on one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.found: list[Attention] = []

    def at(self, place: str, message: str) -> None:
        self.found.append(Attention(self.form.id, self.form.name, place, message))


def _move_values(form: Form, options: Options, look: _Look) -> None:
    """前年 := 上年, 上年 := this year's value, where the layout has the columns."""
    for row in form.rows(Horizon.ANNUAL):
        if row.prior1 is None:
            continue
        row.prior2 = row.prior1 if row.prior2 is not None else None
        row.prior1 = row.target
        if options.achieved is not None:
            if achieved := options.achieved.get(row.id):
                row.prior1 = achieved
            elif row.target:
                look.at(f"年度指标“{row.level3}”", "没有自评结果，上年值用了申报的指标值")


def _renew_kind(form: Form, look: _Look) -> None:
    """A project that was new this year continues in the next."""
    for label, choice in form.choices.items():
        going_on = next((x for x in choice.options if x.startswith(_CONTINUING)), None)
        if going_on and any(_NEW in one for one in choice.checked):
            choice.checked = [going_on if _NEW in one else one for one in choice.checked]
            look.at(label, f"上年是新增项目，已改为“{going_on}”，请核对")
    for label in _TYPE_FIELDS:
        if _NEW in form.fields.get(label, ""):
            form.fields[label] = form.fields[label].replace(_NEW, _CONTINUING)
            look.at(label, "上年是新增项目，已改为持续性，请核对")


def _move_term(form: Form, year: int, look: _Look) -> None:
    """起止年度 of one year move with the budget year; longer ones only ask."""
    first, last = form.fields.get("起始年度", "").strip(), form.fields.get("终止年度", "").strip()
    lasting = any(goal.horizon is Horizon.LONG_TERM for goal in form.goals)
    if lasting and last.removesuffix("年") == str(year + 1):
        look.at("终止年度", f"终止年度就是预算年度{year + 1}年，项目如继续请修改")
    if last.removesuffix("年") != str(year):
        return
    if first == last:
        form.fields["起始年度"] = first.replace(str(year), str(year + 1))
        form.fields["终止年度"] = last.replace(str(year), str(year + 1))
        look.at("终止年度", f"起止年度由{year}年改为{year + 1}年，请核对")
    else:
        look.at("终止年度", f"终止年度是{year}年，项目如继续请修改")


def _ask_about_money(look: _Look, *, kept: bool) -> None:
    if kept:
        look.at("当年预算", "预算金额沿用上年，请核对")
    else:
        look.at("当年预算", "预算金额已清空，请按新一年的预算填写")
    for label, text in look.form.fields.items():
        if "变动" in label and text.strip():
            look.at(label, "变动情况和理由是上年写的，请按新一年的预算改写")


def drop_projects(form: Form, left_out: Mapping[str, str], look_for: list[Attention]) -> None:
    """Take projects that ended out of a department's list of projects; ask about their goals.

    Args:
        form: next year's department form.
        left_out: why, by the normalised name of the project.
        look_for: what needs attention is added here.
    """
    for label, table in form.tables.items():
        if "项目支出" not in label:
            continue
        gone = [row for row in table.rows if row.cells and _bare(row.cells[0]) in left_out]
        table.rows = [row for row in table.rows if row not in gone]
        for row in gone:
            why = left_out[_bare(row.cells[0])]
            message = f"已去掉“{row.cells[0]}”（{why}）"
            look_for.append(Attention(form.id, form.name, label, message))
        for row in table.rows:
            if any(ONE_OFF in cell for cell in row.cells[1:]):
                message = f"“{row.cells[0]}”是一次性项目，请决定是否删去"
                look_for.append(Attention(form.id, form.name, label, message))
    for goal in form.goals:
        if names.normalise(goal.text) in left_out:
            place = f"{goal.horizon.label}目标{goal.number}"
            message = "这个目标的项目没有结转，请决定是否删去"
            look_for.append(Attention(form.id, form.name, place, message))


def _bare(name: str) -> str:
    """Return a project's name as listed (项目1：…) in the way names are compared."""
    return names.normalise(name.rpartition("：")[2])


def describe(form: Form) -> str:
    """Return how a report names a form."""
    code = project_code(form)
    return f"{form.name}（{code}）" if code else form.name
