"""What the export dialog asks for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from readinglist.export import Stamp
from readinglist.formats.options import Option
from readinglist.tui.leaving.export_preview import NOTES, TEMPLATE, Draft
from readinglist.vault import LABEL

STEM: Final = "reading-list"


class ExportFormat(Protocol):
    """What the dialog needs to know of a format: for the command line, for people, for a file."""

    @property
    def name(self) -> str: ...  # noqa: D102 (as `formats.Format` has it)
    @property
    def label(self) -> str: ...  # noqa: D102 (as `formats.Format` has it)
    @property
    def suffix(self) -> str: ...  # noqa: D102 (as `formats.Format` has it)
    @property
    def options(self) -> tuple[Option, ...]: ...  # noqa: D102 (as `formats.Format` has it)


@dataclass(frozen=True, slots=True)
class Notes:
    """A folder of notes, in the place of a format."""

    name: str = NOTES
    label: str = LABEL
    suffix: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A template of the user's own, in the place of a format."""

    name: str = TEMPLATE
    label: str = "Template"
    suffix: str = ".txt"
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What to write where; `force` means the user agreed to replace the file.

    With `copied`, it goes to the clipboard instead. A `template` is filled in in place of a format.
    The file that is replaced is the one that was `seen`.
    """

    scope: int
    format: str
    path: Path
    force: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    copied: bool = False
    template: Path | None = None
    seen: Stamp | None = field(default=None, compare=False)

    @property
    def draft(self) -> Draft:
        """What was looked at before it was chosen."""
        options = tuple(sorted(self.options.items()))
        return Draft(self.scope, self.format, options, template=self.template)

    def to_json(self) -> dict[str, object]:
        """What is remembered of it for the next time."""
        more = {} if self.template is None else {"template": str(self.template)}
        options = dict(self.options)
        return {"format": self.format, "path": str(self.path), "options": options, **more}


def remembered(
    said: Mapping[str, object], formats: Sequence[ExportFormat], fixed: str = ""
) -> ExportChoice | None:
    """The last choice from what is remembered, which may be anything; `fixed` is the format's name.

    None if there is none to begin with.
    """
    rows: dict[str, ExportFormat] = {row.name: row for row in (*formats, Notes(), Filled())}
    name, path, options = said.get("format"), said.get("path"), said.get("options")
    template = said.get("template")
    if isinstance(name, str) and name in rows and isinstance(path, str) and path:
        chosen = options if isinstance(options, dict) else {}
        if not fixed or fixed == name:
            filled = Path(template) if isinstance(template, str) and template else None
            return ExportChoice(0, name, Path(path), options=chosen, template=filled)
        if rows[name].suffix:
            path = str(Path(path).with_suffix(rows[fixed].suffix))
            return ExportChoice(0, fixed, Path(path), options=chosen)
    return ExportChoice(0, fixed, Path(STEM + rows[fixed].suffix)) if fixed else None
