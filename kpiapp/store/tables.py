"""The tables of a library: one row a form, goal, indicator, field, and value of an inner table.

Natural keys throughout (form id, label, id), so that plain SQL and pandas read them without a map.
Goals, indicators and rows are keyed by form *and* id: the next year's form keeps the ids of the
things it continues, and that is their lineage. `position` orders what is printed in order; its
values leave gaps, so that inserting writes one row (see `ordering.py`). `other` keeps, as JSON,
the keys of the interchange file that this program does not know.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CLUSTERED = {"sqlite_with_rowid": False}
"""Rows of one form lie together in the file, which makes loading a form a few short scans."""


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


class Base(DeclarativeBase):
    """What all tables share: a text is TEXT, anything untyped is JSON."""

    type_annotation_map = {str: Text, Any: JsonText}  # noqa: RUF012 - SQLAlchemy's own form


class MetaRow(Base):
    """What the file is: schema version, name of the library, program that wrote it."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SettingRow(Base):
    """A choice that belongs to this library, such as rules switched off."""

    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(nullable=True)


class UnitRow(Base):
    """A budget unit as it was last named; what a form printed stands with the form."""

    __tablename__ = "units"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))


class ProjectRow(Base):
    """A project over all its years."""

    __tablename__ = "projects"
    id: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    code: Mapped[str]


class FormRow(Base):
    """A form's own values; `version` counts its saved steps (optimistic locking)."""

    __tablename__ = "forms"
    __table_args__ = (Index("forms_by_year", "year", "kind", "position"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    kind: Mapped[str]
    year: Mapped[int]
    layout: Mapped[str]
    title: Mapped[str]
    filled_on: Mapped[str | None]
    amount_unit: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)
    unit_name: Mapped[str | None]
    unit_parent: Mapped[str | None]
    unit_other: Mapped[Any] = mapped_column(nullable=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.id"), index=True)
    project_code: Mapped[str | None]
    project_other: Mapped[Any] = mapped_column(nullable=True)
    stage: Mapped[str | None]
    revision: Mapped[Any] = mapped_column(nullable=True)
    status: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    other: Mapped[Any] = mapped_column(nullable=True)


def _form_id(*, key: bool = True) -> Mapped[str]:
    return mapped_column(ForeignKey("forms.id", ondelete="CASCADE"), primary_key=key)


class FieldRow(Base):
    """One labelled cell."""

    __tablename__ = "fields"
    __table_args__ = (CLUSTERED,)
    form_id: Mapped[str] = _form_id()
    label: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str]


class ChoiceRow(Base):
    """A group of tick boxes."""

    __tablename__ = "choices"
    __table_args__ = (CLUSTERED,)
    form_id: Mapped[str] = _form_id()
    label: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    other: Mapped[Any] = mapped_column(nullable=True)


class ChoiceItemRow(Base):
    """One entry of a group's `options`, `checked` or `values`; `text` is what stands beside."""

    __tablename__ = "choice_items"
    __table_args__ = (
        ForeignKeyConstraint(
            ["form_id", "label"], ["choices.form_id", "choices.label"], ondelete="CASCADE"
        ),
        CLUSTERED,
    )
    form_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    option: Mapped[str]
    text: Mapped[str | None]


class TableRow(Base):
    """An inner table."""

    __tablename__ = "tables"
    __table_args__ = (CLUSTERED,)
    form_id: Mapped[str] = _form_id()
    label: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    other: Mapped[Any] = mapped_column(nullable=True)


def _of_table() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["form_id", "label"], ["tables.form_id", "tables.label"], ondelete="CASCADE"
    )


