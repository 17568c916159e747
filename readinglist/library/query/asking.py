"""What the tree of a query asks for: its words, its conditions, and whether it means the trash."""

from __future__ import annotations

from collections.abc import Iterator

from readinglist.library.query.conditions import Condition
from readinglist.library.query.fields import KNOWN, PRESENT, TRASHED
from readinglist.library.query.parsing import All, Any, Not, Phrase, Text, Tree, Word


def texts(tree: Tree) -> Iterator[Text]:
    """Yield the words and phrases that papers are to have, in the order they were typed."""
    if isinstance(tree, (Word, Phrase)):
        yield tree
    elif isinstance(tree, (All, Any)):
        for part in tree.parts:
            yield from texts(part)


def hidden_texts(tree: Tree, *, hidden: bool = False) -> Iterator[Text]:
    """Yield the words and phrases behind a `-`."""
    if isinstance(tree, Not):
        yield from hidden_texts(tree.part, hidden=True)
    elif isinstance(tree, (All, Any)):
        for part in tree.parts:
            yield from hidden_texts(part, hidden=hidden)
    elif hidden and not isinstance(tree, Condition):
        yield tree


def has_text(tree: Tree) -> bool:
    """Whether a tree asks for words or phrases anywhere."""
    if isinstance(tree, Not):
        return has_text(tree.part)
    if isinstance(tree, (All, Any)):
        return any(has_text(part) for part in tree.parts)
    return not isinstance(tree, Condition)


def conditions(tree: Tree) -> Iterator[Tree]:
    """Yield the parts without words that every paper found must meet."""
    if isinstance(tree, All):
        for part in tree.parts:
            yield from conditions(part)
    elif not has_text(tree):
        yield tree


def guarded(tree: Tree) -> Tree:
    """The tree, finding papers in the trash only where it asks for them."""
    if not _asks_for_trash(tree):
        return All((tree, PRESENT))
    if isinstance(tree, Any):
        return Any(tuple(guarded(part) for part in tree.parts))
    if isinstance(tree, All):
        return All(tuple(guarded(p) if _asks_for_trash(p) else p for p in tree.parts))
    return All((tree, KNOWN))


def _asks_for_trash(tree: Tree, *, wanted: bool = True) -> bool:
    """Whether a tree asks for papers in the trash; `-is:trashed` does not, unless negated again."""
    if isinstance(tree, Not):
        return _asks_for_trash(tree.part, wanted=not wanted)
    if isinstance(tree, (All, Any)):
        return any(_asks_for_trash(part, wanted=wanted) for part in tree.parts)
    return wanted and tree == TRASHED
