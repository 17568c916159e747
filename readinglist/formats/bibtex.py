"""BibTeX: entries that LaTeX prints and other programs read back as the library has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from readinglist import latex
from readinglist.citekeys import STOP_WORDS
from readinglist.formats import links
from readinglist.formats.names import is_person
from readinglist.formats.venues import kind_of
from readinglist.records import Entry
from readinglist.text import clean_line

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff"
_LETTER: Final = rf"[^\W_][{_MARKS}]*"
# What `latex.escape` wrote, or a word: letters and digits, with apostrophes between.
_ESCAPED_OR_WORD: Final = re.compile(
    rf"\\text[a-z]+\{{\}}|\\.|(?P<word>(?:{_LETTER})+(?:['’](?:{_LETTER})+)*)"
)
# `Uni-Perceiver v2: …`: one word before the colon is what the authors call their work.
_SYSTEM_NAME: Final = re.compile(r"[^\s:]+(?= v?\d[\w.]*:|:)")
# Some parsers take this for the start of an entry, even in the middle of a field.
_BLOCK_START: Final = re.compile(r"@(?=\w*[ \t]*[{(])")


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one BibTeX entry per paper, with a blank line between two.

    The user's note goes into `annote`, which reference managers show as a note and no style
    prints, and the tags into `keywords`. A paper without authors repeats its citation key as
    `key`, by which styles sort and label it instead; without one they warn.
    """
    gap = ""
    for entry in entries:
        yield gap + _entry(entry)
        gap = "\n"


def _entry(entry: Entry) -> str:
    kind, venue_field = kind_of(entry.venue)
    authors = " and ".join(filter(None, map(_name, entry.authors)))
    fields = {
        "title": _protected(latex.escape(_reading(entry.title))),
        "author": authors,
        "key": "" if authors else entry.key,
        "year": "" if entry.year is None else str(entry.year),
        venue_field: latex.escape(_reading(entry.venue)),
        "doi": _verbatim(links.bare_doi(entry)),
        "eprint": _verbatim(links.bare_arxiv(entry)),
        "archiveprefix": "arXiv" if entry.arxiv_id else "",
        "url": links.first_url(entry) or "",
        "keywords": ", ".join(filter(None, map(_keyword, entry.tags))),
        "abstract": latex.escape(_reading(entry.abstract)),
        "annote": latex.escape(clean_line(entry.note or "")),
    }
    lines = [f"  {name} = {{{_unmistakable(value)}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@{kind}{{{entry.key}", *lines]) + "\n}\n"


def _reading(source: str | None) -> str:
    return clean_line(latex.to_unicode(clean_line(source or "")))


def _unmistakable(value: str) -> str:
    return _BLOCK_START.sub("{@}", value)


def _verbatim(identifier: str | None) -> str:
    r"""Return an identifier as BibLaTeX and `\url` read it: nothing escaped, no brace, no space."""
    return re.sub(
        r"[\s{}\\]|[^!-~]", lambda m: quote(m.group(), errors="replace"), identifier or ""
    )


def _keyword(tag: str) -> str:
    keyword = latex.escape(clean_line(tag))
    return f"{{{keyword}}}" if re.search("[,;]", keyword) else keyword


def _name(author: str) -> str:
    """Return an author as BibTeX reads one name, in braces unless it is evidently a person's."""
    name = _reading(author)
    escaped = latex.escape(name)
    if not name or is_person(name):
        return escaped
    # Two braces, for BibTeX takes `{\` at the outermost level for an accented letter.
    return f"{{{{{escaped}}}}}" if escaped.startswith("\\") else f"{{{escaped}}}"


class _Setting(NamedTuple):
    """What a title's words have in common: where the first stands, how long its name is."""

    first: int
    name_end: int
    sentence_case: bool


def _protected(title: str) -> str:
    """Put braces around the words of an escaped title whose capitals a style must not lower."""
    words = [match for match in _ESCAPED_OR_WORD.finditer(title) if match["word"]]
    telling = [match["word"] for match in words[1:] if _is_telling(match["word"])]
    name = _SYSTEM_NAME.match(title)
    setting = _Setting(
        first=words[0].start() if words else 0,
        name_end=name.end() if name else 0,
        sentence_case=sum(word[0].isupper() for word in telling) * 2 < len(telling),
    )

    def braced(match: re.Match[str]) -> str:
        keep = match["word"] and _keeps_capitals(match, setting)
        return f"{{{match.group()}}}" if keep else match.group()

    return _ESCAPED_OR_WORD.sub(braced, title)


def _is_telling(word: str) -> bool:
    """Say whether a word would have a capital in a title that gives them to all words."""
    return len(word) > 3 and word.lower() not in STOP_WORDS


def _keeps_capitals(match: re.Match[str], setting: _Setting) -> bool:
    """Say whether a word would be wrong in lower case, as `plain.bst` writes titles.

    Right in lower case are only words with one capital, at their start, in a title that gives
    every word one; and the first letter of title and subtitle stays as it is anyway.
    """
    word, start, end = str(match["word"]), match.start(), match.end()
    if any(c.isupper() for c in word[1:]):
        return True
    if not word[0].isupper() or start == 0:
        return False
    before, after = match.string[max(0, start - 2) : start], match.string[end : end + 1]
    if len(word) == 1:
        return word != "A" or after != " " or not before.endswith(" ")
    opens_sentence = before[0] in ":?!." and before[1:] == " "
    return (
        start == setting.first
        or start < setting.name_end
        or (setting.sentence_case and not opens_sentence)
        or any(c.isdigit() for c in word)
    )
