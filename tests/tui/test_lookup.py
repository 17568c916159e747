"""Lookups in the app: they run beside it, say what goes out, and decide nothing in silence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.screens.add_dialog import AddDialog
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.lookup_progress import LookupProgress
from readinglist.tui.screens.suggestions_review import SuggestionsReview
from tests.lookup import shapes
from tests.lookup.server import Answer, Asked, Reply, Server, as_json, serving
from tests.lookup.shapes import Known
from tests.lookup.works import WORKS
from tests.tui.conftest import MIDDLE, SMALL, Opener, Session, put

KNOWN = [
    Known(work.title, work.abstract, arxiv=f"2401.{number:05}", doi=f"10.1234/x{number}")
    for number, work in enumerate(WORKS[:8])
]


@dataclass
class Gate:
    """Holds the server's replies back until it is opened."""

    answer: Answer
    opened: threading.Event = field(default_factory=threading.Event)

    def __call__(self, asked: Asked) -> Reply:
        self.opened.wait(10)
        return self.answer(asked)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(shapes.arxiv(KNOWN)) as running:
        monkeypatch.setenv("READINGLIST_ARXIV_URL", running.url)
        yield running


@pytest.fixture
def titles(library: Library) -> Library:
    put(library, [Record(work.title, work.abstract) for work in WORKS[:8]])
    return library


async def agree(session: Session) -> None:
    """Say yes to what goes out."""
    assert isinstance(session.app.screen, Confirm)
    await session.press("down", "enter")


async def finished(session: Session) -> None:
    await session.until(lambda: session.main._lookup is None)
    await session.finish_work()


async def test_the_paper_at_hand_is_looked_up_once_it_is_said_what_goes_out(
    titles: Library, opened: Opener, server: Server
) -> None:
    async with opened(titles) as session:
        await session.press("L")
        text = session.text()
        assert "1 paper is looked up at arXiv" in text.replace("\n", " ")
        assert server.url.removeprefix("http://") in text
        assert not server.asked
        await session.press("enter")  # the cursor is on Cancel
        await session.finish_work()
        assert not server.asked
        await session.press("L")
        await agree(session)
        await finished(session)
        assert session.at.authors == ("Ada Lovelace", "Ludwig van Beethoven")
        assert "Looked up 1: 1 filled in. u undoes." in session.toasts()
        assert "Ada Lovelace" in session.text()
        assert "From arXiv, 20" in session.text()
        await session.press("L")
        assert "It does not lack authors, year or identifier." in session.toasts()
        assert len(server.asked) == 1
        await session.press("u")
        assert not session.at.authors
        await session.press("U")
        assert session.at.year == 2023


async def test_a_selection_is_looked_up_in_one_request_and_one_change(
    titles: Library, opened: Opener, server: Server
) -> None:
    async with opened(titles) as session:
        await session.press("A", "L")
        await agree(session)
        await finished(session)
        assert len(server.asked) == 1
        entries = titles.entries(titles.search().ids)
        assert all(entry.authors for entry in entries)
        await session.press("u")
        assert not any(entry.authors for entry in titles.entries(titles.search().ids))


async def test_of_very_many_papers_only_those_that_lack_something_are_looked_up(
    library: Library, opened: Opener, server: Server
) -> None:
    whole = [Record(f"Paper {n}", authors=("A",), year=2020, doi=f"10.1/{n}") for n in range(301)]
    put(library, whole)
    async with opened(library) as session:
        await session.press("A", "L")
        await agree(session)
        await finished(session)
        assert "None of these papers lacks authors, year or identifier." in session.toasts()
    assert not server.asked