class TableColumnRow(Base):
    """The head of one column of an inner table."""

    __tablename__ = "table_columns"
    __table_args__ = (_of_table(), CLUSTERED)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class TableLineRow(Base):
    """One row of an inner table; its cells are in `table_cells`."""

    __tablename__ = "table_rows"
    __table_args__ = (_of_table(), CLUSTERED)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class TableCellRow(Base):
    """One value of an inner table."""

    __tablename__ = "table_cells"
    __table_args__ = (
        ForeignKeyConstraint(
            ["form_id", "label", "row_id"],
            ["table_rows.form_id", "table_rows.label", "table_rows.id"],
            ondelete="CASCADE",
        ),
        CLUSTERED,
    )
    form_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    column: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class GoalRow(Base):
    """绩效目标."""

    __tablename__ = "goals"
    __table_args__ = (CLUSTERED,)
    form_id: Mapped[str] = _form_id()
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    horizon: Mapped[str]
    number: Mapped[int]
    label: Mapped[str]
    until: Mapped[int | None]
    text: Mapped[str]
    share: Mapped[Any] = mapped_column(nullable=True)
    other: Mapped[Any] = mapped_column(nullable=True)


class IndicatorRow(Base):
    """三级指标 with its values."""

    __tablename__ = "indicators"
    __table_args__ = (CLUSTERED,)
    form_id: Mapped[str] = _form_id()
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    horizon: Mapped[str]
    goal: Mapped[int]
    level1: Mapped[str]
    level2: Mapped[str]
    level3: Mapped[str]
    target: Mapped[str]
    prior2: Mapped[str | None]
    prior1: Mapped[str | None]
    long_term_target: Mapped[str | None]
    standard: Mapped[str]
    note: Mapped[str]
    weight: Mapped[Any] = mapped_column(nullable=True)
    direction: Mapped[str | None]
    other: Mapped[Any] = mapped_column(nullable=True)


class IndicatorValueRow(Base):
    """A value in a column that only some layouts print (`extra`), such as 计量单位."""

    __tablename__ = "indicator_values"
    __table_args__ = (
        ForeignKeyConstraint(
            ["form_id", "indicator_id"],
            ["indicators.form_id", "indicators.id"],
            ondelete="CASCADE",
        ),
        CLUSTERED,
    )
    form_id: Mapped[str] = mapped_column(primary_key=True)
    indicator_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str]


class NoteRow(Base):
    """A printed remark under the form."""

    __tablename__ = "notes"
    __table_args__ = (CLUSTERED,)
    form_id: Mapped[str] = _form_id()
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class ProjectListRow(Base):
    """表10 项目支出表."""

    __tablename__ = "project_lists"
    id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    layout: Mapped[str]
    title: Mapped[str]
    amount_unit: Mapped[str]
    other: Mapped[Any] = mapped_column(nullable=True)


class ProjectListCellRow(Base):
    """One text of a 项目支出表; row 0 holds the heads. `column` -1 marks a row without cells."""

    __tablename__ = "project_list_cells"
    __table_args__ = (CLUSTERED,)
    list_id: Mapped[str] = mapped_column(
        ForeignKey("project_lists.id", ondelete="CASCADE"), primary_key=True
    )
    row: Mapped[int] = mapped_column(primary_key=True)
    column: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class StepRow(Base):
    """One thing a person did; undone steps stay until another step takes their place."""

    __tablename__ = "steps"
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    time: Mapped[str]
    who: Mapped[str]
    undone: Mapped[bool] = mapped_column(default=False)


class StepEditRow(Base):
    """One change of a step, and the change that undoes it."""

    __tablename__ = "step_edits"
    __table_args__ = (CLUSTERED,)
    step_id: Mapped[int] = mapped_column(
        ForeignKey("steps.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[str | None]
    edit: Mapped[Any]
    inverse: Mapped[Any]


class ExcuseRow(Base):
    """A finding that a person decided not to count; `key` is its code and stable place."""

    __tablename__ = "excuses"
    key: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    reason: Mapped[str]
    who: Mapped[str]
    time: Mapped[str]


class AttachmentRow(Base):
    """One file; `indicator_id` is "" where it proves the whole form. `content` are its bytes."""

    __tablename__ = "attachments"
    id: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(index=True)
    indicator_id: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    time: Mapped[str]
    who: Mapped[str]
    content: Mapped[bytes]
