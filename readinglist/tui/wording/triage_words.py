"""What is said in triage: the footer's names for keys, and how a walk ended."""

from __future__ import annotations

from textual.content import Content

from readinglist.records import Status
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.round import TRASHED, Round

HINTS = (
    (("edit.to-read",), "to-read"),
    (("edit.skipped",), "skip"),
    (("edit.star",), "star"),
    (("edit.tags",), "tag"),
    (("triage.next", "triage.back"), "next, back"),
    (("pane.back",), "leave"),
    (("edit.undo",), "undo"),
    (("edit.note",), "note"),
    (("app.help",), "help"),
)
"""What the footer shows during the walk: actions and what they are called there."""


def end_of(found: Round, elsewhere: int) -> list[Content]:
    """How a walk ended; so many papers `elsewhere` are still in the inbox."""
    if found.left:
        passed = "1 paper was" if found.left == 1 else f"{found.left:,} papers were"
        return [
            Content.styled("That was the last one.", "bold"),
            Content(""),
            Content(f"{passed} passed over and may still be judged."),
            Content(""),
            _key(key("triage.first", "g"), "goes through what is left"),
            _key(key("pane.back", "esc"), "back to the list"),
        ]
    this_time = " this time" if found.before else ""
    where = f" here; {elsewhere:,} elsewhere" if elsewhere else ""
    return [
        Content.styled(f"Inbox empty{where}.", "bold"),
        Content(""),
        Content(f"{_papers(len(found.judged))} judged{this_time}: {_outcome(found)}."),
        Content(""),
        _key(key("pane.back", "esc"), "back to the list"),
        _key(key("edit.undo", "u"), "takes the last judgement back"),
        _key(key("exchange.export", "x"), "exports what you kept"),
    ]


def left_at(found: Round) -> str:
    """What came of a walk that goes on another time."""
    goes_on, exports = key("triage.begin", "T"), key("exchange.export", "x")
    ways = f"{goes_on} goes on, {exports} exports what you kept."
    return f"{_papers(len(found.judged))} judged: {_outcome(found)}; {found.left:,} left. {ways}"


def _key(name: str, meaning: str) -> Content:
    return Content.styled(f"{name:<5}", "bold $text-accent") + Content.styled(meaning, "$quiet")


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count:,} papers"


def _outcome(found: Round) -> str:
    tally = found.tally()
    names = [*map(str, Status), TRASHED]
    return ", ".join(f"{tally[name]:,} {one_line(name)}" for name in names if tally[name])


def past(words: str) -> str:
    """As in "marked “…” as skipped"."""
    verb, _, rest = words.partition(" ")
    return f"{_PAST.get(verb, verb)} {rest}"


_PAST = {"mark": "marked", "star": "starred", "take": "took", "tag": "tagged"}
