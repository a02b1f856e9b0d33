"""A few quick checks of the installed program, run inside it: is everything there and alive?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kpiapp.paths import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpiapp.model.form import Form


class Failed(Exception):  # noqa: N818 - an outcome, not a fault of its caller
    """A check that did not come out as it should."""


def run() -> Iterator[tuple[str, str | None]]:
    """Yield each check's name, and what went wrong (None when it went well)."""
    for name, check in CHECKS.items():
        try:
            check()
        except Exception as error:  # noqa: BLE001 - whatever it is, the line says so
            yield name, f"{type(error).__name__}: {error}"
        else:
            yield name, None


def _expect(condition: object, what: str) -> None:
    if not condition:
        raise Failed(what)


def _resources() -> None:
    for part in ("layouts", "samples", "taxonomy.toml"):
        _expect(resource(part).exists(), f"缺少 resources/{part}")


def _layouts() -> None:
    from kpiapp.sheets.layouts.layout import load_layouts

    _expect(load_layouts(), "没有表样")


def _rules() -> None:
    from kpiapp.rules import engine

    _expect(engine.all_rules(), "没有规则")
    incomplete = [rule.code for rule in engine.all_rules() if "错例" not in rule.page]
    _expect(not incomplete, f"规则缺少错例：{'、'.join(incomplete)}")


def _sample() -> Form:
    from kpiapp.services.files import json_files

    found = json_files.read(next(iter(sorted(resource("samples").rglob("p01.json")))))
    _expect(hasattr(found, "indicators"), "示例不是一张申报表")
    return found  # type: ignore[return-value]  # seen by its attribute just above


def _checker() -> None:
    from kpiapp.rules.engine import RULE_FAILED
    from kpiapp.services.checks.checking import Checker

    form = _sample()
    problems = Checker().check([form]).problems[form.id]
    _expect(all(problem.code != RULE_FAILED for problem in problems), "有规则没有做完")


def _round_trip(suffix: str) -> None:
    from kpiapp.model import interchange
    from kpiapp.services.exports import converting
    from kpiapp.services.files import reading_files

    form = _sample()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{form.id}{suffix}"
        converting.write_sheet(form, path)
        back = reading_files.read_file(path)[0].form
    assert back is not None
    wanted, found = interchange.form_to_json(form, ids=False), interchange.form_to_json(back)
    for key in ("kind", "year", "fields", "choices", "tables", "goals", "indicators"):
        _expect(wanted[key] == _without_ids(found[key]), f"{suffix} 往返后“{key}”不同")


def _pdf() -> None:
    from kpiapp.services.exports import converting
    from kpiapp.sheets.fonts import font_folder

    _expect(font_folder(), "缺少随程序的中文字体")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "自检.pdf"
        converting.write_sheet(_sample(), path)
        _expect(path.read_bytes().startswith(b"%PDF"), "没有得到PDF")


def _without_ids(part: object) -> object:
    if isinstance(part, list):
        return [
            {key: value for key, value in item.items() if key != "id"}
            if isinstance(item, dict)
            else item
            for item in part
        ]
    return part


def _library() -> None:
    from kpiapp.model.edit import SetValue
    from kpiapp.services.session import Session
    from kpiapp.store.library import Library

    form = _sample()
    row = form.indicators[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "自检.kpi"
        with Library.create(path) as library:
            session = Session(library)
            session.add_form(form, "放入示例")
            change = SetValue(("indicators", row.id, "target"), "≥1个")
            session.do("改指标值", {form.id: [change]})
        with Library.open(path) as library:
            session = Session(library)
            _expect(session.form(form.id).indicators[0].target == "≥1个", "改动没有保存")
            session.undo()
            _expect(session.form(form.id).indicators[0].target == row.target, "没有撤销")
            library.check()


CHECKS: dict[str, Callable[[], None]] = {
    "资源文件": _resources,
    "表样": _layouts,
    "检查规则": _rules,
    "检查一张示例表": _checker,
    "导出xlsx再读回": lambda: _round_trip(".xlsx"),
    "导出docx再读回": lambda: _round_trip(".docx"),
    "导出pdf": _pdf,
    "目标库：新建、修改、重开、撤销": _library,
}
