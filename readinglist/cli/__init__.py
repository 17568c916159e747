"""The command line's front door: words in, an exit code out, every mistake one sentence."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from contextlib import suppress

from readinglist import crash
from readinglist.cli import output
from readinglist.cli.command import files_named
from readinglist.errors import QueryError, ReadingListError

COMPLETE = "__complete"  # the word with which a shell asks what may follow
INTERRUPTED = 130  # what a shell reports for a program ended by ctrl+c


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 could not, 2 misused."""
    output.prepare()
    crash.guard()
    try:
        return _run(argv)
    finally:
        output.settle()


def _run(argv: Sequence[str]) -> int:
    try:
        code = _done(argv)
        with suppress(BrokenPipeError):
            output.flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except QueryError as error:
        output.complain(f"At character {error.position + 1} of the query: {error}")
        return error.exit_code
    except ReadingListError as error:
        output.complain(error)
        return error.exit_code
    except Exception as error:  # nothing behind would catch it, and a traceback quotes papers
        return _explain(error)
    except BaseException as error:
        output.report(error)
        return 1
    return code


def _done(argv: Sequence[str]) -> int:
    files = files_named(argv)
    if files is not None:  # the app opens 9 ms earlier without argparse
        from readinglist.cli.app import open_app

        return open_app(**files)
    if argv[0] == COMPLETE:
        from readinglist.cli.completing import complete

        return complete(argv[1:])
    from readinglist.cli.arguments import parse

    try:
        options = parse(argv)
    except SystemExit as done:  # argparse, once it has printed a help text or the version
        return int(done.code or 0)
    gc.enable()
    code: int = options.run(options)
    return code


def _explain(error: Exception) -> int:
    """Say what went wrong outside the program, or where a bug of our own is."""
    sentence = _sentence(error)
    if sentence:
        output.complain(sentence)
    else:
        output.report(error)
    return 1


def _sentence(error: Exception) -> str:
    """Put into words what went wrong outside the program; empty for a bug of our own."""
    if isinstance(error, OSError) and error.strerror:  # without, it is not the system's
        where = f"{error.filename}: " if error.filename is not None else ""
        return f"Could not finish: {where}{error.strerror}."
    if _is_from(error, "sqlalchemy") or _is_from(error, "sqlite3"):
        from readinglist.library.storage.database import (
            explanation,  # it is loaded, or this had not come
        )

        # Their own words can quote the library's text.
        return str(explanation(getattr(error, "orig", None) or error))
    return ""


def _is_from(error: Exception, package: str) -> bool:
    """Tell whose error it is without importing that package."""
    return type(error).__module__.partition(".")[0] == package and package in sys.modules
