"""A view written as one query: what is typed, and the chosen facets as clauses before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from readinglist.library.query.lexer import Kind, read_tokens
from readinglist.library.search.completion import spelt
from readinglist.records import Facet

_UNUSABLE: Final = re.compile(r'[\s()"*]')


def written(query: str, facets: Sequence[Facet] = ()) -> str:
    """The query that finds what a query finds within facets.

    A name that the language cannot spell is written with `*` for what it cannot say.
    """
    query = query.strip()
    clauses = [_clause(facet) for facet in facets]
    if clauses and query and _has_alternatives(query):
        query = f"({query})"
    return " ".join(filter(None, [*clauses, query]))


def _clause(facet: Facet) -> str:
    if facet.field == "tag" and facet.value.endswith("/*"):
        return f"tag:{_UNUSABLE.sub('*', facet.value[:-2])}/*"
    return f"{facet.field}:{spelt(facet.value)}"


def _has_alternatives(query: str) -> bool:
    depth = 0
    for token in read_tokens(query, lenient=True)[0]:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if token.kind is Kind.OR and not depth:
            return True
    return False
