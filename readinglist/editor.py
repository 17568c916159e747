"""The user's own editor: their text goes out in a private file, and comes back or stays there."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Self

from readinglist.errors import EditorFailed, ReadingListError

_FALLBACKS = ("sensible-editor", "nano", "vim", "vi", "notepad")


class Draft:
    """A text that is being edited, in a file of its own (0600, in a folder 0700).

        with Draft(note) as draft:
            library.set_note(paper, draft.edit())

    The file is removed when the block ends well. When it does not, because the editor was killed
    or the edit could not be saved, and the user had changed the file, it stays and the error says
    where it is.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.path = Path(mkdtemp(prefix="readinglist-")) / "note.md"
        self._write(text.encode("utf-8", "replace"))

    def edit(self) -> str:
        """Run $VISUAL or $EDITOR on the file and return the text as saved there.

        The editor has the terminal until it ends. Raises `EditorFailed` when it cannot be
        started, reports failure, is killed, or leaves something that is not text.
        """
        command = editor_command()
        try:
            with _interrupts_left_to_the_editor():
                # The user's own choice of program, split by shlex and run without a shell.
                code = subprocess.run([*command, str(self.path)], check=False).returncode  # noqa: S603 (the user's own program)
        except OSError as error:
            raise EditorFailed(
                f"The editor {command[0]} could not be started: {error.strerror}.",
                hint="Set $VISUAL or $EDITOR to another.",
            ) from error
        if code:
            how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
            raise EditorFailed(f"The editor {command[0]} {how}, so the note was not changed.")
        return self._read()

    def _read(self) -> str:
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise EditorFailed(
                "The editor removed the file, so the note was not changed."
            ) from error
        except UnicodeDecodeError as error:
            raise EditorFailed("The editor did not save UTF-8 text.") from error
        # Editors end the last line; the note did not.
        return text if text == self._text else text.rstrip("\r\n")

    def _write(self, content: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)

    def _is_changed(self) -> bool:
        try:
            return self.path.read_bytes() != self._text.encode("utf-8", "replace")
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None or not self._is_changed():
            shutil.rmtree(self.path.parent, ignore_errors=True)
        elif isinstance(error, ReadingListError):
            error.hint = f"{error.hint} Your text is kept in {self.path}.".strip()


def editor_command() -> list[str]:
    """The editor and its options: $VISUAL, else $EDITOR, else one that is usually there."""
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(variable, ""))
        except ValueError as error:
            raise EditorFailed(
                f"${variable} cannot be understood: {os.environ[variable]!r}.",
                hint="Check its quotes.",
            ) from error
        if words:
            return words
    for name in _FALLBACKS:
        if found := shutil.which(name):
            return [found]
    raise EditorFailed("No editor was found.", hint="Set $VISUAL or $EDITOR to one.")


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Let ctrl+c mean what it means in the editor; it would end us, and the editor with us.

    A handler of Python's own is not inherited by the editor, as SIG_IGN would be.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
