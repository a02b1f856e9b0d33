"""Where in a layout file something stands: a mistake is told with file, line, block and key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kpiapp.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"\s*\[\[\s*block\s*\]\]")
NAME = re.compile(r"""\s*name\s*=\s*["'](.*?)["']\s*(?:#.*)?$""")
TOML_PLACE = re.compile(r"(.*?)\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
TOML_WORDS = {
    "Invalid value": "值的写法不对，文字要加引号",
    "Expected '=' after a key": "键后面应是等号",
    "Invalid statement": "这一行不成句",
    "Unclosed array": "方括号没有写完",
    "Unclosed inline table": "花括号没有写完",
    "Unterminated string": "引号没有写完",
    "Cannot overwrite a value": "同一个键写了两次",
    "Duplicate inline table key": "同一个键写了两次",
    "Cannot declare": "同一节写了两次",
    "Illegal character": "有不能用的字符，请检查引号是否写完",
    "Expected newline": "这一行写完后应换行",
}
"""What the reader of TOML says, by its first words."""


class LayoutError(UserError):
    """A layout file that cannot be used; the message names file, line, block and key."""


@dataclass(frozen=True, slots=True)
class Source:
    """A layout file, or one that it extends."""

    path: Path
    text: str

    def line_of(self, block: str, key: str) -> int:
        """Return the line, from 1, of a key in a block ("" for the top); 0 where there is none."""
        wanted = re.compile(rf"""(?:^|[\s{{,\[.])["']?{re.escape(key)}["']?\s*[=\].]""")
        lines = self.text.splitlines()
        spans = [x for x in self._spans(lines) if x[0] == block]
        for _, first, last in spans:
            for number in range(first, last):
                if key and wanted.search(lines[number]):
                    return number + 1
        return spans[0][1] + 1 if spans and (block or not key) else 0

    @staticmethod
    def _spans(lines: list[str]) -> list[tuple[str, int, int]]:
        """Return name, first line and line behind of the top and of each block."""
        starts = [number for number, line in enumerate(lines) if BLOCK.match(line)]
        edges = zip(starts, [*starts, len(lines)][1:], strict=True)
        spans = [("", 0, starts[0] if starts else len(lines))]
        for first, last in edges:
            names = (NAME.match(line) for line in lines[first:last])
            spans.append((next((one[1] for one in names if one), ""), first, last))
        return spans


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a layout, as a person reads it; `sources` are the file and what it extends."""

    sources: tuple[Source, ...]
    block: str = ""
    key: str = ""
    tail: str = ""

    def at(self, key: str) -> Where:
        """Return the place of a key of this."""
        return replace(self, key=key, tail=f"{self.tail}，“{key}”")

    def item(self, number: int) -> Where:
        """Return the place of an item of a list, counted from 0."""
        return replace(self, tail=f"{self.tail}第{number + 1}项")

    def __str__(self) -> str:
        block = f"，版块“{self.block}”" if self.block else ""
        for source in self.sources:
            if line := source.line_of(self.block, self.key):
                return f"{source.path.name}第{line}行{block}{self.tail}"
        return f"{self.sources[0].path.name}{block}{self.tail}"

    def fault(self, what: str, way_out: str) -> LayoutError:
        """Return the error that says what is wrong here."""
        return LayoutError(f"表样文件{self}{what}", way_out)


def read_toml(path: Path) -> tuple[Source, dict[str, Any]]:
    """Return a file and what it says.

    Raises:
        LayoutError: it cannot be read, or is not written as TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise LayoutError(f"找不到表样文件{path.name}", "请检查文件名和extends的写法") from None
    except UnicodeDecodeError:
        raise LayoutError(
            f"表样文件{path.name}不是UTF-8编码", "请用记事本另存，编码选UTF-8"
        ) from None
    except OSError as error:
        raise LayoutError(f"读不了表样文件{path.name}", "请检查文件和权限") from error
    try:
        return Source(path, text), tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(
            f"表样文件{path.name}{_toml_place(str(error))}", "请按所指的行修改"
        ) from None


def _toml_place(said: str) -> str:
    """Return what the reader of TOML says, in Chinese.

    >>> _toml_place("Invalid value (at line 4, column 8)")
    '第4行第8个字符处写法有误：值的写法不对，文字要加引号'
    """
    found = TOML_PLACE.match(said)
    what = found[1] if found else said
    word = next((word for words, word in TOML_WORDS.items() if what.startswith(words)), what)
    if found and found[2]:
        return f"第{found[2]}行第{found[3]}个字符处写法有误：{word}"
    return f"末尾写法有误：{word}"
