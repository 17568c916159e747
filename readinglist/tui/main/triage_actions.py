"""The verbs of triage: status, star and tags, each undoable, and the last of them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from readinglist.outcomes import Done
from readinglist.records import Facet, Status
from readinglist.tui.keyboard.names import key
from readinglist.tui.main.edits import Edits, told
from readinglist.tui.wording.triage_words import past

if TYPE_CHECKING:
    from readinglist.tui.tag_choice import TagEdit

STATUS = Binding.Group("status", compact=True)


class Edit(NamedTuple):
    """One edit, for the papers at hand; `phrase` says it of `{}`, `words` are the user's.

    One that `judges` leads on to the next paper of a walk through the inbox. `command` is what the
    command line calls it, without the keys. What there may be to
    `remark` is asked once it is done.
    """

    phrase: str
    act: Callable[[Sequence[int]], Done | None]
    words: str = ""
    judges: bool = False
    command: tuple[str, ...] = ()
    remark: Callable[[], str] | None = None


class TriageActions(Edits):
    """One key for each judgement."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w", "mark('to-read')", "Want to read", id="edit.to-read", group=STATUS,
            tooltip="Put it on the reading list.",
        ),
        Binding(
            "r", "mark('reading')", "Reading", id="edit.reading", group=STATUS,
            tooltip="Mark it as being read.",
        ),
        Binding(
            "d", "mark('read')", "Done reading", id="edit.read", group=STATUS,
            tooltip="Mark it as read.",
        ),
        Binding(
            "s", "mark('skipped')", "Skip", id="edit.skipped", group=STATUS,
            tooltip="Set it aside for good.",
        ),
        Binding(
            "b", "mark('inbox')", "Back to inbox", id="edit.inbox", group=STATUS,
            tooltip="Put it back into the inbox.",
        ),
        Binding(
            "T", "triage", "Triage", id="triage.begin",
            tooltip="Go through the inbox of the view or the selection, one paper at a time.",
        ),
        Binding(
            "asterisk", "star", "Star", id="edit.star",
            tooltip="Star it, or take its star away.",
        ),
        Binding("t", "tags", "Tags", id="edit.tags", tooltip="Add and remove tags."),
        Binding(
            "full_stop", "repeat", "Repeat", id="edit.repeat", show=False,
            tooltip="Do the last edit again, here.",
        ),
    ]  # fmt: skip

    last_edit: tuple[tuple[str, ...], Sequence[int]] | None = None
    """What the command line calls the last edit, and the papers that it was of."""

    def action_mark(self, status: str) -> None:
        """Give the papers a status."""
        act = partial(self.library.set_status, status=Status(status))
        judges, command = status != Status.INBOX, ("mark", status)
        remark = self._too_many if status == Status.READING else None
        phrase = f"mark {{}} as {status}"
        self.edit(Edit(phrase, act, judges=judges, command=command, remark=remark))

    def _too_many(self) -> str:
        """What to say of the papers that are being read; empty if they are not too many."""
        limit = self.app.settings.number("reading-limit")
        if not limit:
            return ""
        with self.errors_told():
            count = len(self.library.search(where=[Facet("status", Status.READING)]))
            if count > limit:
                way_back = f"{key('edit.undo', 'u')} undoes."
                return f"You are reading {count:,} papers, and wanted {limit:,} at most. {way_back}"
        return ""

    def action_star(self) -> None:
        """Star the papers, or unstar them when the first has a star."""
        ids = self.wanted()
        with self.errors_told():
            for first in self.library.rows(ids[:1]):
                self._star(not first.starred)

    def _star(self, starred: bool) -> None:
        phrase = "star {}" if starred else "take the star from {}"
        command = ("star",) if starred else ("star", "--off")
        act = partial(self.library.set_starred, starred=starred)
        self.edit(Edit(phrase, act, command=command))

    def edit(self, edit: Edit) -> None:
        """Edit the papers at hand, and tell when they are several."""
        ids = self.wanted()
        if not ids or self.refused(ids):
            return

        def show(done: Done | None) -> None:
            self.again = partial(self.edit, edit)
            if done is not None:
                self.last_edit = edit.command, ids
            self.show_edit(edit, ids, done)
            if edit.remark and (remark := edit.remark()):
                self.say(remark)

        what = edit.phrase.format(self.named(ids))
        self.write(what, partial(edit.act, ids), show, words=edit.words, papers=len(ids))

    def show_edit(self, edit: Edit, ids: Sequence[int], done: Done | None) -> None:
        """Show an edit that is saved."""
        self.papers.end_range()
        self.settle(done.ids if done else ())
        if len(ids) > 1 or done is None:
            self.say(told(done))
        elif not (self.papers.display or self.detail.display):
            self.tell_of_one(edit, ids, done)  # nothing of it shows among the filters
        else:
            self.hush()  # an older "u undoes" would be about another edit

    def tell_of_one(self, edit: Edit, ids: Sequence[int], done: Done | None) -> None:
        """Say what was done to one paper, by its title."""
        name = self.named(ids)
        words = ": ".join(filter(None, [past(edit.phrase.format(name)), _listed(edit.words)]))
        self.say(told(done and done._replace(label=words)), spare=name.strip("“”"))

    def action_repeat(self) -> None:
        """Do the last edit again on the papers at hand."""
        if self.again is None:
            self.say("There is no edit to repeat yet.")
        else:
            self.again()

    def action_tags(self) -> None:
        """Edit the tags of the papers."""
        from readinglist.tui.screens.tag_editor import TagEditor
        from readinglist.tui.wording.shell_line import tagging

        ids = self.wanted()
        if not ids or self.refused(ids):
            return
        having: dict[str, int] = {}
        with self.errors_told():
            having |= self.library.tags_of(ids)
        every = [tag for tag, papers in having.items() if papers == len(ids)]
        some = having.keys() - every

        def finish(change: TagEdit | None) -> None:
            if change is not None and (change.add or change.remove):
                act = partial(self.library.edit_tags, add=change.add, remove=change.remove)
                command = tagging(change.add, change.remove)
                self.edit(Edit("tag {}", act, _words(change), command=command))

        editor = TagEditor(len(ids), self.counts.tags, sorted(every), sorted(some))
        self.app.push_screen(editor, finish)


def _listed(words: str) -> str:
    return ", ".join(words.splitlines())


def _words(change: TagEdit) -> str:
    """The tags that were typed or chosen, one on a line."""
    return "\n".join([*change.add, *(f"-{tag}" for tag in change.remove)])
