"""Keys taken one at a time, so that what is typed ahead reaches what the key before it opened.

Textual sends each key to whatever has the focus when it arrives. Keys that come in one burst
(a fast typist over SSH, a terminal's paste, a script) would all go to the list, although the
first of them, `/` or `t`, is about to move the focus: "/diff" would mark a paper as read. For the
same reason keys are held back while the edit that one of them began still waits for the library.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import monotonic

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

_LAPS = 3  # a widget's message may be answered by its parent's, and that by the screen's
_LONGEST_WAIT = 0.25  # seconds, should what got the key be gone before it could pass it on

Typed = events.Key | events.Paste


class TypingAhead(App[None]):
    """An app that gives out the next key only when the last one has had its effect."""

    class Passed(Message, namespace="typing_ahead"):
        """Follows a key, then what the key set off, through the same queues from the focus up."""

        def __init__(self, number: int, lap: int = 1) -> None:
            super().__init__()
            self.number = number
            self.lap = lap

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Typed] = deque()
        self._number = 0  # of the key that is out
        self._is_out = False
        self._holds = 0
        self._last = monotonic()
        self._pressed_in_vain = False
        self._screen_before: Screen[object] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed; everything else goes its way."""
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            if not self._is_in_vain(event):
                await super().on_event(event)
            return
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._holds and isinstance(event, events.Key) and self.answers_while_held(event):
            return
        self._last = monotonic()
        self._typed.append(event)
        if not self._is_out and not self._holds:
            await self._give_out()

    @property
    def rested(self) -> float:
        """For how many seconds nothing has been typed."""
        return monotonic() - self._last

    # Holding back

    def hold_keys(self) -> None:
        """Keep what is typed from now on until `release_keys` is called as often as this."""
        self._holds += 1

    def release_keys(self) -> None:
        """Give out what was typed meanwhile, as after a key."""
        self._holds -= 1
        if not self._holds and not self._is_out and self._typed:
            self._send_out_mark()

    def take_typed(self) -> list[Typed]:
        """Take away what is typed and not given out yet."""
        typed = list(self._typed)
        self._typed.clear()
        return typed

    def type_again(self, typed: Sequence[Typed]) -> None:
        """Put back what was taken away, before what has been typed since."""
        self._typed.extendleft(reversed(typed))
        if typed and not self._holds and not self._is_out:
            self._send_out_mark()

    def answers_while_held(self, key: events.Key) -> bool:  # noqa: ARG002 (for those who override it)
        """Whether a key that is pressed while others are held back means something now."""
        return False

    def _is_in_vain(self, event: events.MouseDown | events.MouseUp) -> bool:
        """Whether a click comes while keys are held back, which it must not overtake."""
        if isinstance(event, events.MouseDown):
            self._pressed_in_vain = self._holds > 0
        return self._pressed_in_vain

    # Giving out

    async def _give_out(self) -> None:
        event = self._typed.popleft()
        target = self._mark_out()
        await super().on_event(event)
        target.post_message(self.Passed(self._number))

    def _send_out_mark(self) -> None:
        """Wait for what is under way as if a key had just been given out."""
        if self.screen_stack:
            self._mark_out().post_message(self.Passed(self._number))

    def _mark_out(self) -> Widget:
        self._is_out = True
        self._number += 1
        self._screen_before = self.screen
        self.set_timer(_LONGEST_WAIT, lambda number=self._number: self._done(number))
        return self.focused or self.screen

    @on(Passed)
    def _key_has_passed(self, message: Passed) -> None:
        if not self.screen_stack:  # the app is closing
            return
        if message.lap < _LAPS:
            target = self.focused or self.screen
            target.post_message(self.Passed(message.number, message.lap + 1))
            return
        # Focus moves by `call_later`, and a new screen takes it when it is first drawn.
        pump = self if self.screen is self._screen_before else self.screen
        later = self.call_later if pump is self else self.screen.call_after_refresh
        later(self._done, message.number)

    async def _done(self, number: int) -> None:
        if not self._is_out or number != self._number:
            return
        self._is_out = False
        if self._typed and not self._holds and self.screen_stack:
            await self._give_out()
