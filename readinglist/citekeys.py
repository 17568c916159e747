"""Citation keys: a paper's readable name in exports, the same on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final

from readinglist import latex, text
from readinglist.latex_symbols import GREEK, LETTERS

_STOP_WORDS: Final = """
    a about across after against all an and any are as at be been beyond but by can do does
    for from has have how if in into is it its let may more not of on only or our over s
    should so than that the their there these they this through to toward towards under upon
    us using via was we what when where which while who why will with within without you
    your
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
_WORDS: Final = 3
_HASH: Final = 6
_LONGEST: Final = 36  # the table of `list` has a column for keys
_LONGEST_WORD: Final = 20
_ASCII: Final = (
    {letter: name for name, letter in GREEK.items() if not name.startswith("var")}
    | {letter: name for name, letter in LETTERS.items() if name.lower() != "aa"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ŋ": "n", "Ŋ": "N"}
    | dict.fromkeys("'’‘`´", "")
)
_TRANSLITERATED: Final = str.maketrans(_ASCII)
_WORD: Final = re.compile(r"[a-z0-9]+")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}")
_SUFFIX: Final = re.compile(r",?\s+(?:jr|sr|ii|iii|iv|ph\.?\s*d|m\.?\s*d)\.?$", re.IGNORECASE)


def is_key(text: str) -> bool:
    """Whether a text from elsewhere can be a citation key, in BibTeX and on a command line."""
    return _KEY.fullmatch(text) is not None


def make_key(title: str, *, authors: Sequence[str] = (), year: int | None = None) -> str:
    """Return the key of a paper: `wang2024mindbridge`, or `mindbridge-cross-subject-9f3a1c`.

    The second form, for a paper without author or year, ends in a hash of the folded title.
    Keys are ASCII of the kind `[a-z0-9-]`, at most 36 characters, or 44 with author and
    year, and depend on nothing else.
    """
    words = _significant(title)
    family = _family(authors[0]) if authors else ""
    if family and year is not None and 0 < year < 10_000:
        word = words[0][:_LONGEST_WORD] if words else _hash(title)
        return f"{family}{year}{word}" if words and word[0].isalpha() else f"{family}{year}-{word}"
    room = _LONGEST - _HASH - 1
    kept = words[:_WORDS] or ["paper"]
    while len(kept) > 1 and len("-".join(kept)) > room:
        kept.pop()
    return f"{'-'.join(kept)[:room]}-{_hash(title)}"


def distinct(key: str, is_taken: Callable[[str], bool], title: str) -> str:
    """Return `key`, or the first longer form of it that is not taken; `is_taken` ignores case."""
    return next(form for form in _forms(key, title) if not is_taken(form))


def _forms(key: str, title: str) -> Iterator[str]:
    """Yield the key, then with more and more of the title's hash, then numbered."""
    yield key
    stem = key.removesuffix(f"-{_hash(title)}")
    for digits in (8, 12, 16, 32, 64) if stem != key else (_HASH, 8, 12, 16, 32, 64):
        yield f"{stem}-{_hash(title, digits)}"
    for number in count(2):
        yield f"{key}-{number}"


def _hash(title: str, digits: int = _HASH) -> str:
    folded = text.identity(title).encode("utf-8", "surrogatepass")
    return hashlib.sha256(folded).hexdigest()[:digits]


def _significant(title: str) -> list[str]:
    """Return the words that tell this title from others; all its words if none does."""
    words = _WORD.findall(_ascii(latex.to_unicode(title)))
    return [word for word in words if word not in STOP_WORDS] or words


def _family(author: str) -> str:
    """Return the family name of `Given Family` or `Family, Given`, as one ASCII word."""
    name = _SUFFIX.sub("", latex.to_unicode(author).strip())
    family = name.split(",")[0] if "," in name else name.split()[-1] if name.split() else ""
    return "".join(_WORD.findall(_ascii(family)))[:_LONGEST_WORD]


def _ascii(words: str) -> str:
    """Fold to lower-case ASCII: `Ødegård` is `odegard`, `β` is `beta`; the rest is dropped."""
    if words.isascii():
        return words.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", words.translate(_TRANSLITERATED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_TRANSLITERATED).casefold()
