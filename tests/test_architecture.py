"""The arrows of the design, read from the source: who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MIDDLE = ("kpiapp.rules", "kpiapp.sheets", "kpiapp.scoring", "kpiapp.store")
SHARED = ("kpiapp.errors", "kpiapp.paths", "kpiapp.model")
BASE = ("kpiapp.settings", "kpiapp.crash")
HEAVY = (
    "openpyxl xlsxwriter python_calamine docx lxml typst pandas numpy pypinyin sqlalchemy"
    " pyqtgraph typer"
).split()

MAY_USE = {
    # Who: which parts of this project it may import. `main -> ui | cli -> services -> the four in
    # the middle -> model`; the four do not know each other.
    "kpiapp.model": SHARED,
    "kpiapp.rules": (*SHARED, "kpiapp.rules"),
    "kpiapp.sheets": (*SHARED, "kpiapp.sheets"),
    "kpiapp.scoring": (*SHARED, "kpiapp.scoring"),
    "kpiapp.store": (*SHARED, "kpiapp.store"),
    "kpiapp.services": (*SHARED, *MIDDLE, "kpiapp.services", *BASE, "kpiapp.memory"),
    "kpiapp.cli": (*SHARED, "kpiapp.services", "kpiapp.options", "kpiapp.cli", *BASE),
    "ui": (*SHARED, "kpiapp.services", *BASE, "ui"),
    "main": (
        *SHARED[:2],
        "kpiapp.crash",
        "kpiapp.memory",
        "kpiapp.options",
        "kpiapp.cli",
        "ui.app",
    ),
}


def source_files() -> list[Path]:
    return [ROOT / "main.py", *(ROOT / "kpiapp").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> list[tuple[str, int]]:
    """Every import of a file, late ones and type-checking ones too, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} write the import in full"
            # `from kpiapp import errors` names a module, `from kpiapp.errors import X` a thing
            package = node.module == "kpiapp"
            names = [f"{node.module}.{x.name}" if package else node.module for x in node.names]
            found += [(str(name), node.lineno) for name in names]
    return found


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def owner(module: str) -> tuple[str, ...] | None:
    return next((MAY_USE[part] for part in MAY_USE if within(module, (part,))), None)


def every_import() -> list[tuple[str, str, int]]:
    return [
        (module_name(path), name, line)
        for path in source_files()
        if path.exists()
        for name, line in imports(path)
    ]


def offenders(wrong: list[str]) -> str:
    return "\n" + "\n".join(wrong)


def test_arrows_between_the_parts() -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module, name, line in every_import()
        if within(name, ("kpiapp", "ui", "main"))
        and name != "kpiapp.__version__"
        and (allowed := owner(module)) is not None
        and not within(name, allowed)
    ]
    assert not wrong, offenders(wrong)


def files_used(path: Path, known: set[str]) -> set[str]:
    """The files of the project that a file imports, late and for its types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{x.name}" for x in node.names}
            found |= whole & known or {str(node.module)} & known
    return found


def test_no_two_files_need_each_other() -> None:
    paths = {module_name(path): path for path in source_files()}
    graph = {name: files_used(path, set(paths)) - {name} for name, path in paths.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("part", ["kpiapp.rules", "kpiapp.services", "kpiapp.sheets"])
def test_no_two_folders_of_a_part_need_each_other(part: str) -> None:
    paths = {module_name(path): path for path in source_files()}
    graph: dict[str, set[str]] = {}
    for name, path in paths.items():
        if within(name, (part,)) and name != part:
            used = {x for x in files_used(path, set(paths)) if within(x, (part,)) and x != part}
            here = folder_in(part, name)
            graph.setdefault(here, set()).update({folder_in(part, x) for x in used} - {here})
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def folder_in(part: str, module: str) -> str:
    """The folder of a part that a module stands in, or the module itself."""
    return module.removeprefix(part + ".").split(".")[0]


def test_model_uses_only_the_standard_library_and_rapidfuzz() -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module, name, line in every_import()
        if within(module, ("kpiapp.model", "kpiapp.errors", "kpiapp.paths"))
        and name.split(".")[0] not in (*sys.stdlib_module_names, "rapidfuzz", "kpiapp")
    ]
    assert not wrong, offenders(wrong)


@pytest.mark.parametrize(
    ("library", "only_in"),
    [
        ("PySide6", ("ui",)),
        ("sqlalchemy", ("kpiapp.store",)),
        ("typer", ("kpiapp.cli",)),
    ],
)
def test_each_of_these_libraries_has_one_home(library: str, only_in: tuple[str, ...]) -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module, name, line in every_import()
        if within(name, (library,)) and not within(module, only_in)
    ]
    assert not wrong, offenders(wrong)


def test_every_part_is_covered_by_a_rule() -> None:
    free = {"kpiapp", "kpiapp.errors", "kpiapp.options", "kpiapp.paths", "kpiapp.memory", *BASE}
    unknown = [
        name for x in source_files() if not owner(name := module_name(x)) and name not in free
    ]
    assert not unknown, unknown


def heavy_modules_after(statement: str) -> str:
    code = f"import sys\n{statement}\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("statement", ["import ui.app", "import main", "import kpiapp.model.form"])
def test_no_heavy_library_is_loaded_before_the_first_window(statement: str) -> None:
    assert heavy_modules_after(statement) == ""


def test_the_probe_for_heavy_libraries_sees_one() -> None:
    assert heavy_modules_after("import xlsxwriter") == "xlsxwriter"


@pytest.mark.parametrize(
    ("words", "home"),
    [
        ('"rule-failed"', "kpiapp.rules.engine"),
        ("enumerate(Severity)", "kpiapp.model.problem"),
    ],
)
def test_what_several_parts_use_is_written_once(words: str, home: str) -> None:
    found = [module_name(x) for x in source_files() if words in x.read_text(encoding="utf-8")]
    assert found == [home]
