"""自评: results beside the frozen targets, points with each key, total and grade above."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
)

from kpiapp.model.edit import SetValue
from kpiapp.model.stages import Stage
from kpiapp.services.results import cycle_settings, evaluation
from kpiapp.services.stages import evaluation_form as shape
from kpiapp.services.stages import evaluation_score
from ui.models import evaluation_cells as cells
from ui.models import evaluation_words as words
from ui.models.entries_model import EntriesModel
from ui.models.results_model import Cell, ResultColumn, ResultsModel
from ui.screens.stage_page import StagePage, entries_view
from ui.widgets import style
from ui.widgets.achievement_chart import AchievementChart, Bar
from ui.widgets.evidence_button import EvidenceButton
from ui.widgets.growing_text import GrowingText
from ui.widgets.keyboard import choose_cell
from ui.widgets.parts import combo, heading, soft
from ui.widgets.results_view import ResultsView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpiapp.model.form import Form, Goal, Indicator
    from kpiapp.model.problem import Place
    from kpiapp.services.stages.evaluation_score import Achieved, Evaluation
    from ui.screens.work import Work
    from ui.widgets.results_view import Entry

EMPTY = (
    "还没有自评表。\n自评沿用申报表的目标和指标值，从开始自评起固定下来；"
    "之后申报表有改动，这里会提示。"
)
FIXED = (0, shape.MONEY_WEIGHT, shape.RATE, shape.MONEY_SCORE)
MONEY_PLACES = "预算执行"
"""How the fields of places in the money begin."""
CHART = "指标值与完成值（虚线处为指标值）"
SCHEME_SEEN = 18
"""So many characters of a scheme's name are always seen; the page must fit beside both panes."""
TEXTS = (shape.PROBLEMS, shape.PLANS, shape.REMARKS)


