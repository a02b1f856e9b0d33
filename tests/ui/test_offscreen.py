"""Without a screen: what Qt says of sizes is left out, what it says of faults is not."""

from PySide6.QtCore import qWarning

from ui import offscreen


def test_only_the_talk_of_sizes_is_left_out(capsys):
    with offscreen.quietly():
        qWarning("This plugin does not support propagateSizeHints()")
        qWarning("QPainter: not active")
    assert capsys.readouterr().err == "QPainter: not active\n"
