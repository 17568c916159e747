"""A query's tree as SQL over `paper`: every value bound, every full-text word quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from readinglist.library.fields import Condition
from readinglist.library.query import All, Any, Not, Phrase, Text, Tree, Word
from readinglist.library.spelling import Demand, Variant

_NOTHING = Condition("0")

# What a text that is wanted, or unwanted, asks for.
Reader = Callable[[Text], tuple[Demand, ...]]


def condition(tree: Tree, wanted: Reader, unwanted: Reader) -> Condition:
    """Return the condition that papers found by the tree meet."""
    if isinstance(tree, Condition):
        return tree
    if isinstance(tree, (Word, Phrase)):
        return matching(wanted(tree))
    if isinstance(tree, Not):
        part = condition(tree.part, unwanted, unwanted)
        return Condition(f"({part.sql}) IS NOT TRUE", part.parameters)
    if isinstance(tree, Any):
        return combined("OR", [condition(part, wanted, unwanted) for part in tree.parts])
    demands = [
        demand
        for part in tree.parts
        if isinstance(part, (Word, Phrase))
        for demand in wanted(part)
    ]
    others = [part for part in tree.parts if not isinstance(part, (Word, Phrase))]
    conditions = [matching(demands)] if demands else []
    conditions += [condition(part, wanted, unwanted) for part in others]
    return combined("AND", conditions)


def combined(operator: str, conditions: Iterable[Condition]) -> Condition:
    """Join conditions by AND or OR; joining none by AND is what every paper meets."""
    parts = list(conditions)
    return Condition(
        f" {operator} ".join(f"({part.sql})" for part in parts) or "1",
        tuple(parameter for part in parts for parameter in part.parameters),
    )


def matching(demands: Iterable[Demand], column: str = "") -> Condition:
    """Return the condition that the index row meets every demand, perhaps all in one column."""
    clauses = []
    for demand in demands:
        if not demand.variants:
            return _NOTHING
        readings = " OR ".join(dict.fromkeys(_quoted(variant) for variant in demand.variants))
        within = column or demand.column
        clauses.append(f"{{{within}}} : ({readings})" if within else f"({readings})")
    if not clauses:
        return Condition("1")
    return Condition(
        "paper.id IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)",
        (" AND ".join(dict.fromkeys(clauses)),),
    )


def _quoted(variant: Variant) -> str:
    """Return a variant as a full-text string; folding has left no quote in its words."""
    return f'"{" ".join(variant.words)}"{" *" if variant.begun else ""}'
