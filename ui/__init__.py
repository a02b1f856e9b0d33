"""The window. The only place with PySide6."""

from ui.overrides import tell_errors

tell_errors()
