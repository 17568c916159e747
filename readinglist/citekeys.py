"""Citation keys: a paper's readable name in exports, the same on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final

from readinglist import latex, text
from readinglist.latex.symbols import GREEK, LETTERS

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
_FORMER: Final = re.compile(r"[^\W_][\w:.+/-]{0,99}")
_SUFFIX: Final = re.compile(r",?\s+(?:jr|sr|ii|iii|iv|ph\.?\s*d|m\.?\s*d)\.?$", re.IGNORECASE)


def is_key(text: str) -> bool:
    """Whether a text from elsewhere can be a citation key, in BibTeX and on a command line."""
    return _KEY.fullmatch(text) is not None


def is_former(text: str) -> bool:
    """Whether a text from elsewhere can be a further key: one, or one in letters of any script."""
    return _FORMER.fullmatch(text) is not None


def kept(key: str, others: Sequence[str] = ()) -> tuple[str | None, tuple[str, ...]]:
    """What is kept of a key from elsewhere and of its others: a key, if it is one, and former ones.

    One that is in letters that ours do not have stays among these, in Unicode's usual form.
    """
    every = [unicodedata.normalize("NFC", each) for each in (key, *others)]
    own = every.pop(0) if is_key(key) else None
    return own, tuple(dict.fromkeys(each for each in every if is_former(each) and each != own))


def make_key(title: str, *, authors: Sequence[str] = (), year: int | None = None) -> str:
    """Return the key of a paper: `wang2024mindbridge`, or `mindbridge-cross-subject-9f3a1c`.

    The second form, for a paper without author or year, ends in a hash of the folded title.
    Keys are ASCII of the kind `[a-z0-9-]`, at most 36 characters, or 44 with author and
    year, and depend on nothing else. Two papers may have the same (`keys_apart`).
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


def forms(key: str, mark: str) -> list[str]:
    """A key and its longer forms: it, a dash, and more and more digits that follow from a mark.

    Different marks have different ones.
    """
    digits = hashlib.blake2b(mark.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return [key, *(f"{key}-{digits[:length]}" for length in (_HASH, 2 * _HASH, len(digits)))]


def keys_apart(wishes: Sequence[Sequence[str]], is_taken: Callable[[str], bool]) -> list[str]:
    """A key for each paper, out of its own wishes: the first that no other paper could have.

    What two papers wish, neither of them gets, so that it does not matter which of them came
    first. `is_taken` says of a key, whatever its case, whether a paper that is none of these has
    it; the last wish is numbered if every one is.
    """
    wanted = Counter(form for own in wishes for form in own)
    found: list[str] = []
    for own in wishes:
        free = (form for form in own if wanted[form] == 1 and not is_taken(form))
        more = (form for form in _numbered(own[-1]) if form not in found and not is_taken(form))
        found.append(next(free, "") or next(more))
    return found


def _numbered(key: str) -> Iterator[str]:
    return (f"{key}-{number}" for number in count(2))


def _hash(title: str) -> str:
    folded = text.identity(title).encode("utf-8", "surrogatepass")
    return hashlib.sha256(folded).hexdigest()[:_HASH]


def _significant(title: str) -> list[str]:
    """Return the words that tell this title from others; all its words if none does."""
    words = _WORD.findall(_ascii(latex.to_unicode(title)))
    return [word for word in words if word not in STOP_WORDS] or words


def _family(author: str) -> str:
    """Return the family name of `Given Family` or `Family, Given`, as one ASCII word."""
    name = _SUFFIX.sub("", latex.to_unicode(author).strip())
    words = name.split(",")[0].split() if "," in name else name.split()[-1:]
    while len(words) > 1 and words[0].islower():  # `van der Berg, Ludwig`
        del words[0]
    family = "".join(words)
    return "".join(_WORD.findall(_ascii(family)))[:_LONGEST_WORD]


def _ascii(words: str) -> str:
    """Fold to lower-case ASCII: `Ødegård` is `odegard`, `β` is `beta`; the rest is dropped."""
    if words.isascii():
        return words.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", words.translate(_TRANSLITERATED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_TRANSLITERATED).casefold()
