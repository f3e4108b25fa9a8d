"""Nothing but what may be reached is reached: not by another spelling, answer, name or redirect."""

import asyncio
import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from assistant.errors import Invalid
from assistant.reminders.notifications import http_client
from assistant.reminders.notifications.http_client import DeliveryError, HttpClient, Request, parse_address, refusal

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Told(AbstractResolver):
    """Names that stand for what the test says, another thing each time they are asked for."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002
    ) -> list[ResolveResult]:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


class Listener:
    """A server of one answer, on every local address; it keeps what was said to it."""

    def __init__(self, speak: Callable[[socket.socket], None]) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard: list[bytes] = []
        self.speak = speak
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                self.heard.append(self.whole(connection))
                self.speak(connection)
            except OSError:
                return

    def whole(self, connection: socket.socket) -> bytes:
        heard = b""
        while b"\r\n\r\n" not in heard or not heard.endswith(b"}"):
            piece = connection.recv(65536)
            if not piece:
                break
            heard += piece
        return heard


@contextmanager
def listening(speak: Callable[[socket.socket], None] | bytes) -> Iterator[Listener]:
    server = Listener(speak if callable(speak) else lambda connection: connection.sendall(speak))
    yield server
    server.socket.shutdown(socket.SHUT_RDWR)  # closing alone does not wake who waits in accept
    server.socket.close()


def send(
    address: str, *, private_network: bool = False, resolver: AbstractResolver | None = None
) -> DeliveryError | None:
    async def scenario() -> DeliveryError | None:
        post = HttpClient(resolver)
        try:
            await post.send(Request(address, b"{}", {"X-A": "b"}), private_network=private_network)
        except DeliveryError as error:
            return error
        finally:
            await post.close()
        return None

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.31.0.1", "100.64.0.1", "::1", "fd00::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "2002:c0a8:1::1", "64:ff9b::7f00:1", "64:ff9b::c0a8:101",
    ],
)  # fmt: skip
def test_what_is_private_is_reached_only_when_the_owner_says_so(address: str) -> None:
    assert "private network" in refusal(address, private_network=False)
    assert not refusal(address, private_network=True)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "::", "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "224.0.0.1", "ff02::1",
        "255.255.255.255", "240.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1", "::7f00:1", "64:ff9b:1::7f00:1", "fec0::1", "2001:0:7f00:1::", "100.100.100.200",
        "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "2001:db8::1", "192.0.2.1", "198.18.0.1", "100::1", "nonsense",
    ],
)  # fmt: skip
def test_what_nobody_should_reach_never_is(address: str) -> None:
    assert refusal(address, private_network=False)
    assert refusal(address, private_network=True)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_the_internet_is_reached(address: str) -> None:
    assert not refusal(address, private_network=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "localhost.", "LOCALHOST", "127.1", "2130706433", "0x7f000001", "0x7f.1",
        "017700000001", "0177.0.0.1", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "127.0.0.1.", "①②⑦.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_this_machine_is_not_reached_however_it_is_written(host: str) -> None:
    with listening(OK) as server:
        error = send(f"http://{host}:{server.port}/")
        assert error is not None
        assert error.answered == 0
        assert server.heard == []


def test_it_is_reached_where_the_owner_allows_it() -> None:
    with listening(OK) as server:
        assert send(f"http://127.0.0.1:{server.port}/path?q=1", private_network=True) is None
        head = server.heard[0].decode()
    assert head.startswith("POST /path?q=1 HTTP/1.1\r\n")
    assert "User-Agent: Assistant\r\n" in head
    assert "X-A: b\r\n" in head
    assert "ookie" not in head


def test_an_answer_of_the_dns_that_changes_after_the_check_does_not_help() -> None:
    async def scenario(port: int) -> str:
        post = HttpClient(Told("93.184.216.34", "127.0.0.1"))
        address = f"http://rebind.example:{port}/"
        await post.check(address, private_network=False)
        with pytest.raises(DeliveryError) as error:
            await post.send(Request(address, b"{}", {}), private_network=False)
        assert not error.value.again
        return error.value.sentence

    with listening(OK) as server:
        assert "private network" in asyncio.run(scenario(server.port))
        assert server.heard == []


def test_a_private_name_is_refused_when_it_is_saved() -> None:
    async def scenario(answer: str, *, private_network: bool) -> None:
        await HttpClient(Told(answer)).check("https://nas.example/hook", private_network=private_network)

    with pytest.raises(Invalid) as error:
        asyncio.run(scenario("192.168.1.4", private_network=False))
    assert error.value.field == "address"
    asyncio.run(scenario("192.168.1.4", private_network=True))
    with pytest.raises(Invalid):
        asyncio.run(scenario("169.254.169.254", private_network=True))


def test_a_name_that_does_not_exist_is_said_at_the_field() -> None:
    async def scenario() -> None:
        post = HttpClient()
        try:
            await post.check("https://nobody.invalid/", private_network=False)
        finally:
            await post.close()

    with pytest.raises(Invalid) as error:
        asyncio.run(scenario())
    assert (error.value.field, error.value.sentence) == ("address", "There is no address called nobody.invalid.")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with listening(OK) as inner:
        moved = f"HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{inner.port}/\r\nContent-Length: 0\r\n\r\n"
        with listening(moved.encode()) as outer:
            error = send(f"http://127.0.0.1:{outer.port}/", private_network=True)
            assert error is not None
            assert (error.answered, error.again) == (status, False)
        assert inner.heard == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(OK) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert send("http://example.invalid/")
        assert proxy.heard == []


@pytest.mark.parametrize(
    ("answer", "again", "wait"),
    [
        ("500 No", True, 0), ("503 No\r\nRetry-After: 120", True, 120),
        ("429 Slow\r\nRetry-After: 99999999", True, 1800),
        ("429 Slow\r\nRetry-After: soon", True, 0), ("408 Slow", True, 0), ("400 No", False, 0), ("403 No", False, 0),
        ("404 No", False, 0), ("410 Gone", False, 0),
    ],
)  # fmt: skip
def test_what_was_answered_decides_whether_it_is_tried_again(answer: str, again: bool, wait: float) -> None:
    with listening(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode()) as server:
        error = send(f"http://127.0.0.1:{server.port}/", private_network=True)
    assert error is not None
    assert (error.answered, error.again, error.wait) == (int(answer[:3]), again, wait)


def pour(start: bytes, piece: bytes, count: int) -> Callable[[socket.socket], None]:
    def speak(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(count):
            connection.sendall(piece)

    return speak


FLOODS = {
    "body": pour(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, 100_000),
    "gzip": pour(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"\0" * 10_000_000), 1000),
    "headers": pour(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 1000, 100_000),
    "a header": pour(b"HTTP/1.1 200 OK\r\nA: ", b"x" * 65536, 100_000),
    "cookies": pour(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b\r\n" * 1000, 100_000),
    "hundreds": pour(b"", b"HTTP/1.1 103 Early\r\nA: b\r\n\r\n", 10_000_000),
    "noise": pour(b"", b"\0" * 65536, 100_000),
}


@pytest.mark.parametrize("flood", list(FLOODS))
def test_a_flood_is_not_drunk(flood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL", 1.0)
    poured = [0]

    def counted(connection: socket.socket) -> None:
        class Counting:
            def sendall(self, piece: bytes) -> None:
                connection.sendall(piece)
                poured[0] += len(piece)

        FLOODS[flood](Counting())  # type: ignore[arg-type]

    with listening(counted) as server:
        send(f"http://127.0.0.1:{server.port}/", private_network=True)
        limit = 200_000_000 if flood == "hundreds" else 20_000_000  # the former only within the time that there is
        assert poured[0] < limit


def drip(connection: socket.socket) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nA: " + b"x" * 10_000:
        connection.sendall(bytes([letter]))
        threading.Event().wait(0.05)


@pytest.mark.parametrize("speak", [drip, lambda connection: threading.Event().wait(5)])
def test_what_is_slow_is_given_up(speak: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL", 0.4)
    with listening(speak) as server:
        error = send(f"http://127.0.0.1:{server.port}/", private_network=True)
    assert error is not None
    assert error.again
    assert "did not answer within" in error.sentence


def test_what_does_not_speak_http_or_listen_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL", 1.0)
    with listening(b"SSH-2.0-OpenSSH\r\n") as server:
        broken = send(f"http://127.0.0.1:{server.port}/", private_network=True)
        secure = send(f"https://127.0.0.1:{server.port}/", private_network=True)
    nobody = send(f"http://127.0.0.1:{server.port}/", private_network=True)
    assert broken is not None
    assert secure is not None
    assert nobody is not None
    assert broken.sentence == "It did not answer as a web server does."
    assert nobody.sentence == "Nobody listens there."
    assert broken.again
    assert nobody.again


@pytest.mark.parametrize(
    "address",
    [
        "", "nothing", "ftp://a.example/", "javascript:alert(1)", "file:///etc/passwd", "http://", "https:///x",
        "http://user:secret@a.example/", "http://a.example@127.0.0.1/", "https://a.example/#x",
        "https://a.example:99999/", "https://a.example/a b", "https://a.example/\r\nX: y", "https://" + "a" * 3000,
        "http://[::1", "//a.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said_at_the_field(address: str) -> None:
    with pytest.raises(Invalid) as error:
        parse_address(address)
    assert error.value.field == "address"


def test_a_push_service_must_be_secure() -> None:
    with pytest.raises(Invalid):
        parse_address("http://push.example/x", secure=True)
    assert parse_address("https://push.example:8443/x", secure=True).port == 8443
