"""Made-up papers that look like real ones, the same ones for the same number and seed.

Words are as unevenly frequent as in real text (Zipf), there are more of them in a larger library
(Heaps), papers have topics, some papers follow others, and abstracts talk about what their titles
name.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

from readinglist.records import Record

WORDS: Final = Path(__file__).with_name("words.toml")
# Of what fills a gap in a sentence, how much comes from the paper's own title or topic.
_FROM_TITLE: Final = 0.25
_FROM_TOPIC: Final = 0.55
# How often a word is any word, however rare.
_ANY: Final = 0.02
_TOPIC_WORDS: Final = 160
_TOPICS: Final = 60
# How often a title is much like one that is there.
_FOLLOWING: Final = 0.15
_BLOCK: Final = 4096


class Author:
    """Writes papers with a vocabulary that fits so many of them."""

    def __init__(self, papers: int, seed: int = 1) -> None:
        table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        self._lists = {
            name: found.split() if isinstance(found, str) else found
            for name, found in table.items()
        }
        self._random = random.Random(seed)
        self._words = self._vocabulary(3000 + round(3.2 * papers**0.87))
        self._weights = list(accumulate((rank + 20) ** -1.4 for rank in range(len(self._words))))
        self._topics = [self._topic() for _ in range(_TOPICS)]
        self._topic_weights = list(accumulate(1 / (rank + 2) for rank in range(_TOPIC_WORDS)))
        self._stock: list[str] = []
        self._followed: list[str] = []
        self._papers = papers

    def papers(self) -> Iterator[Record]:
        """Yield as many papers as there are to be, no two with the same title."""
        known: set[str] = set()
        while len(known) < self._papers:
            record = self._paper()
            title = record.title.casefold()
            if title not in known:
                known.add(title)
                yield record

    def _paper(self) -> Record:
        rng = self._random
        topic = rng.choice(self._topics)
        system = self._system()
        title = self._title(topic, system)
        mentioned = [word.strip(":?,").casefold() for word in title.split() if len(word) > 3]
        sentences = self._lists["sentences"]
        chosen = rng.sample(sentences, rng.randint(7, len(sentences)))
        abstract = " ".join(self._filled(line, topic, mentioned, system) for line in chosen)
        authors = tuple(
            f"{self._one('given_names')} {self._one('family_names')}"
            for _ in range(rng.randint(1, 5))
        )
        return Record(title, abstract, authors=authors, year=rng.randint(1995, 2026))

    def _title(self, topic: Sequence[str], system: str) -> str:
        """Return a new title, or one like that of a paper which many follow."""
        if self._followed and self._random.random() < _FOLLOWING:
            parts = self._random.choice(self._followed).split()
            for at in self._random.sample(range(len(parts)), self._random.randint(1, 2)):
                parts[at] = self._random.choice(topic)
            return _headline(" ".join(parts))
        title = _headline(self._filled(self._one("titles"), topic, [], system))
        if len(self._followed) < self._papers**0.6:
            self._followed.append(title)
        return title

    def _filled(self, text: str, topic: Sequence[str], title: Sequence[str], system: str) -> str:
        rng = self._random
        words: list[str] = []
        for _ in range(text.count("{}")):
            chance = rng.random()
            if title and chance < _FROM_TITLE:
                words.append(rng.choice(title))
            elif chance < _FROM_TITLE + _FROM_TOPIC:
                words.append(rng.choices(topic, cum_weights=self._topic_weights)[0])
            else:
                words.append(self._word())
        return text.format(*words, name=system, number=rng.randint(2, 99))

    def _word(self) -> str:
        if self._random.random() < _ANY:
            return self._random.choice(self._words)
        if not self._stock:
            self._stock = self._random.choices(self._words, cum_weights=self._weights, k=_BLOCK)
        return self._stock.pop()

    def _topic(self) -> list[str]:
        rng = self._random
        common = rng.choices(self._words[:600], k=_TOPIC_WORDS * 9 // 10)
        return common + rng.choices(self._words, k=_TOPIC_WORDS - len(common))

    def _system(self) -> str:
        rng = self._random
        name = "".join(rng.sample(self._lists["systems"], 2))
        return f"{name}-{rng.randint(2, 9)}" if rng.random() < 0.2 else name

    def _one(self, name: str) -> str:
        chosen: str = self._random.choice(self._lists[name])
        return chosen

    def _vocabulary(self, size: int) -> list[str]:
        """Return so many words: those of every abstract first, then ever rarer ones."""
        rng = self._random
        words = dict.fromkeys(self._lists["common"])
        while len(words) < size:
            prefix = self._one("prefixes") if rng.random() < 0.6 else ""
            second = self._one("roots") if rng.random() < 0.4 else ""
            word = f"{prefix}{self._one('roots')}{second}{self._one('suffixes')}"
            if rng.random() < 0.04:
                word = f"{word[: rng.randint(2, 5)]}{rng.randint(1, 99)}"
            words[word] = None
        return list(words)


def _headline(text: str) -> str:
    small = (
        word if word.islower() and len(word) < 4 else word[0].upper() + word[1:]
        for word in text.split()
    )
    title = " ".join(small)
    return title[0].upper() + title[1:]
