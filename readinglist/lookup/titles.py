"""How alike two titles are, and whether they are the title of one work."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from readinglist.latex import to_unicode
from readinglist.library.index.folding import words

_UNEQUAL: Final = 0.99  # the most that two titles can be alike which are not equal
_ARTICLES: Final = frozenset({(), ("a",), ("an",), ("the",), ("and",)})
_NAMED_A: Final = re.compile(r"(?<=[\w,] )A\b")  # as in `Vitamin A`, and no article there
_MISSPELT: Final = 5  # letters of a word in which one of them may be wrong; of twice as many, two
_NUMBER: Final = re.compile(r"\d+|\b[ivx]+\b")

# Signs that tell titles apart, beside those of mathematics, of which some are used otherwise too.
_SIGNS: Final = "#*%\u2032\u2033\u2034\u00a3\u00a5\u20ac\u00b0\u266d\u266e"
_OTHERWISE_USED: Final = "|~\u223c\u2044\u2212\u22c5\u2219"
_LAST_SIGN: Final = "\u2bff"  # then come pictures
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_MINUS: Final = "\u2212"
_SAME: Final = {
    "<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "+-": "±", "+/-": "±", "\u2044": "/",
}  # fmt: skip
_POWER: Final = re.compile("(?<=[0-9])(?=[⁰¹²³⁴-⁹ⁱⁿ])")
_FRACTION: Final = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞])")
# Signs that others are written for, and letters that signs are written for.
_WRITTEN: Final = str.maketrans(
    {"\u2206": "Δ", "\u2211": "Σ", "\u220f": "Π", "×": "x", "⁻": "^-", "₋": "^-", "⩽": "≤",
     "⩾": "≥", "\u2217": "*", "\u22c6": "*", "\u2223": "|", "\u2215": "/"}
)  # fmt: skip


@lru_cache(maxsize=4096)  # every title of a reply is compared with every one that is asked for
def parts(title: str) -> tuple[str, ...]:
    """The folded words of a title, and among them the signs that make another title of it.

    Such are those of mathematics and of names like `C++`; the minus before a number, unlike a
    hyphen; and what stands right between two digits, as in `3.5`.
    """
    text = _FRACTION.sub(" ", _POWER.sub("^", to_unicode(title))).translate(_WRITTEN)
    text = unicodedata.normalize("NFKC", text)
    found: list[str] = []
    start = 0
    for sign in _signs().finditer(text):
        found += words(text[start : sign.start()])
        found.append(_told(sign))
        start = sign.end()
    return (*found, *words(text[start:]))


def _told(sign: re.Match[str]) -> str:
    """A sign in the one way in which it is compared."""
    said = sign.group()
    if said in _DASHES:
        return "-" if sign.lastgroup == "between" else _MINUS
    return _SAME.get(said, said)


@cache
def _signs() -> re.Pattern[str]:
    every = map(chr, range(ord(_LAST_SIGN)))
    mathematical = {char for char in every if unicodedata.category(char) == "Sm"}
    alone = re.escape("".join(sorted({*mathematical, *_SIGNS} - {*_OTHERWISE_USED})))
    kinds = (
        rf"(?P<between>(?<=\d)(?:[{_DASHES}.,:/\u2044](?=\d)|\^(?=\w)))",
        r"<=|>=|!=|->|\+/?-",
        rf"[{alone}]",
        r"(?<=\S)\|(?=\S)",  # as in `p(x|y)`; with spaces it stands between two titles
        r"(?<!\w)\.(?=\d)",
        # A minus: nothing before it that a hyphen could join, and behind it a number or a letter.
        rf"(?<![^\s$(\[{{^|/,:;{alone}])[{_DASHES}](?=\.?\d|[a-zα-ω](?!\w)|∞)",
    )
    return re.compile("|".join(kinds))


def likeness(one: str, other: str) -> float:
    """How alike two titles are, without case, accents, spaces and LaTeX; 1 only if they are equal.

    Their `parts` have to be the same for that.
    """
    first, second = parts(one), parts(other)
    if not first or not second:
        return 1.0 if _bare(one) == _bare(other) else 0.0
    if _joined(first) == _joined(second):
        return 1.0
    return min(_UNEQUAL, fuzz.ratio(" ".join(words(one)), " ".join(words(other))) / 100)


def _joined(title: tuple[str, ...]) -> str:
    """Without the spaces of a title, but for those between two numbers."""
    numbers = (before[-1].isdigit() and word[0].isdigit() for before, word in pairwise(title))
    return "".join(
        f" {word}" if apart else word for word, apart in zip(title, (False, *numbers), strict=True)
    )


def _bare(title: str) -> str:
    return "".join(to_unicode(title).split()).casefold()


# Titles that are not equal


def differ_by_spelling(one: str, other: str, *abstracts: str | None) -> bool:
    """Whether two titles differ by no more than spelling and articles.

    Another number or sign, a word more, or a word for another make another work: a second part, a
    follow-up, the same for videos. A word is misspelt if it stands in none of the abstracts, and
    the right one in all of them: so `micro` is no slip for `macro`.
    """
    first, second = parts(one), parts(other)
    if _numbers(first) != _numbers(second):
        return False
    known = [frozenset(words(abstract or "")) for abstract in abstracts]
    articles = _ARTICLES - {("a",)} if _NAMED_A.search(f"{one}\n{other}") else _ARTICLES
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return all(
        kind == "equal"
        or {first[start:stop], second[other_start:other_stop]} <= articles
        or _is_slip(first[start:stop], second[other_start:other_stop], known)
        for kind, start, stop, other_start, other_stop in matcher.get_opcodes()
    )


def _numbers(title: tuple[str, ...]) -> list[str]:
    """The numbers in a title, Roman ones too, and single letters such as those of a version."""
    return [number for word in title for number in _NUMBER.findall(word)]


def _is_slip(some: tuple[str, ...], others: tuple[str, ...], known: list[frozenset[str]]) -> bool:
    """Whether words differ by their spaces, or by some letters."""
    if "".join(some) == "".join(others):
        return True
    if len(some) != len(others):
        return False
    return all(
        one == other or _is_plural(one, other) or _is_misspelt(one, other, known)
        for one, other in zip(some, others, strict=True)
    )


def _is_plural(one: str, other: str) -> bool:
    return len(one) >= _MISSPELT and (one + "s" == other or other + "s" == one)


def _is_misspelt(one: str, other: str, known: list[frozenset[str]]) -> bool:
    allowed = min(2, min(len(one), len(other)) // _MISSPELT)
    if not known or one[0] != other[0] or OSA.distance(one, other) > allowed:
        return False
    in_all = [all(word in abstract for abstract in known) for word in (one, other)]
    in_none = [all(word not in abstract for abstract in known) for word in (one, other)]
    return (in_all[0] and in_none[1]) or (in_none[0] and in_all[1])
