"""The fields of an export, and what each choice makes of the others, while they are filled in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from readinglist.export import Stamp
from readinglist.tui.leaving.export_preview import TEMPLATE, Draft
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.export_choice import STEM, ExportChoice, ExportFormat
from readinglist.tui.screens.export_target import Target, look_at, made_by, offer, suffix
from readinglist.tui.screens.format_options import FormatOptions
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.one_of import OneOf
from readinglist.tui.screens.path_field import PathField
from readinglist.tui.screens.preview_pane import Look, PreviewPane
from readinglist.tui.screens.template_row import TemplateRow
from readinglist.tui.typed_paths import TypedPaths


class ExportForm(Dialog[ExportChoice | None]):
    """`scopes` are labels and counts; `choice` and `error` reopen it with what was typed.

    `choice` is also what was chosen the last time. `look` shows what a draft comes to.
    """

    HOLDS: ClassVar = (PathField, OneOf)

    DEFAULT_CSS = """
    ExportForm {
        & > .frame { width: 110; height: 92%; }
        & .row { height: auto; margin-top: 1; }
        & FormatOptions .label { width: 11; }
        & .label { width: 11; color: $text-muted; }
        & #where { margin: 1 0 0 12; }
        & #notice { margin: 0 0 0 12; height: auto; min-height: 1; max-height: 3; text-wrap: wrap; }
        & #names { margin: 0 0 0 12; }
        &.-short > .frame { height: 100%; }
        &.-low .row { margin-top: 0; }
        &.-low #where { margin: 0 0 0 12; }
        &.-low #names { display: none; }
        &.-low.-offering #names { display: block; }
        &.-low.-offering #where { display: none; }
    }
    """

    AUTO_FOCUS = "#path"

    def __init__(
        self,
        scopes: Sequence[tuple[str, int]],
        formats: Sequence[ExportFormat],
        *,
        choice: ExportChoice | None = None,
        error: str = "",
        start: Path | None = None,
        look: Look | None = None,
    ) -> None:
        super().__init__("Export")
        self._scopes = tuple(scopes)
        self._formats = tuple(formats)
        self._paths = TypedPaths(start or Path.cwd())
        self._error = error
        self._look = look
        self._first = choice or self._usual()
        self._format = self._named(self._first.format)
        self._typed = self._paths.shown(self._first.path)
        self._offered: str | None = None if error else self._typed  # None: the user's own now
        self._file = self._first.path if self._format.suffix else Path(STEM)
        self._replaces: Path | None = None
        self._seen: Stamp | None = None

    def _usual(self) -> ExportChoice:
        row = self._formats[0]
        return ExportChoice(0, row.name, Path(STEM + row.suffix))

    def _first_scope(self) -> int:
        """What was chosen when it is reopened, else the first with something in it."""
        if self._error and self._first.scope < len(self._scopes):
            return self._first.scope
        return next((at for at, (_, count) in enumerate(self._scopes) if count), 0)

    def _named(self, name: str) -> ExportFormat:
        return next((row for row in self._formats if row.name == name), self._formats[0])

    def body(self) -> Iterator[Widget]:
        """What, how, where to, what that comes to, and how it begins."""
        scopes = [f"{label} ({count:,})" for label, count in self._scopes]
        labels = [row.label for row in self._formats]
        with Horizontal(classes="row"):
            yield Line("What", classes="label")
            yield OneOf(scopes, self._first_scope(), id="scope")
        with Horizontal(classes="row"):
            yield Line("Format", classes="label")
            yield OneOf(labels, self._formats.index(self._format), id="format")
        yield FormatOptions(self._format.options, self._first.options)
        if self._format.name == TEMPLATE:
            yield TemplateRow(self._paths, self._first.template)
        with Horizontal(classes="row", id="target"):
            yield Line("File", classes="label", id="file")
            yield PathField(self._paths, self._typed)
        yield Line(id="where", tone="plain")
        yield Line(id="notice")
        yield Line(id="names")
        yield PreviewPane(self._look)

    def on_mount(self) -> None:
        """The offered name is selected, so that typing replaces it."""
        self.set_class(self.app.size.height < 30, "-low")
        if self._offered:
            self._field.selection = Selection(0, len(self._offered))
        if self._error:
            self.say(self._error, tone="error")
        self._show_format()
        self._show_draft()  # in most folders there is nothing to replace

    @property
    def _field(self) -> PathField:
        return self.query_one("#path", PathField)

    @property
    def _template(self) -> Path | None:
        """The template that is to be filled in, if one is."""
        if self._format.name != TEMPLATE:
            return None
        return self._paths.path(self.query_one(TemplateRow).text)

    @property
    def _scope(self) -> int:
        return self.query_one("#scope", OneOf).chosen

    @property
    def _options(self) -> FormatOptions:
        return self.query_one(FormatOptions)

    # What the choices come to

    @on(OneOf.Chosen, "#format")
    def _follow_format(self, event: OneOf.Chosen) -> None:
        """The suffix follows the format as long as the name is the one that was offered."""
        self._format = self._formats[event.index]
        self._show_format()
        if not self._offer():
            self._field.look()

    def _offer(self) -> bool:
        """Offer another name if none has been typed; whether that was so."""
        offered = self._field.value == self._offered
        if offered:
            self._offered = self._name_to_offer()
            self._field.put(self._offered)
            self._field.selection = Selection(0, len(self._offered))
        return offered

    def _name_to_offer(self) -> str:
        """The file that was offered, with the format's suffix; a folder of notes is named first."""
        ending = made_by(self._template) if self._template else self._format.suffix
        return self._paths.shown(self._file.with_suffix(ending)) if ending else ""

    def _show_format(self) -> None:
        self._options.show(self._format.options)
        row = self.query(TemplateRow)
        row.set(display=self._format.name == TEMPLATE)
        if self._format.name == TEMPLATE and not row:
            fresh = TemplateRow(self._paths, self._first.template)
            self.query_one(".frame").mount(fresh, before="#target")
        self.query_one("#file", Line).say("File" if self._format.suffix else "Folder")

    @on(OneOf.Chosen)
    def _look_again(self, event: OneOf.Chosen) -> None:
        if event.row.id != "format":
            self._field.look()

    @on(Input.Changed, "#path")
    def _follow_suffix(self, event: Input.Changed) -> None:
        """A suffix that is newly typed chooses the format that is written so."""
        before, self._typed = self._typed, event.value
        if event.value in (before, self._offered):
            return
        self._error, self._offered = "", None
        ending = suffix(event.value)
        rows = [row for row in self._formats if row.suffix == ending != suffix(before)]
        if ending and rows and self._format not in rows and not self._makes(ending):
            self.query_one("#format", OneOf).chosen = self._formats.index(rows[0])

    def _makes(self, ending: str) -> bool:
        """Whether a template is to make such a file, or has just been named."""
        if self._template is None:
            return False
        return self.query_one(TemplateRow).changed or made_by(self._template) == ending

    @on(PathField.Listed, "#template")
    def _tell_template(self, event: PathField.Listed) -> None:
        """Offer what the path may become, and a name for what it makes."""
        if self.is_current and event.text == event.field.value:
            self._show_names(event)
            another = self.query_one(TemplateRow).changed
            self._error = "" if another else self._error
            if not another or not self._offer():
                self._field.look()

    @on(PathField.Listed, "#path")
    async def _tell(self, event: PathField.Listed) -> None:
        """Say what will happen, while the path is typed."""
        target = await self._look_at(event.text)
        if not self.is_current or event.text != self._field.value:
            return
        self.query_one("#where", Line).say(self._paths.shown(target.path), tone="plain")
        if event.field.has_focus:
            self._show_names(event)
        self._replaces, self._seen = target.path if target.seen else None, target.seen
        self._show_draft()
        if self._error:
            return
        if not self._scopes[self._scope][1]:
            self.say("There is nothing in it to export.", tone="warning")
        else:
            self.say(target.says, tone=target.tone)

    def _show_names(self, event: PathField.Listed) -> None:
        """Offer what the path may become; where there is little room, in the place of the path."""
        names = offer(event.text, event.listing)
        self.query_one("#names", Line).say(names)
        self.set_class(bool(names), "-offering")

    async def _look_at(self, text: str) -> Target:
        """What is where the text leads, found out in a thread."""
        folder = not self._format.suffix
        return await asyncio.to_thread(
            look_at, text, self._paths, folder=folder, template=self._template
        )

    def _show_draft(self) -> None:
        """Look at what is chosen now."""
        options = tuple(sorted(self._options.chosen().items()))
        chosen = self._scope, self._format.name, options
        draft = Draft(*chosen, self._replaces, self._template, self._seen)
        self.query_one(PreviewPane).ask(draft)
