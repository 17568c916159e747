"""Titles in a Markdown list and abstracts in a note, which show as they are in every dialect."""

from __future__ import annotations

import html
import random
import re
import shutil
import subprocess
import unicodedata
from typing import Final

import pytest

from readinglist import latex
from readinglist.formats import markdown
from readinglist.records import Entry
from readinglist.text import clean_line
from readinglist.vault import note
from tests.consumers.papers import real
from tests.formats.nasty import FRAGMENTS

pytestmark = pytest.mark.consumers

_MANY: Final = 3_000
_ACTIVE: Final = [
    *("[^1]", "[^1]: x", "- [x] ", "[ ] ", "| a | b |", "|---|", "~~x~~", "~x~", ":smile:", "$x$"),
    *("$$y$$", "[[w]]", "[[w|x]]", "#tag", "#1", "@user", "%%c%%", "==m==", "^s^", "<br/>", "-->"),
    *("<javascript:x>", "<http://a.b>", "[a](javascript:x)", "http://a", "mailto:me@a.example"),
    *("xmpp:a@b.c", "ftp://x.y", "***", "**b**", "_i_", "__b__", "a_b_c", "\\[", "\\(x\\)"),
    *("{.c}", "{#id}", "::: x", ":::", "1) ", "+ ", "* ", "> ", "[x]{.y}", "*[abbr]: x", "@[x]"),
    *(
        "{{ x }}",
        "{% x %}",
        "!!! x",
        "[!NOTE]",
        "x^2^",
        "H~2~O",
        "שלום",
        "مرحبا",
        "👨‍👩‍👧",
        "a\u200bb",
    ),
    *("(c)", "(tm)", "===", "+++", "&copy", "A. ", "Word", "\u202e", "\x01"),
]
DIALECTS: Final = {
    "cmark": ("cmark", "--unsafe"),
    "gfm": ("pandoc", "--from", "gfm", "--to", "html", "--wrap=none"),
    "commonmark_x": ("pandoc", "--from", "commonmark_x-smart", "--to", "html", "--wrap=none"),
    "pandoc": ("pandoc", "--from", "markdown-smart", "--to", "html", "--wrap=none"),
}
_OURS: Final = {"h1", "ul", "li", "p", "code", "input", "blockquote", "span", "br"}


@pytest.fixture
def titles(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "real":
        return [entry.title for entry in real(request.getfixturevalue("corpus"))]
    chance = random.Random(3)
    pool = [*_ACTIVE, *FRAGMENTS]
    pieces = (chance.choices(pool, k=chance.randint(1, 7)) for _ in range(_MANY))
    joined = ("".join(piece + chance.choice(("", " ")) for piece in some) for some in pieces)
    return [title for title in map(clean_line, [*pool, *joined]) if title.strip()]


def shown(words: tuple[str, ...], text: str) -> str:
    """The page that a program makes; it is skipped, by its name, where it is not installed."""
    if not shutil.which(words[0]):
        pytest.skip(f"there is no {words[0]} on this machine")
    done = subprocess.run(words, input=text, capture_output=True, encoding="utf-8", timeout=300)
    assert set(re.findall(r"<([a-zA-Z]\w*)", done.stdout)) <= _OURS
    return done.stdout


def words(text: str) -> str:
    """What is read of a page, however its letters are put together."""
    return unicodedata.normalize(
        "NFC", " ".join(html.unescape(re.sub("<[^>]*>", "", text)).split())
    )


@pytest.mark.parametrize("titles", ["real", "hostile"], indirect=True)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_titles_show_verbatim(titles: list[str], dialect: str) -> None:
    entries = [Entry(number, f"k{number}", title) for number, title in enumerate(titles)]
    page = shown(DIALECTS[dialect], "".join(markdown.write(entries, group_by="none")))
    items = re.findall(r"<li[^>]*>(.*?)</li>", page, re.DOTALL)
    found = [
        words(item if "<input" in item else re.sub(r"\[ \]|☐", "", item, count=1)) for item in items
    ]
    assert found == [words(html.escape(f"{each.title} · {each.key}")) for each in entries]


@pytest.mark.parametrize("titles", ["hostile"], indirect=True)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_abstracts_of_notes_show_verbatim(titles: list[str], dialect: str) -> None:
    for start in range(0, len(titles), 200):
        lines = titles[start : start + 200]
        entry = Entry(1, "k", "x", abstract="\n".join(lines))
        _, _, body = note.new(entry).partition("\n---\n")
        page = shown(DIALECTS[dialect], re.sub("<!--.*?-->", "", body))
        reading = latex.to_unicode(entry.abstract or "")
        assert words(page) == words(html.escape(f"[!abstract] {reading}"))
