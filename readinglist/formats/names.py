"""The parts of an author's name, and one way to write each name that they make."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

OTHERS: Final = "others"
"""Stands for the rest of a list of authors that was cut short."""

_CORPORATE: Final = re.compile(
    r"\b(?:association|center|centre|collaboration|college|committee|community|company|consortium"
    r"|corp|corporation|council|department|foundation|gmbh|group|inc|institut[eo]?|labs?"
    r"|laborator(?:y|ies)|llc|ltd|network|organi[sz]ation|project|research|society|team"
    r"|technolog(?:y|ies)|universit\w+)\b",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*|[\s.,'’‘·-])+")
_LOOSE: Final = re.compile(r"(?:^|\s)(?:and(?=\s|$)|[-.']+(?=\s|$)|-)|-(?=\s|$|,)", re.IGNORECASE)
_JUNIOR: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


class Name(NamedTuple):
    """A person's name: Ludwig (given) van (particle) Beethoven (family) Jr. (suffix)."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


def is_person(name: str) -> bool:
    """Whether a name, on one line, is evidently that of a person, as BibTeX reads it."""
    if name == OTHERS:
        return True  # styles print it as "et al."
    if not _PERSON.fullmatch(name) or _LOOSE.search(name) or _CORPORATE.search(name):
        return False
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3:
        return all(parts) and is_suffix(parts[1])
    return len(parts) < 3 and all(parts)


def is_suffix(text: str) -> bool:
    """Whether a part of a name is one such as `Jr.` or `III`."""
    return _JUNIOR.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)  # the same people write again and again
def taken_apart(author: str) -> Name | None:
    """The parts of `Given Family`, `Family, Given` or `Family, Jr., Given`; None if no person's."""
    if author == OTHERS or not is_person(author):
        return None
    parts = [part.split() for part in author.split(",")]
    if len(parts) == 3:
        family, suffix = parts[:2]
    else:
        family, suffix = _suffix_off(parts[0], 2 if len(parts) == 2 else 3)
    if len(parts) == 1:
        given, particle, family = _in_order(family)
    else:
        given = parts[-1]
        particle, family = _particle_off(family)
    return Name(*(" ".join(words) for words in (family, given, particle, suffix)))


def joined(name: Name) -> str:
    """`Given Family`, or with commas where that would be read as another name."""
    plain = " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))
    if not name.given or taken_apart(plain) == name:
        return plain
    return inverted(name, middle=True)


def inverted(name: Name, *, middle: bool = False) -> str:
    """`Family, Given`, with a suffix at the end, or in the `middle` as BibTeX has it."""
    family = f"{name.particle} {name.family}".strip()
    rest = (name.suffix, name.given) if middle else (name.given, name.suffix)
    return ", ".join(filter(None, (family, *rest)))


def usual(author: str) -> str:
    """A name in the one way in which every format reads it back."""
    name = taken_apart(author)
    return author if name is None else joined(name)


def literal(name: str) -> str:
    """A name that is not to be taken apart: in braces if it would be taken for a person's."""
    ambiguous = name == OTHERS or (is_person(name) and not name.isalpha())
    return f"{{{name}}}" if ambiguous else name


def _suffix_off(words: list[str], least: int) -> tuple[list[str], list[str]]:
    if len(words) >= least and is_suffix(words[-1]):
        return words[:-1], words[-1:]
    return words, []


def _in_order(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Given names, particle, family: the last word, or what follows small letters before it."""
    small = next((at for at, word in enumerate(words[:-1]) if word[0].islower()), None)
    if small is None or all(word[0].islower() for word in words):
        return words[:-1], [], words[-1:]
    particle, family = _particle_off(words[small:])
    return words[:small], particle, family


def _particle_off(words: list[str]) -> tuple[list[str], list[str]]:
    end = next((at for at, word in enumerate(words) if not word[0].islower()), len(words) - 1)
    return words[:end], words[end:]
