"""Ask for an arXiv id, a DOI or a link, show what it names, and return that to be added."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from threading import Event
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from readinglist.errors import ReadingListError
from readinglist.latex import to_unicode
from readinglist.lookup import notice
from readinglist.lookup.adding import Outcome, asked_for, find, split
from readinglist.lookup.provider import Provider, Question
from readinglist.lookup.settings import LookupSettings
from readinglist.paths import cache_folder
from readinglist.stopping import Stopped, stoppable
from readinglist.text import without_braces
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.field import Field

_SHOWN = 6  # works that are shown in full
_HINT = "2401.01234, 10.1000/182 or a link; several with spaces between them"


class AddDialog(Dialog[Sequence[Outcome] | None]):
    """Enter asks, and once something is found, adds it; nothing goes out before the first."""

    HOLDS: ClassVar = (Field,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "look up, then add", id="add.enter", key_display="enter",
                tooltip="Ask what is typed; then add what was found."),
    ]  # fmt: skip

    DEFAULT_CSS = """
    AddDialog {
        & > .frame { width: 84; }
        & #found { width: 1fr; height: auto; max-height: 20; margin: 1 1 0 1; }
        & #notice { height: auto; min-height: 1; max-height: 4; text-wrap: wrap; margin: 1 1 0 1; }
        & KeyHints { margin: 1 1 0 1; }
    }
    """

    def __init__(self, settings: LookupSettings) -> None:
        super().__init__("Add a paper")
        self._settings = settings
        self._found: list[Outcome] = []
        self._asking: Event | None = None

    def body(self) -> Iterator[Widget]:
        """What is typed, what it names, and what enter does."""
        yield Field(placeholder=_HINT, id="identifiers")
        yield Static(Content(""), markup=False, id="found")
        yield Line("Type or paste an arXiv id, a DOI or a link.", id="notice")

    @on(Field.Changed)
    def _typed(self, event: Field.Changed) -> None:
        """Say what enter would send where."""
        self._stop()
        self._found = []
        self.query_one("#found", Static).update(Content(""))
        if not event.value.strip():
            self.say("Type or paste an arXiv id, a DOI or a link.")
            return
        try:
            asked = self._asked()
        except ReadingListError as error:
            self.say(error.message)
            return
        self.say(" ".join(map(self._foretold, asked.items())))

    def _asked(self) -> dict[Provider, dict[Question, str]]:
        asked = asked_for(split(self.query_one(Field).value), None)
        for provider in asked:
            self._settings.address(provider)
        return asked

    def _foretold(self, asked: tuple[Provider, dict[Question, str]]) -> str:
        provider, questions = asked
        where = self._settings.address(provider).shown
        names = ", ".join(question.value for question in list(questions)[:3])
        more = f" and {len(questions) - 3} more" if len(questions) > 3 else ""
        with_it = notice.with_it(provider, self._settings)
        asks = f"{key('add.enter', 'enter')} asks"
        return f"{asks} {provider.label} ({where}) for {names}{more}{with_it}."

    # Asking

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Something has to be typed, and asked for once."""
        if action == "go_on" and not self.query_one(Field).value.strip():
            return "Nothing is typed yet: an arXiv id, a DOI or a link."
        if action == "go_on" and self._asking is not None:
            return "One moment: the answer is not here yet."
        return super().why_not(action, parameters)

    def action_go_on(self) -> None:
        """Ask, or add what was found."""
        if self._found:
            self.finish(self._found)
        elif self._asking is None:
            self._ask()

    @work(group="add")
    async def _ask(self) -> None:
        try:
            asked = self._asked()
        except ReadingListError as error:
            self.say(str(error), tone="error")
            return
        if not asked:
            self.say("Type or paste an arXiv id, a DOI or a link.", tone="warning")
            return
        stop = self._asking = Event()
        names = " and ".join(provider.label for provider in asked)
        self.say(f"Asking {names}…", tone="plain")
        outcomes: list[Outcome] = []
        failure: ReadingListError | None = None
        try:
            outcomes = await asyncio.to_thread(self._outcomes, asked, stop)
        except ReadingListError as error:  # such as a proxy that is none
            failure = error
        if self._asking is stop and self.is_current:
            self._asking = None
            self._show(outcomes)
            if failure is not None:
                self.say(str(failure), tone="error")

    def _outcomes(self, asked: dict[Provider, dict[Question, str]], stop: Event) -> list[Outcome]:
        outcomes: list[Outcome] = []
        try:
            with stoppable(stop.is_set):
                for provider, questions in asked.items():
                    outcomes += find(provider, questions, self._settings, cache_folder())
        except Stopped:
            return []
        return outcomes

    def _show(self, outcomes: Sequence[Outcome]) -> None:
        self._found = [o for o in outcomes if not isinstance(o.found, ReadingListError)]
        failed = [str(o.found) for o in outcomes if isinstance(o.found, ReadingListError)]
        shown = Content("\n\n").join(map(_told, self._found[:_SHOWN]))
        if len(self._found) > _SHOWN:
            shown += Content(f"\n\nand {len(self._found) - _SHOWN} more")
        self.query_one("#found", Static).update(shown)
        count = "it" if len(self._found) == 1 else f"these {len(self._found)}"
        adds = f"{key('add.enter', 'enter')} adds {count}." if self._found else ""
        said = " ".join(filter(None, (*dict.fromkeys(failed), adds)))
        self.say(said, tone="error" if failed else "success")

    def _stop(self) -> None:
        """Want no answer to what was asked."""
        if self._asking is not None:
            self._asking.set()
            self._asking = None

    def on_unmount(self) -> None:
        """Ask no more once it is closed."""
        self._stop()


def _told(outcome: Outcome) -> Content:
    """Title, authors, and the facts of a work."""
    assert not isinstance(outcome.found, ReadingListError)  # noqa: S101 (tells the type checker)
    record = outcome.found.record
    names = [one_line(to_unicode(without_braces(name))) for name in record.authors[:4]]
    if len(record.authors) > 4:
        names.append(f"and {len(record.authors) - 4} more")
    arxiv = f"arXiv {record.arxiv_id}" if record.arxiv_id else ""
    facts = (record.year, record.venue, record.doi, arxiv)
    lines = [
        Content.styled(one_line(to_unicode(record.title)), "bold"),
        Content(", ".join(names) or "no authors"),
        Content.styled(" · ".join(one_line(str(fact)) for fact in facts if fact), "$quiet"),
    ]
    if outcome.remark:
        lines.append(Content.styled(one_line(outcome.remark), "$text-warning"))
    return Content("\n").join(lines)
