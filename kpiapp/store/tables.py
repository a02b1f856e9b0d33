"""The tables of a library: one row a form, goal, indicator, field, and value of an inner table.

Natural keys throughout (form id, label, id), so that plain SQL and pandas read them without a map.
Goals, indicators and rows are keyed by form *and* id: the next year's form keeps the ids of the
things it continues, and that is their lineage. `position` orders what is printed in order; its
values leave gaps, so that inserting writes one row (see `ordering.py`). `other` keeps, as JSON,
the keys of the interchange file that this program does not know. `sqlite_with_rowid=False` lets
the rows of one form lie together in the file, which makes loading a form a few short scans.

They are written without SQLAlchemy's mapped classes: nobody makes objects of rows here, and to
load what maps them took an eighth of the time until a library was open.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

METADATA = MetaData()


class JsonText(TypeDecorator[Any]):
    """A value of any JSON kind as text; None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text to store."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the stored value."""
        return None if value is None else json.loads(value)


META = Table(
    "meta",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the file is: schema version, name of the library, program that wrote it."""

SETTINGS = Table(
    "settings",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", JsonText),
)
"""A choice that belongs to this library, such as rules switched off."""

UNITS = Table(
    "units",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent_id", Text, ForeignKey("units.id")),
)
"""A budget unit as it was last named; what a form printed stands with the form."""

PROJECTS = Table(
    "projects",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id")),
    Column("code", Text, nullable=False),
)
"""A project over all its years."""

FORMS = Table(
    "forms",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("layout", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("filled_on", Text),
    Column("amount_unit", Text, nullable=False),
    Column("unit_id", Text, ForeignKey("units.id"), index=True),
    Column("unit_name", Text),
    Column("unit_parent", Text),
    Column("unit_other", JsonText),
    Column("project_id", Text, ForeignKey("projects.id"), index=True),
    Column("project_code", Text),
    Column("project_other", JsonText),
    Column("stage", Text),
    Column("revision", JsonText),
    Column("status", Text, nullable=False, default=""),
    Column("version", Integer, nullable=False, default=1),
    Column("other", JsonText),
    Index("forms_by_year", "year", "kind", "position"),
)
"""A form's own values; `version` counts its saved steps (optimistic locking)."""


def _of_form() -> Column[str]:
    return Column("form_id", Text, ForeignKey("forms.id", ondelete="CASCADE"), primary_key=True)


FIELDS = Table(
    "fields",
    METADATA,
    _of_form(),
    Column("label", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""One labelled cell."""

CHOICES = Table(
    "choices",
    METADATA,
    _of_form(),
    Column("label", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("other", JsonText),
    sqlite_with_rowid=False,
)
"""A group of tick boxes."""

CHOICE_ITEMS = Table(
    "choice_items",
    METADATA,
    Column("form_id", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("option", Text, nullable=False),
    Column("text", Text),
    ForeignKeyConstraint(
        ["form_id", "label"], ["choices.form_id", "choices.label"], ondelete="CASCADE"
    ),
    sqlite_with_rowid=False,
)
"""One entry of a group's `options`, `checked` or `values`; `text` is what stands beside."""

TABLES = Table(
    "tables",
    METADATA,
    _of_form(),
    Column("label", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("other", JsonText),
    sqlite_with_rowid=False,
)
"""An inner table."""


def _of_table() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["form_id", "label"], ["tables.form_id", "tables.label"], ondelete="CASCADE"
    )


COLUMNS = Table(
    "table_columns",
    METADATA,
    Column("form_id", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    _of_table(),
    sqlite_with_rowid=False,
)
"""The head of one column of an inner table."""

LINES = Table(
    "table_rows",
    METADATA,
    Column("form_id", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    _of_table(),
    sqlite_with_rowid=False,
)
"""One row of an inner table; its cells are in `table_cells`."""

CELLS = Table(
    "table_cells",
    METADATA,
    Column("form_id", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("column", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(
        ["form_id", "label", "row_id"],
        ["table_rows.form_id", "table_rows.label", "table_rows.id"],
        ondelete="CASCADE",
    ),
    sqlite_with_rowid=False,
)
"""One value of an inner table."""

GOALS = Table(
    "goals",
    METADATA,
    _of_form(),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("horizon", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("until", Integer),
    Column("text", Text, nullable=False),
    Column("share", JsonText),
    Column("other", JsonText),
    sqlite_with_rowid=False,
)
"""绩效目标."""

INDICATORS = Table(
    "indicators",
    METADATA,
    _of_form(),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("horizon", Text, nullable=False),
    Column("goal", Integer, nullable=False),
    Column("level1", Text, nullable=False),
    Column("level2", Text, nullable=False),
    Column("level3", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("prior2", Text),
    Column("prior1", Text),
    Column("long_term_target", Text),
    Column("standard", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("weight", JsonText),
    Column("direction", Text),
    Column("other", JsonText),
    sqlite_with_rowid=False,
)
"""三级指标 with its values."""

EXTRAS = Table(
    "indicator_values",
    METADATA,
    Column("form_id", Text, primary_key=True),
    Column("indicator_id", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(
        ["form_id", "indicator_id"],
        ["indicators.form_id", "indicators.id"],
        ondelete="CASCADE",
    ),
    sqlite_with_rowid=False,
)
"""A value in a column that only some layouts print (`extra`), such as 计量单位."""

NOTES = Table(
    "notes",
    METADATA,
    _of_form(),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""A printed remark under the form."""

LISTS = Table(
    "project_lists",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("layout", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("amount_unit", Text, nullable=False),
    Column("other", JsonText),
)
"""表10 项目支出表."""

LIST_CELLS = Table(
    "project_list_cells",
    METADATA,
    Column("list_id", Text, ForeignKey("project_lists.id", ondelete="CASCADE"), primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("column", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""One text of a 项目支出表; row 0 holds the heads. `column` -1 marks a row without cells."""

STEPS = Table(
    "steps",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("undone", Boolean, nullable=False, default=False),
)
"""One thing a person did; undone steps stay until another step takes their place."""

EDITS = Table(
    "step_edits",
    METADATA,
    Column("step_id", Integer, ForeignKey("steps.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("form_id", Text),
    Column("edit", JsonText, nullable=False),
    Column("inverse", JsonText, nullable=False),
    sqlite_with_rowid=False,
)
"""One change of a step, and the change that undoes it."""

EXCUSES = Table(
    "excuses",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("form_id", Text, nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("time", Text, nullable=False),
)
"""A finding that a person decided not to count; `key` is its code and stable place."""
