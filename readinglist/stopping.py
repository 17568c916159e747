"""Stopping long work: who started it says when, and the work asks at each of its small steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

_Value = TypeVar("_Value")
_asked: ContextVar[Callable[[], bool] | None] = ContextVar("asked", default=None)


class Stopped(Exception):
    """The work was asked to stop and has undone what it had begun."""


@contextmanager
def stoppable(asked: Callable[[], bool]) -> Iterator[None]:
    """Let `checkpoint` stop what is done inside, in this thread, once `asked` says so.

    What stops that which this is part of stops it too.
    """
    outer = _asked.get()
    token = _asked.set(asked if outer is None else lambda: asked() or outer())
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def to_the_end() -> Iterator[None]:
    """Stop nothing that is done inside, though the work that it is part of is to end."""
    token = _asked.set(None)
    try:
        yield
    finally:
        _asked.reset(token)


def is_to_stop() -> bool:
    """Whether the work that this is part of is to end."""
    asked = _asked.get()
    return asked is not None and asked()


def checkpoint() -> None:
    """Raise `Stopped` if the work that this is part of is to end; else cost next to nothing."""
    if is_to_stop():
        raise Stopped


def with_checkpoints(steps: Iterable[_Value]) -> Iterator[_Value]:
    """Pass steps on, with a checkpoint before each."""
    for step in steps:
        checkpoint()
        yield step
