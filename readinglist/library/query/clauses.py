"""The clauses of a query: the parts that every paper found must meet, where they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from readinglist.library.query.lexer import Kind, Token, read_tokens

# What would be left over at an end of the query.
_LOOSE: Final = re.compile(r"^(?:AND(?:\s+|$))+|(?:(?:^|\s+)AND)+$")
# It asks for nothing, and no word before it is still being typed.
_END: Final = " ."


@dataclass(frozen=True, slots=True)
class Clause:
    """A word, phrase, field or group, perhaps behind a dash: `text` is query[start:end].

    `query` finds by itself what meets the clause as it is meant where it stands. Alternatives
    without parentheses around them are one clause.
    """

    text: str
    start: int
    end: int
    query: str
    excluding: bool = False


def clauses(query: str, *, lenient: bool) -> list[Clause]:
    """Return the clauses of a query in the order they were typed.

    Raises `QueryError`, unless `lenient`.
    """
    tokens, _ = read_tokens(query, lenient=lenient)
    groups = list(_groups(tokens))
    if any(group[0].kind is Kind.OR for group in groups):
        return [_clause(query, tokens, last=True, excluding=False)]
    found = [
        _clause(query, group, last=group is groups[-1], excluding=group[0].kind is Kind.NOT)
        for group in groups
    ]
    return [clause for clause in found if any(map(str.isalnum, clause.text))]


def without(query: str, left_out: Iterable[Clause]) -> str:
    """Return a query without some of its clauses."""
    for clause in sorted(left_out, key=lambda clause: -clause.start):
        before, after = query[: clause.start].rstrip(), query[clause.end :].lstrip()
        query = f"{before} {after}" if before and after else before or after
    return _LOOSE.sub("", query.strip())


def _clause(query: str, tokens: list[Token], *, last: bool, excluding: bool) -> Clause:
    start, end = tokens[0].start, tokens[-1].end
    text = query[start:end].rstrip()
    asks = query[start:] if last else text + _END
    return Clause(text, start, start + len(text), asks, excluding)


def _groups(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each clause, and what is between alternatives by itself."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if not depth and token.kind is not Kind.NOT:
            yield group
            group = []
