"""The direction of imports, as pyproject.toml states it, and what each door loads."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from readinglist.cli.commands import COMMANDS
from readinglist.library import Library
from tests.conftest import put_in

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


# What each door does without until it has shown what it is for; all of it takes longer to import
# than Python takes to start.
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "rapidfuzz"}
NOT_FOR_HELP = {
    *HEAVY,
    "dataclasses",
    "inspect",
    "json",
    "pathlib",
    "shutil",
    "sqlite3",
    "tempfile",
}
SEARCHING = {
    f"readinglist.library.{name}" for name in ("search.searcher", "query.parsing", "index.folding")
}
NOT_FOR_A_LIST = {*HEAVY, "dataclasses", "inspect", "platformdirs", "shutil", "tempfile"}


def loaded(program: str, *words: str) -> set[str]:
    """The modules that a program has loaded at its end, which it prints to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def loaded_by_command(*words: str) -> set[str]:
    return loaded(
        "from readinglist.cli import main\n"
        "main(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)",
        *words,
    )


def ours(modules: set[str], package: str) -> set[str]:
    return {name for name in modules if name.startswith(f"readinglist.{package}")}


def test_help_imports_no_command() -> None:
    modules = loaded_by_command("--help")
    assert not NOT_FOR_HELP & modules
    assert ours(modules, "cli.") == {
        f"readinglist.cli.{name}"
        for name in ("arguments", "command", "commands", "measure", "output")
    }
    assert "readinglist.records" not in modules


def test_a_plain_list_does_not_wait_for_the_query_language(library: Library) -> None:
    put_in(library, "Diffusion Models")
    modules = loaded_by_command("--library", str(library.path), "list", "--limit", "20")
    assert not NOT_FOR_A_LIST & modules
    assert not SEARCHING & modules
    assert not ours(modules, "formats")


def test_the_first_rows_of_the_app_wait_for_no_dialog_and_no_search(library: Library) -> None:
    put_in(library, "Diffusion Models")
    modules = loaded(
        "from pathlib import Path\n"
        "from readinglist.tui.app import ReadingListApp\n"
        "from readinglist.tui.widgets.paper_list import PaperList\n"
        "paint = PaperList.line\n"
        "def first_line(self, *args):\n"
        "    PaperList.line = paint\n"
        "    print(*sys.modules, file=sys.__stderr__)\n"
        "    self.app.exit()\n"
        "    return paint(self, *args)\n"
        "PaperList.line = first_line\n"
        "ReadingListApp(Path(sys.argv[1])).run(headless=True)",
        str(library.path),
    )
    assert "readinglist.tui.widgets.paper_list" in modules
    assert not HEAVY & modules
    assert not ours(modules, "formats") | ours(modules, "importing") | ours(modules, "editor")
    assert not SEARCHING & modules
    assert "readinglist.tui.main.reasons" not in modules
    assert ours(modules, "tui.screens.") <= {
        f"readinglist.tui.screens.{name}" for name in ("dialog", "key_hints", "line", "thrift")
    }


def test_nothing_but_a_lookup_loads_what_goes_out_into_the_network(library: Library) -> None:
    put_in(library, "Diffusion Models")
    file = str(library.path)
    assert "urllib3" not in loaded_by_command("lookup", "--help")
    assert "urllib3" not in loaded_by_command("--library", file, "suggestions")
    assert "urllib3" not in loaded_by_command("--library", file, "lookup", "nobody")
    dialogs = loaded(
        "from importlib import import_module\n"
        "from pkgutil import iter_modules\n"
        "from readinglist.tui import screens\n"
        "for module in iter_modules(screens.__path__, f'{screens.__name__}.'):\n"
        "    import_module(module.name)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    assert "readinglist.tui.screens.add_dialog" in dialogs
    assert not {"urllib3", "requests", "httpx", "http.client"} & dialogs


def test_every_command_is_where_the_list_of_commands_says() -> None:
    for offer in COMMANDS.values():
        assert offer.command().run is not None
    families = {offer.family for offer in COMMANDS.values()}
    told = {
        name for family in families for name in import_module(f"readinglist.cli.{family}").COMMANDS
    }
    assert told == {*COMMANDS}
