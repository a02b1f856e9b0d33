"""监控: the state so far beside the targets, its lights, and what is expected at year's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kpiapp.model.stages import Stage
from kpiapp.services.results import monitoring
from kpiapp.services.results.cycle_settings import lights
from kpiapp.services.stages import monitoring_form as shape
from kpiapp.services.stages.monitoring_form import DEFAULT, Light, worst
from ui.models.entries_model import EntriesModel
from ui.models.results_model import Cell, ResultColumn, ResultsModel
from ui.screens.stage_page import StagePage, entries_view
from ui.widgets import style
from ui.widgets.calm import CalmCombo
from ui.widgets.parts import heading, soft
from ui.widgets.results_view import ResultsView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpiapp.model.form import Form, Indicator
    from kpiapp.services.stages.monitoring_form import Progress
    from ui.screens.work import Work
    from ui.widgets.results_view import Entry

EMPTY = "还没有监控表。\n选择监控到哪个月，再开始；年初预算和指标值从申报表带出。"
LOOKS = {Light.RED: "bad", Light.YELLOW: "warn", Light.GREEN: "good", Light.BLUE: "soft"}
SIGNS = {Light.RED: "●", Light.YELLOW: "▲", Light.GREEN: "■", Light.BLUE: "◆"}
"""A shape beside each colour, so that lights are told apart without it."""
FIXED = (0, shape.RATE)
USUAL = 7
UNCLEAR = "看不出进度："


class MonitoringPage(StagePage):
    """The monitoring of the declaration that is open; the months are chosen above."""

    stage = Stage.MONITORING

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, "monitoringPage", "监控", parent)
        self.empty.set_text(EMPTY)
        self.months, self.new_months, self.first_month = CalmCombo(), CalmCombo(), CalmCombo()
        self.empty.add_widget(self.first_month)
        self.begin = self.empty.add_button(
            "开始监控", lambda: self.start(self.first_month.currentData())
        )
        self._limits = DEFAULT
        self._wanted: str | None = None
        self.light, self.state = QLabel(), soft(name="monitoringState")
        self.light.setObjectName("monitoringLight")
        self.light.setFont(style.font(1.6, bold=True))
        self.more = QPushButton("新建一期")
        self.money = EntriesModel(shape.MONEY, self._write_money, FIXED)
        self.model = ResultsModel("监控情况", self._columns(), self)
        self.view = ResultsView(self.model)
        self.how = soft(name="monitoringHow")
        self._lay_out()
        self.view.row_changed.connect(self._tell_how)

    # -- making ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.body.addLayout(self._header())
        self.body.addWidget(heading(shape.MONEY))
        self.body.addWidget(entries_view(self.money))
        self.body.addWidget(heading("指标执行情况"))
        self.add_grid(self.view)
        self.body.addWidget(self.how)
        self.body.addStretch(1)

    def _header(self) -> QHBoxLayout:
        for box, name, tip in (
            (self.months, "monitoringMonths", "看哪一期监控"),
            (self.new_months, "monitoringNewMonth", "新一期监控到哪个月"),
            (self.first_month, "monitoringFirstMonth", "监控到哪个月"),
        ):
            box.setObjectName(name)
            box.setAccessibleName(tip)
            box.setToolTip(tip)
        for month in shape.MONTHS:
            for box in (self.new_months, self.first_month):
                box.addItem(f"1-{month}月", month)
        self.first_month.setCurrentIndex(self.first_month.findData(USUAL))
        self.new_months.setCurrentIndex(8)
        self.months.activated.connect(self._month_chosen)
        self.more.setObjectName("monitoringMore")
        self.more.setToolTip("按所选月份新建一期监控表；可以撤销")
        self.more.clicked.connect(lambda: self.start(self.new_months.currentData()))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.light)
        words.addWidget(self.state)
        header = QHBoxLayout()
        header.setSpacing(style.STEP)
        header.addLayout(words, 1)
        for widget in (self.months, self.new_months, self.more):
            header.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        header.addWidget(self.export_button("monitoringExport"), 0, Qt.AlignmentFlag.AlignTop)
        return header

    def _columns(self) -> list[ResultColumn]:
        return [
            ResultColumn("指标", lambda row: Cell(row.level3)),
            ResultColumn("指标值", lambda row: Cell(row.target)),
            ResultColumn(
                "执行情况",
                self._so_far,
                lambda row, text: self._enter(row, shape.SO_FAR, text),
                shape.SO_FAR,
            ),
            ResultColumn("进度", self._progress),
            self._entry("全年预计", shape.EXPECTED),
            self._entry("可能性", shape.OUTLOOK, words=shape.OUTLOOKS),
            self._entry("原因类别", shape.WHY_CLASS, words=shape.CLASSES, due=True),
            self._entry("原因说明", shape.REASON, due=True),
            self._entry("改进措施", shape.MEASURE, due=True),
        ]

    def _entry(
        self, head: str, label: str, *, words: tuple[str, ...] = (), due: bool = False
    ) -> ResultColumn:
        def show(row: Indicator) -> Cell:
            text = row.extra.get(label, "")
            missing = due and not text and self.form is not None
            if missing and self.form and shape.is_reason_due(self.form, row, self._limits):
                return Cell("（请填写）", "warn", "可能完不成或亮红灯的，应写明", "")
            return Cell(text)

        return ResultColumn(
            head, show, lambda row, text: self._enter(row, label, text), label, words
        )

    # -- showing --------------------------------------------------------------------------------

    def current_form(self) -> Form | None:
        """Return the chosen month of the open declaration, or its last."""
        assert self.work.form_id
        forms = monitoring.monitorings_of(self.work.session, self.work.form_id)
        self.months.clear()
        for form in forms:
            self.months.addItem(f"看 1-{shape.month_of(form)}月", form.id)
        found = next((x for x in forms if x.id == self._wanted), forms[-1] if forms else None)
        self.months.setCurrentIndex(self.months.findData(found.id) if found else -1)
        return found

    def show_empty(self) -> None:
        """Offer to begin."""
        self.form = None
        self.begin.setEnabled(not self.work.read_only)

    def show_current(self, form: Form) -> None:
        """Draw a monitoring form."""
        self.form = form
        self._limits = lights(self.work.session.library)
        self.money.read_only = self.model.read_only = self.work.read_only
        self.more.setEnabled(not self.work.read_only)
        self.money.show(form)
        self.model.show_form(form)
        self._show_light(form)
        self._tell_how(self.model.indicator_at(self.view.currentIndex().row()))

    def _show_light(self, form: Form) -> None:
        lights = [shape.light_of(form, x, self._limits).light for x in form.indicators]
        whole = worst(lights)
        self.light.setText(f"{SIGNS[whole]} {whole.label}" if whole else "还没有填执行情况")
        colour = {"bad": style.ERROR, "warn": style.WARNING, "good": style.GOOD}
        look = LOOKS[whole] if whole else ""
        self.light.setStyleSheet(f"color: {colour.get(look, style.TEXT)}")
        known = sum(light is not None for light in lights)
        money = shape.light_of_money(form, self._limits)
        lamp = f"{money.light.label}，" if money.light else ""
        self.state.setText(f"{known}/{len(lights)} 条指标看得出进度；预算：{lamp}{money.how}")

    def _of(self, row: Indicator) -> Progress:
        assert self.form is not None
        return shape.light_of(self.form, row, self._limits)

    def _so_far(self, row: Indicator) -> Cell:
        """Return the state so far, and below it why no light can be told."""
        text = row.extra.get(shape.SO_FAR, "")
        found = self._of(row)
        if not text or found.light is not None:
            return Cell(text)
        return Cell(f"{text}\n{found.how.removeprefix(UNCLEAR)}", "warn", found.how, text)

    def _progress(self, row: Indicator) -> Cell:
        found = self._of(row)
        if found.light is None:
            said = bool(row.extra.get(shape.SO_FAR))
            return Cell("看不出" if said else "", "soft", found.how)
        percent = "" if found.percent is None else f" {found.percent:.0f}%"
        return Cell(f"{SIGNS[found.light]}{percent}", LOOKS[found.light], found.how)

    def _tell_how(self, row: Indicator | None) -> None:
        """Say what the light of the current row means."""
        if row is None or self.form is None:
            self.how.setText("选中一条指标，这里说明进度怎么算。可能完不成的，要写原因和措施。")
            return
        found = self._of(row)
        lamp = f"{found.light.label}，" if found.light else ""
        self.how.setText(f"{row.level3}：{lamp}{found.how}。")

    # -- doing ----------------------------------------------------------------------------------

    def start(self, month: int) -> None:
        """Begin the monitoring of the open declaration until a month."""
        declared = self.work.form_id
        if declared:
            self._wanted = None
            self.attempt(lambda: monitoring.start(self.work.session, declared, month))

    def _month_chosen(self) -> None:
        self._wanted = self.months.currentData()
        self.show_form()

    def _enter(self, row: Indicator, label: str, text: str) -> bool:
        assert self.form is not None
        form_id = self.form.id
        return self.attempt(
            lambda: monitoring.enter(self.work.session, form_id, row.id, label, text.strip())
        )

    def write_block(self, label: str, entries: list[Entry]) -> None:
        """Write several cells as one step."""
        assert self.form is not None
        form_id = self.form.id
        self.attempt(lambda: monitoring.enter_all(self.work.session, form_id, label, entries))

    def _write_money(self, row: int, column: int, text: str) -> bool:
        assert self.form is not None
        form_id = self.form.id
        return self.attempt(
            lambda: monitoring.set_money(self.work.session, form_id, row, column, text.strip())
        )
