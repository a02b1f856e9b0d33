"""Forms for property tests: small, with every part, with keys that the program does not know."""

from hypothesis import strategies as st

TEXT = st.text("甲乙≥5% \n=+", max_size=4)
LABEL = st.text("项目名称/1", min_size=1, max_size=3)
UNKNOWN = st.dictionaries(
    st.sampled_from(["x1", "x2"]), st.none() | st.integers() | TEXT, max_size=2
)
HORIZON = st.sampled_from(["long_term", "annual"])
ID = st.text("abc123", min_size=1, max_size=4)


def _with(required, optional=None):
    """A JSON object with all required keys, any of the optional ones and unknown ones."""
    known = st.fixed_dictionaries(required, optional=optional or {})
    return st.builds(lambda a, b: a | b, known, UNKNOWN)


GOAL = _with(
    {"horizon": HORIZON, "number": st.integers(1, 3), "label": TEXT,
     "until": st.none() | st.integers(2020, 2030), "text": TEXT},
    {"id": ID, "share": st.integers(1, 100)},
)  # fmt: skip
INDICATOR = _with(
    {"horizon": HORIZON, "goal": st.integers(1, 3), "level1": TEXT, "level2": TEXT, "level3": TEXT,
     "target": TEXT, "prior2": st.none() | TEXT, "prior1": st.none() | TEXT,
     "long_term_target": st.none() | TEXT, "standard": TEXT, "note": TEXT},
    {"id": ID, "weight": st.integers(0, 90), "direction": st.sampled_from(["正向", "反向"]),
     "extra": st.dictionaries(LABEL, TEXT, min_size=1, max_size=3)},
)  # fmt: skip
CHOICE = _with(
    {"options": st.lists(TEXT, max_size=2), "checked": st.lists(TEXT, max_size=2)},
    {"values": st.dictionaries(LABEL, TEXT, min_size=1, max_size=2)},
)


@st.composite
def tables(draw):
    """An inner table whose rows are as long as its heads."""
    columns = draw(st.lists(TEXT, max_size=3))
    row = st.lists(TEXT, min_size=len(columns), max_size=len(columns))
    return {"columns": columns, "rows": draw(st.lists(row, max_size=3))} | draw(UNKNOWN)


def _same_ids_given(items):
    """Give every item an id or none, as files have them; no id twice."""
    if all("id" in item for item in items):
        return [item | {"id": f"{item['id']}{n}"} for n, item in enumerate(items)]
    return [{key: x for key, x in item.items() if key != "id"} for item in items]


@st.composite
def form_jsons(draw):
    """The JSON object of a form, as the interchange file has it."""
    goals, rows = draw(st.lists(GOAL, max_size=3)), draw(st.lists(INDICATOR, max_size=4))
    together = _same_ids_given([*goals, *rows])
    data = {
        "id": draw(ID),
        "kind": draw(st.sampled_from(["project", "department"])),
        "year": draw(st.integers(2020, 2030)),
        "layout": draw(TEXT),
        "title": draw(TEXT),
        "filled_on": draw(st.none() | TEXT),
        "amount_unit": draw(st.sampled_from(["元", "万元"])),
        "fields": draw(st.dictionaries(LABEL, TEXT, max_size=4)),
        "choices": draw(st.dictionaries(LABEL, CHOICE, max_size=3)),
        "tables": draw(st.dictionaries(LABEL, tables(), max_size=3)),
        "goals": together[: len(goals)],
        "indicators": together[len(goals) :],
        "notes": draw(st.lists(TEXT, max_size=2)),
    }
    optional = st.fixed_dictionaries(
        {},
        optional={
            "unit": _with({"id": ID, "name": TEXT, "parent": st.none() | ID}),
            "project": _with({"id": ID, "code": TEXT}),
            "stage": st.sampled_from(["declaration", "evaluation"]),
            "revision": st.integers(1, 9),
            "findings": st.just([{"code": "x"}]),
        },
    )
    return data | draw(optional)
