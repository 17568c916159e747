"""Why an action of the main screen can do nothing now: dimmed in the hints, and said at its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from readinglist.errors import ReadingListError
from readinglist.records import Status
from readinglist.text import find_urls
from readinglist.tui.keyboard.names import key
from readinglist.tui.notes.links import linked_keys

if TYPE_CHECKING:
    from readinglist.tui.main.screen import MainScreen

NO_PAPER: Final = "There is no paper here."

_BEGINNINGS: Final = frozenset({"import", "add", "help", "leave", "back", "history", "statistics"})
"""What can be done with a library that has no paper yet."""

_ELSEWHERE: Final = frozenset(
    {
        *("step_pane", "side_pane", "zoom", "resize_pane", "sort", "sort_by", "leave_out", "widen"),
        *("save_search", "add", "copy_view_command"),
        *("rename_search", "delete_search", "start_search"),
    }
)
"""What would move the list or the panes behind a walk through the inbox."""

_OF_PAPERS: Final = frozenset(
    {
        *("mark", "star", "tags", "note", "note_outside", "facts", "rekey", "trash", "similar"),
        *("inbox", "copy", "copy_form", "open_link"),
    }
)
_EDITS: Final = frozenset({"mark", "star", "tags", "note", "note_outside", "facts", "rekey"})

Why = Callable[..., str]


def why_not(screen: MainScreen, action: str, parameters: tuple[object, ...]) -> str:
    """Why an action can do nothing now; empty if it can do something.

    It is asked of a dozen actions at every step in the list, so it may cost next to nothing.
    """
    if screen.empty:
        return "" if action in _BEGINNINGS else _empty()
    if screen.round is not None and action in _ELSEWHERE:
        return f"Not in triage: {key('pane.back', 'esc')} leads back to the list."
    if action in _OF_PAPERS and not screen.at_hand:
        return NO_PAPER
    if action in _EDITS and screen.in_trash:
        they, them = ("They are", "them") if len(screen.papers.selection) > 1 else ("It is", "it")
        return f"{they} in the trash. {key('edit.trash', 'delete')} takes {them} out again."
    reason = _REASONS.get(action)
    try:
        return reason(screen, *parameters) if reason else ""
    except ReadingListError:
        return ""  # the action itself will say it


def _empty() -> str:
    return f"Your reading list is empty: {key('exchange.import', 'i')} imports."


# The way back


def _to_undo(screen: MainScreen) -> str:
    return "" if screen.library.can_undo() else "Nothing to undo."


def _to_redo(screen: MainScreen) -> str:
    return "" if screen.library.can_redo() else "Nothing to redo."


def _to_repeat(screen: MainScreen) -> str:
    return "" if screen.again else "There is no edit to repeat yet."


def _to_go_back(screen: MainScreen) -> str:
    if screen.way_back() is not None or screen.round is not None:
        return ""
    return f"There is nothing to go back from; {key('app.leave', 'q')} quits."


# Papers


def _to_triage(screen: MainScreen) -> str:
    if screen.round is not None or not screen.counted_all:
        return ""
    if not screen.counts.statuses.get(Status.INBOX, 0):
        return "Inbox empty: every paper has been judged."
    return ""


def _to_open(screen: MainScreen) -> str:
    entry = screen.entry_at_hand()
    noted = entry is not None and (linked_keys(entry.note) or find_urls(entry.note or ""))
    if entry is None or entry.links or noted:
        return ""
    detail = screen.detail
    tied = detail.entry is not None and detail.entry.id == entry.id and detail.mentions
    return "" if tied else "This paper has no link."


def _to_look_up(screen: MainScreen) -> str:
    return "" if screen.is_looking_up or screen.at_hand else NO_PAPER


def _in_trash(screen: MainScreen) -> str:
    return "The trash is empty." if screen.counted_all and not screen.counts.trash else ""


def _to_copy_again(screen: MainScreen) -> str:
    return "" if screen.last_edit else "There is no edit yet that a command could do."


def _to_copy_text(screen: MainScreen) -> str:
    if screen.get_selected_text() is not None:
        return ""
    return f"The mouse has selected no text. {key('app.quit', 'ctrl+q')} quits."


def _to_look_up_later(screen: MainScreen) -> str:
    return "" if screen.is_any_to_queue else "No lookup has failed for want of a connection."


def _to_review(screen: MainScreen) -> str:
    if screen.library.suggestions():
        return ""
    return "There is nothing to review: no lookup was in doubt."


# Searches and filters


def _to_leave_out(screen: MainScreen) -> str:
    return "" if screen.view.ways else "There is no part of the search to leave out."


def _to_widen(screen: MainScreen) -> str:
    return "" if screen.view.facets else "There is no filter to take away."


def _to_save(screen: MainScreen) -> str:
    if screen.view.narrowed or screen.view.sort is not None:
        return ""
    return "There is nothing to save yet: search, filter or sort first."


def _at_hand(screen: MainScreen) -> str:
    if screen.search_at_hand() is not None:
        return ""
    facets, save = key("search.facets", "f"), key("search.save", "ctrl+s")
    where = f"{facets} leads to them" if screen.saved else f"{save} saves the one you see"
    return f"No saved search is at hand: {where}."


# Panes


def _to_zoom(screen: MainScreen, zoom: bool) -> str:
    if screen.zoomed:
        return ""
    if not zoom:
        return "No pane has the whole screen by your wish."
    return "One pane has the whole screen here." if screen.alone else ""


def _to_resize(screen: MainScreen, step: int) -> str:
    if screen.alone:
        return "One pane has the whole screen here."
    _, now, after = screen.resized(step)
    end = "wide" if step > 0 else "narrow"
    return f"This pane is as {end} as it can be." if now == after else ""


def _to_side(screen: MainScreen, step: int) -> str:
    there = screen.pane_beside(step) is not None
    return "" if there else f"There is no pane further {'right' if step > 0 else 'left'}."


def _to_pane(screen: MainScreen, pane: str) -> str:
    here = screen.pane == pane and screen.focused is screen.query_one(f"#{pane}")
    return "The keys go to this pane already." if here else ""


_REASONS: Final[Mapping[str, Callable[..., Any]]] = {
    "undo": _to_undo,
    "redo": _to_redo,
    "repeat": _to_repeat,
    "back": _to_go_back,
    "triage": _to_triage,
    "open_link": _to_open,
    "empty_trash": _in_trash,
    "copy_edit_command": _to_copy_again,
    "copy_text": _to_copy_text,
    "look_up": _to_look_up,
    "look_up_at": _to_look_up,
    "refresh_lookup": _to_look_up,
    "look_up_later": _to_look_up_later,
    "review_suggestions": _to_review,
    "leave_out": _to_leave_out,
    "widen": _to_widen,
    "save_search": _to_save,
    "rename_search": _at_hand,
    "delete_search": _at_hand,
    "start_search": _at_hand,
    "zoom": _to_zoom,
    "resize_pane": _to_resize,
    "side_pane": _to_side,
    "facets": lambda screen: _to_pane(screen, "facets"),
    "pane": _to_pane,
}
