"""What a config file says, and what is said of the lines that cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.settings import Settings, load
from readinglist.settings.kinds import Kind
from readinglist.settings.lines import leaves, lines_of
from readinglist.settings.reading import read_text
from readinglist.settings.table import SETTINGS

TOML = """\
# Mine, and nobody else's.
theme = "nord"
mouse = false
reading-limit = 3

[list]  # in this order
columns = [
  "title",
  "year",
]

[keys]
edit.read = "x"
"edit.skipped" = ["z", "delete"]

[themes.mine]
primary = "#123456"
dark = false
"""


def told(text: str) -> list[str]:
    return [found.told(Path("config.toml")) for found in read_text(text).complaints]


def test_values_of_every_kind_are_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(TOML, encoding="utf-8")
    settings = load(file)
    assert settings.complaints == ()
    assert settings.text("theme") == "nord"
    assert settings.yes("mouse") is False
    assert settings.number("reading-limit") == 3
    assert settings.names("list.columns") == ("title", "year")
    assert settings.entries("keys") == {"edit.read": ("x",), "edit.skipped": ("z", "delete")}
    assert settings.entries("themes") == {"mine.primary": "#123456", "mine.dark": False}
    assert settings.source("theme") == "file"
    assert settings.source("ascii") == "default"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thema = 'x'", "line 1: thema: there is no such setting. Did you mean theme?"),
        ("\n[list]\ncolumn = 1", "line 3: list.column: there is no such setting. Did you mean"),
        ("\n\nmouse = 'off'", 'line 3: mouse: it takes true or false, not "off". The default'),
        ("theme = 3", "line 1: theme: it takes text in quotes, not 3."),
        ("reading-limit = true", "line 1: reading-limit: it takes a whole number"),
        ("reading-limit = -1", "not -1. The default holds: 0."),
        ("[list]\nlong-titles = 'wrop'", 'line 2: list.long-titles: there is no "wrop". Did you'),
        ("[list]\ncolumns = []", "line 2: list.columns: it takes a list of names in quotes"),
        ("[list]\ncolumns = [\n'title',\n'title']", 'line 2: list.columns: "title" is in it twice'),
        ("list.columns = ['yaer']", 'Did you mean "year"?'),
        ("[export]\nformat = 'bibtexx'", 'line 2: export.format: there is no "bibtexx". Did you'),
        ("keys = 3", "line 1: keys: it takes a table, not 3."),
        ("[keys]\nedit.read = 3", "line 2: keys.edit.read: it takes a key in quotes"),
        ("[keys]\nedit.read = []", "line 2: keys.edit.read: it takes a key in quotes"),
        ("a = 1\nb = ", "config.toml, line 2: it is not TOML: invalid value."),
        ("a = '''\n\n", "config.toml: it is not TOML"),
        ("theme = 'x'\ntheme = 'y'", "line 2: it is not TOML: cannot overwrite a value."),
        ("mouse = 'a\x1b[31m'", "it is not TOML"),
        (f"a = {'9' * 5000}", "it is not TOML"),
        (f"reading-limit = 0x{'f' * 9000}", "not a very large number."),
        (f"{'a.' * 9000}a = 1", "its tables are in each other without end."),
        (f"a = {'[' * 9000}", "its tables are in each other without end."),
    ],
)
def test_what_cannot_be_used_is_told_with_line_key_and_fix(text: str, sentence: str) -> None:
    (complaint,) = told(text)
    assert sentence in complaint


def test_the_other_lines_of_a_file_with_faults_hold() -> None:
    read = read_text("mouse = 1\ntheme = 'nord'\ntheem = 1")
    assert read.values == {"theme": "nord"}
    assert [complaint.line for complaint in read.complaints] == [1, 3]


@given(st.text() | st.text(alphabet="=[]{}'\"\n#.ab \\1t"))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    for complaint in read_text(text).complaints:
        assert complaint.told(Path("c"))


_NAMES = st.text(alphabet="abc", min_size=1, max_size=3)
_VALUES = st.sampled_from(
    ["1", "'x'", '"""a\n[b]\nc = 1"""', "[\n1,\n# no\n2]", "{a = {b = 1}}", "'''\n'''", "[]"]
)


@given(st.lists(st.tuples(_NAMES, _VALUES), unique_by=lambda pair: pair[0]), st.integers(0, 3))
def test_every_value_is_found_on_the_line_where_it_begins(
    pairs: list[tuple[str, str]], blank: int
) -> None:
    text, expected = "[t]\n", {}
    for name, value in pairs:
        text += "\n" * blank + "# a = 1\n"
        expected[name] = text.count("\n") + 1
        text += f"{name} = {value}\n"
    lines = lines_of(text)
    for path, _ in leaves(tomllib.loads(text)):
        if len(path) > 1:
            assert lines[path] == expected[path[1]]


@pytest.mark.parametrize("kind", ["folder", "pipe", "bytes", "huge", "missing", "closed"])
def test_a_file_that_cannot_be_read_leaves_the_defaults_and_is_told(
    tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "config.toml"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "bytes":
        file.write_bytes(b"theme = '\xff'")
    elif kind == "huge":
        file.write_text("#" * 300_000)
    elif kind == "closed":
        file = file / "inside"
        file.parent.write_text("")
    settings = load(file)
    assert settings.text("theme") == ""
    assert len(settings.complaints) == 1


def test_every_default_is_what_its_setting_takes() -> None:
    from readinglist.settings.kinds import checked

    for setting in SETTINGS:
        if setting.kind is not Kind.OPEN:
            assert checked(setting.kind, setting.default, setting.choices()) == setting.default
        assert setting.help.endswith(".")


def test_without_a_file_its_readers_are_not_imported(tmp_path: Path) -> None:
    program = (
        "import sys; from readinglist.settings import load; load()\n"
        "print({'tomllib', 'tomlkit', 'dataclasses', 'rapidfuzz', 'readinglist.formats'}"
        " & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_an_environment_variable_has_more_weight_than_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("mouse = true\nreading-limit = 1\n", encoding="utf-8")
    rows = {row.name: row for row in SETTINGS}
    for name in ("mouse", "reading-limit"):
        variable = f"A_TEST_{name.upper()}"
        row = rows[name]._replace(environment=variable)
        monkeypatch.setattr("readinglist.settings.SETTINGS", (row,))
        monkeypatch.setenv(variable, "0")
        assert Settings(file).value(name) in (False, 0)
        assert Settings(file).source(name) == "environment"
        monkeypatch.setenv(variable, "maybe")
        assert Settings(file).source(name) == "file"
        assert f"${variable} is set aside" in Settings(file).complaints[0].message
