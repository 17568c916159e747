"""What a paper is about, as the words and pairs of words that it says and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from readinglist.library.index.folding import words
from readinglist.library.similar.empty_words import is_empty

# A word of a title counts as so many of the abstract.
IN_TITLE: Final = 4
# They say something only together with the word behind them.
_PREFIXES: Final = frozenset({"co", "fine", "multi", "non", "post", "pre", "self", "semi", "sub"})


class Term(NamedTuple):
    """One or two words as they were said first, and their stems."""

    spelt: str
    roots: tuple[str, ...]


class Terms(NamedTuple):
    """The terms of one text by their letters: how often each is said, and what it is.

    Two words are known by the letters of both, so that pre-training is pretraining.
    """

    counts: Counter[str]
    terms: dict[str, Term]
    length: int
    """How many words there are that say something."""


def terms_of(title: str, abstract: str | None) -> Terms:
    """The terms of a paper."""
    counts, found, length = Counter[str](), dict[str, Term](), 0
    for text, weight in ((title, IN_TITLE), (abstract or "", 1)):
        for term in _terms(words(text)):
            key = "".join(term.roots)
            counts[key] += weight
            length += weight if len(term.roots) == 1 else 0
            found.setdefault(key, term)
    return Terms(counts, found, length)


def _terms(said: Sequence[str]) -> Iterator[Term]:
    before: Term | None = None
    for word in said:
        root = _root(word)
        if not root:
            before = None
            continue
        term = Term(word, (root,))
        if word not in _PREFIXES:
            yield term
        if before is not None:
            yield Term(f"{before.spelt} {word}", (*before.roots, root))
        before = term


@lru_cache(maxsize=16384)
def _root(word: str) -> str:
    """A word without the ending of its plural; "" of one that says nothing."""
    if is_empty(word):
        return ""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def forms(root: str) -> tuple[str, str]:
    """The words that may stand for a stem."""
    return root, f"{root[:-1]}ies" if root.endswith("y") else f"{root}s"