async def test_the_app_is_fully_usable_while_a_lookup_runs(
    titles: Library, opened: Opener, server: Server
) -> None:
    gate = Gate(server.answer)
    server.answer = gate
    async with opened(titles) as session:
        await session.press("A", "L")
        await agree(session)
        await session.until(lambda: "asking arXiv" in session.main.view_facts.busy)
        assert "asking arXiv: 0 of 8" in session.text()
        await session.press("escape", "j", "w", "*", "t")
        await session.type("tides")
        await session.press("enter", "n")
        await session.type("Read it")
        await session.press("escape")
        assert (session.at.status, session.at.starred, session.at.note) == (
            "to-read",
            True,
            "Read it",
        )
        await session.press("slash")
        await session.type("laundry")
        assert len(session.titles()) == 1
        gate.opened.set()
        await finished(session)
        assert session.main.view_facts.busy == ""
        await session.press("escape", "escape")
        changed = titles.entry(session.at.id)
        assert changed.note == "Read it"
        assert all(entry.authors for entry in titles.entries(titles.search().ids))


async def test_what_was_looked_up_for_another_title_is_not_taken(
    titles: Library, opened: Opener, server: Server
) -> None:
    gate = Gate(server.answer)
    server.answer = gate
    first, second = titles.search().ids[:2]
    async with opened(titles) as session:
        await session.press("A", "L")
        await agree(session)
        await session.until(lambda: bool(server.asked))
        titles.set_facts(first, {"title": "Something Else Altogether, It Turns Out"})
        gate.opened.set()
        await finished(session)
    assert titles.entry(first).authors == ()
    assert titles.entry(second).authors


async def test_a_running_lookup_shows_how_far_it_is_and_can_be_stopped(
    titles: Library, opened: Opener, server: Server
) -> None:
    gate = Gate(server.answer)
    server.answer = gate
    async with opened(titles, MIDDLE) as session:
        await session.press("A", "L")
        await agree(session)
        await session.press("L")
        assert session.shows(LookupProgress)
        assert "Asking arXiv: 0 of 8" in session.text()
        await session.press("enter")
        assert session.at_home
        assert session.main._lookup is not None
        await session.press("L", "escape")
        await finished(session)
        assert session.at_home
        assert any(toast.startswith("Stopped: 0 of 8") for toast in session.toasts())
        gate.opened.set()
    assert not any(entry.authors for entry in titles.entries(titles.search().ids))


async def test_what_was_found_before_a_lookup_is_stopped_is_kept(
    library: Library, opened: Opener, server: Server
) -> None:
    put(library, [Record(work.title, work.abstract) for work in WORKS[:12]])
    works = [
        Known(work.title, work.abstract, arxiv=f"2402.{number:05}")
        for number, work in enumerate(WORKS[:12])
    ]
    gate = Gate(shapes.arxiv(works))
    server.answer = lambda asked: gate(asked) if len(server.asked) > 1 else gate.answer(asked)
    async with opened(library) as session:
        await session.press("A", "L")
        await agree(session)
        await session.until(lambda: len(server.asked) > 1)  # 3 s later, for arXiv is not hurried
        assert "asking arXiv: 10 of 12" in session.text()
        await session.press("L", "escape")
        await finished(session)
        assert "Stopped: 10 of 12: 10 filled in. u undoes." in session.toasts()
        gate.opened.set()
        entries = library.entries(library.search().ids)
        assert [bool(entry.authors) for entry in entries].count(True) == 10
        await session.press("u")
        assert not any(entry.authors for entry in library.entries(library.search().ids))


async def test_quitting_ends_a_lookup(titles: Library, opened: Opener, server: Server) -> None:
    gate = Gate(server.answer)
    server.answer = gate
    async with opened(titles) as session:
        await session.press("A", "L")
        await agree(session)
        await session.until(lambda: bool(server.asked))
        await session.press("q")
        await session.until(lambda: not session.app.is_running)
        gate.opened.set()


