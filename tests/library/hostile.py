"""Queries that nobody means well: what breaks a parser, and what an index is slow with."""

from __future__ import annotations

from itertools import product
from typing import Final, NamedTuple

from readinglist.library.query.fields import FIELDS
from readinglist.records import Facet, Sort


class Asked(NamedTuple):
    """A query, the facets it is asked within, and the order of the answer."""

    query: str
    where: tuple[Facet, ...] = ()
    sort: Sort | None = None
    reverse: bool = False

    def __str__(self) -> str:
        facets = " ".join(f"{facet.field}:{facet.value}" for facet in self.where)
        order = f" by {self.sort}{' reversed' * self.reverse}" if self.sort else ""
        return f"{self.query[:24]!a} {facets}{order}".rstrip()


LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
# No mistake of the parser's, whatever they are; positions in them may be far out.
TEXTS: Final = (
    '"', "*", "NEAR(", "'; DROP TABLE paper;--", "(" * 2000, "(" * 2000 + ")" * 2000,
    "a" * 60_000, "a " * 30_000, "-" * 3000, '"' * 3001, "a OR " * 150, "-a " * 299,
    "\0", "a\0b", "\ud800", "tag:" + "*a" * 1900, "\u202e\u200b", "e\u0301" * 900, "%_", "{}:()",
    "\ud800the", "the\udfff", "\x1b[31mthe", "\ufeffthe", "a\u202eb", "\U0001f642", "\u0301",
    "مرحبا بالعالم", "שלום עולם", "模型", "字" * 1500, "\u0e01" * 500, "的", "𝒜 ﬁ ß İ Ⅷ １２",
    "d'", "'", "''''", "l'a", "rock'n'roll", "$\\alpha$", "\\textit{the", '{\\"o}', "x^2", "C++",
    "C#",
    ".NET", "--", "---the", "- the", "– the", "a:b", "a:", "http://a", "title:title:the", 'title:"',
    'title:""', "tag:()", "abstract:-the", "title:(the of)", "AND", "OR", "OR OR", "(OR)",
    "() OR ()",
    "the OR", "OR the", "-OR", '"OR"', "AND OR NOT", "NOT", "\\", "%", "_", "the%", "^the", "the^",
    "+the", "the*", "*the", "t?e", "{title} : the", "title : the", "rowid:1", "1=1", "0x0",
    "1e400", "-1",
    "NaN", "null", "[the]", "<the>", "&amp;", "360", "2020", "1 2 3 4 5 6",
    "a" * 64, "a" * 65 + " the",
    "(" * 29 + "the" + ")" * 29, "-(" * 29 + "the" + ")" * 29, "(" * 31 + "the",
    "(a OR " * 30 + "b" + ")" * 30, "the-of-and-in-for", "a-b-c-d-e-f-g-h", "-".join(LETTERS * 11),
    '"' + "the of " * 550 + '"', '"' + "the " * 990 + '"', "abcdefgh " * 290, "learning " * 40,
    "-(-the)", "-(-(-the))", "- -the", "-zzqqx", "zzqqx wwkkj yyppl",
)  # fmt: skip
# Words that most papers have, alone and together, in the ways that are dear to an index.
COMMON: Final = (
    "a", "e", "th", "the", "of a", "the of", "the of and in on with to", "NOT the", "the NOT of",
    "-the", "-a", "-the -of", "-the -of -and -in", "-(the of)", "-(the OR of)", '-"the of"',
    "the -learning", "learning -the", "the -zzqqx", '"a', '"th', '"the', '"the o', '"of t', '"a b',
    '"the of and in"', '"and the of"', '"is a', '"the the the"', '"on the', '"of the a',
    "(the OR of) -and", "the OR of OR in -and", "(the OR of OR in OR with) -and", " ".join(LETTERS),
    " OR ".join(LETTERS), " ".join(LETTERS * 4), " OR ".join(["the", "of", "and", "in"] * 30),
    "(the OR a) (of OR in) (and OR for)", " ".join(f"(the OR {c})" for c in LETTERS[:8]),
    " ".join(f"-(the OR {c})" for c in LETTERS[:8]),
    " ".join(f'("the of" OR -{c})' for c in LETTERS[:8]),
    "(" + " OR ".join(f'"{c} the"' for c in LETTERS[:13]) + ")",
    "tranformer netwrok lerning of the", "diffusoin modle for teh", "qqq the of and", "xq zz",
    "reinforcmeent lernning wiht humna feedbcak from larg languge modles and difusion",
    " ".join(f"-x{n}" for n in range(140)), " OR ".join(f"title:w{n}" for n in range(99)),
    " OR ".join(f"{field}:x{n}" for n, field in enumerate(["title", "abstract", "note",
    "key"] * 24)),
    " OR ".join(f'abstract:"{c}' for c in "ab"), "abstract:the OR abstract:of OR abstract:and",
    "abstract:a OR abstract:b OR abstract:c", "abstract:difusion", "abstract:lerning -the",
    " ".join(f"abstract:{word}" for word in ("the", "of", "and", "in", "for")),
)  # fmt: skip
_VALUES: Final = ("a", "th", '"a', "the", '"the of"', "*", "a*", "*a", "*a*", "*/*", "zzqqx")
FIELDED: Final = tuple(
    f"{sign}{name}:{value}"
    for name, value, sign in product(
        (*(n for n in FIELDS if FIELDS[n].column), "tag", "source", "key"), _VALUES, ("", "-")
    )
)
# Conditions on the tables that all papers meet, or none, beside a word that is everywhere.
CONDITIONS: Final = tuple(
    f"{condition}{beside}"
    for condition, beside in product(
        (
            "seen:>1", "-seen:1", "seen:0", "seen:999999999", "seen:5..1", "-seen:>0",
            "year:2024..2020",
            "-year:1900..", "year:0", "year:1900..2100", "-has:year", "has:doi", "has:venue",
            "-has:abstract", "has:suggestion", "has:note", "added:0001-01-01", "added:9999-12-31",
            "added:>2100", "-added:2026", "added:2030..2020", "added:>9999-12-31", "is:starred",
            "is:tagged", "is:trashed", "-(-is:trashed)", "-status:inbox", "status:read",
            "source:l*t",
            "-source:list", "source:*0*1*", "key:*zz*", "key:*q*x*z", "key:a*e*i*o*", "tag:**",
        ),
        ("", " the", " -the", ' "the', " OR the"),
    )
)  # fmt: skip
_WHERE: Final = (
    Facet("status", "read"), Facet("is", "starred"), Facet("source", "list-000.jsonl"),
    Facet("tag", "rl/*"), Facet("is", "trashed"), Facet("is", "untagged"),
)  # fmt: skip

QUERIES: Final = tuple(
    [Asked(query) for query in (*TEXTS, *COMMON, *FIELDED, *CONDITIONS)]
    + [
        Asked(query, (facet,))
        for query, facet in product(("the", '"a', "-the", "note:a", "(the OR of) -and"), _WHERE)
    ]
    + [
        Asked(query, (), sort, reverse)
        for query, sort, reverse in product(("the", '"the', "-the", "a"), Sort, (False, True))
    ]
)
