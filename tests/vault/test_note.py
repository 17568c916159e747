"""A note: YAML that every reader reads, and around our part whatever its owner wrote."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readinglist import latex
from readinglist.formats import yaml_text
from readinglist.records import Entry, Status
from readinglist.text import clean_line, without_braces
from readinglist.vault import note
from tests.formats.carried import CLEAN_ENTRIES, as_line
from tests.formats.nasty import ENTRIES, TEXTS

PAPER = Entry(
    1, "lee2024", "Fish: a #review", "It *swims*.\nIt dives.", ("Ann Lee", "Bo Ek"), 2024,
    doi="10.1000/1", urls=("https://a.example",), status=Status.READING,
    tags=("to cite", "rl/x"), note="Mine.", added="2026-01-02T03:04:05Z", aliases=("old-key",),
)  # fmt: skip


def front(text: str) -> dict[str, Any]:
    """The front matter as a library for YAML reads it."""
    _, matter, _ = text.removeprefix("\ufeff").split("---\n", 2)
    found = yaml.safe_load(matter)
    assert isinstance(found, dict)
    return found


def test_a_note_has_front_matter_a_callout_and_the_users_note() -> None:
    text = note.new(PAPER)
    head, _, body = text.partition("\n---\n")
    assert head == (
        "---\n"
        'title: "Fish: a #review"\n'
        "citekey: lee2024\n"
        'aliases:\n  - "Fish: a #review"\n  - old-key\n'
        "authors:\n  - Ann Lee\n  - Bo Ek\n"
        "year: 2024\n"
        "status: reading\n"
        "tags:\n  - to-cite\n  - rl/x\n"
        "urls:\n  - https://a.example\n  - https://doi.org/10.1000/1\n"
        "added: 2026-01-02"
    )
    lines = [line for line in body.split("\n") if line and not line.startswith("<!-- ")]
    assert lines == ["> [!abstract]", "> It \\*swims\\*.", "> It dives.", "Mine."]


@given(entries=CLEAN_ENTRIES | ENTRIES)
@settings(max_examples=150, deadline=None)
def test_a_library_for_yaml_reads_what_the_paper_has(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        found = front(note.new(entry))
        assert found["title"] == clean_line(latex.to_unicode(clean_line(entry.title)))
        assert found["citekey"] == entry.key
        assert found.get("year") == entry.year
        assert found["status"] == str(entry.status)
        assert found.get("starred", False) is entry.starred
        assert found.get("authors", []) == [
            without_braces(clean_line(latex.to_unicode(clean_line(author))))
            for author in entry.authors
        ]
        assert set(entry.aliases) <= set(found["aliases"])
        assert len(found.get("tags", [])) <= len(entry.tags)
        assert note.key_of(note.new(entry)) == entry.key


def test_a_star_comes_and_goes_in_a_note_of_before_it_was_told_there() -> None:
    before = note.new(PAPER)
    starred = note.updated(before, PAPER._replace(starred=True)).text
    assert "\nstatus: reading\nstarred: true\ntags:" in note.new(PAPER._replace(starred=True))
    assert front(starred) == {**front(before), "starred": True}
    assert front(note.updated(starred, PAPER).text) == front(before)
    mine = before.replace("---\n", "---\nstarred: of mine\n", 1)
    assert front(note.updated(mine, PAPER).text)["starred"] == "of mine"


@given(text=TEXTS.map(clean_line) | st.text().map(clean_line))
@example("yes")
@example("Null")
@example("\x85\u2028\ufeff\ud800")
@example("1e5")
@settings(deadline=None)
def test_any_line_is_a_scalar_that_reads_back(text: str) -> None:
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    written = yaml_text.scalar(expected)
    assert yaml.safe_load(f"a: {written}\nb:\n  - {written}\n") == {"a": expected, "b": [expected]}
    assert yaml_text.read(written) == expected


def test_a_day_is_a_date() -> None:
    assert front(note.new(PAPER))["added"] == dt.date(2026, 1, 2)


@given(entries=CLEAN_ENTRIES)
@settings(max_examples=60, deadline=None)
def test_a_second_export_changes_nothing(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        text = note.new(entry)
        assert note.updated(text, entry) == (text, False)
        windows = text.replace("\n", "\r\n")
        assert note.updated("\ufeff" + windows, entry).text == "\ufeff" + windows


OWN = st.lists(
    st.sampled_from(
        ["My words", "", "- [ ] read it", "> [!abstract] mine", "---", "```", "# H", "a: b",
         "<!-- mine -->", "<!-- /readinglist -->", "\ttab", "ends in space ", "%% x %%", "😀"]
    ),
    max_size=4,
)  # fmt: skip


@given(
    entries=CLEAN_ENTRIES.filter(bool),
    changed=CLEAN_ENTRIES.filter(bool),
    own=OWN,
    place=st.integers(0, 50),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=200, deadline=None)  # fmt: skip
def test_every_line_of_the_owners_outside_of_ours_stays(
    entries: tuple[Entry, ...],
    changed: tuple[Entry, ...],
    own: list[str],
    place: int,
    line_end: str,
) -> None:
    lines = note.new(entries[0]).split("\n")
    ends = [at for at, line in enumerate(lines) if line == "<!-- /readinglist -->"]
    behind = lines.index("---", 1)
    outside = [behind + 1, len(lines), *(at + 1 for at in ends)]
    at = outside[place % len(outside)]
    before = line_end.join([*lines[:at], *own, *lines[at:]])
    after = note.updated(before, changed[0]._replace(key=entries[0].key)).text
    left = after.split(line_end)
    for line in own:
        assert line in left
        left.remove(line)


def test_fields_of_the_owners_own_stay_and_ours_follow_the_paper() -> None:
    text = note.new(PAPER).replace("year: 2024\n", "year: 2024 # sure?\nrating: 5\nmine: |\n  x\n")
    text = text.replace("---\n\n", "# a remark\nlast: [1,\n  2]\n---\n\n", 1)
    after = note.updated(text, PAPER._replace(year=None, status=Status.READ)).text
    found = front(after)
    assert "year" not in found
    assert (found["status"], found["rating"], found["mine"]) == ("read", 5, "x\n")
    assert found["last"] == [1, 2]
    assert "# sure?" in after
    assert "# a remark" in after


@pytest.mark.parametrize(
    "tags", ["tags: [to-cite, 'my own']\n", 'tags:\n- "to-cite"\n- my own # why\n',
             "tags:\n  - my own\n  - rl/x\n"],
)  # fmt: skip
def test_tags_and_aliases_of_the_owners_own_stay(tags: str) -> None:
    text = note.new(PAPER).replace("tags:\n  - to-cite\n  - rl/x\n", tags)
    text = text.replace("  - old-key\n", "  - Fishes\n")
    found = front(note.updated(text, PAPER._replace(tags=("new",), aliases=("old-key",))).text)
    assert found["tags"] == ["new", "my own"]
    assert found["aliases"] == ["Fish: a #review", "old-key", "Fishes"]


@pytest.mark.parametrize(
    ("mine", "own"),
    [
        ("title: >-\n  Fish\n\n  and more\nrating: 5\n", ["rating: 5"]),
        ("title: Fish\n# about the year\nyear: 2024\n", ["# about the year"]),
        ("tags:\n  - mine\n\n    # a remark\n  - other\n", ["    # a remark", "  - other"]),
        ("status: read\nno yaml at all\n  more of it\n", ["no yaml at all", "  more of it"]),
        ('mine: "open\ntitle: x\n', ['mine: "open']),
        ("\n\nlast: 1\n", ["last: 1"]),
        ("a: 1\n- b\n\t- c\n:\n? x\n", ["a: 1", "- b", "\t- c", ":", "? x"]),
        ("nested:\n  title: mine\n  citekey: mine\n", ["  title: mine", "  citekey: mine"]),
    ],
)
@pytest.mark.parametrize("end", ["---", "...", "---  "])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_of_the_owners_stays_byte_for_byte(
    mine: str, own: list[str], line_end: str, end: str
) -> None:
    before = f"--- \n{mine}citekey: lee2024\n{end}\nWords.\n".replace("\n", line_end)
    after = note.updated(before, PAPER).text
    assert note.key_of(after) == "lee2024"
    lines = after.split(line_end)
    assert lines[0] == "--- "
    assert lines[lines.index("Words.") - 1] == end
    for line in own:
        assert line in lines
    assert note.updated(after, PAPER).text == after


def test_tags_in_one_line_with_commas_are_several() -> None:
    tagged = PAPER._replace(tags=("rl",))
    text = note.new(tagged).replace("tags:\n  - rl\n", "tags: rl, mine/own, other\n")
    after = note.updated(text, tagged._replace(tags=("rl", "new"))).text
    assert front(after)["tags"] == ["rl", "new", "mine/own", "other"]


def test_a_list_that_is_no_mere_list_is_left_alone() -> None:
    text = note.new(PAPER).replace("tags:\n  - to-cite\n  - rl/x\n", "tags: {a: 1}\n")
    assert front(note.updated(text, PAPER).text)["tags"] == {"a": 1}


def section(text: str, first: str) -> str:
    return text.split(first)[1].split("<!-- /readinglist -->")[0]


def test_words_put_into_our_sections_stay() -> None:
    text = note.new(PAPER).replace("\nMine.\n", "\nMine, and more.\n")
    same = note.updated(text, PAPER)
    assert same.kept
    assert "Mine, and more." in same.text
    both = note.updated(text, PAPER._replace(note="Mine, later."))
    assert both.kept
    assert both.text.index("Mine, later.") < both.text.index("Mine, and more.")
    again = note.updated(both.text, PAPER._replace(note="Mine, later."))
    assert again == (both.text, False)
    emptied = note.updated(text, PAPER._replace(note=None))
    assert "Mine, and more." in emptied.text


def test_a_section_that_its_owner_took_out_does_not_come_back() -> None:
    text = note.new(PAPER)
    start, end = text.index("<!-- readinglist: abstract"), text.index("<!-- readinglist: note")
    without = text[:start] + text[end:]
    assert note.updated(without, PAPER._replace(abstract="Another.")).text.count("!abstract") == 0


def test_sections_come_and_go_with_the_papers_words() -> None:
    bare = note.new(PAPER._replace(abstract=None, note=None))
    assert "<!-- readinglist: note" not in bare
    with_note = note.updated(bare, PAPER._replace(abstract=None)).text
    full = note.updated(with_note, PAPER).text
    assert full == note.new(PAPER)
    gone = note.updated(full, PAPER._replace(abstract=None, note=None)).text
    assert "Mine." not in gone
    assert "swims" not in gone


def test_a_note_of_another_programs_is_taken_over() -> None:
    other = "---\ncitekey: '@lee2024'\nrating: 5\n---\n# Fish\n\nMy words.\n"
    assert note.key_of(other) == "lee2024"
    after = note.updated(other, PAPER).text
    assert front(after)["rating"] == 5
    assert "# Fish\n\nMy words.\n" in after
    assert after.index("My words.") < after.index("!abstract")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""), ("# no front matter\ncitekey: x\n", ""), ("---\ncitekey: x\n", ""),
        ("---\ncitekey: x\n---\n", "x"), ('---\n"citekey": "x" # y\n---\n', "x"),
        ("\ufeff---\r\ncitekey: x\r\n---\r\n", "x"), ("---\na:\n  citekey: x\n---\n", ""),
        ("---\ncitekey: [x, y]\n...\n", "x"), ("---\ncitekey:\n---\n", ""),
    ],
)  # fmt: skip
def test_the_key_of_a_note(text: str, key: str) -> None:
    assert note.key_of(text) == key


@given(entries=ENTRIES)
@settings(max_examples=80, deadline=None)
def test_an_abstract_renders_verbatim_in_its_callout(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        _, _, body = note.new(entry._replace(note=None)).partition("\n---\n")
        tokens = MarkdownIt("gfm-like").parse(body)
        inline = [token for token in tokens if token.type == "inline"]
        shown = "\n".join(
            "".join("\n" if child.type == "softbreak" else child.content
                    for child in token.children or [])
            for token in inline
        )  # fmt: skip
        reading = as_words(latex.to_unicode(entry.abstract or ""))
        assert as_words(shown) == (["[!abstract]", *reading] if reading else [])
        assert not {"link_open", "html_inline"} & {
            child.type for token in inline for child in token.children or []
        }


def as_words(text: str) -> list[str]:
    return clean_line(text).split()


@given(st.text())
def test_any_text_is_brought_up_to_date_without_a_crash(text: str) -> None:
    after = note.updated(text, PAPER).text
    assert note.key_of(after) == "lee2024"
    assert as_line(PAPER.title) in after
