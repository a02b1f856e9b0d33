"""Measuring in a process of its own, whose memory is its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kpiapp.paths import ROOT

GIVE_UP = 600
"""Seconds."""


def figures_of(file: str, *arguments: str) -> list[float]:
    """Run a module of this folder as a program and return the figures that it prints."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tools")))}
    command = [sys.executable, file, *arguments]
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=GIVE_UP
    )
    return [float(x) for x in done.stdout.split()]


def resident() -> float:
    """Return the memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
