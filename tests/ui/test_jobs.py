"""Background work: its result, its faults and its end arrive as signals."""

from __future__ import annotations

import threading

from ui import jobs


def test_the_result_arrives_and_the_work_ran_elsewhere(qtbot):
    job = jobs.start(lambda job: threading.get_ident())
    with qtbot.waitSignal(job.finished) as told:
        pass
    assert told.args[0] != threading.get_ident()


def test_progress_is_told_in_order(qtbot):
    def work(job):
        for n in range(3):
            job.report(n, 3, f"第{n}张")

    seen = []
    job = jobs.start(work)
    job.progressed.connect(lambda *args: seen.append(args))
    with qtbot.waitSignal(job.finished):
        pass
    assert seen == [(0, 3, "第0张"), (1, 3, "第1张"), (2, 3, "第2张")]


def test_a_fault_arrives_as_it_was_raised(qtbot):
    def work(job):
        raise KeyError("x")

    job = jobs.start(work)
    with qtbot.waitSignal(job.failed) as told:
        pass
    assert isinstance(told.args[0], KeyError)


def test_cancelled_work_stops_at_its_next_report(qtbot):
    go_on = threading.Event()
    reached = []

    def work(job):
        go_on.wait(5)
        job.report(1, 2)
        reached.append(True)

    job = jobs.start(work)
    job.cancel()
    go_on.set()
    with qtbot.waitSignal(job.cancelled):
        pass
    assert not reached
