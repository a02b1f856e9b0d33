"""What continues what: by hand, carried over, by code, name and likeness."""

from kpiapp.model.form import Form, Horizon, Indicator, Kind, Project, Unit
from kpiapp.model.lineage import Links, Way, YearIndex, earlier_rows


def row(name, target, row_id=""):
    more = {"id": row_id} if row_id else {}
    return Indicator(Horizon.ANNUAL, 1, "产出指标", "数量指标", name, target, **more)


def form(form_id, name, *, code="", unit="u"):
    fields = {"项目名称": name, "项目编码": code}
    return Form(form_id, Kind.PROJECT, 2026, fields=fields, unit=Unit(unit, unit))


def found(earlier):
    return [x.id for x in earlier.forms], earlier.way


def test_forms_are_known_by_code_then_by_name_within_a_unit():
    index = YearIndex.of(
        [form("a", "物业", code="1"), form("b", "食堂"), form("c", "食堂", unit="v")]
    )
    assert found(index.earlier(form("x", "另一个", code="1"))) == (["a"], Way.CODE)
    assert found(index.earlier(form("x", "食堂"))) == (["b"], Way.NAME)
    assert found(index.earlier(form("x", "新的"))) == ([], Way.NONE)


def test_a_lasting_project_goes_before_code_and_name():
    old, new = form("a", "物业"), form("x", "后勤")
    old.project = new.project = Project("p")
    assert found(YearIndex.of([old]).earlier(new)) == (["a"], Way.PROJECT)


def test_of_two_forms_of_one_name_none_is_taken():
    index = YearIndex.of([form("a", "物业"), form("b", "物业")])
    assert found(index.earlier(form("x", "物业"))) == ([], Way.NONE)


def test_a_link_by_hand_goes_before_all_and_one_to_nothing_says_new():
    index = YearIndex.of([form("a", "物业"), form("b", "保洁")])
    links = Links().with_form("x", ["a", "b"])
    assert found(index.earlier(form("x", "物业"), links)) == (["a", "b"], Way.BY_HAND)
    assert found(index.earlier(form("x", "物业"), links.with_form("x", []))) == ([], Way.BY_HAND)
    assert found(index.earlier(form("x", "物业"), links.with_form("x", None))) == (["a"], Way.NAME)


def test_rows_are_known_by_id_then_by_name_and_likeness():
    old = [
        row("安保巡逻检查次数", "≥3次/日", "r"),
        row("接待人数", "≥30人"),
        row("培训期数", "≥2期"),
    ]
    new = [row("值守", "≥3次/日", "r"), row("接待人数", "≥40人"), row("培训的期数", "≥2期")]
    over = earlier_rows(new, old, {})
    ways = [(over[x.id].rows[0].level3, over[x.id].way) for x in new]
    assert ways == [
        ("安保巡逻检查次数", Way.CARRIED), ("接待人数", Way.NAME), ("培训期数", Way.NEAR),
    ]  # fmt: skip
    assert over["r"].sure == over[new[1].id].sure == 1
    assert 0.5 < over[new[2].id].sure < 1


def test_equal_ids_mean_nothing_where_each_file_numbers_its_rows():
    old, new = [row("接待人数", "≥30人", "1")], [row("培训期数", "≥2期", "1")]
    assert earlier_rows(new, old, {}, by_id=False) == {}


def test_rows_merge_and_split_by_hand():
    old = [row("安保巡逻检查次数", "≥3次/日", "a"), row("接待人数", "≥30人", "b")]
    new = [row("安保巡逻检查次数", "≥3次/日", "x"), row("来访批次", "≥9批", "y")]
    merged = earlier_rows(new, old, {"x": [], "y": ["a", "b"]})
    assert {key: [x.id for x in one.rows] for key, one in merged.items()} == {"y": ["a", "b"]}
    split = earlier_rows(new, old, {"x": ["a"], "y": ["a"]})
    assert {key: [x.id for x in one.rows] for key, one in split.items()} == {"x": ["a"], "y": ["a"]}


def test_links_last_as_json():
    links = Links().with_form("x", ["a"]).with_row("x", "r", ["b", "c"])
    assert Links.from_json(links.to_json()) == links
    assert Links.from_json(None) == Links()
