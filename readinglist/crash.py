"""What is told of a bug: its kind and its place, and never a value, which may be a user's note.

Messages of exceptions, local variables, warnings and log records can all quote what was being
worked on, so none of them is printed.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from readinglist import __version__

if TYPE_CHECKING:
    from types import TracebackType

_STOPPED = "readinglist stopped because of a bug in it. What was saved before is safe."
_WENT_ON = "readinglist met a bug in it, and goes on."
_FRAMES = 40  # of one exception; a recursion has a thousand that are all alike
_LONGEST = 12  # exceptions that led to each other


def report(error: BaseException, happened: str = _STOPPED) -> str:
    """A bug in lines that can be sent to anybody."""
    lines = [happened, ""]
    for found, relation in _chain(error):
        lines += [*([relation] if relation else []), *_places(found), _kind(found)]
    lines += [
        "",
        _versions(),
        "These lines hold no word of your papers and notes. Please send them to those whom you",
        "have readinglist from, and say what you did last.",
    ]
    return "\n".join(lines)


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """The error after those that led to it, each with how it came of the one before."""
    chain: list[tuple[BaseException, str]] = []
    found: BaseException | None = error
    while found is not None and len(chain) < _LONGEST and all(found is not e for e, _ in chain):
        cause = found.__cause__
        earlier = cause if cause or found.__suppress_context__ else found.__context__
        relation = "which was the cause of" if cause else "and while that was dealt with"
        chain.append((found, relation if earlier else ""))
        found = earlier
    return reversed(chain)


def _places(error: BaseException) -> list[str]:
    """File, line and function of every frame, the outermost first, and lines of our own code."""
    frames = [*_frames(error.__traceback__)]
    left_out = max(0, len(frames) - _FRAMES)
    lines = [f"  … {left_out} more" for _ in range(left_out > 0)]
    return [*lines, *(_place(*frame) for frame in frames[left_out:])]


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int, str]]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield code.co_filename, trace.tb_lineno, code.co_name
        trace = trace.tb_next


def _place(file: str, number: int, function: str) -> str:
    from linecache import getline  # it and `pathlib` take 6 ms, and only a crash needs them
    from pathlib import Path

    path, package = Path(file), Path(__file__).parent
    if not path.is_relative_to(package):
        return f"  {_from_outside(file)}:{number} in {function}"
    code = getline(file, number).strip()
    return f"  {path.relative_to(package.parent)}:{number} in {function}: {code}"


def _from_outside(file: str) -> str:
    """A file of another package, without the folders that may name their owner."""
    from pathlib import Path

    parts = Path(file).parts
    for folder in ("site-packages", "dist-packages"):
        if folder in parts:
            return "/".join(parts[parts.index(folder) + 1 :])
    return "/".join(parts[-2:])


def _kind(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    inside = f" of {', '.join(type(each).__qualname__ for each in inner)}" if inner else ""
    return f"{name if kind.__module__ == 'builtins' else f'{kind.__module__}.{name}'}{inside}"


def _versions() -> str:
    import platform  # 5 ms, and only a crash needs it
    from importlib.metadata import PackageNotFoundError, version  # 20 ms

    parts = [f"readinglist {__version__}", f"Python {platform.python_version()}"]
    if "textual" in sys.modules:
        with contextlib.suppress(PackageNotFoundError):
            parts.append(f"Textual {version('textual')}")
    return ", ".join([*parts, f"{platform.system()} {platform.machine()}"])


# Whatever else prints on its own account


def guard() -> None:
    """See to it that nothing in this process prints a value when something goes wrong."""
    sys.excepthook = lambda _kind, error, _trace: _print(report(error))
    threading.excepthook = lambda args: _note(args.exc_value)
    sys.unraisablehook = lambda args: _note(args.exc_value)
    warnings.showwarning = _warn
    if "logging" in sys.modules:
        guard_logging()


def _note(error: BaseException | None) -> None:
    if error is not None:
        _print(report(error, _WENT_ON))


def guard_logging() -> None:
    """See to it that what no handler takes, which Python prints, is told without its message."""
    import logging

    class Bare(logging.Handler):
        """Names who logged."""

        def emit(self, record: logging.LogRecord) -> None:
            _print(f"readinglist: {record.name} logged a problem ({record.levelname.lower()}).")

    logging.lastResort = Bare(logging.WARNING)
    logging.raiseExceptions = False


def _warn(
    message: Warning | str,  # noqa: ARG001 (what Python passes; it may quote a paper)
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 (what Python passes)
    line: str | None = None,  # noqa: ARG001 (what Python passes)
) -> None:
    _print(f"readinglist: {category.__name__} at {_from_outside(filename)}:{lineno}.")


def _print(text: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # nobody may be listening
        sys.stderr.write(f"{text}\n")
