"""What a query asks of one row of `paper`, and the typed value it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Condition(NamedTuple):
    """SQL over `paper` with every value bound."""

    sql: str
    parameters: tuple[str | int, ...] = ()


class Value(NamedTuple):
    """What stands after a field's colon.

    `quoted` values are taken literally; an `unfinished` one may still be being typed, and stands
    for everything that starts with it.
    """

    text: str
    quoted: bool = False
    unfinished: bool = False


def combined(operator: str, conditions: Iterable[Condition]) -> Condition:
    """Join conditions by AND or OR; no conditions are met by every paper."""
    parts = list(conditions)
    return Condition(
        f" {operator} ".join(f"({part.sql})" for part in parts) or "1",
        tuple(parameter for part in parts for parameter in part.parameters),
    )


def shown(text: str) -> str:
    """Return a piece of the query as messages quote it: not too long."""
    return text if len(text) <= 40 else f"{text[:39]}…"
