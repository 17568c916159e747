"""A query's tree as SQL over `paper`: every value bound, every full-text word quoted.

All that only asks for words goes into one full-text query, which SQLite answers by merging the
words' lists of papers; the rest are conditions on the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from readinglist.library.conditions import Condition, combined
from readinglist.library.query import Any, Not, Phrase, Text, Tree, Word
from readinglist.library.spelling import Demand, Variant

_NOTHING: Final = Condition("0")

# Says what a text that is wanted, or unwanted, asks for.
Reader = Callable[[Text], Sequence[Demand]]


def condition(tree: Tree, wanted: Reader, unwanted: Reader) -> Condition:
    """Return the condition that papers found by the tree meet."""
    if isinstance(tree, Condition):
        return tree
    if isinstance(tree, Not):
        part = condition(tree.part, unwanted, unwanted)
        return Condition(f"({part.sql}) IS NOT TRUE", part.parameters)
    if _only_text(tree):
        return _matching(_expression(tree, wanted))
    operator, joiner = ("OR", " OR ") if isinstance(tree, Any) else ("AND", " AND ")
    parts = [tree] if isinstance(tree, (Word, Phrase)) else tree.parts
    textual = [part for part in parts if _only_text(part)]
    conditions = [condition(part, wanted, unwanted) for part in parts if part not in textual]
    if textual:
        expressions = [_expression(part, wanted) for part in textual]
        conditions.insert(0, _matching(_joined(joiner, expressions)))
    return combined(operator, conditions)


def matching(demands: Iterable[Demand], column: str = "") -> Condition:
    """Return the condition that the index row meets every demand, perhaps all in one column."""
    return _matching(_joined(" AND ", [_demand(demand, column) for demand in demands]))


def _matching(expression: str | None) -> Condition:
    if expression is None:
        return _NOTHING
    if not expression:
        return Condition("1")
    return Condition(
        "paper.id IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)", (expression,)
    )


def _only_text(tree: Tree) -> bool:
    if isinstance(tree, (Word, Phrase)):
        return True
    return not isinstance(tree, (Condition, Not)) and all(map(_only_text, tree.parts))


def _expression(tree: Tree, wanted: Reader) -> str | None:
    """Return a full-text expression: None finds nothing, and "" asks for nothing."""
    if isinstance(tree, (Word, Phrase)):
        return _joined(" AND ", [_demand(demand) for demand in wanted(tree)])
    if isinstance(tree, (Condition, Not)):
        raise TypeError(tree)
    joiner = " OR " if isinstance(tree, Any) else " AND "
    return _joined(joiner, [_expression(part, wanted) for part in tree.parts])


def _joined(joiner: str, expressions: Sequence[str | None]) -> str | None:
    asking = [expression for expression in expressions if expression]
    if joiner == " AND " and None in expressions:
        return None
    if not asking:
        return None if None in expressions else ""
    return f"({joiner.join(dict.fromkeys(asking))})"


def _demand(demand: Demand, column: str = "") -> str | None:
    if demand.optional:
        return ""
    if not demand.variants:
        return None
    readings = " OR ".join(dict.fromkeys(_quoted(variant) for variant in demand.variants))
    within = column or demand.column
    return f"({{{within}}} : ({readings}))" if within else f"({readings})"


def _quoted(variant: Variant) -> str:
    """Return a variant as a full-text string; folding has left no quote in its words."""
    return f'"{" ".join(variant.words)}"{" *" if variant.begun else ""}'
