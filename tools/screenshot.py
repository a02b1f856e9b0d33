"""Takes the picture in the README from the running program: `python tools/screenshot.py`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LOGNAME"] = "填报员"  # who made the changes that are shown

from PySide6.QtTest import QTest  # noqa: E402

from benchmarks import forms  # noqa: E402
from kpiapp.model.problem import Place  # noqa: E402
from kpiapp.services.session import Session  # noqa: E402
from kpiapp.store.library import Library  # noqa: E402
from ui.app import make_application  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

PICTURE = ROOT / "docs" / "screenshot.png"
SIZE = (1440, 900)
SETTLED = 1000
"""Milliseconds after which every pane has followed."""
FORM, INDICATOR = "qinghe-2026-p03", "公益培训班期数"


def main() -> None:
    """Open the sample, go to a problem, and write what the window looks like."""
    _app = make_application()  # kept while the window is open
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "青禾区文化服务中心.kpi"
        session = Session(Library.create(path, "青禾区文化服务中心"))
        session.add_forms(forms.sample(), "导入示例")
        window = MainWindow()
        window.resize(*SIZE)
        window.show()
        window.show_session(session)
        row = next(x for x in session.form(FORM).indicators if x.level3 == INDICATOR and x.prior1)
        assert window.workspace is not None
        window.workspace.go_to(Place(FORM, row.horizon, row.goal, row.id, "target"))
        QTest.qWait(SETTLED)
        PICTURE.parent.mkdir(exist_ok=True)
        window.grab().save(str(PICTURE))
        window.close_session()


if __name__ == "__main__":
    main()
