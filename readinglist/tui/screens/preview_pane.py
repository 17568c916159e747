"""What an export would hold, looked at in a thread while it is still being chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from readinglist.errors import ReadingListError
from readinglist.stopping import Stopped, stoppable
from readinglist.tui.leaving.export_preview import Draft, Preview
from readinglist.tui.said import Said
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.excerpt import Excerpt

Look = Callable[[Draft], Iterator[Preview]]


class PreviewPane(Vertical):
    """The beginning of the newest draft, what its papers lack, and what would change in a file."""

    DEFAULT_CSS = """
    PreviewPane {
        width: 100%;
        height: 1fr;
        min-height: 5;
        & #lacks { height: auto; max-height: 3; text-wrap: wrap; }
    }
    """

    class Known(Said):
        """Something more became known of what a draft comes to."""

        draft: Draft
        preview: Preview

    def __init__(self, look: Look | None) -> None:
        super().__init__()
        self._look = look
        self._draft: Draft | None = None
        self._preview = Preview("")
        self._differs = True  # what would change goes before how it begins

    def compose(self) -> Iterator[Widget]:
        """A heading, the lines, and what to know of all of them; it comes later and moves none."""
        yield Line(id="shown")
        yield Excerpt()
        yield Line(id="lacks", tone="warning")

    def ask(self, draft: Draft) -> None:
        """Show what a draft comes to, unless that shows already."""
        if self._look is None or draft == self._draft:
            return
        self._draft = draft
        self.run_worker(lambda: self._find_out(draft), thread=True, group="preview")

    def _find_out(self, draft: Draft) -> None:
        assert self._look is not None  # noqa: S101 - only a pane that can look asks
        with stoppable(lambda: self._draft != draft or not self.is_attached):
            try:
                for preview in self._look(draft):
                    self.post_message(self.Known(draft, preview))
            except Stopped:
                pass
            except ReadingListError as error:
                self.post_message(self.Known(draft, Preview("", error=str(error))))

    @on(Known)
    def _show_newest(self, message: Known) -> None:
        message.stop()
        if message.draft == self._draft:
            self._preview = message.preview
            self._show()

    def _show(self) -> None:
        preview, excerpt = self._preview, self.query_one(Excerpt)
        heading = self.query_one("#shown", Line)
        lacks = self.query_one("#lacks", Line)
        if preview.error:
            lacks.say(preview.error, tone="error")
        else:
            warnings = " ".join(preview.warnings)
            lacks.say(warnings or preview.looked, tone="warning" if warnings else "")
        difference = preview.difference
        if difference is None or not self._differs:
            heading.say("It begins:")
            excerpt.show(preview.text)
        elif not difference.come and not difference.go:
            heading.say("Nothing in the file would change.")
            excerpt.show(preview.text)
        else:
            come = "1 line comes" if difference.come == 1 else f"{difference.come:,} lines come"
            go = "1 goes" if difference.go == 1 else f"{difference.go:,} go"
            heading.say(f"In the file, {come} and {go}:")
            excerpt.show_difference(difference.lines or preview.text.split("\n"))

    @property
    def has_two_sides(self) -> bool:
        """Whether there is a file that would change."""
        found = self._preview.difference
        return found is not None and bool(found.come or found.go)

    def turn(self) -> None:
        """Show the other: how it begins, or what would change."""
        self._differs = not self._differs
        self._show()

    def scroll_pages(self, pages: int) -> None:
        """Scroll its lines."""
        excerpt = self.query_one(Excerpt)
        excerpt.scroll_relative(y=pages * max(1, excerpt.size.height - 1), animate=False)
