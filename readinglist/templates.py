"""Exports of the user's own making: a template of Jinja's, filled in with papers in a sandbox."""

from __future__ import annotations

import functools
import re
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from readinglist import latex
from readinglist.errors import TemplateFailed
from readinglist.formats import links, markdown, yaml_text
from readinglist.records import Entry
from readinglist.stopping import checkpoint
from readinglist.text import clean_line, without_braces

_LARGEST: Final = 1 << 20  # bytes of a template
_LONGEST: Final = 1 << 28  # characters that one may write
_LONGEST_PIECE: Final = 1 << 24  # characters that one expression may make
_PATIENCE: Final = 20.0  # seconds without a word
_NAME: Final = "template"


class Template:
    """A template that has been read; `TemplateFailed` says what is wrong with it, and where.

    It sees `papers`, each with the members of the JSON contract and `links`, and can use the
    filters `latex`, `markdown` and `yaml` beside Jinja's own.
    """

    def __init__(self, path: Path) -> None:
        self._shown = clean_line(str(path))
        self._sandbox = _Sandbox()
        self._source = self._read(path)
        try:
            code = self._sandbox.compile(self._source, _NAME, _NAME)
        except TemplateSyntaxError as error:
            raise self._wrong(error.lineno, error.message or "it is no template") from error
        except RecursionError as error:
            raise self._wrong(0, "it is nested too deeply") from error
        self._template = self._sandbox.template_class.from_code(
            self._sandbox, code, self._sandbox.make_globals(None)
        )

    def write(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Yield what the template makes of the papers, piece by piece."""
        papers = [_paper(entry) for entry in entries]
        written = 0
        self._sandbox.begin()
        pieces = self._template.generate(papers=papers)
        while (piece := self._next(pieces)) is not None:
            written += len(piece)
            if written > _LONGEST:
                raise self._wrong(0, f"it writes more than {_LONGEST >> 20} million characters")
            self._sandbox.begin()
            yield piece

    def _next(self, pieces: Iterator[str]) -> str | None:
        try:
            return next(pieces, None)
        except _TooMuch as error:
            raise self._wrong(_line_of(error), str(error)) from error
        except SecurityError as error:
            raise self._wrong(_line_of(error), "it may not do that") from error
        except TemplateError as error:
            raise self._wrong(_line_of(error), str(error.message or error)) from error
        except RecursionError as error:
            raise self._wrong(_line_of(error), "it calls itself without an end") from error
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise self._wrong(_line_of(error), str(error)) from error

    def _read(self, path: Path) -> str:
        try:
            if path.stat().st_size > _LARGEST:
                raise self._wrong(0, f"it is larger than {_LARGEST >> 20} MB")
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise self._wrong(0, "it is no UTF-8 text") from error
        except (OSError, ValueError) as error:
            reason = str(getattr(error, "strerror", None) or error).lower()
            raise TemplateFailed(
                f"The template {self._shown} cannot be read: {reason}.", hint="Check its path."
            ) from error

    def _wrong(self, line: int, reason: str) -> TemplateFailed:
        where = f"{self._shown}, line {line}" if line else self._shown
        return TemplateFailed(
            f"The template does not work: {where}: {clean_line(reason).rstrip('.')}.",
            hint="It is written in Jinja; `papers` is what it is filled in with.",
        )


class _TooMuch(Exception):
    """A template makes more, or works longer, than anybody would want."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which nothing leaves, with an eye on time and size."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=lambda value: "" if value is None else value,
        )
        self.filters |= {
            "latex": lambda text: latex.escape(str(text)),
            "markdown": lambda text: markdown.escape(str(text)),
            "yaml": lambda text: yaml_text.scalar(clean_line(str(text))),
        }
        for name in _WIDE & self.filters.keys():
            self.filters[name] = _narrow(self.filters[name])
        self.begin()

    def begin(self) -> None:
        """Be patient anew."""
        self._until = time.monotonic() + _PATIENCE

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # as Jinja has it
        """Call something, unless it is too late for that."""
        self._watch()
        if getattr(obj, "__name__", "") in _WIDE:
            _refuse_width(getattr(obj, "__self__", ""), *args, *kwargs.values())
        return super().call(context, obj, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:  # whatever a template names
        """Look at a paper, as every loop does."""
        self._watch()
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # as above
        """Multiply, as long as the result is of a size that one can read."""
        if operator == "**" and not (abs(left) < 1_000_000 and abs(right) < 20):
            raise _TooMuch("a power is too large")
        for many, times in ((left, right), (right, left)):
            if hasattr(many, "__len__") and len(many) * max(0, int(times)) > _LONGEST_PIECE:
                raise _TooMuch("a text is repeated too often")
        return super().call_binop(context, operator, left, right)

    def _watch(self) -> None:
        checkpoint()
        if time.monotonic() > self._until:
            raise _TooMuch(f"it works for more than {_PATIENCE:.0f} seconds without a word")


# Methods and filters that make texts as wide as they are told.
_WIDE: Final = frozenset(("center", "expandtabs", "format", "indent", "ljust", "rjust", "zfill"))
_WIDEST: Final = 10_000
_WIDTHS: Final = re.compile(r"\d{5,}")


def _narrow(wide: Callable[..., Any]) -> Callable[..., Any]:  # any filter
    @functools.wraps(wide)
    def narrow(*args: Any, **kwargs: Any) -> Any:
        _refuse_width(*args, *kwargs.values())
        return wide(*args, **kwargs)

    return narrow


def _refuse_width(*args: object) -> None:
    for arg in args:
        if isinstance(arg, int) and arg > _WIDEST:
            raise _TooMuch("a text is made too wide")
        if isinstance(arg, str) and ("%" in arg or "{" in arg) and _WIDTHS.search(arg):
            raise _TooMuch("a text is made too wide")


def _paper(entry: Entry) -> dict[str, Any]:
    """A paper as a template sees it: in its Unicode reading."""
    members = entry.to_json()
    for name in ("title", "abstract", "venue"):
        members[name] = latex.to_unicode(members[name]) if members[name] else members[name]
    people = map(latex.to_unicode, entry.authors)
    members["authors"] = list(map(without_braces, people))
    members["links"] = links.web_links(entry)
    return members


def _line_of(error: Exception) -> int:
    """The template's line in which something went wrong."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == _NAME), 0)
