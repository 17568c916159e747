"""The direction of imports, as pyproject.toml states it, and what each door loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_no_module_imports_a_layer_above_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["import", "--help"], ["nonsense"]])
def test_help_and_version_load_neither_the_app_nor_the_database(words: list[str]) -> None:
    program = (
        "import sys; from readinglist.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print({'textual', 'rich', 'sqlmodel', 'sqlalchemy', 'pydantic'} & set(sys.modules),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "set()"
