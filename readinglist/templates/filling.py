"""The process that fills in a template, seen from inside: Jinja's sandbox, and little memory."""

from __future__ import annotations

import json
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from readinglist import latex
from readinglist.formats import markdown, yaml_text
from readinglist.templates.elsewhere import MEMORY
from readinglist.text import clean_line

_LONGEST: Final = 60  # seconds of work without a word
_CANNOT: Final = (ImportError, ValueError, OSError)  # not every system has such limits
_LEAST: Final = 1 << 16  # characters that are worth to be sent
_OFTEN: Final = 0.5  # seconds after which fewer are sent too
_NAME: Final = "template"


def serve() -> None:
    """Fill in the template that is on standard input, with the papers behind it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, *papers = _asked()
    _limit_memory()
    _limit_time()
    try:
        for piece in _gathered(_pieces(source, papers)):
            _tell(piece)
        _tell(None)
    except TemplateSyntaxError as error:
        _tell((error.lineno, error.message or "it is no template"))
    except Exception as error:  # whatever a template does
        _tell((_line_of(error), _reason(error)))


def _asked() -> Iterator[Any]:
    for line in sys.stdin.buffer:
        value = json.loads(line)
        if value is None:
            return
        yield value


def _tell(value: object) -> None:
    """Send a piece, what is wrong, or that this was all."""
    sys.stdout.buffer.write(json.dumps(value).encode() + b"\n")
    sys.stdout.buffer.flush()
    _limit_time()


def _limit_memory() -> None:
    with suppress(*_CANNOT):
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY,) * 2)


def _limit_time() -> None:
    """End if whoever asked is gone, and so cannot end what has become too long."""
    with suppress(*_CANNOT):
        import resource

        limit = int(time.process_time()) + _LONGEST
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _pieces(source: str, papers: list[dict[str, Any]]) -> Iterator[str]:
    sandbox = _Sandbox()
    code = sandbox.compile(source, _NAME, _NAME)
    template = sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None))
    return template.generate(papers=papers)


def _gathered(pieces: Iterator[str]) -> Iterator[str]:
    """Few large pieces in place of many small ones."""
    gathered: list[str] = []
    size, since = 0, time.monotonic()
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= _LEAST or time.monotonic() - since > _OFTEN:
            yield "".join(gathered)
            gathered.clear()
            size, since = 0, time.monotonic()
    yield "".join(gathered)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which nothing leaves."""

    # All are, so that none is reckoned before the line in which it stands.
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

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


def _reason(error: Exception) -> str:
    """What is wrong with a template, in words."""
    if isinstance(error, SecurityError):
        return "it may not do that"
    if isinstance(error, MemoryError):
        return f"it needs more than {MEMORY >> 30} GB of memory"
    if isinstance(error, RecursionError):
        return "it calls itself without an end, or is nested too deeply"
    if isinstance(error, TemplateError):
        return str(error.message or error)
    return str(error) or type(error).__name__


def _line_of(error: Exception) -> int:
    """The template's line in which something went wrong."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == _NAME), 0)
