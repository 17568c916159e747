"""The scenes that are pictured: every screen and state of the app, and the keys that lead there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from readinglist.errors import LibraryError
from readinglist.tui.app import ReadingListApp
from readinglist.tui.long_work import LongWork, Stage
from readinglist.tui.screens.failed_write import FailedWrite, Unsaved
from readinglist.tui.screens.links import LinkPicker
from readinglist.tui.screens.lookup_progress import LookupProgress
from readinglist.tui.screens.progress import ProgressDialog
from readinglist.tui.screens.statistics import StatisticsScreen
from readinglist.tui.widgets.waiting import Waiting

DONE = "until it is done"  # among the keys of a scene: what they began comes to its end


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: the keys that lead to it, after `/` what is typed, on the demo or on nothing.

    A `doubtful` one has been preceded by a lookup that was not sure, a `disputed` one by a document
    that contradicts another, a `lived` one by a year; `state` brings about what would pass.
    A `draft` of the first paper's note was left by an app that died; `config` is the config file;
    `toasts` are shown where they are what it is about.
    """

    name: str
    size: tuple[int, int] = (120, 35)
    keys: tuple[str, ...] = ()
    empty: bool = False
    doubtful: bool = False
    disputed: bool = False
    lived: bool = False
    state: Callable[[ReadingListApp], None] | None = None
    theme: str = "lamplight"
    config: str = ""
    draft: str = ""
    toasts: bool = False


def typed(text: str) -> tuple[str, ...]:
    """The keys that type a text."""
    return tuple("space" if letter == " " else letter for letter in text)


def _importing(app: ReadingListApp) -> None:
    """An import that is halfway through."""
    _work(app, "Importing", Stage(0.43, "trending.txt", "1 of 3 documents · 0.3 of 0.7 MB"))


def _looking_up(app: ReadingListApp) -> None:
    """A lookup goes on in the background, and its dialog was asked for."""
    work = LongWork()
    work.title, work.stage = "Looking up", Stage(0.4, "arXiv · 11 found", "14 of 35 papers")
    app.push_screen(LookupProgress(work))


def _linking(app: ReadingListApp) -> None:
    """A paper has several links."""
    urls = ("https://arxiv.org/abs/2208.06193", "https://doi.org/10.48550/arXiv.2208.06193")
    app.push_screen(LinkPicker((*urls, "https://github.com/ada/diffusion-policies")))


def _comparing(app: ReadingListApp) -> None:
    """Work of which nobody knows how long it takes."""
    _work(app, "Duplicates", Stage(None, "Comparing the new papers with the others"))


def _work(app: ReadingListApp, title: str, stage: Stage) -> None:
    work = LongWork()
    work.title, work.stage = title, stage
    app.push_screen(ProgressDialog(work))


def _busy(app: ReadingListApp) -> None:
    """Another program has been writing for longer than a second."""
    app.screen.mount(Waiting("esc gives up"))


def _unsaved(app: ReadingListApp) -> None:
    """A note could not be written."""
    words = "The second figure is the one to show.\n\n- ask for the code"
    where = Path("/home/ada/.local/share/readinglist/library.sqlite3")
    unsaved = Unsaved("write the note", where, lambda: None, words)
    error = LibraryError("The disk is full.", hint="Make some room and try again.")
    app.push_screen(FailedWrite(unsaved, error))


def _reading_the_journal(app: ReadingListApp) -> None:
    """The statistics take longer than a moment."""
    app.push_screen(StatisticsScreen(lambda: None))


def _searching(app: ReadingListApp) -> None:
    """A search in a large library takes longer than a moment."""
    app.main.papers.entitle("searching…")


