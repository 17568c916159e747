"""Keys taken one at a time, so that what is typed ahead reaches what the key before it opened.

Textual sends each key to whatever has the focus when it arrives. Keys that come in one burst
(a fast typist over SSH, a terminal's paste, a script) would all go to the list, although the
first of them, `/` or `t`, is about to move the focus: "/diff" would mark a paper as read.
"""

from __future__ import annotations

from collections import deque

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.screen import Screen

_LAPS = 3  # a widget's message may be answered by its parent's, and that by the screen's
_LONGEST_WAIT = 0.25  # seconds, should what got the key be gone before it could pass it on


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
        self._typed: deque[events.Key | events.Paste] = deque()
        self._number = 0  # of the key that is out
        self._is_out = False
        self._screen_before: Screen[object] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if not self._is_out:
            await self._give_out()

    async def _give_out(self) -> None:
        self._is_out = True
        self._number += 1
        self._screen_before = self.screen
        target = self.focused or self.screen
        await super().on_event(self._typed.popleft())
        target.post_message(self.Passed(self._number))
        self.set_timer(_LONGEST_WAIT, lambda number=self._number: self._done(number))

    @on(Passed)
    def _key_has_passed(self, message: Passed) -> None:
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
        if self._typed:
            await self._give_out()
