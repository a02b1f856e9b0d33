"""检查规则: which rules are checked in this library, how grave they are, and what each one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kpiapp.model.problem import Severity
from ui.models.rules_model import CHOICE_ROLE, CODE, FAMILY, LEVEL, TITLE, RulesModel
from ui.screens.following import FollowingPage
from ui.screens.help_panel import calm_headings
from ui.widgets import parts
from ui.widgets.columns import Shares

if TYPE_CHECKING:
    from kpiapp.services.findings.rule_choices import RuleChoice
    from kpiapp.services.session import Session

SAID = (
    "打勾的规则会检查。关掉的规则、改过的级别只对这个目标库有效；每份检查报告都会写明关掉了哪些。"
)


class RulesPage(FollowingPage):
    """Lists all rules; a change is kept at once, as a step."""

    def __init__(self, session: Session, year: int) -> None:
        super().__init__(session, "rulesPage", "检查规则")
        self._year = year
        self.scope = parts.combo("rulesScope", "设置对哪些表有效")
        self.search = QLineEdit(clearButtonEnabled=True, placeholderText="找规则：名称、类别或代码")
        self.search.setObjectName("rulesSearch")
        self.search.setAccessibleName("找规则")
        self.model = RulesModel(self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.model)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = _view(self.proxy)
        self.level = parts.combo("rulesLevel", "所选规则的级别")
        self.page = QTextBrowser(openLinks=False)
        self.page.setObjectName("rulesText")
        self.page.setAccessibleName("规则说明")
        self.page.setStyleSheet("QTextBrowser { border: none; padding: 0 8px; }")
        self.summary, self.baseline = parts.soft(), parts.soft()
        tip = "现有问题变灰、不再计入结论，只有新出现的问题才算（基线）"
        self.park = parts.button("rulesPark", "把现有问题列为旧问题", self._park, tip)
        self.release = parts.button("rulesRelease", "旧问题重新计入", self._release)
        self.close_button = parts.button("rulesClose", "完成", self.closed.emit)
        parts.primary(self.close_button)
        self._lay_out()
        self._fill()
        self._connect()
        self.refresh()
        self.view.setCurrentIndex(self.proxy.index(0, 0))

    # -- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = parts.row(QLabel("适用于"), self.scope, self.search, self.summary)
        top.setStretchFactor(self.search, 1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(16, 0, 0, 0)
        level = parts.row(QLabel("级别"), self.level)
        level.addStretch(1)
        side.addLayout(level)
        side.addWidget(self.page, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(right)
        split.setSizes([560, 400])
        bottom = parts.row(self.park, self.release, self.baseline)
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        layout = parts.column(self)
        layout.addWidget(parts.title("检查规则"))
        layout.addWidget(parts.soft(SAID))
        layout.addLayout(top)
        layout.addWidget(split, 1)
        layout.addLayout(bottom)

    def _fill(self) -> None:
        from kpiapp.services.findings import rule_choices

        self.scope.addItem("整个目标库", "")
        for layout_id, name in rule_choices.layouts(self.session):
            self.scope.addItem(f"只对表样 {name}", layout_id)
        self.level.addItem("照规则", None)
        for severity in Severity:
            self.level.addItem(severity.label, severity.value)
        for widget in (self.level, self.park, self.release):
            widget.setEnabled(not self.session.read_only)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.proxy.setFilterFixedString)
        self.scope.currentIndexChanged.connect(self.refresh)
        self.level.activated.connect(self._weigh)
        self.model.switched.connect(self._switch)
        self.view.selectionModel().currentChanged.connect(self._show_rule)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the settings as they are."""
        from kpiapp.services.checks.rule_settings import BASELINE
        from kpiapp.services.findings import rule_choices

        rules = rule_choices.choices(self.session, self.layout_id)
        self.model.show(rules)
        off = sum(not rule.on for rule in rules)
        self.summary.setText(f"共 {len(rules)} 条" + (f"，关掉 {off} 条" if off else ""))
        parked = len(self.session.library.setting(BASELINE, []))
        self.baseline.setText(f"有 {parked} 个旧问题不计入" if parked else "")
        self.release.setEnabled(bool(parked) and not self.session.read_only)
        self._show_rule()

    @property
    def layout_id(self) -> str:
        """The layout that is set, "" for the whole library."""
        return str(self.scope.currentData() or "")

    @property
    def chosen(self) -> RuleChoice | None:
        """The rule that is marked."""
        rule: RuleChoice | None = self.view.currentIndex().data(CHOICE_ROLE)
        return rule

    def _show_rule(self) -> None:
        from kpiapp.services.checks import rule_pages

        rule = self.chosen
        if rule is None:
            return
        self.page.setMarkdown(rule_pages.markdown(rule.code))
        calm_headings(self.page.document())
        value = None if rule.severity is rule.usual else rule.severity.value
        self.level.setItemText(0, f"照规则（{rule.usual.label}）")
        self.level.setCurrentIndex(max(self.level.findData(value), 0))

    # -- what is changed ----------------------------------------------------------------------

    def _switch(self, code: str, on: bool) -> None:  # noqa: FBT001 - Qt hands it over so
        from kpiapp.services.findings import rule_choices

        self.attempt(
            lambda: rule_choices.switch(self.session, [code], on=on, layout=self.layout_id)
        )

    def _weigh(self) -> None:
        from kpiapp.services.findings import rule_choices

        rule, value = self.chosen, self.level.currentData()
        if rule:
            severity = Severity(value) if value else None
            self.attempt(
                lambda: rule_choices.weigh(self.session, rule.code, severity, self.layout_id)
            )

    def _park(self) -> None:
        from kpiapp.services.findings import baselines

        self.attempt(lambda: baselines.park(self.session, self._year))

    def _release(self) -> None:
        from kpiapp.services.findings import baselines

        self.attempt(lambda: baselines.release(self.session))


def _view(model: QSortFilterProxyModel) -> QTreeView:
    view = parts.flat_list("rulesTable", "检查规则", model)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    Shares(view, {TITLE: 46, LEVEL: 26, FAMILY: 18, CODE: 26})
    return view
