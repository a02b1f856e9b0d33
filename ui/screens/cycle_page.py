"""监控和自评设置: limits of the lights, schemes by layout, source of 上年, schemes of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
)

from kpiapp.services.findings import rule_choices
from kpiapp.services.past import ACHIEVED, DECLARED
from kpiapp.services.results import cycle_settings, own_schemes
from ui.folders import open_folder
from ui.screens.following import FollowingPage
from ui.widgets import parts, style
from ui.widgets.calm import CalmSpin

if TYPE_CHECKING:
    from kpiapp.services.session import Session

LIGHTS: Final = (("red", "红灯：低于"), ("yellow", "黄灯：低于"), ("blue", "蓝灯：达到"))
SOURCES: Final = ((DECLARED, "申报的指标值"), (ACHIEVED, "自评的完成值"))
SAID: Final = "对这个目标库有效；每次修改都可以撤销。已经开始的自评不变，可以在“自评”页换方案。"
WHAT_LIGHTS: Final = "进度是按月份应完成的百分比；反向指标只看是否超过上限。"
WHAT_OWN: Final = (
    "方案文件（.toml）放在目标库旁边的“评分方案”文件夹；复制一个，用记事本改分值、档次和等级。"
)


class CyclePage(FollowingPage):
    """Settings of monitoring and self-evaluation; a change is kept at once, as a step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "cyclePage", "监控和自评设置")
        self.limits = {name: _percent(f"light_{name}", text) for name, text in LIGHTS}
        self.execution = parts.combo("cycleExecution", "预算执行得分的算法")
        self.grid = QGridLayout()
        self.schemes: dict[str, QComboBox] = {}
        self.sources: dict[str, QComboBox] = {}
        self.own = parts.soft(name="cycleOwn")
        tip = "复制一个评分方案到“评分方案”文件夹，再按需要修改"
        self.copy_button = parts.button("cycleCopy", "复制一个方案", tip=tip)
        tip = "在文件管理器里打开“评分方案”文件夹"
        self.folder_button = parts.button("cycleFolder", "打开文件夹", self._open_folder, tip)
        self.close_button = parts.button("cycleClose", "完成", self.closed.emit, "回到表")
        self._lay_out()
        self._connect()
        self.refresh()

    # -- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        parts.primary(self.close_button)
        lights = QHBoxLayout()
        lights.setSpacing(style.STEP)
        for name, text in LIGHTS:
            lights.addWidget(QLabel(text))
            lights.addWidget(self.limits[name])
            lights.addSpacing(style.STEP * 2)
        lights.addStretch(1)
        execution = parts.row(QLabel("预算执行得分"), self.execution)
        execution.addStretch(1)
        own = parts.row(self.copy_button, self.folder_button)
        own.addStretch(1)
        self.grid.setHorizontalSpacing(style.STEP * 2)
        self.grid.setColumnStretch(3, 1)
        layout = parts.column(self)
        for widget in (parts.title("监控和自评设置"), parts.soft(SAID), parts.heading("监控灯")):
            layout.addWidget(widget)
        layout.addLayout(lights)
        layout.addWidget(parts.soft(WHAT_LIGHTS))
        layout.addWidget(parts.heading("自评和上年值"))
        layout.addLayout(execution)
        layout.addLayout(self.grid)
        layout.addWidget(parts.heading("自己的评分方案"))
        layout.addWidget(parts.soft(WHAT_OWN))
        layout.addWidget(self.own)
        layout.addLayout(own)
        layout.addStretch(1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        for box in self.limits.values():
            box.editingFinished.connect(self._keep_lights)
        self.execution.activated.connect(self._keep_execution)
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._offer_copies(menu))
        self.copy_button.setMenu(menu)

    def _list_layouts(self) -> None:
        """Make a line for each layout that the library's forms have."""
        for column, text in enumerate(("表样", "新自评表的评分方案", "上年值取")):
            if not self.schemes:
                self.grid.addWidget(parts.soft(text), 0, column)
        for layout_id, name in rule_choices.layouts(self.session):
            if layout_id in self.schemes:
                continue
            row = self.grid.rowCount()
            scheme = parts.combo(f"scheme_{layout_id}", f"{name}的评分方案")
            source = parts.combo(f"source_{layout_id}", f"{name}的上年值取什么")
            for value, text in SOURCES:
                source.addItem(text, value)
            scheme.activated.connect(lambda _row, one=layout_id: self._keep_scheme(one))
            source.activated.connect(lambda _row, one=layout_id: self._keep_source(one))
            self.schemes[layout_id], self.sources[layout_id] = scheme, source
            for column, widget in enumerate((QLabel(name), scheme, source)):
                self.grid.addWidget(widget, row, column)

    # -- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the settings as they are."""
        library = self.session.library
        limits = cycle_settings.lights(library)
        for name, limit in self.limits.items():
            limit.setValue(int(getattr(limits, name)))
        self._list_layouts()
        rules = [("", "按各方案"), *((x.id, x.name) for x in cycle_settings.execution_choices())]
        _fill(self.execution, rules, cycle_settings.execution_rule(library))
        known = [(x.id, x.name) for x in cycle_settings.scheme_choices()]
        for layout_id, box in self.schemes.items():
            _fill(box, known, cycle_settings.plain_scheme(library, layout_id))
            source = self.sources[layout_id]
            source.setCurrentIndex(source.findData(cycle_settings.prior_source(library, layout_id)))
        self._show_own()
        for widget in (*self.limits.values(), self.execution, *self.schemes.values(),
                       *self.sources.values()):  # fmt: skip
            widget.setEnabled(not self.session.read_only)

    def _show_own(self) -> None:
        """Say which schemes of one's own there are, and what is wrong with some."""
        faults = [f"{x.message}。{x.way_out}" for x in own_schemes.faults()]
        names = own_schemes.own_names()
        said = f"可以使用：{'、'.join(names)}" if names else "还没有自己的方案。"
        self.own.setText("\n".join([said, *faults]))
        style.class_of(self.own, "bad" if faults else "soft")
        self.folder_button.setEnabled(bool(names or faults))

    # -- changing -----------------------------------------------------------------------------

    def _keep_lights(self) -> None:
        red, yellow, blue = (box.value() for box in self.limits.values())
        self.attempt(lambda: cycle_settings.set_lights(self.session, red, yellow, blue))

    def _keep_execution(self) -> None:
        chosen = str(self.execution.currentData())
        self.attempt(lambda: cycle_settings.set_execution_rule(self.session, chosen))

    def _keep_scheme(self, layout_id: str) -> None:
        chosen = str(self.schemes[layout_id].currentData())
        self.attempt(lambda: cycle_settings.set_scheme(self.session, layout_id, chosen))

    def _keep_source(self, layout_id: str) -> None:
        chosen = str(self.sources[layout_id].currentData())
        self.attempt(lambda: cycle_settings.set_prior_source(self.session, layout_id, chosen))

    def _offer_copies(self, menu: QMenu) -> None:
        menu.clear()
        for one in cycle_settings.scheme_choices():
            menu.addAction(one.name, lambda one=one: self._copy(one.id))

    def _copy(self, scheme_id: str) -> None:
        folder = own_schemes.folder()
        if folder is not None:
            self.attempt(lambda: own_schemes.copy(scheme_id, folder))
            self.refresh()

    def _open_folder(self) -> None:
        folder = own_schemes.folder()
        if folder is not None:
            open_folder(folder)


def _fill(box: QComboBox, items: list[tuple[str, str]], chosen: str) -> None:
    """Fill a list anew and choose; what is chosen and gone is listed by its id."""
    box.clear()
    known = dict(items)
    for one, text in {**known, chosen: known.get(chosen, chosen)}.items():
        box.addItem(text, one)
    box.setCurrentIndex(box.findData(chosen))


def _percent(name: str, text: str) -> CalmSpin:
    box = CalmSpin(1, 1000, " %")
    box.setObjectName(name)
    box.setAccessibleName(text)
    box.setToolTip(f"{text}应完成进度的百分之几")
    return box