async def test_off_line_is_told_and_the_papers_wait_on_demand(
    titles: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READINGLIST_ARXIV_URL", "http://127.0.0.1:9")
    async with opened(titles) as session:
        await session.press("L")
        await agree(session)
        await finished(session)
        (told,) = session.toasts()
        assert "arXiv (127.0.0.1:9) does not answer, so nothing was changed." in told
        assert "Look up later" in told
        assert titles.awaited("arxiv") == []
        session.main.action_look_up_later()
        await session.settle()
        assert titles.awaited("arxiv") == [session.at.id]
        assert titles.history() == []


async def test_what_waits_is_looked_up_with_the_next(
    titles: Library, opened: Opener, server: Server
) -> None:
    ids = titles.search().ids
    titles.await_lookup([ids[5]], "arxiv")
    async with opened(titles) as session:
        await session.press("L")
        await agree(session)
        await finished(session)
    assert titles.entry(ids[5]).authors
    assert titles.awaited("arxiv") == []


async def test_in_triage_the_paper_at_hand_is_looked_up(
    titles: Library, opened: Opener, server: Server
) -> None:
    async with opened(titles) as session:
        await session.press("T", "s", "L")
        await agree(session)
        await finished(session)
        assert "Ada Lovelace" in session.text()
        await session.press("a")
        assert session.at_home
        await session.press("w", "escape")
    authors = [bool(entry.authors) for entry in titles.entries(titles.search().ids)]
    assert authors.count(True) == 1


async def from_the_palette(session: Session, name: str) -> None:
    """Run an action by its name."""
    await session.press("colon")
    await session.type(name)
    await session.until(lambda: name in session.text())
    await session.press("enter")
    await session.settle()


async def test_another_provider_can_be_chosen(
    titles: Library, opened: Opener, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(shapes.crossref([work._replace(journal="Tides") for work in KNOWN])) as other:
        monkeypatch.setenv("READINGLIST_CROSSREF_URL", other.url)
        async with opened(titles) as session:
            await from_the_palette(session, "Look up at")
            await session.press("3")
            await agree(session)
            await finished(session)
            assert session.at.venue == "Tides"
            assert dict(session.at.details)["volume"] == "12"
        assert other.asked
    assert not server.asked


async def test_what_a_lookup_wrote_is_brought_up_to_date(
    titles: Library, opened: Opener, server: Server
) -> None:
    first = titles.search().ids[0]
    async with opened(titles) as session:
        await from_the_palette(session, "Refresh what lookups")
        assert "No lookup has written anything there." in session.toasts()
        await session.press("L")
        await agree(session)
        await finished(session)
        server.answer = shapes.arxiv([KNOWN[0]._replace(journal="Nature (2025)")])
        await from_the_palette(session, "Refresh what lookups")
        await finished(session)
    entry = titles.entry(first)
    assert (entry.venue, entry.year, entry.arxiv_id) == ("Nature (2025)", 2025, "2401.00000")


async def test_another_provider_is_believed_where_it_is_named(
    titles: Library, opened: Opener, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = titles.search().ids[0]
    work = KNOWN[0]._replace(journal="Tides", year=2024)
    with serving(shapes.crossref([work])) as other:
        monkeypatch.setenv("READINGLIST_CROSSREF_URL", other.url)
        async with opened(titles) as session:
            await session.press("L")
            await agree(session)
            await finished(session)
            await from_the_palette(session, "Refresh from")
            await session.press("3")
            await agree(session)
            await finished(session)
    entry = titles.entry(first)
    assert (entry.venue, entry.year, entry.arxiv_id) == ("Tides", 2024, "2401.00000")


async def test_a_mistake_in_the_settings_is_told(
    titles: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READINGLIST_ARXIV_URL", "http://example.org")
    async with opened(titles) as session:
        await session.press("L")
        assert "plain http" in session.toasts()[0]
        await session.press("a")
        assert session.at_home


# Reviewing


@pytest.fixture
def doubtful(titles: Library, server: Server, opened: Opener) -> Library:
    server.answer = shapes.arxiv([work._replace(abstract=None) for work in KNOWN[:2]])
    return titles


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_what_is_not_sure_is_reviewed_side_by_side(
    doubtful: Library, opened: Opener, size: tuple[int, int]
) -> None:
    first, second = doubtful.search().ids[:2]
    async with opened(doubtful, size) as session:
        await session.press("A", "L")
        await agree(session)
        await finished(session)
        assert any("2 to review (R)" in toast for toast in session.toasts())
        assert not any(entry.authors for entry in doubtful.entries([first, second]))
        await session.press("R")
        assert session.shows(SuggestionsReview)
        assert "2401.00000 on the right" in session.text()
        assert "1 of 2" in session.text()
        await session.press("a")
        assert "Took a suggestion for" in session.text()
        assert doubtful.entry(first).authors == ("Ada Lovelace", "Ludwig van Beethoven")
        assert doubtful.entry(first).abstract == WORKS[0].abstract
        await session.press("x")
        assert "There is nothing left to review." in session.text()
        assert doubtful.entry(second).authors == ()
        await session.press("u", "u")
        assert len(doubtful.suggestions()) == 2
        assert doubtful.entry(first).authors == ()
        await session.press("x", "x", "escape")
        assert session.at_home
        await session.press("R")
        assert any("nothing to review" in toast for toast in session.toasts())


async def test_a_field_of_a_suggestion_can_be_left_out(doubtful: Library, opened: Opener) -> None:
    first = doubtful.search().ids[0]
    doubtful.set_facts(first, {"year": 1999})
    async with opened(doubtful) as session:
        await session.press("L")
        await agree(session)
        await finished(session)
        await session.press("R")
        rows = [row.field.name for row in session.app.screen.sides.rows]  # type: ignore[attr-defined]
        await session.press("g", *["j"] * rows.index("doi"), "h")
        await session.press("g", *["j"] * rows.index("year"), "l", "enter")
    entry = doubtful.entry(first)
    assert (entry.year, entry.doi, entry.arxiv_id) == (2023, None, "2401.00000")


# Adding


async def test_an_identifier_is_looked_up_shown_and_added(
    library: Library, opened: Opener, server: Server
) -> None:
    async with opened(library) as session:
        await session.press("a")
        await session.type("arxiv.org/abs/2401.00003v2")
        assert f"enter asks arXiv ({server.url.removeprefix('http://')}) for 2401.00003." in (
            " ".join(session.text().split())
        )
        assert not server.asked
        await session.press("enter")
        await session.until(lambda: "enter adds it." in session.text())
        assert WORKS[3].title in session.text()
        assert "Ada Lovelace, Ludwig van Beethoven" in session.text()
        assert not session.main.library.search().ids
        await session.press("enter")
        assert session.at.title == WORKS[3].title
        assert any(toast.startswith("Added “Are Emergent") for toast in session.toasts())
        await session.press("u")
        assert session.main.library.trashed_among([1]) == {1}


async def test_several_are_pasted_at_once_and_what_fails_is_told(
    titles: Library, opened: Opener, server: Server
) -> None:
    async with opened(titles) as session:
        await session.press("a")
        assert isinstance(session.app.screen, AddDialog)
        session.app.screen.query_one("#identifiers").paste(  # type: ignore[attr-defined]
            "2401.00001\n https://arxiv.org/pdf/2401.99999"
        )
        await session.settle()
        await session.press("enter")
        await session.until(lambda: "enter adds it." in session.text())
        assert "arXiv knows no 2401.99999" in session.text()
        await session.press("enter")
        assert any("is here already" in toast for toast in session.toasts())
        assert len(titles.search().ids) == 8
        assert session.at.title == WORKS[1].title
        assert session.at.authors


async def test_several_are_added_and_taken_back_at_once(
    library: Library, opened: Opener, server: Server
) -> None:
    async with opened(library) as session:
        await session.press("a")
        await session.type("2401.00001 2401.00002 2401.00003")
        await session.press("enter")
        await session.until(lambda: "enter adds these 3." in session.text())
        await session.press("enter")
        assert len(session.titles()) == 3
        await session.press("u")
        assert len(session.titles()) == 0
        await session.press("U")
        assert len(session.titles()) == 3


async def test_an_alias_is_said_to_be_one_before_it_is_added(
    library: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = shapes.crossref_work(KNOWN[0])
    with serving(lambda _: as_json({"message": work})) as crossref:
        monkeypatch.setenv("READINGLIST_CROSSREF_URL", crossref.url)
        async with opened(library) as session:
            await session.press("a")
            await session.type("10.1234/old")
            await session.press("enter")
            await session.until(lambda: "enter adds it." in session.text())
            told = " ".join(session.text().split())
            assert "10.1234/old is an alias: Crossref calls it 10.1234/x0." in told


async def test_what_is_no_identifier_is_told_and_goes_nowhere(
    titles: Library, opened: Opener, server: Server
) -> None:
    async with opened(titles, SMALL) as session:
        await session.press("a")
        await session.type("attention is all")
        assert "neither an arXiv id nor a DOI" in session.text()
        await session.press("enter", "escape")
        assert session.at_home
    assert not server.asked


async def test_a_proxy_that_is_none_is_told(
    titles: Library, opened: Opener, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READINGLIST_ARXIV_URL", "https://arxiv.example")
    monkeypatch.setenv("HTTPS_PROXY", "ftp://127.0.0.1:9")
    async with opened(titles) as session:
        await session.press("a")
        await session.type("2401.00003")
        await session.press("enter")
        await session.until(lambda: "HTTPS_PROXY" in session.text())
        await session.press("escape")
        assert session.at_home


async def test_what_goes_along_is_said_before_anything_goes(
    titles: Library, opened: Opener, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(shapes.openalex(KNOWN)) as other:
        monkeypatch.setenv("READINGLIST_OPENALEX_URL", other.url)
        for key in ("", "kanarienvogel"):
            monkeypatch.setenv("READINGLIST_OPENALEX_KEY", key)
            async with opened(titles) as session:
                await from_the_palette(session, "Look up at")
                await session.press("5")
                assert "Nothing else does" in session.text()
                assert (", with your key" in " ".join(session.text().split())) == bool(key)
                assert "kanarienvogel" not in session.text()
                await agree(session)  # and once more, now that there is a key
                await finished(session)
                await session.press("u")
        assert len(other.asked) == 1  # the answer is kept


async def test_closing_the_dialog_wants_no_answer(
    titles: Library, opened: Opener, server: Server
) -> None:
    gate = Gate(server.answer)
    server.answer = gate
    async with opened(titles) as session:
        await session.press("a")
        await session.type("2401.00003")
        await session.press("enter", "escape")
        assert session.at_home
        await session.press("j")
        gate.opened.set()
        await session.finish_work()
        assert session.at_home


async def test_hostile_replies_are_shown_as_they_are(
    library: Library, opened: Opener, server: Server, tmp_path: Path
) -> None:
    nasty = "[/red][@click=app.quit]x[/] <script> & \u202egnp"
    server.answer = shapes.arxiv(
        [Known(nasty, nasty, (nasty,), 2020, "2401.00001", "10.1/[b]", nasty)]
    )
    put(library, [Record(nasty)])
    async with opened(library) as session:
        await session.press("a")
        await session.type("2401.00001")
        await session.press("enter")
        await session.until(lambda: "enter adds it." in session.text())
        assert "[/red][@click=app.quit]x[/]" in session.text()
        assert "\u202e" not in session.text()
        await session.press("escape", "L")
        await agree(session)  # the dialog has told of ids, and not of titles
        await finished(session)
        await session.press("R")
        assert session.shows(SuggestionsReview)
        assert "[/red]" in session.text()
