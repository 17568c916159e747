"""Every command: its name, the module that has it, and what it is for; only one is imported.

A command is a row here and one in its module's `COMMANDS`, which says how it is done.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from readinglist.cli.command import Command


class Offer(NamedTuple):
    """A command as the list of all of them shows it."""

    name: str
    family: str  # the module, beside this one
    summary: str

    def command(self) -> Command:
        """The command itself."""
        commands: dict[str, Command] = import_module(f"readinglist.cli.{self.family}").COMMANDS
        return commands[self.name]


_OFFERS = (
    Offer(
        "demo", "app", "Open the app on a small bundled sample, in a library that is thrown away"
    ),
    Offer("import", "imports", "Read saved listings into the library, merging repeats"),
    Offer("list", "lists", "List the papers that match a query, or all of them"),
    Offer("show", "lists", "Show everything known of papers"),
    Offer("similar", "similar", "List the papers most like one, and the words that they share"),
    Offer("tags", "tags", "List the tags, and how many papers carry each"),
    Offer("searches", "searches", "List, save, rename and delete searches with names"),
    Offer("mark", "edits", "Give papers a status"),
    Offer("tag", "edits", "Add tags to papers and remove tags from them"),
    Offer("star", "edits", "Star papers, or take their stars away"),
    Offer("note", "edits", "Write the note of a paper"),
    Offer("rename-tag", "edits", "Rename a tag on every paper"),
    Offer("edit", "metadata", "Change title, authors, year and other facts of a paper"),
    Offer("lookup", "lookups", "Ask arXiv and others for authors, years and links of papers"),
    Offer("suggestions", "suggestions", "List what a lookup found and was not sure of"),
    Offer("accept", "suggestions", "Take what a lookup suggests for a paper"),
    Offer("reject", "suggestions", "Remember that what a lookup suggests is another work"),
    Offer("add", "adding", "Add papers by arXiv id, DOI or link"),
    Offer("rekey", "rekeying", "Give papers the citation keys that they would have today"),
    Offer("conflicts", "conflicts", "List what documents say otherwise than papers, and decide"),
    Offer("duplicates", "duplicates", "List papers that look alike and may be one"),
    Offer("merge", "duplicates", "Make two papers one, with the tags, notes and sources of both"),
    Offer("distinct", "duplicates", "Remember that two papers that look alike are two"),
    Offer("trash", "trash", "Move papers to the trash, take them out, or empty it"),
    Offer("undo", "journal", "Take back the last change"),
    Offer("redo", "journal", "Do the last undone change again"),
    Offer("history", "journal", "List what was changed and when, newest first"),
    Offer("stats", "stats", "Show what was read when, and what waits, as pictures or as JSON"),
    Offer("export", "exports", "Write papers as BibTeX, Markdown and other formats"),
    Offer("config", "configuration", "Show what is set, and where it comes from"),
    Offer("completion", "completion", "Print what makes a shell complete commands, tags and keys"),
    Offer("backup", "safekeeping", "Write a checked copy of the library, and print where it is"),
    Offer("restore", "safekeeping", "Put a backup in the library's place; what was there is kept"),
    Offer("doctor", "safekeeping", "Examine the library, and put right what is safe to"),
    Offer("dump", "safekeeping", "Print the whole library as JSON Lines"),
    Offer("load", "safekeeping", "Read a dump into an empty library"),
)
COMMANDS = {offer.name: offer for offer in _OFFERS}
