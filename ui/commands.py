"""The commands of the window, one line each; menus, shortcuts and the search are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence

from ui.widgets import style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


class Needs(Enum):
    """What must be there for a command to make sense."""

    NOTHING = auto()
    LIBRARY = auto()
    WRITABLE = auto()
    FORM = auto()
    WRITABLE_FORM = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: the function in `ui.doing` that does it, and the action's objectName.
        text: what the menu says.
        keys: its shortcut, as Qt writes it; several are separated by "; ".
        icon: of `resources/icons`.
        needs: when it can be chosen.
        tip: what it does, where the text does not say it all.
        separate: a line stands above it in the menu.
    """

    name: str
    text: str
    keys: str = ""
    icon: str = ""
    needs: Needs = Needs.NOTHING
    tip: str = ""
    separate: bool = False


RECENT: Final = "recent"
"""Stands in a menu where the recent libraries are listed."""

MENUS: Final[dict[str, tuple[Command | str, ...]]] = {
    "文件(&F)": (
        Command("new_library", "新建目标库…", "Ctrl+Shift+N", "folder-plus"),
        Command("open_library", "打开目标库…", "Ctrl+O", "folder-open"),
        RECENT,
        Command("open_sample", "打开示例", "", "sparkles", tip="用虚构的部门熟悉本程序"),
        Command(
            "import_files", "导入表格…", "Ctrl+I", "download", Needs.WRITABLE,
            "从 xlsx、docx、html、json 文件读入申报表，也可以把文件拖进窗口", separate=True,
        ),
        Command("import_folder", "导入整个文件夹…", "", "folder", Needs.WRITABLE),
        Command(
            "import_clipboard", "从剪贴板导入", "Ctrl+Shift+V", "clipboard", Needs.WRITABLE,
            "在 Word、WPS、Excel 或网页里复制整张表，再从这里读入",
        ),
        Command(
            "export", "导出…", "Ctrl+E", "upload", Needs.LIBRARY, "按本区格式写出正式表格"
        ),
        Command(
            "show_annex", "表10 和绩效管理情况", "", "file-text", Needs.LIBRARY,
            "由各项目表汇总的表10，和公开文本里的一段话，可以复制",
        ),
        Command("preview", "预览", "Ctrl+Shift+P", "file-text", Needs.FORM, "看打印出来的样子"),
        Command("print_form", "打印…", "Ctrl+P", "printer", Needs.FORM, "先看预览，再打印这张表"),
        Command("print_year", "打印全年各表…", "", "", Needs.LIBRARY, "本年度的表10和每张表"),
        Command("backup_library", "备份目标库…", "", "database", Needs.LIBRARY,
                "把目标库连同全部步骤复制到一个文件夹，正在填报时也可以", separate=True),
        Command("restore_library", "从备份恢复…", tip="原来的目标库另存一份，不会丢"),
        Command("close_library", "关闭目标库", "Ctrl+W", "x", Needs.LIBRARY, separate=True),
        Command("quit", "退出", "Ctrl+Q"),
    ),
    "编辑(&E)": (
        Command("undo", "撤销", "Ctrl+Z", "undo-2", Needs.WRITABLE),
        Command("redo", "重做", "Ctrl+Y; Ctrl+Shift+Z", "redo-2", Needs.WRITABLE),
        Command("cut", "剪切\tCtrl+X", separate=True),
        Command("copy", "复制\tCtrl+C"),
        Command("paste", "粘贴\tCtrl+V"),
        Command(
            "search", "搜索或命令…", "Ctrl+K", "search", Needs.LIBRARY,
            "跳到一张表、一条指标，或执行一个命令", separate=True,
        ),
    ),
    "表(&T)": (
        Command("new_project", "新建项目表…", "Ctrl+N", "file-plus", Needs.WRITABLE),
        Command("new_department", "新建部门整体表…", "", "building-2", Needs.WRITABLE),
        Command("duplicate_form", "复制这张表", "Ctrl+Shift+D", "copy", Needs.WRITABLE_FORM),
        Command("remove_form", "删除这张表", "", "trash-2", Needs.WRITABLE_FORM,
                "可以撤销"),
        Command("roll_forward", "结转到下一年", "", "", Needs.WRITABLE,
                "由本年度的表生成下一年的表，历年值后移；可以撤销", separate=True),
        Command("show_links", "历年对应…", "", "", Needs.LIBRARY,
                "哪张表、哪条指标接续上年的哪一个；改名、合并、拆分的在这里说明"),
        Command("start_evaluations", "本年度全部开始自评", "", "", Needs.WRITABLE,
                "给还没有自评表的每张表建立自评表；可以撤销"),
        Command("export_results", "导出自评和监控…", "", "", Needs.LIBRARY,
                "自评表、监控表、自评报告和各项目汇总"),
        Command("choose_cycle", "监控和自评设置…", "", "settings", Needs.LIBRARY,
                "监控灯的界限、各表样的评分方案和上年值取法、自己的评分方案"),
        Command("copy_layout", "复制表样…", "", "copy", Needs.LIBRARY,
                "把一种表样复制到目标库旁边的“表样”文件夹，改成本单位的", separate=True),
        Command("open_layouts", "打开表样文件夹", "", "folder-open", Needs.LIBRARY,
                "放自己的表样（.toml）的文件夹"),
        Command("read_layouts", "重新读取表样", "", "", Needs.LIBRARY,
                "改过表样文件以后；写错的地方会指出是哪个文件、哪一行"),
        Command("next_form", "下一张表", "Ctrl+PgDown", "", Needs.LIBRARY, separate=True),
        Command("previous_form", "上一张表", "Ctrl+PgUp", "", Needs.LIBRARY),
    ),
    "检查(&C)": (
        Command("next_problem", "下一个问题", "F8", "arrow-right", Needs.LIBRARY),
        Command("previous_problem", "上一个问题", "Shift+F8", "", Needs.LIBRARY),
        Command("fix_problem", "修复所选问题", "Ctrl+.", "wrench", Needs.WRITABLE, separate=True),
        Command(
            "fix_all", "全部修复安全项", "Ctrl+Shift+.", "list-checks", Needs.WRITABLE,
            "一次改好所有不会改变意思的问题",
        ),
        Command("explain_problem", "为什么是问题", "Shift+F1", "", Needs.LIBRARY),
        Command("choose_rules", "检查规则…", "", "settings", Needs.LIBRARY,
                "关掉规则、改级别、把旧问题放一边", separate=True),
        Command("export_report", "导出检查报告…", "", "file-text", Needs.LIBRARY,
                "本年度的问题清单（xlsx）或审核意见（docx、pdf、html、xlsx）"),
        Command("review_folder", "审核文件夹…", "", "clipboard-check",
                tip="读入并检查许多单位报来的文件，不放进目标库", separate=True),
    ),
    "查看(&V)": (
        Command("overview", "总览", "Ctrl+1", "layout-dashboard", Needs.LIBRARY),
        Command("review", "审核", "Ctrl+2", "clipboard-check", Needs.LIBRARY),
        Command("next_tab", "下一个分页", "Ctrl+Tab", "", Needs.FORM,
                "基本信息、资金、绩效指标……", separate=True),
        Command("previous_tab", "上一个分页", "Ctrl+Shift+Tab", "", Needs.FORM),
        Command("next_pane", "到下一个窗格", "F6", "", Needs.LIBRARY,
                "键盘在导航、表、问题和右侧栏之间轮流"),
        Command("toggle_problems", "显示或隐藏问题", "F9", "panel-bottom", Needs.LIBRARY,
                separate=True),
        Command("toggle_side", "显示或隐藏右侧栏", "F10", "panel-right", Needs.LIBRARY),
    ),
    "帮助(&H)": (
        Command("help", "帮助", "F1", "circle-question-mark"),
        Command("about", "关于", "", "info"),
    ),
}  # fmt: skip


