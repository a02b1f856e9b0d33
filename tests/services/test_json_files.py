"""JSON that the program writes: for long lists one item a line, and always the same data."""

import json

import pytest

from kpiapp.services.files import json_files

DATA = {"verdict": "ready", "rules_off": [], "problems": [{"row": None, "message": "“甲”\n乙"}, 2]}


@pytest.mark.parametrize("data", [{}, DATA, {"a": {"b": [1]}, "c": "坏\ud800"}])
def test_a_listing_says_what_it_was_given(data):
    text = json_files.listing_to_bytes(data).decode()
    assert json.loads(text) == json.loads(json_files.to_bytes(data))


def test_items_of_a_list_stand_on_lines_of_their_own():
    lines = json_files.listing_to_bytes(DATA).decode().splitlines()
    assert '  {"row": null, "message": "“甲”\\n乙"},' in lines
