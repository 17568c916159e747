"""Pairs of a paper and a work, labelled: the same work told otherwise, or another one like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.lookup.works import WORKS, Work


class Pair(NamedTuple):
    """What the library has, what a provider has, and whether that is one work."""

    kind: str
    title: str
    abstract: str | None
    other_title: str
    other_abstract: str | None
    same: bool


def _sentences(abstract: str) -> list[str]:
    return [f"{part.strip().rstrip('.')}." for part in abstract.split(". ")]


def _same(work: Work) -> Iterator[tuple[str, str, str | None]]:
    """The same work as others write it down."""
    title, abstract = work.title, work.abstract
    sentences = _sentences(abstract)
    longest = max(title.split(), key=len)
    yield "equal", title, abstract
    yield "capitals", title.upper(), abstract
    yield "wrapped", title.replace(" ", "\n  ", 2), abstract.replace(" ", "\n", 7)
    yield "LaTeX", f"{{{title.split()[0]}}} {' '.join(title.split()[1:])}", abstract
    yield "dashes", title.replace("-", "\u2010"), abstract.replace(" ", "\u00a0", 2)
    yield "cut off", title, " ".join(sentences[:2])[:-20] + "…"
    yield "longer", title, f"{abstract} Code and data are at github.com/example/example."
    yield "first half", title, " ".join(sentences[:2])
    yield "last half", title, " ".join(sentences[2:])
    yield "article", title.replace("for ", "for the ", 1), abstract
    if longest.lower() in abstract.lower():
        yield "slip", title.replace(longest, longest[:3] + longest[4:]), abstract


def _another(work: Work) -> Iterator[tuple[str, str, str | None]]:
    """Works that are not this one, however alike."""
    title, abstract, short, (word, instead) = work
    sentences = _sentences(abstract)
    mostly = " ".join([*sentences[:-1], "This version adds a second year of measurements."])
    bare = title.rstrip("?")
    yield "v2", f"{title} v2", mostly
    yield "2.0", f"{title} 2.0", abstract
    yield "second part", f"{title} II", mostly
    yield "part", f"{title}, Part 2: Proofs", mostly
    yield "revisited", f"{bare} Revisited", mostly
    yield "follow-up", f"{bare}: Five Years Later", mostly
    yield "comment", f"Comment on “{title}”", abstract
    yield "erratum", f"Erratum: {title}", abstract
    yield "survey", f"{bare}: A Survey", abstract
    yield "mirage", f"Are {short.capitalize()} a Mirage?", f"We look again at {short}. {abstract}"
    yield "not", f"Not {title}", abstract
    yield "swapped", title.replace(word, instead), abstract.replace(word.lower(), instead.lower())
    yield "swapped, same abstract", title.replace(word, instead), abstract
    yield (
        "its name",
        title,
        f"A note on {short} by others. Nothing here was measured by us, and \
nothing is claimed; we ask three questions that the field has left open for far too long.",
    )
    yield "no abstract", title, None
    yield "challenge", f"{title}: The 2024 Challenge", abstract
    yield "short", " ".join(title.split()[:3]), abstract


# One letter, or two, that make another work of it.
_NEAR = (
    ("Tracking Micro Earthquakes below Mountain Lakes", "Micro", "Macro"),
    ("Supervised Alignment of Old Church Bells", "Supervised", "Unsupervised"),
    ("Causal Models of Waiting in Line for Bread", "Causal", "Casual"),
    ("Symmetric Games between Lighthouse Keepers", "Symmetric", "Asymmetric"),
    ("Inductive Learning of Postal Routes in Fog", "Inductive", "Injective"),
    ("Intraspecies Signals of Bees in Winter Hives", "Intraspecies", "Interspecies"),
    ("Bounded Regret for Offline Orchestra Tuning", "Offline", "Online"),
    ("Linear Probes for Memory in Snail Networks", "Snail", "Small"),
    ("Estimating Hyperthermia from Gait on Stairs", "Hyperthermia", "Hypothermia"),
    ("Convex Mirrors That Learn to See Corners", "Convex", "Concave"),
)
_TOLD = (
    "{} are what this work is about, and we say so at once. Forty volunteers took part over two "
    "winters, and none of them was paid. The result holds for every one of eleven measures, and "
    "a twelfth is left to others. All material is given away."
)


# A sign that makes another work of it, wherever it stands.
_SIGNS = (
    ("Learning C by Writing Letters", "Learning C++ by Writing Letters"),
    ("Learning C by Writing Letters", "Learning C# by Writing Letters"),
    ("Learning C++ by Writing Letters", "Learning C# by Writing Letters"),
    ("C++ and C in Village Schools", "C and C++ in Village Schools"),
    ("Planning Harvests with A* and Maps", "Planning Harvests with A and Maps"),
    ("Grades A+ and B in Rural Schools", "Grades A and B+ in Rural Schools"),
    ("On Rivers with Flow ≤ Three Litres", "On Rivers with Flow ≥ Three Litres"),
    ("On Rivers with Flow < Three Litres", "On Rivers with Flow > Three Litres"),
    ("On Rivers with Flow ≤ Three Litres", "On Rivers with Flow Three Litres"),
    ("Findings of Gardeners at p<.05 and Beyond", "Findings of Gardeners at p>.05 and Beyond"),
    ("Findings of Gardeners at p<.05 and Beyond", "Findings of Gardeners at p<05 and Beyond"),
    ("Keeping Apples at -1 Degree in Cellars", "Keeping Apples at 1 Degree in Cellars"),
    (r"Keeping Apples at $-1$ Degree in Cellars", "Keeping Apples at 1 Degree in Cellars"),
    ("Keeping Apples at ±1 Degree in Cellars", "Keeping Apples at 1 Degree in Cellars"),
    ("Slopes of $x^{-1}$ in Old Quarries", "Slopes of $x^1$ in Old Quarries"),
    ("Slopes of n+1 Steps in Old Quarries", "Slopes of n-1 Steps in Old Quarries"),
    ("Counting $10^2$ Stars from a Boat", "Counting 102 Stars from a Boat"),
    ("Counting $10^{-3}$ Stars from a Boat", "Counting $10^3$ Stars from a Boat"),
    ("Counting $2^n$ Stars from a Boat", "Counting 2n Stars from a Boat"),
    ("Counting 1-5 Million Stars from a Boat", "Counting 1.5 Million Stars from a Boat"),
    ("Counting 3.5 Million Stars from a Boat", "Counting 35 Million Stars from a Boat"),
    ("α-Waves in the Sleep of Bakers", "β-Waves in the Sleep of Bakers"),
    (r"$\alpha$-Waves in the Sleep of Bakers", r"$\beta$-Waves in the Sleep of Bakers"),
    ("Sleep of Bakers under α and β", "Sleep of Bakers under β and α"),
    ("A 50% Share of Bread for All", "A 50 Share of Bread for All"),
    ("Bread A → B on Country Roads", "Bread A ← B on Country Roads"),
    ("Orders of Cakes with a = b Layers", "Orders of Cakes with a ≠ b Layers"),
    ("Choirs That Sing in B♭ at Dawn", "Choirs That Sing in B at Dawn"),
    ("Estimating P(A|B) from Ferry Tickets", "Estimating P(AB) from Ferry Tickets"),
    ("Hepatitis A and B among Old Sailors", "Hepatitis B among Old Sailors"),
    ("Vitamin A and Sleep in Old Sailors", "Vitamin and Sleep in Old Sailors"),
)
# The same work, as one writes its signs and another does.
_SPELT = (
    (r"$\alpha$-Waves in the Sleep of Bakers", "α-Waves in the Sleep of Bakers"),
    (r"Findings at $p \leq 0.05$ in the Garden", "Findings at p <= 0.05 in the Garden"),
    ("Findings at $p<.05$ in the Garden", "Findings at p < .05 in the Garden"),
    ("Counting $10^{-3}$ Stars from a Boat", "Counting 10^-3 Stars from a Boat"),
    ("Counting $10^2$ Stars from a Boat", "Counting 10² Stars from a Boat"),
    ("Keeping Apples at $-1$ Degree in Cellars", "Keeping Apples at −1 Degree in Cellars"),
    (r"Learning C\# by Writing Letters", "Learning C# by Writing Letters"),
    ("Planning Harvests with $A^*$ and Maps", "Planning Harvests with A* and Maps"),
    ("Catching COVID-19 on Night Trains", "Catching COVID−19 on Night Trains"),
    ("Rereading GPT-4 on Night Trains", "Rereading GPT4 on Night Trains"),
    ("Night Trains, 2019-2020, in Numbers", "Night Trains 2019–2020: In Numbers"),
    ("Night Trains – A Survey of Sleepers", "Night Trains: A Survey of Sleepers"),
    ("The $L_1$ Norm of Wooden Spoons", "The L-1 Norm of Wooden Spoons"),
    ("∆-Learning for Wooden Spoons Only", r"$\Delta$-Learning for Wooden Spoons Only"),
    ("Counting $2^n$ Stars from a Boat", "Counting 2ⁿ Stars from a Boat"),
    ("Planning Harvests with A⋆ and Maps", "Planning Harvests with A* and Maps"),
    ("Frames of 3×3 Wooden Spoons Only", "Frames of 3x3 Wooden Spoons Only"),
    ("Estimating P(A∣B) from Ferry Tickets", "Estimating P(A|B) from Ferry Tickets"),
    ("On the ½ of Wooden Spoons Kept", "On the 1/2 of Wooden Spoons Kept"),
    ("Résumé Writing for Wooden Spoons", "Resume Writing for Wooden Spoons"),
)


def pairs() -> Iterator[Pair]:
    """All of them."""
    such = _TOLD.format("Such questions")
    for table, same in ((_SIGNS, False), (_SPELT, True)):
        for titles in table:
            for ours, others in (titles, titles[::-1]):
                yield Pair("sign", ours, such, others, such, same=same)
    for title, word, instead in _NEAR:
        theirs = title.replace(word, instead)
        for abstract in (_TOLD.format("Such questions"), _TOLD.format(theirs)):
            mine = _TOLD.format("Such questions" if abstract.startswith("Such") else title)
            yield Pair("near word", title, mine, theirs, abstract, same=False)
    for number, work in enumerate(WORKS):
        for kind, title, told in _same(work):
            yield Pair(kind, work.title, work.abstract, title, told, same=True)
        for kind, title, told in _another(work):
            yield Pair(kind, work.title, work.abstract, title, told, same=False)
        other = WORKS[(number + 1) % len(WORKS)]
        yield Pair("unlike", work.title, work.abstract, other.title, other.abstract, same=False)
        yield Pair("year", f"{work.title} 2023", work.abstract, f"{work.title} 2024", work.abstract,
                   same=False)  # fmt: skip
        yield Pair("numerals", f"{work.title} II", work.abstract, f"{work.title} III",
                   work.abstract, same=False)  # fmt: skip
        three = " ".join(work.title.split()[:3])
        yield Pair("three words", three, work.abstract, three, work.abstract, same=False)
        yield Pair("no own abstract", work.title, None, work.title, work.abstract, same=False)
