"""Papers to export: the real ones, and thousands that have broken other programs' exports."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from readinglist.citekeys import make_key
from readinglist.formats import read_document
from readinglist.formats.dates import told
from readinglist.records import Entry, Status
from readinglist.text import clean, clean_line, identity
from tests.formats.nasty import FRAGMENTS

_LEFTOVERS: Final = [
    *(
        r"{\"o}",
        "$x^2$",
        r"$\alpha$",
        r"\$",
        r"$\frac{a}{b}$",
        r"$\sum_{i=1}^{n} x_i$",
        r"\textbf{",
    ),
    *(
        "}",
        "{",
        r"$\mathbb{R}^d$",
        "M^{3}",
        r"{\deg}",
        "``",
        "''",
        "--",
        r"$\sqrt{T}$",
        r"$\hat{x}_i$",
    ),
    *("α", "≤", "⁻³", "ₓ", "x\u0302", "→", "ẽ"),
    # What runs as code, ends a line or a formula too soon, or has no other half.
    *(
        r"\input{/etc/passwd}",
        r"\write18{ls}",
        r"\immediate\write18{ls}",
        r"\openin0=x",
        r"\csname",
    ),
    *(
        r"\begin{verbatim}",
        r"\end{document}",
        r"\verb|x|",
        "^^M",
        "^^5c",
        "$$",
        "$x_{",
        "}$",
        r"\)",
    ),
    *(
        r"\(x",
        r"\left(",
        r"$\begin{matrix}a & b\\",
        r"\def\x{\x}",
        r"\%",
        r"\&",
        r"\#",
        "%",
        "@",
        "#",
    ),
    *(
        "\\\n",
        r"\\[1cm]",
        r"\cite{x}",
        r"\ref{x}",
        r"\footnote{",
        "~",
        r"\ ",
        r"\-",
        r"\,",
        '"',
        "'",
    ),
]
# What is no letter of Latin, Greek or mathematics, or shows nothing by itself.
_SCRIPTS: Final = [
    *("שלום", "مرحبا", "\u202eevil\u202c", "\u2067x\u2069", "e\u0301\u0323", "a" + "\u0300" * 9),
    *(
        "\u200b",
        "\u200d",
        "\u2060",
        "\ufeff",
        "👨‍👩‍👧‍👦",
        "🇨🇭",
        "1️⃣",
        "❤️",
        "\ud800",
        "\udfff",
        "\ufffe",
        "\x00",
    ),
    *(
        "\x1b[31m",
        "\x07",
        "\x7f",
        "\x85",
        "ไทย",
        "हिन्दी",
        "한국어",
        "Ω",
        "Ж",
        "ﬁ",
        "Ⅷ",
        "№",
        "½",
        "𝒳",
        "ⅈ",
    ),
]
_AUTHORS: Final = [
    *("Ann Lee", "Lee, Ann", "Ludwig van Beethoven", "others", "{Meta AI}", "Lee, Jr., Ann"),
    *("The ATLAS Collaboration", "García Márquez, Gabriel", "AT&T", "#1 Group", "bell hooks"),
    *("and", "And, Ann", "Ann and Bob", "Sand And, Lee", "{Simon and Schuster}", "Lee, {Ann, B.}"),
    *(
        "A. {B}ell",
        "de la {Vallée Poussin}, Charles",
        "O'Neil, Tip",
        "Lee, A.-B.",
        "X Æ A-12",
        "Ø, Å",
    ),
    *(
        "Lee,",
        ", Ann",
        "Ann  Lee",
        "ann lee",
        "Lee; Ek",
        "Lee/Ek",
        "et al.",
        "Ann Lee et al.",
        "~",
        "-",
    ),
]
_KINDS: Final = [
    *("article", "book", "booklet", "collection", "dataset", "inbook", "incollection", "misc"),
    *("inproceedings", "inreference", "manual", "mastersthesis", "mvbook", "online", "patent"),
    *("periodical", "phdthesis", "proceedings", "report", "software", "techreport", "thesis"),
    *("unpublished", "unheardof"),
]
# Facts as bibliographies have them, where programs look at their form; others are hostile.
_FACTS: Final = {
    "chapter": "3",
    "date": "2020-02-30",
    "day": "31",
    "edition": "2",
    "editor": "Bo Ek and {Rock and Roll}",
    "file": ":a/b.pdf:PDF",
    "institution": "MIT",
    "isbn": "978-3-16-148410-0",
    "issn": "0378-5955",
    "language": "english",
    "month": "5",
    "origdate": "1999-12-31/2000-01-01",
    "number": "TR-3",
    "pages": "1--10",
    "publisher": "Simon and Schuster",
    "series": "LNCS",
    "urldate": "2024-05-03",
    "volume": "7",
}
_TEXTS: Final = [
    *("addendum", "booktitle", "eventtitle", "genre", "howpublished", "journaltitle", "location"),
    *(
        "note",
        "organization",
        "pubstate",
        "related",
        "options",
        "shorttitle",
        "titleaddon",
        "weird",
    ),
]
# Years as people write them, some of which are dates that BibLaTeX knows. None is before 1800 and
# no page is Roman, for bibclean believes in neither.
_YEARS: Final = [
    *("c. 1850", "1850?", "2001--2003", "2019/2020", "2019-05/2020-02", "2019/", "/2019"),
    *("199X", "-0044", "-0044-03-15", "n.d.", "in press", "Spring 2020", "2021-01-00"),
    "2020-21",
]
_LINKS: Final = [
    *("https://a.example/b_c?d=e&f#g", "http://b.example/%20~x", "javascript:x", "ftp://x/y", "x"),
    "https://c.example/!$&'()*+,;=:@/?-._~%5E%7B%7D[]",
    'https://d.example/a b{c}\\d|e^f`g<h>"é漢',
]
_DOIS: Final = [
    *(
        "10.1000/a_b%c#d(1)<2>",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    ),
    *(
        "10.1000/a{b}c",
        "10.1000/a\\b^c~d&e$f",
        "10.1000/é",
        "doi:10.1000/1",
        "https://doi.org/10.1000/1",
    ),
]
_VENUES: Final = [
    *(
        "Nature",
        "Proceedings of ICML",
        "Science & Nature",
        "J. of {A}cm",
        "Workshop on 100% #1 @ $",
        "ACM",
    ),
    *(
        "https://openreview.net",
        "{Proc.} of the 3rd",
        "In: Book",
        "Thesis, MIT",
        "arXiv",
        "Lecture Notes",
    ),
]
HUGE: Final = "Word and $x^2$ "
"""With this begins the title of the paper that has more words and authors than any other."""

_MANY: Final = 3_000  # authors of one paper, and characters of its title
# What pdfTeX has in no font; of the last, biber makes a letter of that kind again.
_NOT_PRINTABLE: Final = re.compile("[😀漢字𝔸\u00a0\u2028ẽ]|sqrt")
_ROMAN: Final = re.compile("[ivxlcdm]+", re.IGNORECASE)


class Forge:
    """Makes hostile papers, the same each time."""

    def __init__(self, *, printable: bool) -> None:
        self._random = random.Random(7)
        pool = FRAGMENTS + _LEFTOVERS + ([] if printable else _SCRIPTS)
        self._pool = [each for each in pool if not (printable and _NOT_PRINTABLE.search(each))]
        self._printable = printable

    def papers(self, count: int) -> list[Entry]:
        """So many papers."""
        papers = [self._paper(number) for number in range(count)]
        return papers if self._printable else [*papers[:-1], self._huge(papers[-1])]

    def _huge(self, paper: Entry) -> Entry:
        names = (f"{self._random.choice(_AUTHORS)} {number}" for number in range(_MANY))
        return paper._replace(title=HUGE * (_MANY // len(HUGE)), authors=tuple(names))

    def _text(self, most: int) -> str:
        pieces = self._random.choices(self._pool, k=self._random.randint(1, most))
        return clean("".join(piece + self._random.choice(("", " ")) for piece in pieces))

    def _line(self, most: int) -> str:
        return clean_line(self._text(most))

    def _name(self) -> str:
        """A name; biber takes the first letter of each, so that there must be one to print."""
        name = self._line(3)
        signs = re.compile(r"[^\x00-\u017f]|[$\\^_]") if self._printable else re.compile(r"\Z.")
        return f"X {signs.sub('', name)}".strip()

    def _perhaps(self, *values: str) -> str | None:
        return self._random.choice((None, *values))

    def _details(self) -> dict[str, str]:
        some = self._random.random
        facts = {name: text for name, text in _FACTS.items() if some() < 0.3}
        facts |= {name: self._line(3) for name in _FACTS if name not in facts and some() < 0.1}
        facts |= {name: self._line(3) for name in _TEXTS if some() < 0.2}
        if "editor" in facts and facts["editor"] != _FACTS["editor"]:
            facts["editor"] = self._name()
        if self._printable:
            facts.pop("file", None)
        if _ROMAN.fullmatch(facts.get("pages", "")):
            del facts["pages"]
        if kind := self._perhaps(*_KINDS):
            facts["type"] = kind
        return {name: text for name, text in facts.items() if text}

    def _paper(self, number: int) -> Entry:
        choose = self._random.choice
        names = [choose((*_AUTHORS, self._name())) for _ in range(self._random.randint(0, 3))]
        note = f"{self._text(9)}\n\n  {self._text(4)}\ntitle = {{"
        year, details = choose((None, 1999, 2024)), self._details()
        if self._random.random() < 0.2:
            year, beside = told(choose(_YEARS))
            details.update(beside)
        return Entry(
            number,
            f"k{number}",
            self._line(8) or "x",
            self._perhaps(self._text(20)),
            tuple(names),
            year,
            self._perhaps(*_VENUES, self._line(3)) or None,
            self._perhaps(*_DOIS),
            self._perhaps("2401.01234"),
            tuple(self._random.sample(_LINKS, self._random.randint(0, 3))),
            choose([*Status]),
            self._random.random() < 0.3,
            tags=tuple(filter(None, (self._line(2) for _ in range(self._random.randint(0, 3))))),
            note=self._perhaps(note),
            aliases=choose(((), (f"old{number}",))),
            details=tuple(sorted(details.items())),
        )


def real(paths: Iterable[Path]) -> list[Entry]:
    """The papers of the real captures."""
    distinct = {
        identity(record.title): record
        for path in paths
        for record in read_document(path.read_bytes(), path.name).records
    }
    return [
        Entry(number, make_key(record.title), record.title, record.abstract, urls=record.urls)
        for number, record in enumerate(distinct.values())
    ]
