"""`readinglist export`: nothing but the export on stdout, files never lost, keys that stay."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest

from tests.cli.conftest import PAPERS, PROGRAM, Shell


def test_standard_output_holds_only_the_export(filled: Shell) -> None:
    bibtex = filled.ok("export", "--format", "bibtex")
    keys = filled.keys()
    assert [bibtex.out.index(f"{{{key},") for key in keys] == sorted(
        bibtex.out.index(f"{{{key},") for key in keys
    )
    assert bibtex.err == "All 5 have no author or no year.\n"
    assert bibtex.out == filled.ok("export", "--format", "bibtex", "-o", "-").out
    lines = filled.ok("export", "cups", "--format", "jsonl").lines
    assert [json.loads(line)["title"] for line in lines] == [list(PAPERS)[3]]
    markdown = filled.ok("export", "--format", "markdown", PYTHONIOENCODING="ascii")
    assert list(PAPERS)[4] in markdown.out
    assert "\x1b" not in bibtex.out + markdown.out


def test_an_existing_file_is_replaced_only_with_force(filled: Shell) -> None:
    written = filled.ok("export", "--format", "bibtex", "-o", "refs.bib")
    target = filled.folder / "refs.bib"
    assert written.out == ""
    assert written.err.startswith("Exported 5 papers to refs.bib.\n")
    assert target.read_text("utf-8") == filled.ok("export", "--format", "bibtex").out
    refused = filled.run("export", "cups", "--format", "bibtex", "-o", "refs.bib")
    assert refused.code == 1
    assert "--force" in refused.err
    assert target.read_text("utf-8").count("\n@") + target.read_text("utf-8").startswith("@") >= 5
    filled.ok("export", "cups", "--format", "bibtex", "-o", "refs.bib", "--force")
    assert target.read_text("utf-8") == filled.ok("export", "cups", "--format", "bibtex").out


def test_what_the_target_has_no_place_for_is_said(filled: Shell) -> None:
    key = filled.keys("cups")[0]
    filled.ok("mark", "read", key)
    filled.ok("star", key)
    filled.ok("edit", key, "--author", "Ann Lee", "--year", "2024", "--set", "pmid=17")
    rest = "4 of 5 have no author or no year.\n"
    assert filled.ok("export", "--format", "ris").err == rest
    written = filled.ok("export", "cups", "--format", "biblatex", "-o", "refs.bib")
    assert written.err == "Exported 1 paper to refs.bib.\n"
    listed = filled.ok("export", "--format", "markdown")
    assert listed.err == "Markdown checklist leaves out: pmid (1).\n"
    (filled.folder / "notes").mkdir()
    notes = filled.ok("export", "cups", "--format", "markdown", "--vault", "notes")
    assert notes.err.endswith("\nFolder of notes leaves out: pmid.\n")
    for name in ("jsonl", "csv"):
        assert filled.ok("export", "--format", name).err == ""


def test_the_library_is_never_the_target(filled: Shell) -> None:
    before = filled.library.read_bytes()
    result = filled.run("export", "--format", "bibtex", "-o", str(filled.library), "--force")
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert filled.library.read_bytes() == before


@pytest.mark.parametrize("target", ["missing/refs.bib", ".", "new/", "new/.", "data/../new//"])
def test_a_target_that_cannot_be_written_is_a_sentence(filled: Shell, target: str) -> None:
    result = filled.run("export", "--format", "bibtex", "-o", target, "--force")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("readinglist: ")
    assert result.err.count("\n") == 1
    assert sorted(path.name for path in filled.folder.iterdir()) == ["data"]


def test_exporting_nothing_is_an_empty_export_and_a_remark(filled: Shell) -> None:
    for name in ("bibtex", "biblatex", "markdown", "csl-json", "ris", "csv", "jsonl"):
        result = filled.ok("export", "zzyzxqqq", "--format", name)
        assert "No paper matches" in result.err
    assert filled.ok("export", "zzyzxqqq", "--format", "jsonl").out == ""


def test_an_export_that_changes_nothing_loads_no_sqlmodel(filled: Shell) -> None:
    filled.ok("export", "--format", "bibtex")  # now every key is handed out
    before = filled.library.read_bytes()
    code, heavy = filled.loaded_by("export", "--format", "bibtex")
    assert code == 0
    assert heavy <= {"sqlite3"}
    assert filled.library.read_bytes() == before


def test_options_go_to_the_formats_that_have_them(filled: Shell) -> None:
    key = filled.keys("cups")[0]
    filled.ok("tag", key, "--add", "robots")
    by_tag = filled.ok("export", "--format", "markdown", "--group-by", "tag", "--abstracts").out
    assert "## robots (1)" in by_tag
    assert "  > A robot that has lifted" in by_tag
    assert "\n## " not in filled.ok("export", "--format", "markdown", "--group-by", "none").out
    assert filled.ok("export", "--format", "csv", "--excel").out.startswith("\ufeffkey,title")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "bibtex", "--group-by", "tag"), "--group-by goes with markdown, not with"),
        (("--format", "ris", "--abstracts"), "--abstracts goes with markdown, not with ris"),
        (("--format", "markdown", "--excel"), "--excel goes with csv, not with markdown"),
        (("--format", "markdown", "--group-by", "tags"), "Did you mean tag?"),
    ],
)
def test_an_option_that_does_not_go_with_the_format_is_misuse(
    filled: Shell, words: tuple[str, ...], said: str
) -> None:
    result = filled.run("export", *words)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_folder_of_notes_is_brought_up_to_date(filled: Shell) -> None:
    (filled.folder / "notes").mkdir()
    words = ("export", "--format", "markdown", "--vault", "notes")
    first = filled.ok(*words)
    assert (first.out, first.err) == (
        "",
        "Exported 5 papers to notes: 5 new, 0 updated, 0 unchanged.\n",
    )
    key = filled.keys("cups")[0]
    path = filled.folder / "notes" / f"{key}.md"
    path.write_text(path.read_text("utf-8") + "\nMy words.\n", "utf-8")
    filled.ok("mark", "read", key)
    assert filled.ok(*words).err == "Exported 5 papers to notes: 0 new, 1 updated, 4 unchanged.\n"
    assert "status: read\n" in path.read_text("utf-8")
    assert path.read_text("utf-8").endswith("\nMy words.\n")


def test_a_note_that_cannot_be_read_fails_alone(filled: Shell) -> None:
    key = filled.keys("cups")[0]
    damaged = f"---\ncitekey: {key}\n---\ncaf".encode() + b"\xe9"
    filled.file("notes/mine.md", damaged)
    result = filled.run("export", "--format", "markdown", "--vault", "notes")
    assert (result.code, result.out) == (1, "")
    assert "4 new" in result.err
    assert "mine.md is no UTF-8 text" in result.err
    assert (filled.folder / "notes" / "mine.md").read_bytes() == damaged


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "bibtex", "--vault", "."), "--vault goes with markdown, not with bibtex"),
        (("--format", "markdown", "--vault", ".", "-o", "x"), "-o does not go with --vault"),
        (("--format", "markdown", "--vault", ".", "--force"), "--force does not go with --vault"),
        (("--format", "markdown", "--vault", ".", "--abstracts"), "does not go with --vault"),
        (("--format", "ris", "--template", "x"), "--format does not go with --template"),
        (("--vault", ".", "--template", "x"), "--vault does not go with --template"),
        (("--excel", "--template", "x"), "--excel does not go with --template"),
    ],
)
def test_ways_to_export_that_do_not_go_together_are_misuse(
    filled: Shell, words: tuple[str, ...], said: str
) -> None:
    result = filled.run("export", *words)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_template_is_filled_in_or_told_where_it_is_wrong(filled: Shell) -> None:
    filled.file("list.j2", "{% for paper in papers %}{{ paper.key }}\n{% endfor %}")
    assert filled.ok("export", "--template", "list.j2").lines == filled.keys()
    filled.file("wrong.j2", "one\n{{ papers[0].titel }}\n")
    result = filled.run("export", "--template", "wrong.j2", "-o", "list.html")
    assert result.code == 1
    assert "wrong.j2, line 2: " in result.err
    assert not (filled.folder / "list.html").exists()


@pytest.mark.skipif(os.name == "nt", reason="only POSIX asks programs to end")
def test_an_export_that_is_told_to_end_leaves_no_file_behind(filled: Shell) -> None:
    many = "{% for a in range(99999) %}"
    filled.file("endless.j2", f"{many}{many}{{% endfor %}}{{% endfor %}}")
    words = ("export", "--template", "endless.j2", "-o", "list.html")
    process = subprocess.Popen([*PROGRAM, *words], cwd=filled.folder, env=filled.env)
    deadline = time.monotonic() + 60
    while not [*filled.folder.glob("*.tmp")]:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 130
    assert not [*filled.folder.glob("*.tmp"), *filled.folder.glob("list.html")]


def test_a_template_that_fails_at_once_hands_out_no_key(filled: Shell) -> None:
    key = filled.keys("cups")[0]
    filled.file("wrong.j2", "{{ papers[0].titel }}")
    assert filled.run("export", "cups", "--template", "wrong.j2").code == 1
    filled.ok("edit", key, "--author", "Ann Lee", "--year", "2024")
    assert filled.keys("cups") != [key]
    [key] = filled.keys("cups")
    filled.file("right.j2", "{{ papers[0].key }}")
    assert filled.ok("export", "cups", "--template", "right.j2").out == key
    filled.ok("edit", key, "--author", "Bo Ek", "--year", "1999")
    assert filled.keys("cups") == [key]


@pytest.mark.parametrize("target", ["missing", "file", "link"])
def test_a_folder_of_notes_that_cannot_be_is_a_sentence(filled: Shell, target: str) -> None:
    filled.file("file", "mine")
    (filled.folder / "link").symlink_to(".", target_is_directory=True)
    before = sorted(path.name for path in filled.folder.iterdir())
    result = filled.run("export", "--format", "markdown", "--vault", target)
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert sorted(path.name for path in filled.folder.iterdir()) == before