SCENES = (
    Scene("main-160x45", (160, 45), ("j",)),
    Scene("main-120x35", keys=("j",)),
    Scene("main-80x24", (80, 24), ("j",)),
    Scene("detail-80x24", (80, 24), ("enter",)),
    Scene("light", (160, 45), ("j", "j"), theme="textual-light"),
    Scene("triage", keys=("T", "s", "w")),
    Scene("triage-80x24", (80, 24), ("T", "s", "w", "*")),
    Scene("triage-end", keys=("T", *"sswrs", *("s",) * 21, "w")),
    Scene("search-with-a-typo", keys=("/", *typed("difusion polcy"))),
    Scene("search-without-a-match", keys=("/", *typed("difusion qwxyz"))),
    Scene("search-completed", keys=("/", *typed("offline -tag:"))),
    Scene("search-misunderstood", keys=("/", *typed("offline tilte:reward"))),
    Scene("filters", keys=("f", "j", "enter")),
    Scene("search-saved", keys=("/", *typed("diffusion OR reward"), "ctrl+s", *typed("generat"))),
    Scene(
        "filters-with-branches",
        (160, 45),
        (
            *("v", "j", "j", "t", *typed("rl/offline"), "enter", "escape", "g"),
            *("t", *typed("rl/online"), "enter", "/", *typed("diffusion OR reward"), "ctrl+s"),
            *(
                *typed("generative"),
                "enter",
                "enter",
                "escape",
                "f",
                *"jjjjjjj",
                "enter",
                "j",
                "j",
                "enter",
            ),
        ),
    ),
    Scene("selection", keys=("j", "v", "j", "j", "j")),
    Scene("tags", keys=("j", "t")),
    Scene("tag-manager", keys=("M", "j", "c", "g", "j", "c", "b")),
    Scene("note", keys=("n",)),
    Scene("note-link", keys=("n", *("left_square_bracket",) * 2, *typed("offline"))),
    Scene("sort", keys=(",",)),
    Scene("copy", keys=("Y",)),
    Scene("import", keys=("i",)),
    Scene("import-review", keys=("i", *typed("later.txt"), "enter", DONE)),
    Scene("duplicates", keys=("i", *typed("later.txt"), "enter", DONE, "D")),
    Scene("lookup-review", keys=("R",), doubtful=True),
    Scene("conflicts", keys=("I",), disputed=True),
    Scene("import-progress", state=_importing),
    Scene("work-without-an-end-in-sight", (80, 24), state=_comparing),
    Scene("busy", (80, 24), ("j",), state=_busy),
    Scene("not-saved", keys=("j",), state=_unsaved),
    Scene("statistics-awaited", (80, 24), state=_reading_the_journal),
    Scene("searching", (80, 24), ("j",), state=_searching),
    Scene("more-room", (56, 14)),
    Scene("main-240x67", (240, 67), ("j",)),
    Scene("contrast", keys=("j",), theme="contrast"),
    Scene("sixteen-colours", keys=("j",), theme="ansi-dark"),
    Scene("add", keys=("a", *typed("https://arxiv.org/abs/1706.03762"))),
    Scene("facts", keys=("j", "e")),
    Scene("similar", keys=("j", "m", DONE)),
    Scene("statistics", (120, 48), keys=("S", DONE), lived=True),
    Scene("statistics-80x24", (80, 24), keys=("S", DONE), lived=True),
    Scene("export", keys=("x",)),
    Scene("export-80x24", (80, 24), ("x", DONE, "up", "right", "right")),
    Scene(
        "history", keys=("d", "j", "s", "j", "v", "j", "j", "w", "*", "delete", "u", "u", "H", "j")
    ),
    Scene("settings", keys=("O", "j", "j")),
    Scene("help", keys=("?",)),
    Scene("lookup-progress", state=_looking_up),
    Scene("lookup-asked", keys=("A", "L")),
    Scene("settings-theme", keys=("O", "enter")),
    Scene("settings-80x24", (80, 24), ("O", *"jjjjj")),
    Scene("note-preview", keys=("n", "f3")),
    Scene("note-recovered", keys=("n",), draft="Ask them about the second figure."),
    Scene("all-actions", keys=(":", *typed("tag"), DONE)),
    Scene("help-search", (80, 24), ("?", "slash", *typed("undo"))),
    Scene("tag-rename", keys=("M", "r")),
    Scene("tag-split", keys=("M", "s")),
    Scene(
        "tag-doctor",
        keys=("t", *typed("method"), "comma", *typed("seminars"), "enter", "M", "d"),
    ),
    Scene("tags-of-several", (80, 24), ("v", "j", "j", "t")),
    Scene("links", (80, 24), ("j",), state=_linking),
    Scene("history-of-papers", keys=("v", "j", "j", "w", "H", "enter")),
    Scene("trash", keys=("j", "delete", "j", "delete", "/", *typed("is:trashed"), "enter")),
    Scene("empty-trash", (80, 24), ("delete", ":", *typed("empty the trash"), DONE, "enter")),
    Scene("no-such-file", (80, 24), ("i", *typed("nowhere.txt"), "enter", DONE)),
    Scene("statistics-without-a-past", empty=True, keys=("S", DONE)),
    Scene("told-why", (80, 24), ("U",), toasts=True),
    Scene("zoomed", keys=("l", "plus")),
    Scene("smallest", (60, 15), ("j",)),
    Scene("ascii", keys=("j", "t"), config="ascii = true"),
    Scene("wrapped-titles", (80, 24), ("j",), config='list.long-titles = "wrap"'),
    Scene("daylight", keys=("j",), theme="daylight"),
    Scene("welcome", (80, 24), empty=True),
)
