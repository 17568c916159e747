"""What a half-typed field name or value may become, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest
from typing import Final

from readinglist.library.query.fields import FIELDS
from readinglist.library.query.lexer import Kind, read_tokens
from readinglist.records import FacetCounts

# So many are offered: what one looks over at a glance.
MOST: Final = 7
# From 0 to 100; a name less like what was typed is not what was meant.
_ALIKE: Final = 60
# So many letters in the middle of a word are no accident.
_TELLING: Final = 3
# Stands where the cursor is, so that a word, or a field without a value yet, ends there.
_HERE: Final = "x"
_NAME: Final = re.compile(r"(?P<name>[A-Za-z]{2,})(?::(?!//)(?P<value>.*))?", re.DOTALL)
_BARE: Final = re.compile(r'[^\s()"*][^\s()*]*')
_UNUSABLE_BARE: Final = re.compile(r'^"|[\s()]')
_WORD_STARTS: Final = re.compile(r"(?<![^\W_])[^\W_]")
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)

# Names with the number of their papers, where that is known.
Names = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may take the place of what was typed: `text` as it is typed, `label` as it is shown."""

    text: str
    label: str
    papers: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """Candidates for query[start:end], at least one.

    They are a `guess` where a plain word may be meant, and `finished` means that what is typed is
    a known name already.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    guess: bool = False
    finished: bool = False

    def applied(self, query: str, candidate: Candidate) -> str:
        """Return the query with a candidate in it."""
        return query[: self.start] + candidate.text + query[self.end :]


@dataclass(frozen=True, slots=True)
class Known:
    """What values are completed from; `authors` gives those whose names begin as was typed."""

    counts: FacetCounts
    authors: Callable[[str], Mapping[str, int]]
    today: date


def completion(query: str, cursor: int, known: Known) -> Completion | None:
    """Return what the word before the cursor may become, if it is or may be a field."""
    if query[cursor : cursor + 1].strip(" )"):
        return None  # in the middle of a word
    tokens, _ = read_tokens(query[:cursor] + _HERE, lenient=True)
    last = next((token for token in reversed(tokens) if token.kind is not Kind.CLOSE), None)
    if last is None or last.start == cursor or last.end != cursor + 1:
        return None
    guess = False
    if last.kind is Kind.FIELD:
        offers = _values(last.field, last.text[: -len(_HERE)], known)
    elif last.kind is Kind.WORD and (begun := _NAME.fullmatch(last.text[: -len(_HERE)])):
        guess = begun["value"] is None
        offers = _begun_names(begun["name"]) if guess else _right_names(begun)
    else:
        return None
    found, typed = list(offers), query[last.start : cursor].casefold()
    candidates = tuple(each for each in found if each.text.casefold() != typed)
    if not candidates:
        return None
    finished = len(candidates) < len(found)
    return Completion(last.start, cursor, candidates, guess, finished)


def spelt(value: str) -> str:
    """Return a value as it is typed after a field's colon: as it is, quoted, or with `*`."""
    if _BARE.fullmatch(value):
        return value
    if '"' not in value:
        return f'"{value}"'
    return _UNUSABLE_BARE.sub("*", value)  # a quote cannot stand between quotes


def _begun_names(word: str) -> Iterator[Candidate]:
    for name in FIELDS:
        if name.startswith(word.lower()):
            yield Candidate(f"{name}:", f"{name}:")


def _right_names(begun: re.Match[str]) -> Iterator[Candidate]:
    for name in _alike(begun["name"], FIELDS):
        yield Candidate(f"{name}:{begun['value']}", f"{name}:")


def _values(field: str, typed: str, known: Known) -> Iterator[Candidate]:
    if field in _HINTS:
        for hint in _HINTS[field](typed, known.today):
            if hint.startswith(typed):
                yield Candidate(f"{field}:{hint}", hint)
        return
    names = _names(field, typed, known)
    for name in _ranked(typed, names):
        branch = field == "tag" and name.endswith("/*")
        yield Candidate(f"{field}:{name if branch else spelt(name)}", name, names[name])


def _names(field: str, typed: str, known: Known) -> Names:
    """Return all that a field may be asked for."""
    counts = known.counts
    if field == "author":
        return known.authors(typed)
    if field == "source":
        return counts.sources
    if field == "tag":
        stems = {name.rpartition("/")[0] for name in counts.tags if "/" in name}
        return {**counts.tags, **{f"{stem}/*": None for stem in stems if not _odd(stem)}}
    papers = {"starred": counts.starred, "untagged": counts.untagged, "trashed": counts.trash}
    papers |= {str(status): count for status, count in counts.statuses.items()}
    return {name: papers.get(name) if field != "has" else None for name in FIELDS[field].values}


def _odd(stem: str) -> bool:
    return not _BARE.fullmatch(stem)


def _ranked(typed: str, names: Names) -> list[str]:
    """Return the names most like what was typed, of equally good ones the most used."""
    folded = typed.casefold().strip()
    fits = {name: fit for name in names if (fit := _fit(folded, name.casefold())) is not None}
    order = {name: place for place, name in enumerate(names)}

    def merit(name: str) -> tuple[int, int, int]:
        return fits[name], -(names[name] or 0), order[name]

    found = nsmallest(MOST, fits, key=merit)
    if len(found) < MOST and folded not in map(str.casefold, found):
        found += _alike(folded, [name for name in names if name not in fits])[: MOST - len(found)]
    return found


def _fit(typed: str, name: str) -> int | None:
    """How well a name begins as typed: itself, one of its words, or somewhere inside."""
    if name.startswith(typed):
        return 0
    if typed not in name:
        return None
    starts = (match.start() for match in _WORD_STARTS.finditer(name))
    if any(name.startswith(typed, start) for start in starts):
        return 1
    return 2 if len(typed) >= _TELLING else None


def _alike(typed: str, names: Iterable[str]) -> list[str]:
    """Return names that what was typed may be a misspelling of, best first."""
    from rapidfuzz import fuzz, process  # 18 ms, and only a mistake needs it

    found = process.extract(
        typed.casefold(), list(names), scorer=fuzz.ratio, processor=str.casefold,
        score_cutoff=_ALIKE, limit=MOST,
    )  # fmt: skip
    return [name for name, _, _ in found]


def _years(typed: str, today: date) -> Iterable[str]:
    now = today.year
    if year := _YEAR.match(typed):
        return f"{year[0]}..", f"{year[0]}..{now}"
    return (
        f"{now}", f"{now - 1}", f"{now - 4}..{now}", f">={now - 1}", f">{now - 5}", f"<{now - 9}",
    )  # fmt: skip


def _days(_typed: str, today: date) -> Iterable[str]:
    month, week = f"{today:%Y-%m}", today - timedelta(days=7)
    return "today", "yesterday", f">={week:%Y-%m-%d}", month, f">={month}", f"{today:%Y}"


def _numbers(_typed: str, _today: date) -> Iterable[str]:
    return ">1", ">2", "1", "2"


_HINTS: Final[dict[str, Callable[[str, date], Iterable[str]]]] = {
    "year": _years,
    "added": _days,
    "seen": _numbers,
}
