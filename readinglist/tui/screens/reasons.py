"""Why an action can do nothing now: what help and the palette say of it instead of what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from readinglist.errors import ReadingListError
from readinglist.records import Facet

if TYPE_CHECKING:
    from readinglist.tui.screens.main import MainScreen

_OF_PAPERS: Final = frozenset(
    {
        *("edit.to-read", "edit.reading", "edit.read", "edit.skipped", "edit.inbox", "edit.star"),
        *("edit.tags", "edit.note", "edit.note-outside", "edit.facts", "edit.trash"),
        *("paper.open", "paper.link", "copy.usual", "copy.as", "search.similar"),
        *("select.one", "select.range", "select.all", "move.next-inbox", "move.previous-inbox"),
    }
)


def why_not(screen: MainScreen, action: str) -> str:
    """Why the action with this id can do nothing now; empty if it can do something."""
    if action in _OF_PAPERS:
        return "" if screen.targets() else "There is no paper here."
    reason = _REASONS.get(action)
    try:
        return reason(screen) if reason else ""
    except ReadingListError:
        return ""  # the action itself will say it


def _to_undo(screen: MainScreen) -> str:
    return "" if _has(screen, "done") else "There is nothing to undo."


def _to_redo(screen: MainScreen) -> str:
    return "" if _has(screen, "undone") else "There is nothing to redo."


def _has(screen: MainScreen, state: str) -> bool:
    return any(state == stood for _, stood in screen.library.timeline())


def _to_repeat(screen: MainScreen) -> str:
    return "" if screen.again else "There is no edit to repeat yet."


def _to_leave_out(screen: MainScreen) -> str:
    return "" if screen.view.ways else "There is no part of the search to leave out."


def _in_trash(screen: MainScreen) -> str:
    found = screen.library.search(where=[Facet("is", "trashed")])
    return "" if len(found) else "The trash is empty."


_REASONS: Final[dict[str, Callable[[MainScreen], str]]] = {
    "edit.undo": _to_undo,
    "edit.redo": _to_redo,
    "edit.repeat": _to_repeat,
    "search.leave-out": _to_leave_out,
    "edit.empty-trash": _in_trash,
}
