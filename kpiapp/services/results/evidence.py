"""佐证材料 of a self-evaluation: attached, listed, written out again, each proven by its hash."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kpiapp.errors import UserError
from kpiapp.model.form import new_id
from kpiapp.services.files.folders import make_folder, safe_name
from kpiapp.services.files.formats import write_bytes
from kpiapp.store.attachments import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpiapp.model.form import Form
    from kpiapp.services.session import Session

__all__ = ["Attachment", "attach", "attach_all", "listing", "write_all", "write_out"]

LARGEST = 20_000_000
"""Bytes of one file; a scan of some pages has a few million."""
_MEGA = 1_000_000
_KILO = 1000


def attach(session: Session, form_id: str, path: Path, indicator_id: str = "") -> Attachment:
    """Keep a file beside a self-evaluation.

    Args:
        session: the open library.
        form_id: the self-evaluation.
        path: the file; it is copied whole.
        indicator_id: what it proves, or "" for the whole form.

    Raises:
        UserError: the file is missing, locked, empty, too large, or attached already.
    """
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    for known in session.library.attachments(form_id):
        if known.sha256 == digest and known.indicator_id == indicator_id:
            raise UserError(f"“{path.name}”与已有的附件“{known.name}”内容相同", "不用重复添加")
    new = Attachment(new_id(), form_id, indicator_id, path.name, len(data), digest, "", "")
    return session.library.attach(new, data)


def attach_all(
    session: Session, form_id: str, paths: Iterable[Path], indicator_id: str = ""
) -> None:
    """Keep several files; one that is refused keeps none of the others back.

    Raises:
        UserError: as `attach`, with every file that was refused.
    """
    refused = []
    for path in paths:
        try:
            attach(session, form_id, path, indicator_id)
        except UserError as error:
            refused.append(error)
    if refused:
        ways = dict.fromkeys(error.way_out for error in refused)
        raise UserError("；".join(error.message for error in refused), "；".join(ways))


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UserError(
                f"“{path.name}”有{size / _MEGA:.1f}MB，附件不能超过{LARGEST // _MEGA}MB",
                "请压缩，或拆成几个文件",
            )
        data = path.read_bytes()
    except OSError as error:
        from kpiapp.sheets.files import reason

        told = f"读不了附件“{path.name}”：{reason(error)}"
        raise UserError(told, "请检查文件，关闭占用它的程序") from error
    if not data:
        raise UserError(f"附件“{path.name}”是空文件", "请检查文件")
    return data


def write_out(session: Session, attachment: Attachment, path: Path) -> None:
    """Write an attached file again.

    Raises:
        UserError: it cannot be written, or its content is no longer what was attached.
    """
    data = session.library.attached(attachment.id)
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise UserError(f"附件“{attachment.name}”的内容已损坏", "请从备份恢复目标库")
    write_bytes(path, data)


def write_all(session: Session, form: Form, folder: Path) -> list[Path]:
    """Write all files of a self-evaluation into a folder, with their list; return the files."""
    found = session.library.attachments(form.id)
    if not found:
        return []
    make_folder(folder)
    files = []
    for number, one in enumerate(found, 1):
        files.append(folder / f"{number:02d}-{safe_name(one.name)}")
        write_out(session, one, files[-1])
    files.append(folder / "佐证材料清单.txt")
    write_bytes(files[-1], ("\n".join(listing(form, found)) + "\n").encode())
    return files


def listing(form: Form, attachments: list[Attachment], *, proofs: bool = True) -> list[str]:
    """Return the list of evidence, a line a file: number, name, what it proves, size, and hash.

    Args:
        form: the self-evaluation.
        attachments: its files.
        proofs: with the hash of each, which shows whether a copy is still the same.
    """
    names = {row.id: row.level3 for row in form.indicators}
    return [
        f"{number}. {one.name}（{names.get(one.indicator_id, '整张表')}，{size_text(one.size)}"
        + (f"，SHA-256 {one.sha256}）" if proofs else "）")
        for number, one in enumerate(attachments, 1)
    ]


def size_text(size: int) -> str:
    """Return a size for a person.

    >>> size_text(2_500_000)
    '2.5MB'
    """
    return f"{size / _MEGA:.1f}MB" if size >= _MEGA else f"{max(1, size // _KILO)}KB"
