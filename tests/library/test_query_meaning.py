"""Every form of every field, made up at random, against a slow and obvious reading of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.errors import QueryError
from readinglist.library import Library
from readinglist.library.index.folding import words
from readinglist.library.query.parsing import parse
from readinglist.records import Entry, Record, Status
from tests.library.shelves import put

WORDS = ("alpha", "beta", "gamma", "delta", "kappa")
TAGS = ("rl", "RL/offline", "rl/offline/deep", "rlhf", "two words", "Über", "a-b", "x*y")
SOURCES = ("Spring list.txt", "summer.bib", "SUMMER two.ris")
YEARS = (None, 1999, 2000, 2001, 2024)
TODAY = datetime.now(UTC).date()


class Seen(NamedTuple):
    """A paper as a query sees it, and how many documents mention it."""

    entry: Entry
    documents: int


Holds = Callable[[Seen], bool]
Meant = tuple[str, Holds]
_Form = Callable[[int, int], tuple[str, Callable[[int], bool]]]


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Library, list[Seen]]]]:
    """Three libraries, filed at random, each with all that is in it, the trash too."""
    folder = tmp_path_factory.mktemp("meaning")
    made = [_shelf(folder / f"{seed}.sqlite3", random.Random(seed)) for seed in range(3)]
    yield [(library, _seen(library)) for library in made]
    for library in made:
        library.close()


def _shelf(path: Path, rng: random.Random) -> Library:
    library = Library(path)
    records = [
        Record(
            " ".join([f"N{number}", *rng.choices(WORDS, k=rng.randint(0, 4))]),
            " ".join(rng.choices(WORDS, k=rng.randint(0, 5))) or None,
            tuple(rng.sample(("Ann Alpha", "Bo Beta Gamma", "Gamma Delta"), rng.randint(0, 2))),
            rng.choice(YEARS),
            rng.choice((None, "Venue")),
            rng.choice((None, f"10.1234/x{number}")),
            rng.choice((None, f"2401.{number:05}")),
            rng.choice(((), ("https://a.example/b",))),
        )
        for number in range(24)
    ]
    for part, name in zip((records[:14], records[8:], records[12:16]), SOURCES, strict=True):
        put(library, *part, name=name)
    for paper in list(library.search().ids):
        if tags := rng.sample(TAGS, rng.randint(0, 2)):
            library.edit_tags([paper], add=tags)
        library.set_status([paper], rng.choice(list(Status)))
        library.set_starred([paper], rng.random() < 0.3)
        library.set_note(paper, " ".join(rng.choices(WORDS, k=rng.randint(0, 3))))
    library.set_trashed(rng.sample(list(library.search().ids), 3), True)
    return library


def _seen(library: Library) -> list[Seen]:
    ids = [*library.search().ids, *library.search("is:trashed").ids]
    return [Seen(entry, len(entry.sources)) for entry in library.entries(ids)]


# What each field means, told again as slowly as it is said in the README


def _glob(text: str) -> Callable[[str], bool]:
    """Whether a name is as was typed, `*` for anything, whatever the case."""
    parts = text.casefold().split("*")

    def fits(name: str) -> bool:
        name = name.casefold()
        places = {0}
        for number, part in enumerate(parts):
            starts = {p for place in places for p in range(place, len(name) + 1)} if number else {0}
            places = {p + len(part) for p in starts if name.startswith(part, p)}
        return len(name) in places

    return fits


def _row(texts: Sequence[str | None], typed: str) -> bool:
    return any(f" {typed} " in f" {' '.join(words(text or ''))} " for text in texts)


PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
COLUMNS: dict[str, Callable[[Entry], Sequence[str | None]]] = {
    "title": lambda e: [e.title],
    "abstract": lambda e: [e.abstract],
    "note": lambda e: [e.note],
    "author": lambda e: e.authors,
    "": lambda e: [e.title, e.abstract, e.note, *e.authors, *e.tags],
}


@st.composite
def _phrases(draw: st.DrawFn) -> Meant:
    column, typed = draw(st.sampled_from(sorted(COLUMNS))), draw(PHRASES)
    texts = COLUMNS[column]
    text = f'{column}:"{typed}"' if column else f'"{typed}"'
    return text, lambda seen: _row(texts(seen.entry), typed)


@st.composite
def _tags(draw: st.DrawFn) -> Meant:
    name = draw(st.sampled_from(TAGS))
    kind = draw(st.sampled_from(["plain", "branch", "glob", "quoted"]))
    if kind == "quoted":
        literal = draw(st.sampled_from([name, name.upper()]))
        return f'tag:"{literal}"', lambda seen: literal.casefold() in _folded(seen.entry.tags)
    name = name.replace(" ", "*")
    if kind == "branch":
        stem = _glob(name)
        below = _glob(f"{name}/*")
        return f"tag:{name}/*", lambda seen: any(stem(t) or below(t) for t in seen.entry.tags)
    at = draw(st.integers(0, len(name)))
    typed = name if kind == "plain" else f"{name[:at]}*{name[draw(st.integers(at, len(name))) :]}"
    fits = _glob(typed)
    if typed.endswith("/*"):
        stem = _glob(typed[:-2])
        return f"tag:{typed}", lambda seen: any(stem(t) or fits(t) for t in seen.entry.tags)
    return f"tag:{typed}", lambda seen: any(fits(t) for t in seen.entry.tags)


def _folded(names: Sequence[str]) -> list[str]:
    return [name.casefold() for name in names]


@st.composite
def _sources(draw: st.DrawFn) -> Meant:
    name = draw(st.sampled_from(SOURCES))
    start = draw(st.integers(0, len(name) - 1))
    part = name[start : draw(st.integers(start + 1, len(name)))]
    if draw(st.booleans()) or not part.strip() or " " in part:
        part = part.strip() or name
        folded = part.casefold()
        return f'source:"{part}"', lambda seen: any(
            folded in s for s in _folded(seen.entry.sources)
        )
    if draw(st.booleans()):
        fits = _glob(f"{part}*")
        return f"source:{part}*", lambda seen: any(fits(s) for s in seen.entry.sources)
    folded = part.casefold()
    return f"source:{part}", lambda seen: any(folded in s for s in _folded(seen.entry.sources))


@st.composite
def _keys(draw: st.DrawFn) -> Meant:
    typed = draw(
        st.sampled_from(["n1*", "*alpha*", "*a", "n*beta*", "*", "n2-alpha", "alpha*", "N*"])
    )
    fits = _glob(typed)
    return f"key:{typed}", lambda seen: fits(seen.entry.key)


def _compared(
    name: str, values: st.SearchStrategy[int], of: Callable[[Seen], int | None]
) -> st.SearchStrategy[Meant]:
    """Every form of a number: v, =v, >v, >=v, <v, <=v, a..b, a.., ..b."""

    def holds(test: Callable[[int], bool]) -> Holds:
        return lambda seen: (value := of(seen)) is not None and test(value)

    forms: list[_Form] = [
        lambda a, _: (f"{a}", lambda v: v == a),
        lambda a, _: (f">{a}", lambda v: v > a),
        lambda a, _: (f">={a}", lambda v: v >= a),
        lambda a, _: (f"<{a}", lambda v: v < a),
        lambda a, _: (f"<={a}", lambda v: v <= a),
        lambda a, b: (f"{a}..{b}", lambda v: a <= v <= b),
        lambda a, _: (f"{a}..", lambda v: a <= v),
        lambda a, _: (f"..{a}", lambda v: v <= a),
    ]

    def made(
        form: Callable[[int, int], tuple[str, Callable[[int], bool]]], a: int, b: int
    ) -> Meant:
        text, test = form(a, b)
        return f"{name}:{text}", holds(test)

    return st.builds(made, st.sampled_from(forms), values, values)


YEAR_FORMS = _compared(
    "year", st.sampled_from([1998, 1999, 2000, 2001, 2024, 0]), lambda s: s.entry.year
)
SEEN_FORMS = _compared("seen", st.integers(0, 4), lambda s: s.documents)


@st.composite
def _days(draw: st.DrawFn) -> Meant:
    """A day, month or year around today, compared in every way."""
    near = TODAY + timedelta(days=draw(st.sampled_from([-400, -32, -1, 0, 1, 32, 400])))
    form = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
    typed = near.strftime(form)
    first = date(near.year, near.month if "m" in form else 1, near.day if "d" in form else 1)
    last = first
    while (last + timedelta(days=1)).strftime(form) == typed:
        last += timedelta(days=1)
    sign = draw(st.sampled_from(["", ">", ">=", "<", "<=", "..", "-.."]))
    tests: dict[str, Callable[[date], bool]] = {
        "": lambda d: first <= d <= last,
        ">": lambda d: d > last,
        ">=": lambda d: d >= first,
        "<": lambda d: d < first,
        "<=": lambda d: d <= last,
        "..": lambda d: d <= last,
        "-..": lambda d: d >= first,
    }
    test = tests[sign]
    text = f"{typed}.." if sign == "-.." else f"{sign}{typed}"
    return f"added:{text}", lambda seen: test(datetime.fromisoformat(seen.entry.added).date())


STATUSES: list[Meant] = [
    (f"{field}:{status.value}", lambda seen, status=status: seen.entry.status is status)  # type: ignore[misc]
    for status in Status
    for field in ("status", "is")
]
KINDS: list[Meant] = [
    ("is:starred", lambda seen: seen.entry.starred),
    ("is:tagged", lambda seen: bool(seen.entry.tags)),
    ("is:untagged", lambda seen: not seen.entry.tags),
    ("has:note", lambda seen: bool(seen.entry.note)),
    ("has:abstract", lambda seen: bool(seen.entry.abstract)),
    ("has:tag", lambda seen: bool(seen.entry.tags)),
    ("has:url", lambda seen: bool(seen.entry.urls)),
    ("has:doi", lambda seen: bool(seen.entry.doi)),
    ("has:arxiv", lambda seen: bool(seen.entry.arxiv_id)),
    ("has:author", lambda seen: bool(seen.entry.authors)),
    ("has:year", lambda seen: seen.entry.year is not None),
    ("has:venue", lambda seen: bool(seen.entry.venue)),
    ("has:suggestion", lambda seen: False),
]
ATOMS: st.SearchStrategy[Meant] = st.one_of(
    _phrases(), _tags(), _sources(), _keys(), YEAR_FORMS, SEEN_FORMS, _days(),
    st.sampled_from(STATUSES), st.sampled_from(KINDS),
)  # fmt: skip


def _combined(children: st.SearchStrategy[Meant]) -> st.SearchStrategy[Meant]:
    def both(parts: list[Meant], joiner: str) -> Meant:
        return joiner.join(text for text, _ in parts), lambda seen: all(h(seen) for _, h in parts)

    def either(parts: list[Meant]) -> Meant:
        text = " OR ".join(text for text, _ in parts)
        return f"({text})", lambda seen: any(holds(seen) for _, holds in parts)

    def neither(part: Meant, group: bool) -> Meant:
        text, holds = part
        plain = " " not in text and not text.startswith("-")
        return f"-{text}" if plain and not group else f"-({text})", lambda seen: not holds(seen)

    several = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.builds(both, several, st.sampled_from([" ", " AND ", "  "])),
        several.map(either),
        st.builds(neither, children, st.booleans()),
    )


QUERIES = st.recursive(ATOMS, _combined, max_leaves=6)


@given(QUERIES)
@settings(max_examples=300)
def test_a_query_finds_what_its_parts_say(
    shelves: list[tuple[Library, list[Seen]]], meant: Meant
) -> None:
    text, holds = meant
    for library, papers in shelves:
        expected = [seen.entry.key for seen in papers if not seen.entry.trashed and holds(seen)]
        ids = library.search(text).ids
        assert [entry.key for entry in library.entries(ids)] == expected


@given(ATOMS)
@settings(max_examples=100)
def test_the_trash_is_searched_where_it_is_asked_for(
    shelves: list[tuple[Library, list[Seen]]], meant: Meant
) -> None:
    text, holds = meant
    for library, papers in shelves:
        expected = {seen.entry.id for seen in papers if seen.entry.trashed and holds(seen)}
        assert set(library.search(f"is:trashed {text}").ids) == expected


@given(QUERIES, st.data())
@settings(max_examples=200)
def test_no_query_is_wrong_while_it_is_typed(
    shelves: list[tuple[Library, list[Seen]]], meant: Meant, data: st.DataObject
) -> None:
    text, _ = meant
    for end in range(len(text) + 1):
        assert not parse(text[:end], lenient=True).complaint
    end = data.draw(st.integers(0, len(text)))
    library, papers = shelves[0]
    assert len(library.search(text[:end], lenient=True)) <= len(papers)


@given(
    QUERIES, st.sampled_from(["titel:x", "year:soon", "added:2026-13", "status:redd", "seen:-1"])
)
def test_a_mistake_is_pointed_at_wherever_it_stands(meant: Meant, mistake: str) -> None:
    text, _ = meant
    with pytest.raises(QueryError) as caught:
        parse(f"{text} {mistake}")
    start = len(text) + 1
    assert start <= caught.value.position <= start + len(mistake)
    assert caught.value.hint
