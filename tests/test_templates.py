"""Templates of the user's own: what they see, and what becomes of those that go wrong."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from readinglist import templates
from readinglist.errors import TemplateFailed
from readinglist.records import Entry
from readinglist.stopping import Stopped, stoppable
from readinglist.templates import Template

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
        ("{{ papers.append(1) }}", 1, "may not do that"),
        ("\n\n{{ 'x' * 10 ** 9 }}", 3, "repeated too often"),
        ("{{ 10 ** 10 ** 9 }}", 1, "power is too large"),
        ("{{ '%999999999d'|format(1) }}", 1, "too wide"),
        ("{{ 'x'.center(10 ** 9) }}", 1, "too wide"),
        ("{{ 'x'|indent(10 ** 9) }}", 1, "too wide"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "calls itself"),
        ("{% for x in range(10 ** 9) %}{% endfor %}", 1, "Range too big"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, source: str, line: int, said: str
) -> None:
    message = refusal(tmp_path, source)
    assert f", line {line}: " in message
    assert said in message


ENDLESS = "{% for x in range(99999) %}{% for y in range(99999) %}{{ WORD }}{% endfor %}{% endfor %}"


def test_a_template_that_works_for_ever_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_PATIENCE", 0.05)
    assert "without a word" in refusal(tmp_path, ENDLESS.replace("{{ WORD }}", ""))


def test_a_template_that_writes_for_ever_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_LONGEST", 1 << 20)
    assert "writes more than 1 million" in refusal(tmp_path, ENDLESS.replace("WORD", "'x' * 999"))


def test_filling_in_can_be_stopped(tmp_path: Path) -> None:
    asked = itertools.count()
    with pytest.raises(Stopped), stoppable(lambda: next(asked) > 2):
        filled(tmp_path, "{% for paper in papers * 9 %}{{ paper.title }}{% endfor %}")


def test_a_file_that_is_no_template_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large").write_bytes(b" " * (1 << 21))
    for name, said in (("missing", "no such file"), ("binary", "no UTF-8"), ("large", "larger")):
        with pytest.raises(TemplateFailed, match=said):
            Template(tmp_path / name)
