"""A server that receives what is sent outside: a webhook, an ntfy server, a push service."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.body)
        return read


class Receiver:
    """Answers with the statuses it is told to, in turn, and then with 200; 0 is to say nothing for long."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.answers: dict[str, list[int]] = {}
        self.woken = threading.Event()
        self.lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.take(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                if status == 0:
                    receiver.woken.wait(20)
                    return
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *said: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def take(self, got: Got) -> int:
        with self.lock:
            self.got.append(got)
            waiting = self.answers.get(got.path)
            return waiting.pop(0) if waiting else 200

    def of(self, path: str) -> list[Got]:
        with self.lock:
            return [got for got in self.got if got.path == path]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def stop(self) -> None:
        self.woken.set()
        self.server.shutdown()
        self.server.server_close()
