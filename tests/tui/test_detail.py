"""The detail pane: facts, abstract, links by number, the note, and where the paper was seen."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.records import Record
from tests.tui.conftest import LARGE, Opener, put

RICH = Record(
    r"On $\alpha$-Divergence [/red] and 雪 🧪",
    r"We bound $x^{2}$ with \textit{care}. It is tight.",
    ("Ada Lovelace", "Émilie du Châtelet"),
    2021,
    "Journal of Bounds",
    "10.1000/182",
    "2101.00001",
    ("https://example.org/code",),
    details=(("pages", "1--9"), ("volume", "3")),
)


async def test_all_that_is_known_of_a_paper_shows(library: Library, opened: Opener) -> None:
    (paper,) = put(library, [RICH])
    put(library, [Record(RICH.title, RICH.abstract)], name="later.txt")
    library.set_note(paper, "- **bold** idea")
    library.edit_tags([paper], add=["rl"])
    async with opened(library, LARGE) as app:
        text = app.text()
        for shown in (
            "On α-Divergence [/red] and 雪 🧪", "We bound x² with care. It is tight.",
            "Ada Lovelace; Émilie du Châtelet", "2021 · Journal of Bounds", "volume 3 · pages 1--9",
            "1 https://example.org/code", "2 https://doi.org/10.1000/182",
            "3 https://arxiv.org/abs/2101.00001", "- bold idea",
            "Seen in 2 documents: capture.txt, later.txt",
        ):  # fmt: skip
            assert shown in text, shown


async def test_a_link_is_opened_by_the_number_beside_it(
    library: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[str] = []
    monkeypatch.setattr("readinglist.tui.leaving.links.open_link", visited.append)
    put(library, [RICH])
    async with opened(library, LARGE) as app:
        for number in "231":
            await app.press("o", number)
            await app.finish_work()
    assert visited == [
        "https://doi.org/10.1000/182",
        "https://arxiv.org/abs/2101.00001",
        "https://example.org/code",
    ]


async def test_what_was_searched_for_is_marked_in_the_abstract_too(
    library: Library, opened: Opener
) -> None:
    put(library, ["Alpha networks"])
    async with opened(library, LARGE) as app:
        await app.press("/", *"netwroks")
        underlined = {
            segment.text
            for y in range(app.main.detail.size.height)
            for segment in app.main.detail.render_line(y)
            if segment.style and segment.style.underline
        }
        assert underlined == {"networks"}
