"""Failures that are the world's fault, told to a person in one Chinese sentence with a way out."""

from __future__ import annotations


class UserError(Exception):
    """Something a person can mend: a locked file, a damaged sheet, a missing key.

    Anything else that is raised is a fault of ours and goes to `kpiapp.crash`.

    Args:
        message: one Chinese sentence naming the file and the place.
        way_out: what the person can do now; may be empty.
    """

    def __init__(self, message: str, way_out: str = "") -> None:
        """Keep both parts, and read as one sentence."""
        super().__init__(message + (f"。{way_out}" if way_out else ""))
        self.message = message
        self.way_out = way_out
