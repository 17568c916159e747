"""Edits that wait: one that meets another program's lock is tried again; the screen lives on."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import events
from textual.timer import Timer

from readinglist.errors import GivenUp, LibraryBusy, LibraryError, ReadingListError
from readinglist.settings import Settings
from readinglist.tui import last_words
from readinglist.tui.typing_ahead import TypingAhead
from readinglist.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from readinglist.tui.long_work import LongWork

AT_ONCE = 0.03  # seconds that one try may take while another connection writes
LIMIT = 15.0  # seconds after which an edit has failed
EVERY = 0.1  # seconds between tries
_QUIET = 1.0  # seconds before anything is said of the wait

Result = TypeVar("Result")


class Attempt(Generic[Result]):
    """Something to be written: at once, or as soon as no other program is writing.

    Exactly one of `done` and `failed` is called, unless it is cancelled. With `holding`, what the
    user types meanwhile takes effect afterwards, and Esc gives up once the wait is told. `words`
    are the user's, should the app be closed meanwhile.
    """

    def __init__(
        self,
        app: PatientApp,
        act: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[ReadingListError], None],
        *,
        holding: bool,
        words: str,
    ) -> None:
        self._app = app
        self._act = act
        self._done = done
        self._failed = failed
        self._holding = holding
        self._words = words
        self._timer: Timer | None = None
        self._began = monotonic()
        self._notice: Waiting | None = None

    def start(self) -> None:
        """Try, now and each time that the wait comes round; an app that closes has `finish`."""
        if not self._app.is_running:
            return
        try:
            result = self._act()
        except LibraryBusy as error:
            self._wait(error)
        except (ReadingListError, OSError) as error:
            self._end(self._failed, explained(error))
        else:
            self._end(self._done, result)

    @property
    def waited(self) -> bool:
        """Whether it did not go at once."""
        return self._timer is not None

    def cancel(self) -> None:
        """Neither try again nor tell."""
        self._end(lambda _: None, None)

    def finish(self) -> None:
        """See it through although the app is closing; if that fails, the words go into a file."""
        self.cancel()
        try:
            insist(self._act)
        except (ReadingListError, OSError) as error:
            if self._words:
                last_words.keep(self._app, explained(error), self._words)

    def give_up(self) -> None:
        """Stop at the user's wish."""
        if self.may_be_given_up:
            self._end(
                self._failed, GivenUp("You did not wait any longer.", hint="Nothing was changed.")
            )

    @property
    def may_be_given_up(self) -> bool:
        """Whether the user has been told of the wait."""
        return self._holding and self._notice is not None

    def _wait(self, error: LibraryBusy) -> None:
        waited = monotonic() - self._began
        if self._timer is None:
            self._timer = self._app.set_interval(EVERY, self.start)
            self._app.waiting.append(self)
            if self._holding:
                self._app.hold_keys()
        elif waited > LIMIT:
            self._end(self._failed, error)
        elif waited > _QUIET and self._notice is None:
            self._notice = Waiting("esc gives up" if self._holding else "")
            self._app.screen.mount(self._notice)

    def _end(self, tell: Callable[[Any], None], outcome: object) -> None:
        if self._timer is None or self not in self._app.waiting:
            tell(outcome)
            return
        self._timer.stop()
        self._app.waiting.remove(self)
        if self._notice is not None and self._notice.is_attached:
            self._notice.remove()
        try:
            tell(outcome)
        finally:
            if self._holding:
                self._app.release_keys()


class PatientApp(TypingAhead):
    """An app whose edits wait for the library, with what is typed after them."""

    settings: Settings

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Attempt[Any]] = []  # whatever their results are
        self.writing: LongWork | None = None  # an edit of so many papers that a thread does it

    def attempt(
        self,
        act: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[ReadingListError], None],
        *,
        holding: bool = True,
        words: str = "",
    ) -> Attempt[Result]:
        """Write something, now or after a wait; what came of it goes to `done` or `failed`."""
        attempt = Attempt(self, act, done, failed, holding=holding, words=words)
        attempt.start()
        return attempt

    def answers_while_held(self, key: events.Key) -> bool:
        """Esc gives up a wait that is told, and stops an edit that takes long."""
        if key.key == "escape" and self.writing is not None:
            self.writing.stop()
            return True
        stoppable = [attempt for attempt in self.waiting if attempt.may_be_given_up]
        if key.key != "escape" or not stoppable:
            return False
        stoppable[-1].give_up()
        return True


def insist(act: Callable[[], Result]) -> Result:
    """Write something before the program ends, with everything standing still until it is done."""
    until = monotonic() + LIMIT
    while True:
        try:
            return act()
        except LibraryBusy:
            if monotonic() > until:
                raise
            sleep(EVERY)


def explained(error: ReadingListError | OSError) -> ReadingListError:
    """Put into the family's words what the system said."""
    if isinstance(error, ReadingListError):
        return error
    return LibraryError(f"The system did not allow it: {error.strerror or type(error).__name__}.")
