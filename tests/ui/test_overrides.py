"""What Qt calls back may fail, and the program lives."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

import ui
from ui.overrides import overrides


def classes_below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from classes_below(one)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [(IndexError, [].pop), (ZeroDivisionError, lambda: 1 / 0), (KeyError, {}.popitem)],
)
def test_an_error_in_an_override_is_told(qtbot, kind, fault):
    made = type("Faulty", (QWidget,), {"__module__": "ui.faulty", "showEvent": lambda *_: fault()})
    widget = made()
    qtbot.addWidget(widget)
    with pytest.raises(kind, match="showEvent"):
        widget.show()


def test_every_override_of_the_window_is_guarded():
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    ours = [x for x in classes_below(QObject) if x.__module__.startswith("ui.")]
    bare = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in ours
        for name in overrides(kind)
        if not hasattr(vars(kind)[name], "__wrapped__")
    ]
    assert len(ours) > 50
    assert bare == []
