"""Work in a background thread, told to the window by signals.

A job is one plain function that is handed a `Progress` to report to. Reporting is also where a
cancelled job stops, so that no work has to ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

END_WITHIN = 5000
"""Milliseconds that work under way has to come to its end when the window closes."""

_running: set[Job] = set()
"""Jobs under way: kept here, for nobody else has to hold on to one."""


class CancelledError(Exception):
    """Raised inside the work, at its next report, after the person pressed 取消."""


class Job(QObject):
    """One piece of work under way.

    Signals:
        progressed: done, total, what is being worked on.
        finished: what the work returned.
        failed: the exception it raised.
        cancelled: it stopped because the person said so.
    """

    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    # Sent from the background thread and received in the window's: nothing is lost while the
    # person who started the job is still connecting.
    _reported = Signal(int, int, str)
    _ended = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.stopping = False
        self._reported.connect(self.progressed)
        self._ended.connect(self._end)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self.stopping = True

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is; called from the background thread.

        Raises:
            CancelledError: the person has asked to stop.
        """
        if self.stopping:
            raise CancelledError
        self._reported.emit(done, total, text)

    def _end(self, how: str, result: object) -> None:
        """Arrives in the window's thread, because this object lives there."""
        _running.discard(self)
        match how:
            case "finished":
                self.finished.emit(result)
            case "failed":
                self.failed.emit(result)
            case _:
                self.cancelled.emit()


class _Task(QRunnable):
    def __init__(self, job: Job, work: Callable[[Job], Any]) -> None:
        super().__init__()
        self.job, self.work = job, work

    def run(self) -> None:
        try:
            result = self.work(self.job)
        except CancelledError:
            self.job._ended.emit("cancelled", None)  # noqa: SLF001 - the two are one thing
        except Exception as error:  # noqa: BLE001 - handed to the window, which tells or reports it
            self.job._ended.emit("failed", error)  # noqa: SLF001
        else:
            self.job._ended.emit("finished", result)  # noqa: SLF001


def start(work: Callable[[Job], Any]) -> Job:
    """Run `work` in the background and return its job; connect to the signals at once.

    The signals arrive in the thread that called this, after it is back in its event loop.
    """
    job = Job()
    _running.add(job)
    QThreadPool.globalInstance().start(_Task(job, work))
    return job


def wait_for_all() -> bool:
    """Stop every job and wait for the threads; returns whether all came to their end."""
    for job in tuple(_running):
        job.cancel()
    return QThreadPool.globalInstance().waitForDone(END_WITHIN)
