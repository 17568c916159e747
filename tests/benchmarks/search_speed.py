"""How long a keystroke costs: `python -m tests.benchmarks.search_speed --papers 10000`.

Queries are typed character by character into a library of made-up papers; the baseline is a
rapidfuzz WRatio scan over the same titles in the same run.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate, islice
from pathlib import Path

from rapidfuzz import process

from readinglist.library import Library
from readinglist.records import Reading, Record

_ONSETS = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st", "gr", "pl"]
_NUCLEI = ["a", "e", "i", "o", "u", "ai", "io", "ea"]
_CODAS = ["", "", "n", "r", "l", "s", "t", "nd", "x"]
_DOCUMENT = 2000


class Writer:
    """Writes titles and abstracts with words as unevenly frequent as in real ones (Zipf's law)."""

    def __init__(self, seed: int, words: int) -> None:
        self._random = random.Random(seed)
        self._words = sorted({self._word() for _ in range(words)}, key=len)
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def papers(self) -> Iterator[Record]:
        """Yield papers without end, the same ones for the same seed."""
        number = 0
        while True:
            number += 1
            title = self.text(self._random.randint(5, 13)).title()
            yield Record(f"{title} {number}", self.text(120), line=number)

    def text(self, length: int) -> str:
        """Return so many words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=length))

    def _word(self) -> str:
        syllables = self._random.choices([1, 2, 3, 4], [1, 4, 4, 2])[0]
        return "".join(
            self._random.choice(part)
            for _ in range(syllables)
            for part in (_ONSETS, _NUCLEI, _CODAS)
        )

    def misspelt(self, text: str) -> str:
        """Return a text with two letters inside its words swapped, changed or left out."""
        for _ in range(2):
            inside = [at for at in range(1, len(text) - 1) if text[at - 1 : at + 2].isalpha()]
            at = self._random.choice(inside)
            text = self._random.choice(
                [
                    text[:at] + text[at + 1 :],
                    text[:at] + "e" + text[at + 1 :],
                    text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :],
                ]
            )
        return text


def main() -> None:
    """Build the library, type the queries, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=364)
    parser.add_argument("--queries", type=int, default=45)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    writer = Writer(options.seed, words=5000 + 2 * options.papers)
    papers = list(islice(writer.papers(), options.papers))
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library") as library:
        seconds = _timed(lambda: _fill(library, papers))
        print(f"{'import':32} {seconds * 1000:10.0f} ms for {len(papers)} papers")
        first = _timed(lambda: library.search("a", lenient=True))
        print(f"{'first search':32} {first * 1000:10.2f} ms")
        chosen = papers[:: max(len(papers) // options.queries, 1)][: options.queries]
        _report(library, writer, papers, chosen)


def _report(
    library: Library, writer: Writer, papers: Sequence[Record], chosen: Sequence[Record]
) -> None:
    titles = [paper.title for paper in papers]
    spelt = [paper.title[:40] for paper in chosen]
    misspelt = [writer.misspelt(text) for text in spelt]
    for name, queries in (("as spelt", spelt), ("misspelt", misspelt)):
        typed = [query[:end] for query in queries for end in range(1, len(query) + 1)]
        _print(f"keystroke, {name}", [_seconds(library, part) for part in typed])
    baseline = [_timed(partial(process.extract, q, titles, limit=50)) for q in misspelt]
    _print("WRatio over all titles", baseline)
    ours = [_seconds(library, query) for query in misspelt]
    _print("the same queries, ours", ours)
    ratio = statistics.median(ours) / statistics.median(baseline)
    print(f"{'ratio of the medians':32} {ratio:10.3f}")
    print(f"{'recall@10, two typos':32} {_recall(library, misspelt, chosen):10.3f}")


def _recall(library: Library, queries: Sequence[str], wanted: Sequence[Record]) -> float:
    found = sum(
        paper.title in {row.title for row in library.search(query, lenient=True).rows(0, 10)}
        for query, paper in zip(queries, wanted, strict=True)
    )
    return found / len(wanted)


def _seconds(library: Library, query: str) -> float:
    """How long it takes to find papers and have the rows for one screen."""
    return _timed(lambda: library.search(query, lenient=True).rows(0, 40))


def _fill(library: Library, papers: Sequence[Record]) -> None:
    for start in range(0, len(papers), _DOCUMENT):
        part = list(papers[start : start + _DOCUMENT])
        library.ingest(Reading("made", part), name=f"{start}", path="", digest=f"{start}")


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _print(name: str, seconds: Sequence[float]) -> None:
    ordered = sorted(seconds)
    median, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(
        f"{name:32} {median * 1000:10.2f} ms median {late * 1000:10.2f} ms p95"
        f" {ordered[-1] * 1000:10.2f} ms worst"
    )


if __name__ == "__main__":
    main()
