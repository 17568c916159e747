"""The Markdown checklist, as CommonMark and GFM render it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readinglist import latex
from readinglist.formats import markdown
from readinglist.records import Entry, Status
from readinglist.text import clean, clean_line
from tests.formats.nasty import ENTRIES, FRAGMENTS

RENDERERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like")]
ALL = "".join(FRAGMENTS)
ORDER = [Status.READING, Status.TO_READ, Status.INBOX, Status.READ, Status.SKIPPED]


def source(*entries: Entry, **options: Any) -> str:  # keywords passed on
    return "".join(markdown.write(entries, **options))


def on_one_line(text: str) -> str:
    lines = (line.strip(" ") for line in clean(text).replace("\t", " ").split("\n"))
    return " ".join(filter(None, lines))


def items(tokens: list[Token]) -> list[Token]:
    """The inline content of each item of our own lists: its first paragraph."""
    return [
        tokens[at + 2]
        for at, token in enumerate(tokens)
        if token.type == "list_item_open" and token.level == 1
    ]


def shown(inline: Token) -> str:
    return "".join(
        "\n" if token.type in ("softbreak", "hardbreak") else token.content
        for token in inline.children or []
    )


def test_the_checklist_by_status() -> None:
    entries = [
        Entry(1, "a-1", "Alpha", status=Status.READ, year=2024, authors=("Ann Lee", "Bo Ek")),
        Entry(2, "b-2", "Beta", tags=("rl/x", "to do"), starred=True),
        Entry(3, "c-3", "Gamma", status=Status.READING, note="# A note\n\n- [ ] with a list"),
        Entry(4, "d-4", "Delta", doi="10.1000/x_(1)", urls=("https://a.example",)),
        Entry(5, "e-5", "Epsilon", arxiv_id="2401.01234", year=1999),
    ]
    assert source(*entries) == (
        "# Reading list\n\n"
        "5 papers: 1 reading, 3 inbox, 1 read.\n\n"
        "## Reading (1)\n\n"
        "- [ ] Gamma · `c-3`\n\n"
        "  # A note\n\n"
        "  - [ ] with a list\n\n"
        "## Inbox (3)\n\n"
        "- [ ] ★ Beta · `b-2` · #rl/x #to do\n"
        "- [ ] [Delta](<https://doi.org/10.1000/x_(1)>) · `d-4`\n"
        "- [ ] [Epsilon](<https://arxiv.org/abs/2401.01234>) — 1999 · `e-5`\n\n"
        "## Read (1)\n\n"
        "- [x] Alpha — Ann Lee, Bo Ek, 2024 · `a-1`\n"
    )


def test_an_export_of_nothing_says_so() -> None:
    assert source() == "# Reading list\n\nNo papers.\n"


@pytest.mark.parametrize("renderer", RENDERERS)
@given(entries=ENTRIES)
@settings(max_examples=100)
@example(entries=(Entry(1, "a", ALL, authors=(ALL,), tags=(ALL,), note=ALL),))
@example(entries=(Entry(1, "a", "x", status=Status.READ, note="> [X\n]: /u\n\n[x]: /u"),))
@example(entries=(Entry(1, "a", "x", note="```\n<!--"), Entry(2, "b", "y", note="<pre>\n    1")))
def test_every_title_renders_verbatim_as_one_item(
    renderer: MarkdownIt, entries: tuple[Entry, ...]
) -> None:
    tokens = renderer.parse(source(*entries))
    by_status = sorted(entries, key=lambda entry: ORDER.index(entry.status))
    for entry, inline in zip(by_status, items(tokens), strict=True):
        box = "x" if entry.status == Status.READ else " "
        star = "★ " if entry.starred else ""
        start = f"[{box}] {star}{on_one_line(entry.title)}"
        text = shown(inline)
        assert text.startswith((f"{start} — ", f"{start} · {entry.key}"))
        assert "\n" not in text
        kinds = {token.type for token in inline.children or []}
        assert kinds <= {"text", "link_open", "link_close", "code_inline"}
        links = [token for token in inline.children or [] if token.type == "link_open"]
        assert len(links) <= 1
        assert all(str(link.attrs["href"]).startswith(("http://", "https://")) for link in links)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("1. Introduction", r"1\. Introduction"),
        ("2) Second", r"2\) Second"),
        ("- a dash", r"\- a dash"),
        ("+ a plus", r"\+ a plus"),
        ("iv) a numeral", r"iv\) a numeral"),
        ("(a) in brackets", r"(a\) in brackets"),
        (": a meaning", r"\: a meaning"),
        ("Dr. Who", r"Dr\. Who"),
        ("Words: more", "Words: more"),
        ("3.14 is a number", r"3\.14 is a number"),
    ],
)
def test_a_title_begins_no_list_behind_its_box(title: str, written: str) -> None:
    """Pandoc reads what stands there as a block of its own."""
    text = "".join(markdown.write([Entry(1, "k", title)], group_by="none"))
    assert f"- [ ] {written} · `k`" in text


def test_headings_per_tag_or_none_and_abstracts_on_demand() -> None:
    entries = [
        Entry(1, "a-1", "Alpha", "1. About *alpha*.\nMore.", tags=("rl", "Zoo")),
        Entry(2, "b-2", "Beta", "- About beta.", note="Mine."),
        Entry(3, "c-3", "Gamma", tags=("rl",), status=Status.READ),
    ]
    assert source(*entries, group_by="tag", abstracts=True) == (
        "# Reading list\n\n"
        "3 papers: 2 rl, 1 Zoo, 1 untagged.\n\n"
        "## rl (2)\n\n"
        "- [ ] Alpha · `a-1` · #rl #Zoo\n\n"
        "  > 1\\. About \\*alpha\\*. More.\n\n"
        "- [x] Gamma · `c-3` · #rl\n\n"
        "## Zoo (1)\n\n"
        "- [ ] Alpha · `a-1` · #rl #Zoo\n\n"
        "## Untagged (1)\n\n"
        "- [ ] Beta · `b-2`\n\n"
        "  > \\- About beta.\n\n"
        "  Mine.\n"
    )
    assert source(*entries, group_by="none") == (
        "# Reading list\n\n"
        "3 papers.\n\n"
        "- [ ] Alpha · `a-1` · #rl #Zoo\n"
        "- [ ] Beta · `b-2`\n\n"
        "  Mine.\n\n"
        "- [x] Gamma · `c-3` · #rl\n"
    )
    assert source(group_by="none") == "# Reading list\n\nNo papers.\n"


@pytest.mark.parametrize("renderer", RENDERERS)
@given(entries=ENTRIES)
@settings(max_examples=60)
@example(entries=(Entry(1, "a", "x", "    code"), Entry(2, "b", "y", "1) x\n===", tags=("# #",))))
def test_tags_and_abstracts_render_verbatim(
    renderer: MarkdownIt, entries: tuple[Entry, ...]
) -> None:
    tokens = renderer.parse(source(*entries, group_by="tag", abstracts=True))
    tags = {tag for entry in entries for tag in entry.tags}
    headings = [
        shown(tokens[at + 1]).rpartition(" (")[0]
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    bare = ["Untagged"] * any(not entry.tags for entry in entries)
    assert headings[1:] == [
        *map(clean_line, sorted(tags, key=lambda tag: (tag.casefold(), tag))),
        *bare,
    ]
    quoted = [
        shown(tokens[at + 2])
        for at, token in enumerate(tokens)
        if token.type == "blockquote_open" and token.level == 2 and tokens[at - 1].level == 2
    ]
    readings = [on_one_line(latex.to_unicode(entry.abstract or "")) for entry in entries]
    if not any(entry.note for entry in entries):
        assert sorted(quoted) == sorted(filter(None, readings))


@pytest.mark.parametrize("renderer", RENDERERS)
@given(entries=ENTRIES)
@settings(max_examples=60)
@example(entries=(Entry(1, "a", "x", note="\tcode\n-\titem\n\n\tmore\n~~~\n\tx"),))
def test_notes_stay_inside_their_items(renderer: MarkdownIt, entries: tuple[Entry, ...]) -> None:
    tokens = renderer.parse(source(*entries))
    present = len({entry.status for entry in entries})
    outer = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
    ours = ["heading_open", "bullet_list_open"]
    assert outer == ["heading_open", "paragraph_open", *ours * present]


@pytest.mark.parametrize(
    "note",
    [
        "A *word*, a [link](https://a.example) and <b>bold</b>.",
        "# Head\n\ntext\n===\n\n---\n\n> quote\n- item\n\n  more\n\n1. one\n   - two",
        "```py\n\tindented\n\n    code\n```",
        "\tcode by a tab\n\n-\titem\n\n\t\tcode in it",
        "    code\n\n\n\nafter",
        "~~~\nnever closed\n",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "trailing  \nbreak\\\nend",
    ],
)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_note_renders_below_its_paper_as_it_does_alone(renderer: MarkdownIt, note: str) -> None:
    whole = renderer.render(source(Entry(1, "key", "Title", note=note), Entry(2, "b", "Next")))
    _, _, below = whole.partition("<code>key</code></p>\n")
    inside, _, _ = below.rpartition("</li>\n<li>")
    # In a list, tabs in code become the spaces that they show, and an open fence ends a line late.
    alone = renderer.render(note.expandtabs(4))
    assert inside.replace("\n\n", "\n") == alone.replace("\n\n", "\n")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/b(c)d", "https://a.example/b(c)d"),
        ("HTTP://a.example/<b> c\\d", "HTTP://a.example/%3Cb%3E%20c%5Cd"),
        ("https://a.example/?x=1&copy;=2", "https://a.example/?x=1&copy;=2"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("//a.example", ""),
        ("file:///etc/passwd", ""),
    ],
)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_only_web_addresses_become_links(renderer: MarkdownIt, url: str, linked: str) -> None:
    (inline,) = items(renderer.parse(source(Entry(1, "key", "Title", urls=(url,)))))
    links = [token.attrs["href"] for token in inline.children or [] if token.type == "link_open"]
    assert links == ([linked] if linked else [])
    assert "Title" in shown(inline)
