"""Many files of many units: the same result however the work is spread, whatever breaks."""

from __future__ import annotations

import os
import shutil
import time

import pytest

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Goal, Horizon, Indicator, Kind
from kpiapp.services.checks import checking_many, reading_many, spreading
from kpiapp.services.checks.spreading import Here, Lost, Processes
from kpiapp.services.files import json_files


@pytest.fixture
def folder(tmp_path):
    """Three units with a department and two projects each, and files that are none."""
    root = tmp_path / "报送"
    for unit in "甲乙丙":
        (root / unit).mkdir(parents=True)
        for number, kind in enumerate((Kind.DEPARTMENT, Kind.PROJECT, Kind.PROJECT)):
            form = Form(f"{unit}{number}", kind, 2026, "made-up-2026")
            label = "部门名称" if kind is Kind.DEPARTMENT else "项目名称"
            form.fields[label] = f"{unit}局" if kind is Kind.DEPARTMENT else f"项目{number}"
            form.goals.append(Goal(Horizon.ANNUAL, 1, "目标1", None, "开展活动"))
            form.indicators.append(
                Indicator(
                    Horizon.ANNUAL, 1, "产出指标", "数量指标", "次数", "" if number else "6次"
                )
            )
            json_files.write(root / unit / f"{form.id}.json", form)
    (root / "坏.xlsx").write_text("不是表")
    (root / "空.json").write_text("")
    return root


def told(result):
    found, report = result
    problems = {
        form_id: [(x.code, x.place.goal, x.place.cell, x.message) for x in problems]
        for form_id, problems in report.problems.items()
    }
    return problems, sorted(x.path.name for x in found.failures), report.units


def check(folder, spread, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking_many, "spread_for", lambda _count, _scheduler: spread)
        return checking_many.check_paths([folder], **options)


def test_all_units_are_checked_and_bad_files_are_told(folder):
    problems, failures, units = told(check(folder, Here()))
    assert failures == ["坏.xlsx", "空.json"]
    assert sorted(problems) == sorted(f"{unit}{n}" for unit in "甲乙丙" for n in range(3))
    assert set(units.values()) == {"甲局", "乙局", "丙局"}


def test_processes_find_what_one_process_finds(folder):
    assert told(check(folder, Processes(2))) == told(check(folder, Here()))


def test_progress_counts_to_the_end(folder):
    seen = []
    check(folder, Here(), progress=lambda *x: seen.append(x))
    assert seen[0] == (0, 11, "正在读取")
    assert (11, 11, "正在读取") in seen
    assert seen[-1] == (9, 9, "正在检查")


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("spread", [Here, lambda: Processes(2)])
def test_it_can_be_stopped(folder, spread):
    def progress(done, total, text):
        if done:
            raise StoppedError

    with pytest.raises(StoppedError):
        check(folder, spread(), progress=progress)


def test_settings_reach_every_worker(folder):
    _, report = check(folder, Processes(2), off=["missing-target"])
    assert report.rules_off == ["missing-target"]
    assert "missing-target" not in {x.code for x in report.all()}


def test_a_baseline_holds_for_all_units(folder):
    from kpiapp.services.findings import baselines

    found, report = check(folder, Here())
    keys = baselines.keys(report, found.forms)
    assert check(folder, Here(), baseline=keys)[1].verdict == "ready"


def test_the_only_file_named_must_be_readable(folder):
    with pytest.raises(UserError, match=r"坏\.xlsx"):
        checking_many.check_paths([folder / "坏.xlsx"])


def test_a_folder_of_bad_files_only_says_why(folder):
    for unit in "甲乙丙":
        shutil.rmtree(folder / unit)
    with pytest.raises(UserError, match="2 个文件读不了"):
        checking_many.check_paths([folder])


# -- workers that die ---------------------------------------------------------------------------


def square_or_die(number):
    if number == 3:
        os._exit(9)
    return number * number


def test_what_kills_its_worker_is_lost_and_nothing_else():
    spread = Processes(2)
    results = dict(spread.run(square_or_die, range(6)))
    spread.close()
    assert isinstance(results.pop(3), Lost)
    assert results == {n: n * n for n in range(6) if n != 3}


def test_few_files_start_no_processes():
    assert isinstance(spreading.spread_for(3), Here)


# -- a cluster ----------------------------------------------------------------------------------


def slowly(pieces):
    """Read as always, but slowly enough for a worker to be killed, and without our folder."""
    time.sleep(0.3)
    assert all(one.content for one in pieces if not one.path.endswith("空.json"))
    return AS_ALWAYS(pieces)


AS_ALWAYS = reading_many.read_carried


@pytest.mark.timeout(120)
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker_finds_what_one_process_finds(folder, monkeypatch, tmp_path):
    distributed = pytest.importorskip("distributed", reason="集群组件（extra cluster）没有安装")
    import dask

    expected = told(check(folder, Here()))
    monkeypatch.chdir(tmp_path)
    with (
        dask.config.set({"distributed.scheduler.work-stealing": True}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)
        ) as cluster,
    ):
        spread = spreading.spread_for(1000, cluster.scheduler_address)
        workers = [nanny.pid for nanny in cluster.workers.values()]
        killed = []

        def progress(done, total, text):
            if done and not killed:
                os.kill(workers[0], 9)
                killed.append(workers[0])

        monkeypatch.setattr(reading_many, "read_carried", slowly)
        assert told(check(folder, spread, progress=progress)) == expected
        assert killed


def test_a_cluster_that_does_not_answer_is_told(monkeypatch):
    pytest.importorskip("distributed", reason="集群组件（extra cluster）没有安装")
    monkeypatch.setattr(spreading, "ANSWER_WITHIN", 0.5)
    with pytest.raises(UserError, match="连不上集群"):
        spreading.spread_for(1, "tcp://127.0.0.1:9")


def test_without_the_extra_the_way_out_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"kpiapp\[cluster\]"):
        spreading.spread_for(1, "tcp://127.0.0.1:9")
