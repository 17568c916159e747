"""A real server on loopback that answers as it is told, and remembers what it was asked."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit


class Asked(NamedTuple):
    """A request as the server got it; `parameters` has the last of each name."""

    method: str
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes
    time: float


class Reply(NamedTuple):
    """What is sent. `act` writes to the socket itself, instead of a body."""

    body: bytes = b""
    kind: str = "application/json"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


Answer = Callable[[Asked], Reply]


def as_json(value: Any, **more: Any) -> Reply:
    return Reply(json.dumps(value).encode(), **more)


def as_atom(feed: str, **more: Any) -> Reply:
    return Reply(feed.encode(), "application/atom+xml; charset=utf-8", **more)


class Server:
    """Its address, and all that it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.connections: set[tuple[str, int]] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 20
            disable_nagle_algorithm = True  # or each reply waits for 40 ms

            def _serve(self) -> None:
                server.serve(self)

            do_GET = do_POST = _serve  # noqa: N815 (the names that http.server looks for)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client left
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.connections.add(handler.client_address)
        try:
            parts = urlsplit(handler.path)
            length = int(handler.headers.get("Content-Length") or 0)
            asked = Asked(
                handler.command,
                unquote(parts.path),
                {name: values[-1] for name, values in parse_qs(parts.query).items()},
                dict(handler.headers),
                handler.rfile.read(length),
                time.monotonic(),
            )
            self.asked.append(asked)
            _send(handler, self.answer(asked))
        except OSError:
            handler.close_connection = True  # the client had enough
        finally:
            with self.lock:
                self.at_once -= 1


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.act is not None:
        handler.close_connection = True
        reply.act(handler)
        return
    body = reply.body
    headers = dict(reply.headers)
    if "gzip" in handler.headers.get("Accept-Encoding", "") and "Content-Encoding" not in headers:
        body = gzip.compress(body)
        headers["Content-Encoding"] = "gzip"
    handler.send_response(reply.status)
    handler.send_header("Content-Type", reply.kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    server = Server(answer)
    thread = threading.Thread(target=server.http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        thread.join()


class FakeClock:
    """Waits in no time, and lets the time that work takes pass too."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self._ahead += seconds