def all_commands() -> list[Command]:
    """Return every command, in the order of the menus."""
    return [x for menu in MENUS.values() for x in menu if isinstance(x, Command)]


def make_actions(window: QWidget, run: Callable[[str], object]) -> dict[str, QAction]:
    """Return an action for each command, by name; `run` is told the name of the chosen one."""
    return {command.name: _action(window, command, run) for command in all_commands()}


def _action(window: QWidget, command: Command, run: Callable[[str], object]) -> QAction:
    action = QAction(command.text, window)
    action.setObjectName(command.name)
    if command.icon:
        action.setIcon(style.icon(command.icon))
    if command.keys:
        action.setShortcuts([QKeySequence(keys) for keys in command.keys.split("; ")])
    plain = command.text.partition("\t")[0].rstrip("…")
    action.setIconText(plain)
    keys = f"（{command.keys.partition(';')[0]}）" if command.keys else ""
    action.setToolTip(f"{command.tip or plain}{keys}")
    action.triggered.connect(lambda: run(command.name))
    return action


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction], recent: QMenu) -> None:
    """Put the actions into the menus of a window; `recent` goes where the table says."""
    for title, entries in MENUS.items():
        menu = bar.addMenu(title)
        for entry in entries:
            if isinstance(entry, str):
                menu.addMenu(recent)
                continue
            if entry.separate:
                menu.addSeparator()
            menu.addAction(actions[entry.name])
