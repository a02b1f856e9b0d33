"""The printed sheet as pages: everything is on it, whole, inside the paper."""

from __future__ import annotations

import json

import pytest

from kpiapp.errors import UserError
from kpiapp.model.form import Form, Kind
from kpiapp.model.interchange import form_from_json
from kpiapp.paths import resource
from kpiapp.services.exports.preview import printed
from kpiapp.sheets import paper
from kpiapp.sheets.filling.fill import fill
from kpiapp.sheets.layouts.layout import layout

SAMPLES = sorted(resource("samples", "2026").glob("[dp]*.json"))


def form_of(path):
    return form_from_json(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def form(request):
    return form_of(request.param)


def plain(text):
    return "".join(text.split())


def test_every_text_of_the_sheet_is_on_a_page(form):
    boxes = [box for page in printed(form).pages for box in page]
    shown = plain("".join(line for box in boxes for line in box.lines))
    grid = fill(form, layout(form.layout, form.kind))
    missing = [cell.name for cell in grid.cells if plain(cell.text) not in shown]
    assert not missing


def test_boxes_stay_inside_the_margins(form):
    sheet = printed(form)
    for page in sheet.pages:
        for box in page:
            assert box.x >= paper.SIDE - 0.01
            assert box.x + box.width <= sheet.width - paper.SIDE + 0.01
            assert box.y + box.height <= sheet.height - paper.TOP + 0.01


def test_lines_fit_their_box(form):
    for page in printed(form).pages:
        for box in page:
            assert len(box.lines) * box.line <= box.height + 0.01 or len(box.lines) == 1


def test_a_form_of_an_unknown_layout_is_refused_in_a_sentence():
    with pytest.raises(UserError):
        printed(Form("x", Kind.PROJECT, 2026, layout="nowhere-2026"))
