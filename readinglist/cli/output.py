"""What reaches the terminal: data on stdout, remarks on stderr, and no control character on either.

Text for people goes through `say` and `tell`, which wash it even when the library that it comes
from was written by something that did not. Machines read `say_json` and `write`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from functools import cache
from io import TextIOBase, TextIOWrapper
from typing import Any, TextIO

from readinglist import crash
from readinglist.text import clean

STYLES = {
    "strong": "1",
    "quiet": "2",
    "inbox": "34",
    "to-read": "36",
    "reading": "33",
    "read": "32",
    "skipped": "2",
}

# Left as they are by `json.dumps`, yet a terminal obeys the first and UTF-8 has no lone surrogates.
_UNSAFE_IN_JSON = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"

Cell = str | tuple[str, str]
"""A text for people, alone or with the name of its style."""


class _Closed(TextIOBase):
    """Standard output that whoever started us has closed (`readinglist list >&-`)."""

    encoding = "utf-8"

    def __init__(self, place: TextIO) -> None:
        super().__init__()
        self._place = place  # has its number, so that no other file gets it
        self._missed = False

    def write(self, _text: str, /) -> int:
        """Refuse; argparse passes over that, so `flush` says it too."""
        self._missed = True
        raise OSError(errno.EBADF, "standard output is closed")

    def flush(self) -> None:
        """Say once, for Python flushes again when it ends, that something was not written."""
        if self._missed:
            self._missed = False
            raise OSError(errno.EBADF, "standard output is closed")


def prepare() -> None:
    """Make stdout and stderr able to print any text, whatever the locale says.

    Data that is piped or redirected is UTF-8, so that a file does not depend on who wrote it.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (open to the end; `--help` loads no `Path`)
            setattr(sys, name, nowhere if name == "stderr" else _Closed(nowhere))
        elif isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def flush() -> None:
    """Send what is buffered; `BrokenPipeError` when nobody reads any more."""
    sys.stdout.flush()


def settle() -> None:
    """Flush, and if that cannot be done let the rest go, so that Python's exit is silent."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(*cells: Cell) -> None:
    """Print one line of data for people."""
    _print(sys.stdout, cells)


def tell(*cells: Cell) -> None:
    """Print one remark; one that cannot be printed does not stop the work it is about."""
    with contextlib.suppress(OSError):
        _print(sys.stderr, cells)


def complain(problem: object) -> None:
    """Print why something was not done."""
    tell(f"readinglist: {' '.join(str(problem).split())}")


def report(error: BaseException) -> None:
    """Print where a bug of our own is, and no value with it."""
    for line in crash.report(error).splitlines():
        tell(line)


def write(text: str) -> None:
    """Print text for machines exactly as it is."""
    sys.stdout.write(text)


def say_json(value: Any) -> None:
    """Print one JSON value on a line of its own."""
    write(f"{json_text(value)}\n")


def json_text(value: Any) -> str:
    """JSON in which a terminal finds nothing to obey."""
    import json  # 1.5 ms

    text = json.dumps(value, ensure_ascii=(sys.stdout.encoding or "").lower() != "utf-8")
    return re.sub(_UNSAFE_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)


def count(number: int, thing: str) -> str:
    """Say how many: `1 paper`, `2 papers`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _print(stream: TextIO, cells: tuple[Cell, ...]) -> None:
    stream.write("".join(_painted(stream, cell) for cell in cells).rstrip() + "\n")


def _painted(stream: TextIO, cell: Cell) -> str:
    text, style = cell if isinstance(cell, tuple) else (cell, "")
    text = clean(text).replace("\n", " ").replace("\t", " ")
    code = STYLES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text and _in_colour(stream) else text


@cache
def _in_colour(stream: TextIO) -> bool:
    dumb = os.environ.get("TERM") == "dumb" or os.environ.get("NO_COLOR")
    return stream.isatty() and not dumb
