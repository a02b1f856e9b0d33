"""The program's own checks pass here, and a broken program fails them."""

from kpiapp.services import self_test


def test_all_is_well_here():
    assert [name for name, wrong in self_test.run() if wrong] == []


def test_a_missing_resource_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(self_test, "resource", tmp_path.joinpath)
    wrong = dict(self_test.run())
    assert "resources/layouts" in wrong["资源文件"]
    assert wrong["检查一张示例表"]