class EvaluationPage(StagePage):
    """The self-evaluation of the declaration that is open."""

    stage = Stage.EVALUATION

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, "evaluationPage", "自评", parent)
        self.empty.set_text(EMPTY)
        self.begin = self.empty.add_button("开始自评", self.start)
        self.found: Evaluation | None = None
        self.cells = cells.EvaluationCells()
        self.total, self.state = QLabel(), soft(name="evaluationState")
        self.total.setObjectName("evaluationTotal")
        self.total.setFont(style.font(1.6, bold=True))
        self.schemes = combo("evaluationScheme", "评分方案", SCHEME_SEEN)
        self.weights = QPushButton("按方案分配分值")
        self.changes = soft(name="evaluationChanges")
        self.take = QPushButton("采用新值…")
        self.take.setObjectName("evaluationTake")
        self.take.setToolTip("按申报表现在的指标值自评；要写明调整原因，印在自评表上")
        self.take.clicked.connect(self._adopt)
        self.money = EntriesModel(shape.MONEY, self._write_money, FIXED)
        self.money_view = entries_view(self.money)
        self.goals = EntriesModel(shape.GOALS, self._write_goal, (0,))
        self.goals_heading, self.goals_view = heading(shape.GOALS), entries_view(self.goals)
        self.model = ResultsModel("自评结果", self._columns(), self)
        self.view = ResultsView(self.model)
        self.how = soft(name="evaluationHow")
        self.chart, self.chart_heading = AchievementChart(), heading(CHART)
        self.evidence = EvidenceButton(work.session, self.attempt)
        self.texts = {label: GrowingText(label, least=2) for label in TEXTS}
        self._lay_out()
        self.view.row_changed.connect(self._tell_how)

    # -- making ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.body.addLayout(self._header())
        self.body.addWidget(self.state)
        self.body.addWidget(self.changes)
        self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(heading(f"{shape.MONEY}"))
        self.body.addWidget(self.money_view)
        self.body.addWidget(heading("指标完成情况"))
        self.add_grid(self.view)
        self.body.addWidget(self.how)
        self.body.addWidget(self.chart_heading)
        self.body.addWidget(self.chart)
        self.body.addWidget(self.goals_heading)
        self.body.addWidget(self.goals_view)
        for label, text in self.texts.items():
            text.setObjectName(f"evaluation_{label}")
            text.written.connect(lambda written, label=label: self._write_field(label, written))
            self.body.addWidget(heading(label))
            self.body.addWidget(text)
        self.body.addStretch(1)

    def _header(self) -> QHBoxLayout:
        self.schemes.setToolTip("评分方案：换方案时按新方案重新分配分值")
        self.schemes.activated.connect(self._scheme_chosen)
        self.weights.setObjectName("evaluationWeights")
        self.weights.setToolTip("按评分方案把分值平均分给各条指标；可以撤销")
        self.weights.clicked.connect(self._spread)
        header = QHBoxLayout()
        header.setSpacing(style.STEP)
        header.addWidget(self.total, 1)
        header.addWidget(self.evidence, 0, Qt.AlignmentFlag.AlignTop)
        header.addWidget(self.weights, 0, Qt.AlignmentFlag.AlignTop)
        header.addWidget(self.schemes, 0, Qt.AlignmentFlag.AlignTop)
        header.addWidget(self.export_button("evaluationExport"), 0, Qt.AlignmentFlag.AlignTop)
        return header

    def _columns(self) -> list[ResultColumn]:
        return [
            ResultColumn("指标", lambda row: Cell(row.level3)),
            ResultColumn("指标值", cells.target),
            ResultColumn("实际完成值", self.cells.actual, partial(self._enter, shape.ACTUAL),
                         shape.ACTUAL),
            ResultColumn(
                "分值", cells.weight, self._write_weight, shape.WEIGHT, number=True,
                head_of_goal=cells.share, write_goal=self._write_share,
                head_of_group=cells.sum_of_weights,
            ),
            ResultColumn(
                "得分", self.cells.points, partial(self._enter, shape.TYPED_SCORE),
                shape.TYPED_SCORE, number=True,
                head_of_group=self.cells.sum_of_points,
            ),
            self._due(shape.REASON),
            self._due(shape.MEASURE),
        ]  # fmt: skip

    def _due(self, label: str) -> ResultColumn:
        return ResultColumn(
            label, partial(self.cells.due, label=label), partial(self._enter, label), label
        )

    # -- showing --------------------------------------------------------------------------------

    def current_form(self) -> Form | None:
        """Return the self-evaluation of the open declaration."""
        assert self.work.form_id
        return evaluation.evaluation_of(self.work.session, self.work.form_id)

    def show_empty(self) -> None:
        """Offer to begin."""
        self.form = None
        self.begin.setEnabled(not self.work.read_only)

    def show_current(self, form: Form) -> None:
        """Draw a self-evaluation."""
        self.form = form
        fault = evaluation_score.scheme_fault(form)
        self.found = None if fault else evaluation_score.scored(form)
        self.cells.take(self.found)
        for model in (self.money, self.goals, self.model):
            model.read_only = self.work.read_only
        self.money.show(form)
        self._show_goals(form)
        self.model.show_form(form)
        if self.found:
            self.total.setText(words.total(form, self.found))
            self.state.setText(words.state(self.work.session, form, self.found))
        else:
            self.total.setText(cells.NO_SCORE)
            self.state.setText(f"{fault}。或者在上面另选评分方案")
        self._show_chart(form)
        self._show_changes(form)
        self.evidence.show_form(form)
        self._show_scheme(form)
        for widget in (self.schemes, self.weights):
            widget.setEnabled(not self.work.read_only)
        for label, text in self.texts.items():
            text.setReadOnly(self.work.read_only)
            text.show_text(form.fields.get(label, ""))
        self._tell_how(self.model.indicator_at(self.view.currentIndex().row()))

    def _show_goals(self, form: Form) -> None:
        """Show the goals, beside which is written what became of them."""
        there = shape.GOALS in form.tables
        for widget in (self.goals_heading, self.goals_view):
            widget.setVisible(there)
        if there:
            self.goals.show(form)

    def _show_scheme(self, form: Form) -> None:
        """List the schemes, by the library's rule for the execution, and choose the form's."""
        used = form.fields.get(shape.SCHEME, "")
        listed = {x.id: x.name for x in cycle_settings.schemes_to_choose(self.work.session.library)}
        if self.found and used not in listed:
            listed[used] = evaluation_score.scheme_of(form).name
        self.schemes.clear()
        for one, name in listed.items():
            self.schemes.addItem(name, one)
        self.schemes.setCurrentIndex(self.schemes.findData(used))
        listing = self.schemes.view()
        listing.setMinimumWidth(listing.sizeHintForColumn(0) + 2 * style.STEP)

    def _show_chart(self, form: Form) -> None:
        """Draw target against result, as far as there are figures."""
        bars = [_bar(row, found) for row, found in evaluation_score.achievements(form)]
        drawn = any(bar.percent is not None for bar in bars)
        for widget in (self.chart_heading, self.chart):
            widget.setVisible(drawn)
        self.chart.show_bars(bars)

    def _show_changes(self, form: Form) -> None:
        found = evaluation.adjustments(self.work.session, form)
        self.changes.setText(words.changes(found))
        self.changes.setVisible(bool(found))
        both = any(x.frozen is not None and x.now is not None for x in found)
        self.take.setVisible(both and not self.work.read_only)

    def _tell_how(self, row: Indicator | None) -> None:
        """Say how the points of the current row came about."""
        self.evidence.indicator = row
        scored = self.cells.scored(row) if row else None
        self.how.setText(words.how(scored) if scored else words.CHOOSE_ONE)

    def go_to(self, place: Place) -> None:
        """Put the cursor on the cell of the money that a place names, else on its indicator."""
        if not (place.field or "").startswith(MONEY_PLACES):
            super().go_to(place)
            return
        self.update_now()
        _, row, column = [*(place.field or "").split(" / "), "", ""][:3]
        names, heads = shape.MONEY_ROWS, shape.MONEY_COLUMNS
        at = names.index(row) if row in names else 0
        self._go_to_money(at, heads.index(column) if column in heads else shape.SPENT)

    def _go_to_money(self, row: int, column: int) -> None:
        choose_cell(self.money_view, self.money.index(row, column))
        self.money_view.setFocus()

    # -- doing ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin the self-evaluation of the open declaration, at the money of the year."""
        declared = self.work.form_id
        if declared and self.attempt(lambda: evaluation.start(self.work.session, declared)):
            self.update_now()
            self._go_to_money(0, shape.BASE)

    @property
    def _id(self) -> str:
        assert self.form is not None
        return self.form.id

    def _enter(self, label: str, row: Indicator, text: str) -> bool:
        return self.attempt(
            lambda: evaluation.enter(self.work.session, self._id, row.id, label, text.strip())
        )

    def write_block(self, label: str, entries: list[Entry]) -> None:
        """Write several cells as one step."""
        self.attempt(lambda: evaluation.enter_all(self.work.session, self._id, label, entries))

    def _write_weight(self, row: Indicator, text: str) -> bool:
        return self.attempt(
            lambda: evaluation.set_weight(self.work.session, self._id, row.id, text)
        )

    def _write_share(self, goal: Goal, text: str) -> bool:
        share = text.replace("%", "").replace("占", "")
        return self.attempt(
            lambda: evaluation.set_share(self.work.session, self._id, goal.id, share)
        )

    def _write_money(self, row: int, column: int, text: str) -> bool:
        return self.attempt(
            lambda: evaluation.set_money(self.work.session, self._id, row, column, text.strip())
        )

    def _write_goal(self, row: int, column: int, text: str) -> bool:
        return self.attempt(
            lambda: evaluation.set_cell(
                self.work.session, self._id, shape.GOALS, (row, column), text.strip()
            )
        )

    def _write_field(self, label: str, text: str) -> None:
        if self.form is not None:
            change = SetValue(("fields", label), text)
            self.attempt(
                lambda: evaluation.step(self.work.session, self._id, f"填写{label}", [change])
            )

    def _scheme_chosen(self) -> None:
        chosen = self.schemes.currentData()
        if self.form and chosen != self.form.fields.get(shape.SCHEME):
            self.attempt(lambda: evaluation.set_scheme(self.work.session, self._id, chosen))

    def _adopt(self) -> None:
        reason, sure = QInputDialog.getText(
            self, "采用申报表的新值", "调整原因（如批复调整的文号和日期）"
        )
        if sure:
            self.attempt(lambda: evaluation.adopt(self.work.session, self._id, reason))

    def _spread(self) -> None:
        self.attempt(lambda: evaluation.propose_weights(self.work.session, self._id))


def _bar(row: Indicator, found: Achieved | None) -> Bar:
    """Return how an indicator is drawn: its percent, and in words what was reached."""
    actual = row.extra.get(shape.ACTUAL, "")
    if found is None:
        return Bar(row.level3, None, False, actual or "未填")
    return Bar(row.level3, float(found.percent), found.met, f"{actual} · {found.percent:.0f}%")
