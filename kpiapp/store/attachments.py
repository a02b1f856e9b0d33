"""佐证材料: files kept whole in a library, each with its hash, beside the form they prove.

Files are no part of the history: what was attached is taken away by hand, never by undo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from kpiapp.store.rows import table_of
from kpiapp.store.tables import AttachmentRow

if TYPE_CHECKING:
    from sqlalchemy import Connection


ATTACHMENTS = table_of(AttachmentRow)
_SHOWN = [column for column in ATTACHMENTS.c if column.name != "content"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file without its content; `time` is ISO, in UTC."""

    id: str
    form_id: str
    indicator_id: str
    name: str
    size: int
    sha256: str
    time: str
    who: str


def read(connection: Connection, form_id: str) -> list[Attachment]:
    """Return the files of a form, the oldest first."""
    statement = select(*_SHOWN).where(ATTACHMENTS.c.form_id == form_id)
    rows = connection.execute(statement.order_by(ATTACHMENTS.c.time, ATTACHMENTS.c.name))
    return [Attachment(*row) for row in rows]


def content(connection: Connection, attachment_id: str) -> bytes:
    """Return the bytes of a file; raises KeyError."""
    statement = select(ATTACHMENTS.c.content).where(ATTACHMENTS.c.id == attachment_id)
    found = connection.scalar(statement)
    if found is None:
        raise KeyError(attachment_id)
    return bytes(found)


def add(connection: Connection, attachment: Attachment, data: bytes) -> None:
    """Keep a file."""
    values = {name: getattr(attachment, name) for name in attachment.__slots__}
    connection.execute(insert(ATTACHMENTS).values(**values, content=data))


def remove(connection: Connection, attachment_id: str) -> None:
    """Take a file away."""
    connection.execute(delete(ATTACHMENTS).where(ATTACHMENTS.c.id == attachment_id))
