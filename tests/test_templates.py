"""Templates of the user's own: what they see, and what becomes of those that go wrong."""

from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path

import pytest

from readinglist import templates
from readinglist.errors import TemplateFailed
from readinglist.records import Entry
from readinglist.stopping import Stopped, stoppable
from readinglist.templates import Template, elsewhere, memory

PAPERS = [
    Entry(1, "lee2024", r"On \textit{fish} & M^{3}", authors=("Ann Lee", "Bo Ek"), year=2024,
          tags=("rl",), doi="10.1000/1", note='Say "hi"'),
    Entry(2, "b", "[x](y)"),
]  # fmt: skip


def filled(folder: Path, source: str, papers: list[Entry] = PAPERS) -> str:
    path = folder / "list.j2"
    path.write_text(source, "utf-8")
    return "".join(Template(path).write(papers))


def refusal(folder: Path, source: str) -> str:
    with pytest.raises(TemplateFailed) as caught:
        filled(folder, source)
    assert "\n" not in str(caught.value)
    assert "list.j2" in str(caught.value)
    return str(caught.value)


def test_a_template_sees_the_papers_as_people_read_them(tmp_path: Path) -> None:
    source = (
        "{# for a talk #}\n"
        "{% for paper in papers %}\n"
        '- {{ paper.title }}, {{ paper.authors|join("; ") }} {{ paper.year }} {{ paper.links }}\n'
        "{% endfor %}\n"
        "{{ papers|length }}\n"
    )
    assert filled(tmp_path, source) == (
        "- On fish & M³, Ann Lee; Bo Ek 2024 ['https://doi.org/10.1000/1']\n- [x](y),   []\n2\n"
    )


def test_texts_can_be_made_safe_for_other_formats(tmp_path: Path) -> None:
    source = (
        "{{ papers[0].title|latex }} {{ papers[1].title|markdown }} {{ papers[0].note|yaml }}"
        " {{ papers[0].title|e }} {{ papers[0].note|tojson }} {{ papers[0].note|indent(2) }}"
    )
    assert filled(tmp_path, source) == (
        r'On fish \& M³ \[x\](y) "Say \"hi\"" On fish &amp; M³ "Say \"hi\"" Say "hi"'
    )


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("a\n{{ papers[0].titel }}", 2, "titel"),
        ("{{ papers[0].year + 'x' }}", 1, "unsupported operand"),
        ("{% include 'other' %}", 1, "no loader"),
        ("\n{{ ''.__class__.__mro__ }}", 2, "may not do that"),
        ("{{ ''|attr('__class__') }}", 1, "may not do that"),
        ("{{ '{0.__class__.__mro__}'.format(1) }}", 1, "may not do that"),
        ("{{ papers|map(attribute='__class__')|join }}", 1, "may not do that"),
        ("{{ self.__init__.__globals__ }}", 1, "may not do that"),
        ("{{ papers.append(1) }}", 1, "may not do that"),
        ("\n\n{{ 'x' * 10 ** 10 }}", 3, "more than 1 GB of memory"),
        ("{{ '%9999999999d'|format(1) }}", 1, "more than 1 GB of memory"),
        ("{{ papers|batch(10 ** 9, 'x')|list }}", 1, "more than 1 GB of memory"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "calls itself"),
        ("{% for x in range(10 ** 9) %}{% endfor %}", 1, "Range too big"),
        ("{{ 1 // 0 }}", 1, "by zero"),
        ("{{ papers[7].title }}", 1, "no element 7"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, source: str, line: int, said: str
) -> None:
    message = refusal(tmp_path, source)
    assert f", line {line}: " in message
    assert said in message


LOOP = "{% for a in papers %}"
WITHOUT_A_WORD = [
    LOOP * 9 + "{% endfor %}" * 9,
    "{{ 10 ** (10 ** 9) }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_PATIENCE", 2.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("source", WITHOUT_A_WORD)
def test_a_template_that_works_for_ever_is_ended(tmp_path: Path, source: str) -> None:
    many = [Entry(number, f"key{number}", "x") for number in range(200)]
    (tmp_path / "list.j2").write_text(source)
    with pytest.raises(TemplateFailed, match="more than 2 seconds without a word"):
        "".join(Template(tmp_path / "list.j2").write(many))


def test_a_template_that_writes_for_ever_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_LONGEST", 1 << 20)
    source = "{% for x in range(99999) %}{{ 'x' * 9999 }}{% endfor %}"
    assert "writes more than 1 million" in refusal(tmp_path, source)


GROWS = "{% set n = namespace(x='x' * 99999) %}{% for a in range(12) %}{% set n.x = n.x ~ n.x %}"
SPINS = "{% endfor %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def test_a_template_that_grows_is_ended_where_the_system_sets_no_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "MEMORY", 1 << 27)  # which is less than the system's
    began = time.monotonic()
    assert "GB of memory" in refusal(tmp_path, GROWS + SPINS)
    assert time.monotonic() - began < elsewhere._PATIENCE


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="there is no ps")
def test_every_way_to_ask_for_a_processs_memory_says_about_the_same() -> None:
    kept = b"x" * (1 << 26)
    assert memory.by_ps(os.getpid()) == pytest.approx(memory.taken(os.getpid()), rel=0.2)
    assert memory.taken(os.getpid()) > len(kept)
    assert memory.taken(1 << 30) == 0


def test_filling_in_can_be_stopped_where_nothing_is_written(tmp_path: Path) -> None:
    until = time.monotonic() + 1
    with pytest.raises(Stopped), stoppable(lambda: time.monotonic() > until):
        filled(tmp_path, "{{ 10 ** (10 ** 9) }}")
    assert time.monotonic() < until + 5


def test_what_is_written_comes_while_the_rest_is_being_made(tmp_path: Path) -> None:
    (tmp_path / "list.j2").write_text("{{ 'x' * 99999 }}{{ 10 ** (10 ** 9) }}")
    pieces = Template(tmp_path / "list.j2").write(PAPERS)
    assert next(pieces).startswith("xxx")
    pieces.close()  # type: ignore[attr-defined] # a generator


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux tells what limits there are")
def test_a_process_whose_program_was_killed_ends_by_itself(tmp_path: Path) -> None:
    (tmp_path / "list.j2").write_text("{{ 10 ** (10 ** 9) }}")
    found: list[str] = []

    def asked() -> bool:
        """Look at the processes while it is being filled in."""
        for child in (
            Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
        ):
            limits = Path(f"/proc/{child}/limits").read_text()
            found.extend(re.findall("Max cpu time +([0-9]+)", limits))
        return bool(found)

    with pytest.raises(Stopped), stoppable(asked):
        "".join(Template(tmp_path / "list.j2").write([]))
    assert 0 < int(found[0]) < 100


def test_where_jinja_is_missing_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "find_spec", lambda _name: None)
    with pytest.raises(TemplateFailed, match=r"not installed.*pip install"):
        Template(tmp_path / "list.j2")


def test_a_file_that_is_no_template_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large").write_bytes(b" " * (1 << 21))
    for name, said in (("missing", "no such file"), ("binary", "no UTF-8"), ("large", "larger")):
        with pytest.raises(TemplateFailed, match=said):
            Template(tmp_path / name)
