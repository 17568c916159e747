"""A query's tree as SQL over `paper`: every value bound, every full-text word quoted.

All that only asks for words goes into one full-text query, which SQLite answers by merging the
words' lists of papers; the rest are conditions on the tables.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from readinglist.library.query.conditions import Condition, combined
from readinglist.library.query.parsing import All, Any, Not, Phrase, Text, Tree, Word
from readinglist.library.search.spelling import Demand, Variant

# The index of what stands in front of abstracts, which knows in which column and which order
# words stand; and that of whole papers, which only knows whether they have them.
FRONT: Final = "paper_text"
WHOLE: Final = "paper_whole"
_ABSTRACT: Final = "abstract"
# Columns with many words, of which those that begin like one may be too many to gather.
WIDE: Final = ("", "title")
_BEGUN: Final = " *"  # after the words of which the last is only a beginning
_NOTHING: Final = Condition("0")
# What a condition needs of a paper besides its number.
_OF_A_ROW: Final = re.compile(r"\bpaper\.(?!id\b)")

# Says what a text that is wanted, or unwanted, asks for.
Reader = Callable[[Text], Sequence[Demand]]
# The words that stand in an index for all that begin like one, or None to look for all of those.
Expansion = Callable[[str, str], Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one index finds, and the condition that papers found there must meet."""

    index: str
    expression: str | None
    rest: Condition

    def newest(self, most: int = -1) -> Condition:
        """Ask for the ids of at most so many of the papers found, the newest first."""
        if not self.expression:
            asks = self.rest if self.expression is not None else _NOTHING
            sql = f"SELECT id FROM paper WHERE {asks.sql} ORDER BY id DESC LIMIT ?"  # noqa: S608 (our SQL; its values are bound)
            return Condition(sql, (*asks.parameters, most))
        index, rest = self.index, self.rest.sql
        if _OF_A_ROW.search(rest):
            found = f"{index} CROSS JOIN paper ON paper.id = {index}.rowid WHERE {index} MATCH ?"
        else:
            # The plus keeps SQLite from asking the full-text index about each paper by itself.
            found, rest = (
                f"{index} WHERE {index} MATCH ?",
                rest.replace("paper.id", f"+{index}.rowid"),
            )
        # A condition's SQL is ours, and what the user wrote is bound.
        sql = (
            f"SELECT {self.index}.rowid FROM {found} AND ({rest})"  # noqa: S608 (our SQL; its values are bound)
            f" ORDER BY {self.index}.rowid DESC LIMIT ?"
        )
        return Condition(sql, (self.expression, *self.rest.parameters, most))


def _no_expansion(_index: str, _beginning: str) -> None:
    return None


def _no_demands(_text: Text) -> Sequence[Demand]:
    return ()


