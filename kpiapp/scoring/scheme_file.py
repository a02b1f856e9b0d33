"""Reading the TOML file of a scheme, with a sentence for whoever wrote it where it is wrong.

A scheme may extend another and then names only what differs; lists are replaced as a whole. The
keys are explained in `resources/scoring/mof-2020.toml`.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError
from kpiapp.model.taxonomy import Level1
from kpiapp.paths import resource
from kpiapp.scoring.scheme import ExecutionRule, Grade, Head, Scheme, Tier

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

Data = dict[str, Any]

_KEYS = frozenset("extends id name source sheet execution heads indicator tiers grades".split())
_CHOICES = {
    "reverse": ("ratio", "deviation"),
    "negative_result": ("kept", "zero"),
    "refuse_negative_target": ("missed", "always"),
    "strict": (True, False),
}
"""What the keys of `[indicator]` may be; the others are numbers."""
TIERS = ("达成", "部分达成", "未达成")
_ALL = 100


def read_scheme(path: Path) -> Scheme:
    """Return the scheme that a TOML file describes, with what it extends filled in.

    Raises:
        UserError: the file cannot be used; file, key and a way out are named.
    """
    data = _with_base(path, ())
    file = _File(path.name)
    if data.get("id") != path.stem:
        raise file.wrong(f"id应与文件名相同，现在是“{data.get('id')}”", f'请写成id = "{path.stem}"')
    rules = file.part(data, "indicator")
    for key, allowed in _CHOICES.items():
        file.one_of(rules, key, allowed)
    execution = file.part(data, "execution")
    found = Scheme(
        id=path.stem,
        name=file.text(data, "name"),
        source=file.text(data, "source"),
        sheet=file.text(data, "sheet"),
        execution=_execution(file, execution),
        execution_weight=file.number(execution, "weight"),
        heads=tuple(_head(file, x) for x in file.parts(data, "heads")),
        tiers=_tiers(file, data),
        grades=_grades(file, data),
        by_deviation=rules["reverse"] == "deviation",
        negative_is_zero=rules["negative_result"] == "zero",
        refuses_negative_targets=rules["refuse_negative_target"] == "always",
        strict=rules["strict"],
        over_achievement=file.number(rules, "over_achievement"),
        magnitude=file.number(rules, "magnitude"),
    )
    _check_points(file, found)
    return found


def execution_ids() -> list[str]:
    """Return the ids of all execution rules, in order."""
    return sorted(path.stem for path in resource("scoring", "execution").glob("*.toml"))


@lru_cache(maxsize=32)
def execution_rule(rule_id: str) -> ExecutionRule:
    """Return the execution rule with this id; raises UserError naming those there are."""
    if rule_id not in execution_ids():
        raise UserError(f"没有执行率规则“{rule_id}”", f"可用的规则：{'、'.join(execution_ids())}")
    data = _toml(resource("scoring", "execution", f"{rule_id}.toml"))
    file = _File(f"{rule_id}.toml")
    steps = data.get("steps", ())
    return ExecutionRule(
        id=rule_id,
        name=file.text(data, "name"),
        steps=tuple((file.number(x, "from"), file.number(x, "share")) for x in steps),
        zero_budget_is_one=data["zero_budget"] == "one",
    )


class _File:
    """The values of one file, each looked at as it is taken."""

    def __init__(self, name: str) -> None:
        self.name = name

    def wrong(self, what: str, way_out: str) -> UserError:
        return UserError(f"评分方案文件{self.name}：{what}", way_out)

    def get(self, data: Data, key: str) -> Any:
        if key not in data:
            raise self.wrong(f"缺少“{key}”", "请补上这一项，可以对照复制来的方案")
        return data[key]

    def text(self, data: Data, key: str) -> str:
        value = self.get(data, key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"“{key}”应是文字", "请用引号写")
        return value

    def number(self, data: Data, key: str) -> Decimal:
        value = self.get(data, key)
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite() or number < 0:
            raise self.wrong(f"“{key}”应是不小于0的数，现在是“{value}”", "请修改这一项")
        return number

    def part(self, data: Data, key: str) -> Data:
        value = self.get(data, key)
        if not isinstance(value, dict):
            raise self.wrong(f"“{key}”应是一节", f"请写成[{key}]，下面列出各项")
        return value

    def parts(self, data: Data, key: str) -> list[Data]:
        value = self.get(data, key)
        if not isinstance(value, list) or not value or not all(isinstance(x, dict) for x in value):
            raise self.wrong(f"“{key}”应是几节", f"请写成[[{key}]]，一节一项")
        return value

    def one_of(self, data: Data, key: str, allowed: Collection[Any]) -> None:
        value = self.get(data, key)
        if value not in allowed:
            words = "、".join(str(x).lower() for x in allowed)
            raise self.wrong(f"“{key}”不能是“{value}”", f"可以写的有：{words}")


def _execution(file: _File, data: Data) -> ExecutionRule:
    try:
        return execution_rule(file.text(data, "rule"))
    except UserError as error:
        raise file.wrong(error.message, error.way_out) from error


def _head(file: _File, data: Data) -> Head:
    words = file.get(data, "level1")
    strange = [x for x in words if x not in list(Level1)] if isinstance(words, list) else [words]
    if strange:
        known = "、".join(Level1)
        raise file.wrong(f"level1里不认识“{strange[0]}”", f"可以写的有：{known}")
    absent = {key: file.number(data["absent"], key) for key in data.get("absent", {})}
    return Head(
        id=file.text(data, "id"),
        label=file.text(data, "label"),
        level1=tuple(Level1(x) for x in words),
        weight=file.number(data, "weight"),
        absent=tuple(absent.items()),
    )


def _tiers(file: _File, data: Data) -> tuple[Tier, ...]:
    found = [
        Tier(file.text(x, "id"), file.text(x, "label"), file.number(x, "from"))
        for x in file.parts(data, "tiers")
    ]
    found.sort(key=lambda x: -x.lowest)
    if [x.id for x in found] != list(TIERS):
        raise file.wrong("tiers应依次是" + "、".join(TIERS), "请按from从高到低写这三档")
    _check_from_zero(file, "tiers", [x.lowest for x in found])
    return tuple(found)


def _grades(file: _File, data: Data) -> tuple[Grade, ...]:
    found = [
        Grade(file.text(x, "name"), file.number(x, "from")) for x in file.parts(data, "grades")
    ]
    found.sort(key=lambda x: -x.lowest)
    _check_from_zero(file, "grades", [x.lowest for x in found])
    return tuple(found)


def _check_from_zero(file: _File, key: str, limits: list[Decimal]) -> None:
    """Every total must fall under one grade or tier, and under one only."""
    if limits[-1] != 0 or len(set(limits)) != len(limits):
        raise file.wrong(f"{key}的from应各不相同，最低的一档从0开始", "请修改各档的from")


def _check_points(file: _File, found: Scheme) -> None:
    """The points must make 100, and every 一级 belong to one head."""
    total = found.execution_weight + sum(head.weight for head in found.heads)
    if total != _ALL:
        raise file.wrong(f"execution和heads的weight合计是{total}，应为{_ALL}", "请修改分值")
    levels = [level for head in found.heads for level in head.level1]
    if sorted(levels) != sorted(Level1):
        raise file.wrong("heads的level1应把一级指标各写一次", f"一级指标有：{'、'.join(Level1)}")
    ids = {head.id for head in found.heads}
    for head in found.heads:
        if head.absent and sum(share for _, share in head.absent) != head.weight:
            raise file.wrong(f"“{head.label}”的absent合计应等于它的weight", "请修改absent")
        if strange := [key for key, _ in head.absent if key not in ids]:
            raise file.wrong(f"“{head.label}”的absent所指的“{strange[0]}”不存在", "请写heads的id")


def _with_base(path: Path, above: tuple[str, ...]) -> Data:
    data = _toml(path)
    if strange := sorted(set(data) - _KEYS):
        known = "、".join(sorted(_KEYS))
        raise _File(path.name).wrong(f"不认识的键“{strange[0]}”", f"可以写的有：{known}")
    if "extends" not in data:
        return data
    base = _with_base(_base(path, data["extends"], above), (*above, path.stem))
    parts = {
        key: {**base.get(key, {}), **data.get(key, {})}
        for key in ("indicator", "execution")
        if isinstance(data.get(key, {}), dict)
    }
    return base | data | parts


def _base(path: Path, name: Any, above: tuple[str, ...]) -> Path:
    """Return the file that another extends: beside it, or of the program."""
    file = _File(path.name)
    if name in (*above, path.stem):
        raise file.wrong("extends绕回了自己", "请删去其中一处extends")
    for found in (path.with_name(f"{name}.toml"), resource("scoring", f"{name}.toml")):
        if found.exists():
            return found
    raise file.wrong(f"extends所指的“{name}”不存在", "请写程序自带方案的id，如mof-2020")


def _toml(path: Path) -> Data:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"评分方案文件{path.name}写法有误：{error}", "请按所指的行修改") from error
    except OSError as error:
        raise UserError(f"读不了评分方案文件{path.name}", "请检查文件") from error
