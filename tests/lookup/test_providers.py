"""Each provider's own shape: what is asked, and what is read out of real-looking replies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.lookup import NAMES, get_provider
from readinglist.lookup.provider import ARXIV, DOI, TITLE, Access, Found, Garbled, Question, Refused
from tests.lookup import shapes
from tests.lookup.shapes import Known

WORK = Known(
    "On the Tides of $\\alpha$ & Other Things", "Tides come. They go, a < b.",
    ("Ada Lovelace", "Ludwig van Beethoven", "Martin Luther King Jr.", "ATLAS Collaboration"),
    2021, "2101.00001", "10.1234/abc", "Journal of Tides 12 (2023) 45", 7,
)  # fmt: skip
AUTHORS = (
    "Ada Lovelace",
    "Ludwig van Beethoven",
    "Martin Luther King Jr.",
    "ATLAS Collaboration",
)


_WRITTEN = {
    "huggingface": shapes.hf_paper,
    "crossref": shapes.crossref_work,
    "semantic-scholar": shapes.s2_paper,
    "openalex": shapes.openalex_work,
}


def reply(name: str, *works: Known) -> bytes:
    if name == "arxiv":
        return shapes.atom(works).encode()
    told = [_WRITTEN[name](work) for work in works]
    around: dict[str, Any] = {
        "huggingface": [{"paper": one} for one in told],
        "crossref": {"message": {"items": told}},
        "semantic-scholar": {"data": told},
        "openalex": {"results": told},
    }
    return json.dumps(around[name]).encode()


def read(name: str, *works: Known) -> list[Found]:
    return get_provider(name).read(reply(name, *works))


@pytest.mark.parametrize("name", NAMES)
def test_a_work_is_read_whole(name: str) -> None:
    (found,) = read(name, WORK)
    record = found.record
    assert record.title == WORK.title
    assert record.abstract == WORK.abstract
    assert record.authors[:2] == AUTHORS[:2]
    assert record.authors[-1] == "ATLAS Collaboration" or name == "crossref"
    assert record.arxiv_id == "2101.00001"
    assert "2101.00001" in found.names
    if name == "huggingface":
        assert (record.doi, record.venue, record.year) == (None, None, 2021)
        return
    assert record.doi == "10.1234/abc"
    assert "10.1234/abc" in found.names
    assert record.venue == WORK.journal
    assert record.year == (2023 if name == "arxiv" else 2021)
    assert not record.urls


@pytest.mark.parametrize("name", NAMES)
def test_nothing_found_is_an_empty_list(name: str) -> None:
    assert read(name) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[1, 2", b"null", b"3", b'"x"', b"<html><body>Hello</body></html>", b"\xff\xfe",
     b"[" * 100_000, b"<a>" * 100_000, b'{"message": 3, "results": 3, "data": 3}'],
)  # fmt: skip
def test_what_is_no_reply_is_said_to_be_none(name: str, body: bytes) -> None:
    with pytest.raises(Garbled):
        get_provider(name).read(body)


HOSTILE = (
    "\x1b]52;c;AAAA\x07", "\u202egnp.exe", "[/red][@click=app.quit]", "<script>alert(1)</script>",
    "a\x00b", "\ud800", "{\\input{/etc/passwd}}", "'; DROP TABLE paper; --", "=cmd()", "",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("nasty", HOSTILE)
def test_hostile_text_in_every_field_is_washed(name: str, nasty: str) -> None:
    work = WORK._replace(
        title=f"T {nasty}", abstract=f"A {nasty}", authors=(nasty, f"B {nasty}"), journal=nasty,
        doi=nasty, arxiv="2101.00001",
    )  # fmt: skip
    try:
        body = reply(name, work)
    except UnicodeEncodeError:  # XML cannot even say it
        return
    try:
        found = get_provider(name).read(body)
    except Garbled:
        assert name == "arxiv"  # nor control characters
        return
    for each in found:
        told = repr(each.record) + each.identifier
        for sign in ("\\x1b", "\\x07", "\\x00", "\\u202e", "\\ud800"):
            assert sign not in told


# arXiv


def test_an_entity_is_never_expanded() -> None:
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    for declared in (laughs, '<!ENTITY a SYSTEM "file:///etc/passwd">', ""):
        body = f"<!DOCTYPE feed [{declared}]><feed>&j;&a;</feed>".encode()
        with pytest.raises(Garbled, match="document type"):
            get_provider("arxiv").read(body)


def test_an_error_entry_is_no_work() -> None:
    with pytest.raises(Refused, match="incorrect id format for 0000"):
        get_provider("arxiv").read(shapes.atom_error("0000").encode())


def test_titles_are_asked_for_ten_at_a_time_as_phrases() -> None:
    provider = get_provider("arxiv")
    titles = [Question(TITLE, f'A "Title" of (Work) \\ {n}: ti:x OR') for n in range(23)]
    ids = [Question(ARXIV, f"2101.{n:05}") for n in range(60)]
    batches = provider.batches([*titles, *ids])
    assert [len(batch) for batch in batches] == [50, 10, 10, 10, 3]
    asked = dict(provider.request(batches[2], Access()).parameters)
    assert asked["search_query"].startswith('ti:"a title of work 0 ti x or" OR ti:"a title of')
    assert dict(provider.request(batches[1], Access()).parameters)["id_list"].startswith(
        "2101.00050,"
    )


@pytest.mark.parametrize(
    ("journal", "year"),
    [
        ("Nature 521, 436-444 (2022)", 2022),
        ("J. Tides 2021 (1998) 12", 2021),
        ("Proceedings of ICML 2022, pages 2023-2031", 2021),
        ("Vol. 1, 1999", 2021),
        ("", 2021),
    ],
)
def test_the_year_is_that_of_the_journal_if_it_can_be(journal: str, year: int) -> None:
    (found,) = read("arxiv", WORK._replace(journal=journal))
    assert found.record.year == year


def test_a_long_title_is_asked_for_by_its_first_words() -> None:
    title = "Measuring " + "the Height of Waves on Lakes and " * 9 + "Seas"
    asked = Question(TITLE, title).words
    assert 240 < len(asked) <= 250
    assert f"{' '.join(title.lower().split())} ".startswith(f"{asked} ")


def test_a_date_that_is_none_is_left_out() -> None:
    reply = shapes.atom([WORK._replace(journal="Nature 521 (2022)")])
    for odd in ("\u00b2023", "\uff12023", "soon"):
        (found,) = get_provider("arxiv").read(reply.replace("2021-06", f"{odd}-06").encode())
        assert found.record.year is None


# Crossref


def crossref(**members: Any) -> Found:
    work = {**shapes.crossref_work(WORK), **members}
    body = json.dumps({"message": work}).encode()
    (found,) = get_provider("crossref").read(body)
    return found


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ({"issued": {"date-parts": [[None]]}}, None),
        ({"issued": {"date-parts": [[None]]}, "published-online": {"date-parts": [[2019]]}}, 2019),
        ({"issued": {"date-parts": []}, "created": {"date-parts": [[2018, 1, 2]]}}, 2018),
        ({"issued": None}, None),
        ({"issued": {"date-parts": [["2020"]]}}, None),
        ({"issued": {"date-parts": [[True]]}}, None),
        ({"issued": {"date-parts": [[99999]]}}, None),
    ],
)
def test_a_date_of_crossref_may_be_none(dates: dict[str, Any], year: int | None) -> None:
    assert crossref(**dates).record.year == year


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"given": "Johannes", "family": "van der Waals"}, "Johannes van der Waals"),
        ({"given": "Gabriel", "family": "García Márquez"}, "García Márquez, Gabriel"),
        ({"given": "Martin Luther", "family": "King", "suffix": "Jr."}, "Martin Luther King Jr."),
        ({"given": "Ada", "family": "Lovelace, Countess"}, "Lovelace Countess, Ada"),
        ({"given": "Martin Luther", "family": "King", "suffix": "3rd"}, "Martin Luther King III"),
        ({"given": "Ada", "family": "Lovelace", "suffix": "PhD"}, "Ada Lovelace"),
        ({"family": "Plato"}, "Plato"),
        ({"name": "The ATLAS Collaboration"}, "The ATLAS Collaboration"),
        ({"name": "Big Data Alliance"}, "{Big Data Alliance}"),
        ({"family": "Big Data Alliance"}, "{Big Data Alliance}"),
        ({"given": "Charles", "family": "de Gaulle", "prefix": "Dr."}, "Charles de Gaulle"),
    ],
)
def test_names_keep_their_parts(author: dict[str, str], name: str) -> None:
    assert crossref(author=[author, {}, None, {"family": 3}]).record.authors == (name,)


def test_what_crossref_says_beside_the_facts() -> None:
    found = crossref()
    assert dict(found.record.details) == {
        "volume": "12", "number": "3", "pages": "45-67", "publisher": "Example Press",
        "type": "article",
    }  # fmt: skip
    assert crossref(subtitle=["A Second Look"]).record.title.endswith("Things: A Second Look")
    jats = "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>"
    assert crossref(abstract=jats).record.abstract == "One.\n\nTwo."


def test_the_polite_pool_and_the_keys_are_used_where_there_are_any() -> None:
    title, doi = (Question(TITLE, "Tides"),), (Question(DOI, "10.1/a/b"),)
    access = Access("me@example.org", "secret")
    assert ("mailto", "me@example.org") in get_provider("crossref").request(
        title, access
    ).parameters
    assert get_provider("crossref").request(doi, Access()).path == "/works/10.1%2Fa%2Fb"
    assert get_provider("semantic-scholar").request(doi, access).headers == (
        ("x-api-key", "secret"),
    )
    assert ("api_key", "secret") in get_provider("openalex").request(title, access).parameters
    assert "secret" not in repr(get_provider("crossref").request(title, access))


def twice(name: str, *people: dict[str, Any]) -> tuple[str, ...]:
    """The authors that are read where a provider lists these people."""
    work = _WRITTEN[name](WORK)
    work["authorships" if name == "openalex" else "authors" if name != "crossref" else "author"] = [
        *people
    ]
    (found,) = get_provider(name).read(json.dumps(_AROUND[name](work)).encode())
    return found.record.authors


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("crossref", lambda who: {"given": "Wei", "family": "Wang", "ORCID": who}),
        ("semantic-scholar", lambda who: {"name": "Wei Wang", "authorId": who}),
        ("openalex", lambda who: {"raw_author_name": "Wei Wang", "author": {"id": who}}),
    ],
)
def test_who_is_called_alike_is_one_only_if_the_provider_says_so(name: str, person: Any) -> None:
    assert twice(name, person("1"), person("2")) == ("Wei Wang", "Wei Wang")
    assert twice(name, person(None), person(None)) == ("Wei Wang", "Wei Wang")
    assert twice(name, person("1"), person("1")) == ("Wei Wang",)


# Hugging Face


def test_who_hides_a_paper_on_a_profile_is_an_author_all_the_same() -> None:
    paper = shapes.hf_paper(WORK)
    paper["authors"][1]["hidden"] = True
    (found,) = get_provider("huggingface").read(json.dumps(paper).encode())
    assert found.record.authors == AUTHORS


# OpenAlex


def test_an_abstract_is_turned_outside_out() -> None:
    work = shapes.openalex_work(WORK)
    work["abstract_inverted_index"] = {
        "Tides": [0, 3], "come": [1], "and": [2, -1, "2", None, 10**9], "go": [4], "bad": "5",
    }  # fmt: skip
    (found,) = get_provider("openalex").read(json.dumps({"results": [work]}).encode())
    assert found.record.abstract == "Tides come and Tides go"


# Anything at all

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_AROUND: dict[str, Any] = {
    "huggingface": lambda work: work,
    "crossref": lambda work: {"message": work},
    "semantic-scholar": lambda work: [work],
    "openalex": lambda work: {"results": [work]},
}


@given(st.sampled_from(sorted(_WRITTEN)), st.data())
def test_any_member_may_be_anything(name: str, data: st.DataObject) -> None:
    work = _WRITTEN[name](WORK)
    for member in data.draw(st.lists(st.sampled_from(sorted(work)), min_size=1, max_size=3)):
        work[member] = data.draw(_JSON)
    body = json.dumps(_AROUND[name](work)).encode()
    for found in get_provider(name).read(body):
        assert found.record.title
        assert found.record.year is None or found.record.year >= 1000
