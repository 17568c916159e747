"""Names of authors as providers give them, in the one way in which all formats read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from readinglist.formats.names import OTHERS, Name, is_suffix, joined, literal, usual
from readinglist.library.intake.agreement import same_people
from readinglist.lookup.facts import line
from readinglist.lookup.provider import text

_LETTER: Final = re.compile(r"[^\W\d_]")
_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)
# Suffixes that names are read back with; degrees and titles are none.
_SUFFIXES: Final = {
    "jnr": "Jr.", "junior": "Jr.", "snr": "Sr.", "senior": "Sr.", "2nd": "II", "3rd": "III",
    "4th": "IV",
}  # fmt: skip
_REST: Final = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)


def flat(name: object) -> str:
    """A name that was given as one text, `Given Family` or `Family, Given`; empty for none."""
    whole = line(name).strip(" ,;")
    if not _LETTER.search(whole):
        return ""
    return OTHERS if _REST.fullmatch(whole) else usual(_suffix_in_place(whole))


def _suffix_in_place(name: str) -> str:
    """`Davis, Sammy, Jr.` as `Davis, Jr., Sammy`, and `Sammy Davis, Jr.` without its comma."""
    *before, last = (part.strip() for part in name.split(","))
    if not _SUFFIX.fullmatch(last) or len(before) not in (1, 2):
        return name
    return f"{before[0]} {last}" if len(before) == 1 else f"{before[0]}, {last}, {before[1]}"


def parts(family: object, given: object = "", *, suffix: object = "", particle: object = "") -> str:
    """A name whose parts are known; empty for none."""
    last, first, after, before = (
        " ".join(line(part).replace(",", " ").split()) for part in (family, given, suffix, particle)
    )
    junior = _SUFFIXES.get(after.lower().rstrip("."), after if is_suffix(after) else "")
    if not _LETTER.search(last):
        return flat(first)
    small = re.match(r"(?:[a-z'’]+\s+)*(?=\S*[A-Z])", last)
    if not before and small is not None:
        before, last = small.group().strip(), last[small.end() :]
    if " " in last and not (first or junior or before):
        return group(last)  # which name is whose given one is not said
    return joined(Name(last, first, before, junior))


def group(name: object) -> str:
    """A name that the provider says is no person's; empty for none."""
    whole = line(name).strip(" ,;")
    if not _LETTER.search(whole):
        return ""
    return OTHERS if _REST.fullmatch(whole) else literal(whole)


def listed(people: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """The names in their order, each with what the provider calls the person, if it does.

    Two authors may be called alike. One is listed twice only if the provider says so, by calling
    both the same under names that agree, or by listing all of them once more. That there are
    others is said at the end.
    """
    names: list[str] = []
    others = False
    places: dict[str, list[int]] = {}
    for name, called in people:
        if not name or name == OTHERS:
            others = others or bool(name)
            continue
        again = places.setdefault(text(called), []) if text(called) else []
        place = next((at for at in again if same_people([names[at]], [name])), None)
        if place is None:
            again.append(len(names))
            names.append(name)
        else:
            names[place] = max(names[place], name, key=len)  # the fuller form
    half = len(names) // 2
    once = names[:half] if half > 1 and names[:half] == names[half:] else names
    return (*once, OTHERS) if others and once else tuple(once)
