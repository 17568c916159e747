"""Titles as people half remember them: what is typed, and the title that is meant."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Probe:
    """One search: how the title was remembered, what is typed, and which title it was."""

    kind: str
    typed: str
    title: str


def probes(titles: Sequence[str], each: int, seed: int) -> list[Probe]:
    """So many of each kind, of titles drawn anew for each."""
    rng = random.Random(seed)
    return [
        Probe(kind, remembered(title, rng), title)
        for kind, remembered in KINDS.items()
        for title in rng.sample(titles, min(each, len(titles)))
    ]


def typed(titles: Sequence[str], queries: int, seed: int) -> Iterator[str]:
    """Yield queries as they grow letter by letter: beginnings of titles, some misspelt."""
    rng = random.Random(seed)
    for number, title in enumerate(rng.sample(titles, min(queries, len(titles)))):
        query = (_two_typos(title, rng) if number % 3 == 2 else title).lower()[:40]
        for end in range(1, len(query) + 1):
            yield query[:end]


def _two_typos(title: str, rng: random.Random) -> str:
    parts = title.split()
    long = [at for at, word in enumerate(parts) if len(word) >= 4 and word.isalpha()]
    for at in rng.sample(long, min(2, len(long))):
        parts[at] = _misspelt(parts[at], rng)
    return " ".join(parts)


def _misspelt(word: str, rng: random.Random) -> str:
    """Return a word with one letter left out, added, changed or swapped with the next."""
    at = rng.randrange(len(word) - 1)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + rng.choice(_LETTERS) + word[at:],
            word[:at] + rng.choice(_LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _dropped_words(title: str, rng: random.Random) -> str:
    parts = title.split()
    kept = sorted(rng.sample(range(len(parts)), max(len(parts) * 2 // 3, 1)))
    return " ".join(parts[at] for at in kept)


def _shuffled_words(title: str, rng: random.Random) -> str:
    parts = title.split()
    rng.shuffle(parts)
    return " ".join(parts)


def _cut_last_word(title: str, rng: random.Random) -> str:
    return title[: len(title) - rng.randint(1, max(len(title.split()[-1]) - 1, 1))]


def _middle_run(title: str, rng: random.Random) -> str:
    parts = title.split()
    length = min(len(parts), rng.randint(4, 6))
    start = rng.randint(0, len(parts) - length)
    return " ".join(parts[start : start + length])


KINDS: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "two typos": _two_typos,
    "dropped words": _dropped_words,
    "shuffled words": _shuffled_words,
    "cut last word": _cut_last_word,
    "middle run": _middle_run,
}
