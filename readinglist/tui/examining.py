"""What only the app can find wrong with settings: themes and keys that cannot be."""

from __future__ import annotations

from readinglist.settings import Settings
from readinglist.settings.faults import Complaint, Fault
from readinglist.tui.keyboard.keymap import read_keymap
from readinglist.tui.looks.themes import wardrobe


def examine(settings: Settings) -> tuple[Complaint, ...]:
    """Look through what the app would use, and say what it could not."""
    faults: list[Fault] = []
    wardrobe(settings, faults)
    read_keymap(settings, faults)
    return settings.complain_of(faults)