@dataclass(frozen=True, slots=True)
class Planner:
    """How one index answers; where it cannot, other indexes and the tables do."""

    index: str
    wanted: Reader
    unwanted: Reader
    expansion: Expansion = _no_expansion
    reading: bool = False
    """Whether texts are read for rows of words without asking first which have the words."""
    walking: bool = False
    """Whether each paper is looked up in an index, instead of reading through the index first."""
    peeking: bool = False
    """Whether each paper found is so looked up in what is hidden."""

    def plan(self, tree: Tree) -> Plan:
        """Let the index find what it can, and the rest be a condition."""
        parts = list(_flat(tree))
        asked = [part for part in parts if self._expressible(part)]
        others = [part for part in parts if part not in asked]
        expressions = [self._expression(part) for part in asked]
        expressions += [
            self._necessary(part) for part in others if isinstance(part, (Word, Phrase))
        ]
        rest = combined("AND", [self.condition(part) for part in others])
        return Plan(self.index, _joined(" AND ", expressions), rest)

    def condition(self, tree: Tree) -> Condition:
        """Return the condition that papers found by the tree meet."""
        if isinstance(tree, Condition):
            return tree
        if isinstance(tree, Not):
            walking = self.walking or self.peeking
            hiding = Planner(WHOLE, self.unwanted, self.unwanted, walking=walking)
            part = hiding.condition(tree.part)
            return Condition(f"({part.sql}) IS NOT TRUE", part.parameters)
        if self._expressible(tree):
            return self._matching(self.index, self._expression(tree))
        if isinstance(tree, (Word, Phrase)):
            demands = [demand for demand in self.wanted(tree) if not demand.optional]
            return combined("AND", [self._exactly(demand) for demand in demands])
        operator = "OR" if isinstance(tree, Any) else "AND"
        asked = [part for part in tree.parts if self._expressible(part)]
        conditions = [self.condition(part) for part in tree.parts if part not in asked]
        if asked:
            expression = _joined(f" {operator} ", [self._expression(part) for part in asked])
            conditions.insert(0, self._matching(self.index, expression))
        return combined(operator, conditions)

    def _expressible(self, tree: Tree) -> bool:
        """Whether the index alone knows which papers a tree finds."""
        if isinstance(tree, (All, Any)):
            return all(map(self._expressible, tree.parts))
        if isinstance(tree, (Condition, Not)):
            return False
        if self.index == FRONT:
            return tree.column != _ABSTRACT
        return not tree.column and not any(_rows(demand) for demand in self.wanted(tree))

    def _expression(self, tree: Tree) -> str | None:
        """Return a full-text expression: None finds nothing, and "" asks for nothing."""
        if isinstance(tree, (Word, Phrase)):
            return _joined(" AND ", [self._demand(demand) for demand in self.wanted(tree)])
        if isinstance(tree, (Condition, Not)):
            raise TypeError(tree)
        joiner = " OR " if isinstance(tree, Any) else " AND "
        return _joined(joiner, [self._expression(part) for part in tree.parts])

    def _demand(self, demand: Demand) -> str | None:
        if demand.optional:
            return ""
        variants = _told_apart(demand) if self.index == WHOLE else demand.variants
        wide = demand.column in WIDE
        readings = [text for variant in variants for text in self._reading(variant, wide)]
        if not readings:
            return None
        found = f"({' OR '.join(dict.fromkeys(readings))})"
        return f"({{{demand.column}}} : {found})" if demand.column else found

    def _reading(self, variant: Variant, wide: bool) -> Iterator[str]:
        """Yield a variant as full-text strings; folding has left no quote in its words."""
        *rest, last = variant.words
        stand_ins = self.expansion(self.index, last) if variant.begun and wide else None
        if stand_ins is not None:
            yield from (f'"{" ".join([*rest, word])}"' for word in stand_ins)
            return
        yield f'"{" ".join(variant.words)}"{_BEGUN if variant.begun else ""}'

    def _necessary(self, text: Text) -> str | None:
        """Return what the whole paper must have for a text that the index cannot answer."""
        if self.index == FRONT:
            return ""
        return _joined(" AND ", [self._words_of(demand) for demand in self.wanted(text)])

    def _matching(self, index: str, expression: str | None) -> Condition:
        """Return the condition that an index finds a paper; it is one of two names above."""
        if expression is None:
            return _NOTHING
        if not expression:
            return Condition("1")
        if self.walking and _BEGUN not in expression:  # SQLite gathers what begins so each time
            found = "EXISTS (SELECT 1 FROM {0}(?) AS held WHERE held.rowid = paper.id)"
        else:
            found = "paper.id IN (SELECT rowid FROM {0} WHERE {0} MATCH ?)"
        return Condition(found.format(index), (expression,))

    def _exactly(self, demand: Demand) -> Condition:
        """Return the condition for rows of words, or for one column, that the index cannot see."""
        if demand.column and demand.column != _ABSTRACT:
            return self._matching(FRONT, replace(self, index=FRONT)._demand(demand))
        has_words = self._matching(WHOLE, self._words_of(demand))
        if self.reading:
            has_words = Condition("1")
        if demand.column:
            return combined("AND", [has_words, _said(demand.variants)])
        rows = _rows(demand)
        singles = tuple(v for v in demand.variants if len(v.words) == 1)
        in_front = replace(self, index=FRONT)._demand(replace(demand, variants=rows))
        return combined(
            "OR",
            [
                self._matching(WHOLE, self._demand(replace(demand, variants=singles))),
                self._matching(FRONT, in_front),
                combined("AND", [has_words, _said(rows)]),
            ],
        )

    def _words_of(self, demand: Demand) -> str | None:
        """Return what has all words of some reading, in any order, and perhaps some more."""
        if demand.optional:
            return ""
        found = []
        for variant in _told_apart(demand):
            *rest, last = variant.words
            asked = [f'"{word}"' for word in rest]
            if not variant.begun:
                asked.append(f'"{last}"')
            elif self.expansion(WHOLE, last) is None:
                asked.append(f'"{last}"{_BEGUN}')
            elif not rest:
                return ""
            found.append(f"({' AND '.join(dict.fromkeys(asked))})")
        return _joined(" OR ", found) if found else None


def in_title(demands: Sequence[Demand]) -> str | None:
    """Return the expression for titles that meet every demand that they can."""
    planner = Planner(FRONT, _no_demands, _no_demands)
    titled = [replace(d, column="title") for d in demands if d.column in ("", "title")]
    return _joined(" AND ", [planner._demand(demand) for demand in titled])


def _flat(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, All):
        for part in tree.parts:
            yield from _flat(part)
    else:
        yield tree


def _rows(demand: Demand) -> tuple[Variant, ...]:
    """The readings of several words in a row; a word that papers do have is not taken for two."""
    return tuple(v for v in _told_apart(demand) if len(v.words) > 1)


def _told_apart(demand: Demand) -> tuple[Variant, ...]:
    exact = any(len(v.words) == 1 and v.worth == 1.0 for v in demand.variants)
    return tuple(v for v in demand.variants if len(v.words) == 1 or not exact)


def _said(variants: Sequence[Variant]) -> Condition:
    rows = [f" {' '.join(v.words)}{'' if v.begun else ' '}" for v in variants]
    return Condition("says(paper.abstract, ?)", (json.dumps(rows),))


def _joined(joiner: str, expressions: Sequence[str | None]) -> str | None:
    asking = [expression for expression in expressions if expression]
    if joiner == " AND " and None in expressions:
        return None
    if not asking:
        return None if None in expressions else ""
    return f"({joiner.join(dict.fromkeys(asking))})"
