"""How far a search goes before it is content with what has come: to the end, or for a moment."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from time import monotonic
from typing import ParamSpec, TypeVar

from readinglist.library.query.conditions import Condition
from readinglist.stopping import Stopped, checkpoint

# SQLite asks whether to stop after so many of its steps: some tenths of a millisecond, or a few
# milliseconds where each of them reads an abstract.
STEPS = 5_000
# Where time is short, it is asked more often.
_STEPS_IN_TIME = 500

_Arguments = ParamSpec("_Arguments")
_Returned = TypeVar("_Returned")


def is_to_stop() -> bool:
    """Whether whoever asked wants no answer any more; SQLite asks this as it goes."""
    try:
        checkpoint()
    except Stopped:
        return True
    return False


def interruptible(action: Callable[_Arguments, _Returned]) -> Callable[_Arguments, _Returned]:
    """Let SQLite's own complaint that it was stopped be `Stopped`."""

    @wraps(action)
    def wrapper(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Returned:
        try:
            return action(*args, **kwargs)
        except sqlite3.OperationalError:
            checkpoint()
            raise

    return wrapper


class Reach:
    """Reads ids for so many seconds; `fell_short` tells that there may be more of some.

    Without a number of seconds it reads all of them.
    """

    def __init__(self, connection: sqlite3.Connection, seconds: float | None = None) -> None:
        self._connection = connection
        self._end = None if seconds is None else monotonic() + seconds
        self.fell_short = False

    @property
    def is_limited(self) -> bool:
        """Whether an answer in time is better than a whole one."""
        return self._end is not None

    def take(self, ids: Iterable[int]) -> array[int]:
        """These ids, as they come out of the library, as far as time allows."""
        checkpoint()
        found: array[int] = array("q")
        if self._end is None:
            found.extend(ids)
            return found
        if monotonic() > self._end:  # SQLite would only notice once it has gathered a word's papers
            self.fell_short = True
            return found
        self._connection.set_progress_handler(self._is_over, _STEPS_IN_TIME)
        try:
            found.extend(ids)
        except sqlite3.OperationalError as error:
            checkpoint()
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            self.fell_short = True
        finally:
            self._connection.set_progress_handler(is_to_stop, STEPS)
        return found

    def find(self, asks: Condition) -> array[int]:
        """The ids that a query for ids finds, as far as time allows."""
        return self.take(self._found(asks))

    def _found(self, asks: Condition) -> Iterator[int]:
        # SQLite looks for the first of them at once, so it is asked no sooner than they are taken.
        for (paper,) in self._connection.execute(asks.sql, asks.parameters):
            yield paper

    def _is_over(self) -> bool:
        return is_to_stop() or (self._end is not None and monotonic() > self._end)
