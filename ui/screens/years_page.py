"""历年: each indicator over the years, what contradicts the library, and a chart of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from kpiapp.model.stages import Stage
from kpiapp.services import past
from kpiapp.services.results import cycle_settings
from kpiapp.services.years import comparison
from ui.models.results_model import Cell, ResultColumn, ResultsModel
from ui.screens.stage_page import StagePage
from ui.widgets import style
from ui.widgets.calm import CalmCombo
from ui.widgets.parts import soft
from ui.widgets.results_view import ResultsView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpiapp.model.form import Form, Indicator
    from kpiapp.services.years.comparison import Comparison, IndicatorYears
    from ui.screens.work import Work

EMPTY = "目标库里没有这张表以前年度的表。\n导入以前年度的表，或由上一年结转，这里就能比较。"
CHART_HEIGHT = 176
CHART_DELAY = 60


class YearsPage(StagePage):
    """The declaration that is open beside its own earlier years.

    Signals:
        links_wanted: the person wants to link the indicators of a form by hand, "" the forms.
    """

    links_wanted = Signal(str)
    stage = Stage.DECLARATION
    entry_column = 0

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, "yearsPage", "历年", parent)
        self.empty.set_text(EMPTY)
        self.found: Comparison | None = None
        self._rows: dict[str, IndicatorYears] = {}
        self.summary = soft(name="yearsSummary")
        self.differences = soft(name="yearsDifferences")
        self.fill = QPushButton("带出历年值")
        self.correct = QPushButton("改为目标库的值")
        self.source = CalmCombo()
        self.link = QPushButton("历年对应…")
        self.link.clicked.connect(lambda: self.links_wanted.emit(self.work.form_id))
        self.first_link = self.empty.add_button("历年对应…", lambda: self.links_wanted.emit(""))
        self.model = ResultsModel("历年比较", [], self)
        self.view = ResultsView(self.model)
        self.chart: Any = None
        self.legend = soft(name="yearsLegend")
        self._timer = QTimer(self, singleShot=True, interval=CHART_DELAY)
        self._timer.timeout.connect(self.draw_chart)
        self._lay_out()
        self.view.row_changed.connect(lambda _row: self._timer.start())

    def _lay_out(self) -> None:
        self.source.setObjectName("yearsSource")
        self.source.setAccessibleName("上年值取什么")
        self.source.setToolTip("这种表样的上年值取上年的申报值，还是自评的完成值；结转时也按它")
        self.source.addItem("上年值取申报值", past.DECLARED)
        self.source.addItem("上年值取完成值", past.ACHIEVED)
        self.source.activated.connect(self._source_chosen)
        self.link.setObjectName("yearsLink")
        self.link.setToolTip("改名、合并、拆分的指标和项目，在那里说明接续上年的哪一个")
        self.fill.setObjectName("yearsFill")
        self.fill.setToolTip("空着的前年、上年值用目标库里以前年度的值填上；可以撤销")
        self.fill.clicked.connect(lambda: self._take(only_empty=True))
        self.correct.setObjectName("yearsCorrect")
        self.correct.setToolTip("前年、上年值与目标库不同的，都改为目标库里的值；可以撤销")
        self.correct.clicked.connect(lambda: self._take(only_empty=False))
        header = QHBoxLayout()
        header.addWidget(self.summary, 1)
        header.addWidget(self.link)
        header.addWidget(self.source)
        header.addWidget(self.fill)
        header.addWidget(self.correct)
        self.body.addLayout(header)
        self.body.addWidget(self.differences)
        self.body.addWidget(self.legend)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)
        self.add_grid(self.view)
        self.body.addStretch(1)

    # -- showing --------------------------------------------------------------------------------

    def current_form(self) -> Form | None:
        """Return the open declaration, if the library has an earlier year of it."""
        form = self.work.form
        self.found = comparison.compare(self.work.session, form)
        return form if len(self.found.years) > 1 else None

    def show_empty(self) -> None:
        """Say where earlier years come from."""
        self.form = None

    def show_current(self, form: Form) -> None:
        """Draw the years of a form."""
        assert self.found
        self.form = form
        self._rows = {one.row.id: one for one in self.found.rows}
        self.model.beginResetModel()
        self.model.columns = self._columns(self.found)
        self.model.endResetModel()
        self.model.show_form(form)
        session = self.work.session
        self.source.setCurrentIndex(
            self.source.findData(cycle_settings.prior_source(session.library, form.layout))
        )
        self.source.setEnabled(not self.work.read_only)
        self._show_words(form, self.found)
        self._timer.start()

    def _columns(self, found: Comparison) -> list[ResultColumn]:
        first = ResultColumn("指标", self._name)
        return [first, *(self._year(year) for year in found.years)]

    def _name(self, row: Indicator) -> Cell:
        one = self._rows.get(row.id)
        if one is None or not one.earlier_names:
            return Cell(row.level3)
        return Cell(row.level3, tip=f"以前叫：{'、'.join(one.earlier_names)}")

    def _year(self, year: int) -> ResultColumn:
        def show(row: Indicator) -> Cell:
            one = self._rows.get(row.id)
            cell = one.cells.get(year) if one else None
            if cell is None:
                return Cell("—", "soft", "这一年没有这条指标")
            return Cell(f"{cell.target}（完成{cell.actual}）" if cell.actual else cell.target)

        return ResultColumn(f"{year}年", show)

    def _show_words(self, form: Form, found: Comparison) -> None:
        scores = "，".join(f"{year}年自评{total}分" for year, total in sorted(found.scores.items()))
        gone = f"上年有、今年没有的指标：{'、'.join(found.gone)}。" if found.gone else ""
        span = f"目标库里有{found.years[0]}—{found.years[-1]}年共{len(found.years)}年的表。"
        self.summary.setText(span + (f"{scores}。" if scores else "") + gone)
        wrong = comparison.prior_differences(self.work.session, form)
        self.differences.setText("\n".join(
            f"“{x.row.level3}”{x.column}值：本表“{x.typed or '空'}”，目标库“{x.library}”"
            for x in wrong
        ))  # fmt: skip
        self.differences.setVisible(bool(wrong))
        blank = sum(x.is_blank for x in wrong)
        self.fill.setEnabled(blank > 0 and not self.work.read_only)
        self.correct.setVisible(blank < len(wrong) and not self.work.read_only)

    # -- the chart ------------------------------------------------------------------------------

    def draw_chart(self) -> None:
        """Draw target and result of the chosen indicator, or the first with numbers."""
        if self.form is None or not self._rows or not self.isVisible():
            return
        chosen = self.model.indicator_at(self.view.currentIndex().row())
        one = self._rows.get(chosen.id) if chosen else None
        one = one or next((x for x in self._rows.values() if x.series()[0]), None)
        if one is None:
            self.legend.setText("这些指标没有可以画成图的数值。")
            return
        if self.chart is None:
            self.chart = _new_chart()
            self.place.addWidget(self.chart)
        targets, results = one.series()
        self.legend.setText(
            f"{one.row.level3}：蓝线是指标值，绿点是实际完成值"
            if targets or results
            else f"{one.row.level3}：没有可以画成图的数值"
        )
        _draw(self.chart, targets, results)

    def _source_chosen(self) -> None:
        form, chosen = self.form, self.source.currentData()
        if form is not None:
            self.attempt(
                lambda: cycle_settings.set_prior_source(self.work.session, form.layout, chosen)
            )
            self.show_form()

    def _take(self, *, only_empty: bool) -> None:
        """Take 前年 and 上年 from the library."""
        form, session = self.form, self.work.session
        if form is not None:
            self.attempt(lambda: comparison.fill_priors(session, form.id, only_empty=only_empty))


def _new_chart() -> Any:
    """Return an empty chart; its library is loaded here, when the first one is drawn."""
    import pyqtgraph

    chart = pyqtgraph.PlotWidget(background=style.PANE)
    chart.setObjectName("yearsChartLarge")
    chart.setAccessibleName("历年值图")
    chart.setFixedHeight(CHART_HEIGHT)
    chart.setMouseEnabled(False, False)
    chart.hideButtons()
    chart.setMenuEnabled(False)
    chart.showGrid(y=True, alpha=0.15)
    return chart


def _draw(chart: Any, targets: dict[int, float], results: dict[int, float]) -> None:
    import pyqtgraph

    chart.clear()
    years = sorted({*targets, *results})
    line = sorted(targets.items())
    pen = pyqtgraph.mkPen(style.ACCENT, width=2)
    chart.plot([x for x, _ in line], [y for _, y in line], pen=pen, symbol="o",
               symbolBrush=style.ACCENT, symbolPen=None, symbolSize=7)  # fmt: skip
    dots = sorted(results.items())
    chart.plot([x for x, _ in dots], [y for _, y in dots], pen=None, symbol="s",
               symbolBrush=style.GOOD, symbolPen=None, symbolSize=9)  # fmt: skip
    chart.getAxis("bottom").setTicks([[(year, f"{year}") for year in years]])
    if years:
        chart.setXRange(years[0] - 0.3, years[-1] + 0.3)
