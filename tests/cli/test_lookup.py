"""Lookups from the command line: what goes out, what is written, and what is said."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.text import clean
from tests.cli.conftest import PAPERS, PROGRAM, Shell, capture
from tests.lookup import shapes
from tests.lookup.server import Asked, Reply, Server, as_atom, as_json, serving
from tests.lookup.shapes import Known

WORKS = [
    Known(clean(title), abstract, arxiv=f"2401.{number:05}", number=number)
    for number, (title, abstract) in enumerate(PAPERS.items())
]
WORKS[1] = WORKS[1]._replace(doi="10.1234/abc", journal="Journal of Books (2024)")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(shapes.arxiv(WORKS)) as running:
        yield running


@pytest.fixture
def online(filled: Shell, server: Server) -> Shell:
    filled.env["READINGLIST_ARXIV_URL"] = server.url
    filled.env["XDG_CACHE_HOME"] = str(filled.folder / "cache")
    return filled


def test_bare_titles_become_entries_that_can_be_cited(online: Shell, server: Server) -> None:
    done = online.ok("lookup")
    assert len(server.asked) == 1
    assert "5 papers are looked up at arXiv" in done.err
    assert "no note, no tag, no file" in done.err
    assert "5 filled in" in done.err or "to review" in done.err
    papers = {paper["title"]: paper for paper in online.papers()}
    paper = papers["Sparse Attention Keeps Long Documents Short"]
    assert paper["authors"] == ["Ada Lovelace", "Ludwig van Beethoven"]
    assert (paper["year"], paper["venue"]) == (2024, "Journal of Books (2024)")
    assert (paper["doi"], paper["arxiv_id"]) == ("10.1234/abc", "2401.00001")
    (shown,) = online.ok("show", paper["key"], "--json").json
    assert shown["origins"]["authors"]["provider"] == "arxiv"
    assert shown["origins"]["doi"]["score"] == 1.0
    assert "from arXiv, " in online.ok("show", paper["key"]).out
    online.ok("undo")
    assert all(not paper["authors"] for paper in online.papers())


def test_nothing_goes_out_unless_it_is_asked_for(online: Shell, server: Server) -> None:
    key = online.keys()[0]
    commands = ("list", f"show {key}", "export --format bibtex", "history", "suggestions", "doctor")
    for command in (*commands, "lookup --help", "add --help"):
        online.run(*command.split())
    assert not server.asked


def test_only_the_first_lookup_says_what_is_sent_where(online: Shell, server: Server) -> None:
    assert server.url.removeprefix("http://") in online.ok("lookup", "sparse").err
    assert "are looked up at" not in online.ok("lookup", "sparse").err


def test_a_second_lookup_asks_nothing_again(online: Shell, server: Server) -> None:
    online.ok("lookup")
    online.ok("undo")
    online.ok("lookup")
    assert len(server.asked) == 1


def test_json_tells_of_every_paper(online: Shell) -> None:
    report = online.ok("lookup", "sparse OR grasp", "--json").json
    assert report["provider"] == "arxiv"
    assert report["error"] is None
    assert report["totals"]["papers"] == len(report["papers"]) == 2
    paper = next(paper for paper in report["papers"] if paper["identifier"] == "2401.00001")
    assert paper["outcome"] == "filled"
    assert {"authors", "year", "doi"} <= {*paper["fields"]}
    assert paper["score"] == 1.0
    assert paper["record"]["authors"] == ["Ada Lovelace", "Ludwig van Beethoven"]


def test_a_dry_run_changes_nothing(online: Shell) -> None:
    before = online.library.read_bytes()
    report = online.ok("lookup", "--dry-run", "--json").json
    assert report["dry_run"]
    assert report["totals"]["filled"] >= 4
    assert online.library.read_bytes() == before
    assert online.ok("lookup", "--dry-run").err.count("dry run") == 1
    assert all(not paper["authors"] for paper in online.papers())


def test_what_is_not_sure_is_reviewed_not_written(online: Shell, server: Server) -> None:
    server.answer = shapes.arxiv([work._replace(abstract=None) for work in WORKS])
    done = online.ok("lookup", "sparse OR grasp")
    assert "2 to review" in done.err
    assert all(not paper["authors"] for paper in online.papers())
    suggested = online.ok("suggestions", "--json").json
    assert [each["identifier"] for each in suggested] == ["2401.00001", "2401.00003"]
    assert "2401.00001" in online.ok("suggestions").out
    one, other = (each["key"] for each in suggested)
    online.ok("accept", one)
    taken = next(p for p in online.papers() if p["arxiv_id"] == "2401.00001")
    assert taken["authors"] == ["Ada Lovelace", "Ludwig van Beethoven"]
    online.ok("reject", other)
    assert "nothing to review" in online.ok("suggestions").err
    assert online.ok("lookup", "grasp", "--json").json["totals"]["suggested"] == 0
    assert online.run("accept", other).code == 1


def test_a_suggestion_must_be_named_where_there_are_two(online: Shell, server: Server) -> None:
    twice = [WORKS[1], WORKS[1]._replace(arxiv="2402.00009", doi="")]
    server.answer = shapes.arxiv(twice)
    online.ok("lookup", "sparse")
    (key,) = {each["key"] for each in online.ok("suggestions", "--json").json}
    asked = online.run("accept", key)
    assert (asked.code, "2402.00009" in asked.err) == (2, True)
    assert online.run("accept", key, "2402.99999").code == 1
    online.ok("accept", key, "2402.00009")
    assert online.papers("sparse")[0]["arxiv_id"] == "2402.00009"
    assert online.ok("suggestions", "--json").json == []


def test_a_suggestion_of_two_providers_is_named_with_one_of_them(
    online: Shell, server: Server
) -> None:
    bare = [WORKS[1]._replace(abstract=None)]
    server.answer = shapes.arxiv(bare)
    online.ok("lookup", "sparse")
    with serving(shapes.SHAPES["huggingface"](bare)) as other:
        online.env["READINGLIST_HUGGINGFACE_URL"] = other.url
        online.ok("lookup", "sparse", "--provider", "huggingface")
    (key,) = {each["key"] for each in online.ok("suggestions", "--json").json}
    asked = online.run("accept", key, "2401.00001")
    assert (asked.code, "huggingface:2401.00001" in asked.err) == (2, True)
    online.ok("accept", key, "huggingface:2401.00001")
    (shown,) = online.ok("show", key, "--json").json
    assert shown["origins"]["authors"]["provider"] == "huggingface"
    assert online.ok("suggestions", "--json").json == []


def test_a_refresh_takes_what_has_been_published_since(online: Shell, server: Server) -> None:
    online.ok("lookup", "grasp")
    (key,) = online.keys("grasp")
    online.ok("edit", key, "--venue", "By hand")
    published = WORKS[3]._replace(doi="10.1234/new", journal="Nature (2025)")
    server.answer = shapes.arxiv([published])
    assert online.ok("lookup", "grasp", "--json").json["papers"] == []
    online.ok("lookup", "grasp", "--refresh")
    (paper,) = online.papers("grasp")
    assert (paper["doi"], paper["year"], paper["arxiv_id"]) == ("10.1234/new", 2025, "2401.00003")
    assert paper["venue"] == "By hand"
    assert "No lookup has written" in online.ok("lookup", "sparse", "--refresh").err


def test_a_refresh_leaves_to_each_provider_what_it_wrote(online: Shell, server: Server) -> None:
    online.ok("lookup", "sparse")
    work = WORKS[1]._replace(authors=("A. Lovelace",), year=1999, journal="Elsewhere")
    with serving(shapes.crossref([work])) as other:
        online.env["READINGLIST_CROSSREF_URL"] = other.url
        settled = online.file("config.toml", '[lookup]\nprovider = "crossref"\n')
        done = online.ok("lookup", "sparse", "--refresh", "--config", str(settled))
        assert "Crossref has written nothing there; arXiv has." in done.err
        assert not other.asked
        online.ok("lookup", "sparse", "--refresh", "--provider", "crossref")
    (paper,) = online.papers("sparse")
    assert (paper["authors"], paper["year"], paper["venue"]) == (["A. Lovelace"], 1999, "Elsewhere")
    assert paper["arxiv_id"] == "2401.00001"
    before = len(server.asked)
    assert "arXiv has written" not in online.ok("lookup", "sparse", "--refresh").err
    assert len(server.asked) == before + 1  # the id is from there still
    assert online.papers("sparse")[0]["authors"] == ["A. Lovelace"]


# What can go wrong


def test_off_line_is_one_sentence_and_changes_nothing(filled: Shell) -> None:
    filled.env["READINGLIST_ARXIV_URL"] = "http://127.0.0.1:9"
    before = filled.library.read_bytes()
    done = filled.run("lookup")
    assert done.code == 1
    assert done.out == ""
    (sentence,) = [line for line in done.err.splitlines() if line.startswith("readinglist:")]
    assert "does not answer, so nothing was changed" in sentence
    assert "--queue" in sentence
    assert filled.library.read_bytes() == before


def test_what_was_asked_for_off_line_is_asked_for_later(online: Shell, server: Server) -> None:
    (key,) = online.keys("sparse")
    online.ok("edit", key, "--author", "A", "--year", "2020", "--arxiv", "2401.00001")
    online.ok("lookup", "grasp")
    done = online.run("lookup", "--queue", READINGLIST_ARXIV_URL="http://127.0.0.1:9")
    assert done.code == 1
    assert "will be asked for by the next" in done.err
    assert len(server.asked) == 1
    report = online.ok("lookup", "--json").json
    assert report["totals"]["papers"] == 3


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(b"<html>robot?</html>", "text/html"), "a web page"),
        (as_atom(shapes.atom_error("x")), "0 filled"),
        (Reply(status=418), "status 418"),
        (Reply(status=302, headers=(("Location", "file:///etc/passwd"),)), "another place"),
        (Reply(status=429, headers=(("Retry-After", "9999"),)), "left alone"),
    ],
)
def test_a_bad_reply_is_one_sentence(
    online: Shell, server: Server, reply: Reply, sentence: str
) -> None:
    server.answer = lambda _: reply
    done = online.run("lookup", "sparse")
    assert "Traceback" not in done.err
    if sentence == "0 filled":
        assert (done.code, "1 not found" in done.err) == (0, True)
    else:
        assert (done.code, sentence in done.err) == (1, True)
    assert all(not paper["authors"] for paper in online.papers())


def test_ctrl_c_ends_a_lookup_at_once_and_keeps_what_was_found(
    online: Shell, server: Server
) -> None:
    more = {f"{title} in the Town of {n}": text for n in range(2) for title, text in PAPERS.items()}
    online.file("more.txt", capture(more))
    online.ok("import", "more.txt")
    asked_twice = threading.Event()
    done = threading.Event()

    def answer(asked: Asked) -> Reply:
        if len(server.asked) > 1:
            asked_twice.set()
            done.wait(20)
        return shapes.arxiv(works)(asked)

    works = [Known(clean(t), a, arxiv=f"2405.{n:05}") for n, (t, a) in enumerate(more.items())]
    server.answer = answer
    process = subprocess.Popen(
        [*PROGRAM, "lookup"], cwd=online.folder, env=online.env, stderr=subprocess.PIPE, text=True
    )
    assert asked_twice.wait(30)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=15)
    done.set()
    assert process.returncode == 130
    assert "Stopped: 5 papers left." in told
    assert "Traceback" not in told
    found = [paper["title"] for paper in online.papers() if paper["authors"]]
    assert len(found) >= 8
    assert {*found} <= {clean(title) for title in more}
    online.ok("undo")
    assert not any(paper["authors"] for paper in online.papers())


@pytest.mark.parametrize(
    ("env", "words", "sentence"),
    [
        ({"READINGLIST_ARXIV_URL": "http://example.org"}, ["lookup"], "plain http"),
        ({"READINGLIST_CROSSREF_URL": "nonsense"}, ["add", "10.1000/a"], "no address"),
        ({}, ["lookup", "--provider", "arxive"], "Did you mean arxiv?"),
        ({}, ["add", "hello"], "neither an arXiv id nor a DOI"),
        ({}, ["add", "10.1000/182", "--provider", "arxiv"], "arXiv knows no DOIs"),
        ({}, ["add"], "ID"),
        ({}, ["add", " , "], "no identifier"),
        (
            {"READINGLIST_OPENALEX_KEY": "\u043a\u043b\u044e\u0447"},
            ["lookup", "--provider", "openalex"],
            "characters that no key has",
        ),
    ],
)
def test_a_mistake_is_told_before_anything_goes_out(
    filled: Shell, env: dict[str, str], words: list[str], sentence: str
) -> None:
    done = filled.run(*words, **env)
    assert (done.code, sentence in done.err) == (2, True), done.err


def test_a_mirror_and_a_key_come_from_the_config_file_and_the_key_is_never_shown(
    filled: Shell,
) -> None:
    def refuse(asked: Asked) -> Reply:
        assert asked.headers["x-api-key"] == "kanarienvogel"
        return Reply(status=403)

    with serving(refuse) as server:
        config = filled.file(
            "config.toml",
            '[lookup]\nprovider = "semantic-scholar"\n'
            f'[lookup.urls]\nsemantic-scholar = "{server.url}"\n'
            '[lookup.keys]\nsemantic-scholar = "kanarienvogel"\n',
        )
        done = filled.run("lookup", "sparse", "--config", str(config))
        shown = filled.ok("config", "--config", str(config))
    assert server.asked
    assert (done.code, "Check your key" in done.err, "your key" in done.err) == (1, True, True)
    written = done.out + done.err + shown.out + shown.err
    written += filled.ok("dump").out + filled.ok("export", "--format", "jsonl").out
    assert "kanarienvogel" not in written


# Adding


@pytest.mark.parametrize(
    "words",
    [["2401.00002"], ["arXiv:2401.00002v3"], ["https://arxiv.org/pdf/2401.00002v1.pdf"],
     ["10.48550/arXiv.2401.00002"], ["https://huggingface.co/papers/2401.00002"],
     ["https://doi.org/10.48550/arXiv.2401.00002"], ["arXiv:", "2401.00002v3", "[cs.CL]"],
     ["https://www.alphaxiv.org/abs/2401.00002"]],
)  # fmt: skip
def test_a_paper_is_added_by_whatever_names_it(
    shell: Shell, server: Server, words: list[str]
) -> None:
    shell.env["READINGLIST_ARXIV_URL"] = server.url
    done = shell.ok("add", *words)
    (paper,) = shell.papers()
    assert paper["arxiv_id"] == "2401.00002"
    assert paper["sources"] == ["arXiv"]
    assert paper["key"] in done.out
    assert "\x1b" not in done.out
    shell.ok("undo")
    assert shell.papers() == []
    assert len(shell.papers("is:trashed")) == 1


def test_adding_by_doi_asks_crossref_and_goes_on_after_a_failure(shell: Shell) -> None:
    with serving(shapes.crossref(WORKS)) as server:
        shell.env["READINGLIST_CROSSREF_URL"] = server.url
        done = shell.run("add", "10.1234/nothing", "https://pub.example/doi/full/10.1234/abc?x=1")
    assert done.code == 1
    assert "Crossref knows no 10.1234/nothing" in done.err
    (paper,) = shell.papers()
    assert paper["doi"] == "10.1234/abc"
    assert paper["title"] == WORKS[1].title


def test_a_group_that_crossref_names_is_one_name_in_every_export(shell: Shell) -> None:
    work = {**shapes.crossref_work(WORKS[1]), "author": [{"name": "Big Data Alliance"}]}
    with serving(lambda _: as_json({"message": work})) as server:
        shell.ok("add", "10.1234/abc", READINGLIST_CROSSREF_URL=server.url)
    assert "author = {{Big Data Alliance}}" in shell.ok("export", "--format", "bibtex").out
    assert '{"literal": "Big Data Alliance"}' in shell.ok("export", "--format", "csl-json").out
    assert "AU  - Big Data Alliance,\n" in shell.ok("export", "--format", "ris").out
    assert "Big Data Alliance\n" in shell.ok("show", shell.keys()[0]).out


def test_an_alias_of_a_doi_is_said_to_be_one(shell: Shell) -> None:
    message = shapes.crossref_work(WORKS[1])
    with serving(lambda _: as_json({"message": message})) as server:
        shell.env["READINGLIST_CROSSREF_URL"] = server.url
        done = shell.ok("add", "10.1234/old")
        assert "10.1234/old is an alias: Crossref calls it 10.1234/abc." in done.err
        first, second = shell.ok("add", "10.1234/older", "10.1234/abc", "--json").json
    assert (first["alias"], first["record"]["doi"]) == (True, "10.1234/abc")
    assert (second["alias"], second["key"]) == (False, first["key"])


def test_several_are_added_and_taken_back_at_once(shell: Shell, server: Server) -> None:
    shell.env["READINGLIST_ARXIV_URL"] = server.url
    shell.ok("add", "2401.00000", "2401.00001", "2401.00002")
    assert len(server.asked) == 1
    assert len(shell.papers()) == 3
    assert "added 3" in shell.ok("history").out
    shell.ok("undo")
    assert shell.papers() == []
    shell.ok("redo")
    assert len(shell.papers()) == 3


def test_what_was_not_there_yesterday_can_be_added_today(shell: Shell, server: Server) -> None:
    shell.env["READINGLIST_ARXIV_URL"] = server.url
    shell.env["XDG_CACHE_HOME"] = str(shell.folder / "cache")
    known, server.answer = server.answer, shapes.arxiv([])
    assert "arXiv knows no 2401.00001" in shell.run("add", "2401.00001").err
    server.answer = known
    shell.ok("add", "2401.00001")
    shell.ok("add", "2401.00001")
    assert len(server.asked) == 2


def test_what_is_here_already_is_said_to_be(online: Shell) -> None:
    online.ok("add", "2401.00001")
    assert len(online.papers()) == len(PAPERS)
    report = online.ok("add", "2401.00001", "--json").json
    assert (report[0]["new"], report[0]["fields"]) == (False, [])
    assert "was here already" in online.ok("add", "2401.00001").err


def test_a_dry_run_of_add_makes_no_library(shell: Shell, server: Server, tmp_path: Path) -> None:
    shell.env["READINGLIST_ARXIV_URL"] = server.url
    done = shell.ok("add", "2401.00001", "--dry-run")
    assert "Sparse Attention" in done.out
    assert not shell.library.exists()


def test_a_lookup_of_the_whole_capture_keeps_its_pace(shell: Shell) -> None:
    many = {f"{title} in the Town of {n}": text for n in range(3) for title, text in PAPERS.items()}
    works = [Known(clean(t), a, arxiv=f"2401.{n:05}") for n, (t, a) in enumerate(many.items())]
    shell.file("capture.txt", capture(many))
    shell.ok("import", "capture.txt")
    with serving(shapes.arxiv(works)) as server:
        shell.ok("lookup", READINGLIST_ARXIV_URL=server.url)
    times = [asked.time for asked in server.asked]
    assert len(times) == 2
    assert times[1] - times[0] >= 3.0
    assert len(server.connections) == 1
