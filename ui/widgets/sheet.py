"""The style sheet; `@NAME` stands for a value of `ui.widgets.style`."""

from __future__ import annotations

SHEET = """
QWidget { color: @TEXT; }
QMainWindow, QDialog { background: @WINDOW; }
QToolTip { background: @PANE; color: @TEXT; border: 1px solid @LINE_STRONG; padding: 4px 8px; }

QMenuBar { background: @WINDOW; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @LINE; }
QMenu { background: @PANE; border: 1px solid @LINE_STRONG; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @ACCENT_SOFT; color: @TEXT; }
QMenu::item:disabled { color: @TEXT_FAINT; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @LINE; margin: 4px 8px; }

QToolBar { background: @WINDOW; border: none; border-bottom: 1px solid @LINE;
           padding: 4px 8px 4px 12px; spacing: 4px; }
QToolBar QToolButton { padding: 3px 7px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px;
              background: transparent; }
QToolButton:focus { border-color: @ACCENT; }
QToolButton:hover { background: @LINE; }
QToolButton:pressed, QToolButton:checked { background: @ACCENT_SOFT; color: @ACCENT_DARK; }
QToolButton:disabled { color: @TEXT_FAINT; }
QToolButton::menu-indicator { image: none; }

QPushButton { background: @PANE; border: 1px solid @LINE_STRONG; border-radius: 4px;
              padding: 4px 12px; min-height: 18px; outline: 0; }
QPushButton:hover { background: @HOVER; border-color: @TEXT_FAINT; }
QPushButton:pressed { background: @LINE; }
QPushButton:focus { border-color: @ACCENT; }
QPushButton:disabled { color: @TEXT_FAINT; border-color: @LINE; }
QPushButton:default, QPushButton[look="primary"] {
    background: @ACCENT; border-color: @ACCENT; color: white; }
QPushButton:default:hover, QPushButton[look="primary"]:hover { background: @ACCENT_DARK; }
QPushButton:default:focus, QPushButton[look="primary"]:focus { border-color: @TEXT; }
QPushButton[look="primary"]:disabled, QPushButton:default:disabled {
    background: @LINE_STRONG; border-color: @LINE_STRONG; color: white; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover { background: @LINE; }
QPushButton[look="quiet"]:focus, QPushButton[look="chip"]:focus { border-color: @ACCENT; }
QPushButton[look="quiet"]:checked { background: @ACCENT_SOFT; color: @ACCENT_DARK; }
QPushButton[look="chip"] { background: transparent; border-color: transparent;
                           padding: 2px 8px; border-radius: 11px; }
QPushButton[look="chip"]:hover { background: @LINE; }
QPushButton[look="chip"]:checked { background: @ACCENT_SOFT; color: @ACCENT_DARK;
                                   border-color: @ACCENT; }
QPushButton[look="link"] { background: transparent; border: none; color: @ACCENT;
                           padding: 0 2px; min-height: 16px; text-align: left; }
QPushButton[look="link"]:hover, QPushButton[look="link"]:focus {
    color: @ACCENT_DARK; text-decoration: underline; }
QPushButton[look="link"]:disabled { color: @TEXT_FAINT; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
    background: @PANE; border: 1px solid @LINE_STRONG; border-radius: 4px; padding: 3px 8px;
    selection-background-color: @ACCENT; selection-color: white; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
    border-color: @ACCENT; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
    color: @TEXT_FAINT; background: @WINDOW; }
QSpinBox { padding-right: 24px; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; width: 22px; border: none;
    background: transparent; }
QSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: @LINE; }
QSpinBox::up-arrow { image: url(@CHEVRON_UP); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url(@CHEVRON); width: 12px; height: 12px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(@CHEVRON); width: 14px; height: 14px; }
QComboBox QAbstractItemView { border: 1px solid @LINE_STRONG; padding: 4px;
    selection-background-color: @ACCENT_SOFT; selection-color: @TEXT; outline: none; }
QAbstractItemView QLineEdit { border-radius: 0; padding: 0 4px; }

QCheckBox, QRadioButton { spacing: 8px; outline: 0; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @TEXT_FAINT;
                       border-radius: 3px; background: @PANE; }
QCheckBox::indicator:focus { border-color: @ACCENT; }
QCheckBox:focus { color: @ACCENT_DARK; }
QCheckBox::indicator:checked { background: @ACCENT; border-color: @ACCENT; image: url(@CHECK); }
QCheckBox::indicator:disabled { border-color: @LINE_STRONG; background: @WINDOW; }

QTreeView, QTableView, QListView { background: @PANE; border: none; outline: 0;
    show-decoration-selected: 1; selection-background-color: @ACCENT_SOFT; selection-color: @TEXT; }
QTreeView::item, QListView::item { height: @ROWpx; border: none; padding: 0 4px; }
QTreeView::item:hover, QListView::item:hover { background: @HOVER; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
    background: @ACCENT_SOFT; color: @TEXT; }
QTreeView::indicator, QTableView::indicator { width: 14px; height: 14px;
    border: 1px solid @TEXT_FAINT; border-radius: 3px; background: @PANE; }
QTreeView::indicator:checked, QTableView::indicator:checked {
    background: @ACCENT; border-color: @ACCENT; image: url(@CHECK); }
QTreeView::indicator:disabled { border-color: @LINE; background: @WINDOW; image: none; }
QHeaderView { background: @PANE; }
QHeaderView::section { background: @PANE; color: @TEXT_SOFT; border: none;
    border-bottom: 1px solid @LINE; padding: 4px 8px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QTabWidget::pane { border: none; border-top: 1px solid @LINE; background: @PANE; }
QTabWidget::tab-bar { left: 8px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @TEXT_SOFT; padding: 7px 12px 5px 12px;
    border: none; border-bottom: 2px solid transparent; margin-right: 4px; }
QTabBar::tab:hover { color: @TEXT; }
QTabBar::tab:selected { color: @ACCENT_DARK; border-bottom-color: @ACCENT; }
QTabBar::tab:selected:focus { background: @ACCENT_SOFT; }

QSplitter::handle { background: @LINE; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea { border: none; background: @PANE; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @LINE_STRONG; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @TEXT_FAINT; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: @LINE; border: none; border-radius: 3px; max-height: 6px;
               min-height: 6px; }
QProgressBar::chunk { background: @ACCENT; border-radius: 3px; }

QStatusBar { background: @WINDOW; border-top: 1px solid @LINE; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @TEXT_SOFT; padding: 0 4px; }

QWidget[look="pane"] { background: @PANE; }
QWidget[look="frame"] { background: @WINDOW; }
QLabel[look="title"] { font-size: 15pt; font-weight: 600; }
QLabel[look="heading"] { font-weight: 600; }
QLabel[look="soft"], QLabel[look="section"] { color: @TEXT_SOFT; }
QLabel[look="faint"] { color: @TEXT_FAINT; }
QLabel[look="good"] { color: @GOOD; font-weight: 600; }
QLabel[look="bad"] { color: @ERROR; font-weight: 600; }
QFrame[look="line"] { background: @LINE; max-height: 1px; min-height: 1px; border: none; }
QFrame[look="popup"] { background: @PANE; border: 1px solid @LINE_STRONG; border-radius: 6px; }
QFrame[look="bar-info"] { background: @ACCENT_SOFT; border-bottom: 1px solid @LINE; }
QFrame[look="bar-bad"] { background: #fbeceb; border-bottom: 1px solid #eccbc8; }
QFrame[look="bar-good"] { background: #e8f4ec; border-bottom: 1px solid #c9e2d2; }
"""
