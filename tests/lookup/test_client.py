"""What is let in of a reply: everything that a server can do wrong ends in one sentence."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from readinglist import __version__
from readinglist.errors import LookupFailed, OffLine
from readinglist.lookup import bodies
from readinglist.lookup.address import read_address
from readinglist.lookup.client import Client
from readinglist.lookup.exchange import Limits
from readinglist.lookup.pacing import Turns
from readinglist.lookup.provider import Request
from readinglist.stopping import Stopped, stoppable
from tests.lookup.server import Answer, Asked, FakeClock, Reply, Server, as_json, serving

JSON = ("application/json",)
WORKS = Request("/works", (("q", "a b"), ("api_key", "kanarienvogel")))
QUICK = Limits(connecting=2, silence=1, whole=2, tries=4)


@contextmanager
def asking(
    answer: Answer, clock: FakeClock, limits: Limits = QUICK
) -> Iterator[tuple[Client, Server]]:
    with serving(answer) as server:
        address = read_address(server.url, what="It")
        client = Client(address, "Example", Turns(None, 0, clock), clock, limits)
        yield client, server
        client.close()


def failure(answer: Answer, clock: FakeClock, request: Request = WORKS) -> LookupFailed:
    with asking(answer, clock) as (client, server), pytest.raises(LookupFailed) as caught:
        client.ask(request, JSON)
    said = str(caught.value)
    assert said.startswith(f"Example (127.0.0.1:{server.http.server_address[1]}) ")
    assert "kanarienvogel" not in said
    assert len(said) < 300
    return caught.value


def always(reply: Reply) -> Answer:
    return lambda _: reply


# What goes out


def test_a_request_names_the_program_and_nothing_else_of_the_user(clock: FakeClock) -> None:
    with asking(always(as_json({})), clock) as (client, server):
        assert client.ask(WORKS, JSON) == b"{}"
        client.ask(Request("/batch", headers=(("x-api-key", "k"),), body={"ids": ["ä"]}), JSON)
    get, post = server.asked
    assert (get.method, get.path, get.parameters["q"]) == ("GET", "/works", "a b")
    assert get.headers["User-Agent"] == f"readinglist/{__version__}"
    known = {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert {*get.headers} == known
    assert (post.method, post.headers["x-api-key"]) == ("POST", "k")
    assert post.body == b'{"ids": ["\\u00e4"]}'


def test_all_requests_go_through_one_connection(clock: FakeClock) -> None:
    with asking(always(as_json({})), clock) as (client, server):
        for _ in range(5):
            client.ask(WORKS, JSON)
    assert len(server.connections) == 1


# What comes back


def test_what_is_not_there_is_none(clock: FakeClock) -> None:
    with asking(always(Reply(b"no", "text/plain", 404)), clock) as (client, _):
        assert client.ask(WORKS._replace(absent=frozenset({404})), JSON) is None
    assert "status 404" in str(failure(always(Reply(b"no", "text/plain", 404)), clock))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_and_less_and_less_often(
    clock: FakeClock, status: int
) -> None:
    replies = iter([Reply(status=status), Reply(status=status), as_json({"x": 1})])
    with asking(lambda _: next(replies), clock) as (client, _):
        assert client.ask(WORKS, JSON) == b'{"x": 1}'
    assert clock.waited == [5, 10]
    assert f"status {status}" in str(failure(always(Reply(status=status)), clock))


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("7", 7, 7), (" 0 ", 0, 0), ("DATE", 28, 30), ("soon", 5, 5), ("-1", 5, 5), ("", 5, 5)],
)
def test_a_server_says_when_to_come_again(
    clock: FakeClock, said: str, least: float, most: float
) -> None:
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(clock.now() + 30))
    said = said.replace("DATE", date)
    replies = iter([Reply(status=503, headers=(("Retry-After", said),)), as_json({})])
    with asking(lambda _: next(replies), clock) as (client, _):
        client.ask(WORKS, JSON)
    assert least <= clock.waited[0] <= most


def test_a_clock_that_is_wrong_does_not_change_when_to_come_again(clock: FakeClock) -> None:
    clock._ahead = 86_400
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 30))
    replies = iter([Reply(status=503, headers=(("Retry-After", date),)), as_json({})])
    with asking(lambda _: next(replies), clock) as (client, _):
        client.ask(WORKS, JSON)
    assert 28 <= clock.waited[0] <= 31


@pytest.mark.parametrize("said", ["3600", "9" * 400, "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_a_server_that_wants_to_be_left_alone_for_long_is_left_alone(
    clock: FakeClock, said: str
) -> None:
    error = failure(always(Reply(status=429, headers=(("Retry-After", said),))), clock)
    assert "left alone" in str(error)
    assert not clock.waited


def test_arxivs_own_way_to_say_that_it_is_busy_is_understood(clock: FakeClock) -> None:
    replies = iter([Reply(b"Rate exceeded.", "text/plain"), as_json({})])
    with asking(lambda _: next(replies), clock) as (client, _):
        assert client.ask(WORKS, JSON) == b"{}"
    assert clock.waited == [5]


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(b"<html>Are you a robot?</html>", "text/html; charset=utf-8"), "a web page"),
        (Reply(b"{}", "text/plain"), "'text/plain' instead of data"),
        (Reply(b"{}", "\x1b[31mred"), "instead of data"),
        (Reply(b"{}", ""), "something that it does not name instead of data"),
        (Reply(b"{}", status=401), "Check your key"),
        (Reply(b"{}", status=403), "Check your key"),
        (Reply(b"{}", status=418), "status 418"),
        (Reply(b"{}", headers=(("Content-Encoding", "br"),)), "not asked for"),
        (Reply(b"{}", headers=(("Content-Encoding", "gzip"),)), "not packed as it says"),
        (
            Reply(gzip.compress(b"{}" * 99)[:-9], headers=(("Content-Encoding", "gzip"),)),
            "cut off",
        ),
        (Reply(status=302, headers=(("Location", "https://evil.example/"),)), "another place"),
        (Reply(status=301, headers=(("Location", "file:///etc/passwd"),)), "another place"),
        (Reply(status=307, headers=(("Location", "//evil.example/x"),)), "another place"),
        (Reply(status=308, headers=(("Location", "http://127.0.0.1:1/x"),)), "another place"),
        (Reply(status=302, headers=(("Location", "http://[half"),)), "another place"),
        (Reply(status=302, headers=(("Location", "ftp://127.0.0.1/"),)), "another place"),
        (Reply(status=302, headers=(("Location", "/round/and/round"),)), "one address to the next"),
    ],
)
def test_a_reply_that_is_no_data_is_one_sentence(
    clock: FakeClock, reply: Reply, sentence: str
) -> None:
    error = failure(always(reply), clock)
    assert sentence in str(error)
    assert "\x1b" not in str(error)


def test_a_redirect_at_the_same_place_is_followed(clock: FakeClock) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/works":
            return Reply(status=301, headers=(("Location", "/new/works?q=a%20b"),))
        return as_json({"path": asked.path, **asked.parameters})

    with asking(answer, clock) as (client, _):
        assert client.ask(WORKS, JSON) == b'{"path": "/new/works", "q": "a b"}'


def test_a_bomb_is_not_unpacked(clock: FakeClock) -> None:
    bomb = gzip.compress(bytes(300 << 20), 1)
    assert len(bomb) < 4 << 20
    error = failure(always(Reply(bomb, headers=(("Content-Encoding", "gzip"),))), clock)
    assert "longer than 16 MB" in str(error)


def test_a_huge_reply_is_not_read_on(clock: FakeClock) -> None:
    sent = 0

    def pour(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            sent += handler.wfile.write(b"[" * 65_536)

    assert "longer than 16 MB" in str(failure(always(Reply(act=pour)), clock))
    assert sent < 3 * bodies.LARGEST


# No reply, or half of one


def half(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
    )


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")


def silence(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(4)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    for _ in range(80):
        handler.wfile.write(b" ")
        time.sleep(0.1)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(80):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (half, "broke off"),
        (nonsense, "broke off"),
        (silence, "does not answer in time"),
        (drip, "did not finish its reply in time"),
        (drip_headers, "did not finish its reply in time"),
    ],
)
def test_a_server_that_does_not_finish_counts_as_not_there(
    clock: FakeClock, act: object, sentence: str
) -> None:
    began = time.monotonic()
    error = failure(always(Reply(act=act)), clock)  # type: ignore[arg-type]  # a table of functions
    assert isinstance(error, OffLine)
    assert sentence in str(error)
    assert time.monotonic() - began < 8


def test_a_connection_that_broke_once_is_tried_again(clock: FakeClock) -> None:
    replies = iter([Reply(act=half), as_json({})])
    with asking(lambda _: next(replies), clock) as (client, _):
        assert client.ask(WORKS, JSON) == b"{}"


def test_a_place_where_nobody_answers_is_off_line(clock: FakeClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = read_address(f"http://127.0.0.1:{taken.getsockname()[1]}", what="It")
        client = Client(address, "Example", Turns(None, 0, clock), clock, QUICK)
        with pytest.raises(OffLine, match="does not answer"):
            client.ask(WORKS, JSON)
    address = read_address("https://no-such-host.invalid", what="It")
    client = Client(address, "Example", Turns(None, 0, clock), clock, QUICK)
    with pytest.raises(OffLine, match=r"Example \(no-such-host.invalid\)"):
        client.ask(WORKS, JSON)


def test_a_reply_that_is_waited_for_can_be_given_up(clock: FakeClock) -> None:
    asked = threading.Event()
    with asking(always(Reply(act=silence)), clock, Limits(2, 30, 30, 1)) as (client, _):
        threading.Timer(0.3, asked.set).start()
        began = time.monotonic()
        with stoppable(asked.is_set), pytest.raises(Stopped):
            client.ask(WORKS, JSON)
    assert time.monotonic() - began < 3.5


# Who it is


def test_a_certificate_that_nobody_vouches_for_is_refused(clock: FakeClock, tmp_path: Path) -> None:
    pair = [tmp_path / "key.pem", tmp_path / "certificate.pem"]
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(pair[0]), "-out", str(pair[1])),
        ],
        capture_output=True,
    )
    assert made.returncode == 0, made.stderr
    with serving(always(as_json({}))) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair[1], pair[0])
        server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
        address = read_address(server.url.replace("http:", "https:"), what="It")
        client = Client(address, "Example", Turns(None, 0, clock), clock, QUICK)
        with pytest.raises(LookupFailed, match="certificate cannot be trusted") as caught:
            client.ask(WORKS, JSON)
        assert not isinstance(caught.value, OffLine)
    assert not server.asked


def test_who_does_not_encrypt_is_told_from_who_cannot_be_trusted(clock: FakeClock) -> None:
    with serving(always(as_json({}))) as server:
        address = read_address(server.url.replace("http:", "https:"), what="It")
        client = Client(address, "Example", Turns(None, 0, clock), clock, QUICK)
        with pytest.raises(LookupFailed, match="makes no encrypted connection") as caught:
            client.ask(WORKS, JSON)
        assert "certificate" not in str(caught.value)


@contextmanager
def proxy(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that answers everything like this; what it was asked comes with it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        heard.append(connection.recv(65_536))
                        connection.sendall(answer)

        threading.Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}", heard


def test_a_proxy_is_asked_for_a_tunnel_and_hears_nothing_else(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = read_address("https://papers.example", what="It")
    with proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as (
        where,
        heard,
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@{where}")
        client = Client(address, "Example", Turns(None, 0, clock), clock, QUICK)
        with pytest.raises(OffLine, match="through the proxy") as caught:
            client.ask(WORKS, JSON)
        assert "secret" not in str(caught.value)
        monkeypatch.setenv("NO_PROXY", "papers.example")
        with pytest.raises(OffLine, match="cannot be found"):
            Client(address, "Example", Turns(None, 0, clock), clock, QUICK).ask(WORKS, JSON)
    assert heard
    for request in heard:
        assert request.startswith(b"CONNECT papers.example:443 HTTP/1.")
        assert b"proxy-authorization: Basic bWU6c2VjcmV0" in request
        assert b"a%20b" not in request


def test_plain_http_on_this_machine_goes_through_no_proxy(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with asking(always(as_json({})), clock) as (client, _):
        assert client.ask(WORKS, JSON) == b"{}"
