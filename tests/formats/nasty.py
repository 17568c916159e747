"""Strings that have broken reference managers, and papers made of them."""

from __future__ import annotations

from hypothesis import strategies as st

from readinglist.records import Entry, Status
from readinglist.text import clean_line

FRAGMENTS = [
    *"@%#&_$~^\\{}\"',=<>|`*[]()!?:;.-+/ \n\t",
    *["--", "---", "“", "”", "😀", "漢字", "𝔸", "\u00a0", "\u2028", "é", "e\u0301", "ß", "β", "İ"],
    *["@comment{", "@article {x", "@string(", "title = {", "},", "\\\\", "\\new", "C:\\new", "%%"],
    *[
        "[x]",
        "[a]: /u",
        "](",
        "<b>",
        "</li>",
        "<!--",
        "&amp;",
        "&#35;",
        "![",
        "```",
        "~~~",
        "==",
        "$$",
    ],
    *[
        "http://a.example/b_c",
        "www.example.org",
        "me@example.org",
        "javascript:x",
        "- ",
        "1. ",
        "# ",
    ],
    *[
        "AI",
        "fMRI",
        "MindBridge",
        "Paris",
        "deep",
        "learning",
        "and",
        "others",
        "A",
        "x",
        "3D",
        "GPT-4",
    ],
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=12).map("".join)
WORDS = TEXTS.filter(clean_line)
KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)


@st.composite
def _entries(draw: st.DrawFn, key: str) -> Entry:
    return Entry(
        id=1,
        key=key,
        title=draw(WORDS),
        abstract=draw(st.none() | TEXTS),
        authors=tuple(draw(st.lists(WORDS | st.sampled_from(["Ann Lee", "Lee, Ann"]), max_size=3))),
        year=draw(st.none() | st.integers(1900, 2100)),
        venue=draw(st.none() | TEXTS | TEXTS.map("Journal of {}".format)),
        doi=draw(st.none() | st.just("10.1000/a_b%c#d(1)<2>")),
        arxiv_id=draw(st.none() | st.just("2401.01234v2")),
        urls=tuple(draw(st.lists(TEXTS.map("https://a.example/{}".format) | TEXTS, max_size=2))),
        status=draw(st.sampled_from(Status)),
        starred=draw(st.booleans()),
        tags=tuple(draw(st.lists(WORDS, max_size=2))),
        note=draw(st.none() | TEXTS),
    )


ENTRIES = st.lists(KEYS, max_size=4, unique=True).flatmap(
    lambda keys: st.tuples(*map(_entries, keys))
)
