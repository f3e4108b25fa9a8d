"""The figures for Prometheus, read after real use; on a port of their own, and only where they are wanted."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant.config import Config, ConfigError
from assistant.reminders import reminders
from assistant.web.watching import metrics_port
from assistant.web.watching.figures import Figures
from tests.databases import empty_database
from tests.ollama_server import OllamaServer
from tests.product import NO_AUTHORITIES, PATIENCE, ROOT, Product, free_port
from tests.programs import House
from tests.sockets import cookie, open_page, socket_of

Read = dict[str, dict[tuple[tuple[str, str], ...], float]]


@pytest.fixture
def counted(tmp_path: Path, ollama: OllamaServer) -> Iterator[Product]:
    """The product with a port for its figures."""
    empty_database(tmp_path / "assistant.db")
    settings = {"ASSISTANT_METRICS_PORT": str(free_port())}
    running = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
    yield running
    running.kill()


def read(product: Product) -> Read:
    address = f"http://127.0.0.1:{product.settings['ASSISTANT_METRICS_PORT']}/metrics"
    answer = httpx.get(address, timeout=PATIENCE, verify=NO_AUTHORITIES)
    assert answer.status_code == 200
    found: Read = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def figure(found: Read, name: str, **labels: str) -> float:
    return sum(v for k, v in found.get(name, {}).items() if labels.items() <= dict(k).items())


def wait_for(product: Product, true: Callable[[Read], bool]) -> Read:
    until = time.monotonic() + PATIENCE
    while not true(found := read(product)):
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found


def test_figures_tell_what_was_done(counted: Product) -> None:
    before = read(counted)
    assert figure(before, "assistant_open_pages") == 0
    assert figure(before, "assistant_info", database="sqlitedatabase") == 1
    with closing(counted.person("anna")) as anna:
        number = anna.post("/api/v1/notes", json={"text": "tea"}).json()["id"]
        assert anna.get(f"/api/v1/notes/{number}").status_code == 200
        assert anna.get("/api/v1/notes/999999").status_code == 404
        asyncio.run(with_a_page(counted, anna))
        question = {"text": "tokens=20 delay=0.01"}
        with anna.stream(
            "POST", "/api/v1/conversations", json=question, headers={"accept": "text/event-stream"}
        ) as said:
            said.read()
        anna.reminder("tea", datetime.now(UTC) + timedelta(seconds=1))
        found = wait_for(counted, lambda now: figure(now, "assistant_ring_late_seconds_count") >= 1)
    one = {"method": "GET", "route": "/api/v1/notes/{note}"}
    assert (figure(found, "assistant_requests_total", **one, status="200"),
            figure(found, "assistant_requests_total", **one, status="404")) == (1, 1)  # fmt: skip
    assert figure(found, "assistant_request_seconds_count", route=one["route"]) == 2
    assert figure(found, "assistant_answers_total", state="done") == 1
    assert figure(found, "assistant_answer_tokens_total") == 20
    assert figure(found, "assistant_first_token_seconds_count") == 1
    assert figure(found, "assistant_ollama_up") == 1
    assert figure(found, "assistant_database_reached") == 1
    assert figure(found, "assistant_database_run_seconds_count", kind="write") > 2
    assert figure(found, "assistant_database_wait_seconds_count", kind="read") > 2
    assert figure(found, "assistant_loop_lag_seconds_count") > 2
    assert figure(found, "process_resident_memory_bytes") > 30e6
    # A ring is counted a moment before it is stored.
    gone = ("assistant_answers_writing", "assistant_reminders_due_lag_seconds", "assistant_deliveries_waiting")
    wait_for(counted, lambda now: [figure(now, name) for name in gone] == [0, 0, 0])
    assert {"tea", "anna"} & {value for series in found.values() for key in series for _, value in key} == set()


def names(house: House) -> set[str]:
    """The names of all figures, as they stand in questions to Prometheus but for the parts of a histogram."""
    found = set()
    for family in Figures(house.parts, "one").registry.collect():
        found.add(f"{family.name}_total" if family.type == "counter" else family.name)
    return found


async def with_a_page(product: Product, anna: httpx.Client) -> None:
    page, headers = open_page(anna, "/notes").id, {"Origin": product.url, "Cookie": cookie(anna)}
    async with socket_of(product, headers, page) as web:
        await asyncio.to_thread(wait_for, product, lambda now: figure(now, "assistant_open_pages") == 1)
        await asyncio.to_thread(anna.post, "/api/v1/notes", json={"text": "shown"})
        shown = "assistant_event_delay_seconds_count"
        await asyncio.to_thread(wait_for, product, lambda now: figure(now, shown) >= 1)
        await web.disconnect()
    await asyncio.to_thread(wait_for, product, lambda now: figure(now, "assistant_open_pages") == 0)


def test_what_lies_about_is_told(counted: Product, ollama: OllamaServer) -> None:
    """A reminder that is due and has not rung, as it was written beside the product; and Ollama unplugged."""
    with closing(counted.person("anna")) as anna:
        past = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
        anna.do(reminders.add, text="x", local=past, zone="UTC", now=datetime.now(UTC) - timedelta(hours=2))
        assert figure(read(counted), "assistant_reminders_due_lag_seconds") > 3000
        ollama.stop()
        wait_for(counted, lambda now: figure(now, "assistant_ollama_up") == 0)


def test_visitors_do_not_reach_them(counted: Product) -> None:
    with counted.client() as stranger, closing(counted.person("anna")) as anna:
        assert stranger.get("/metrics").status_code == 401
        assert anna.get("/metrics").status_code == 404
    assert Config().metrics_port == 0
    assert Config().metrics_host == "127.0.0.1"


def test_a_port_that_is_taken_stops_nobody(counted: Product, tmp_path: Path, ollama: OllamaServer) -> None:
    other = tmp_path / "other"
    other.mkdir()
    second = Product(other, ollama.host, settings=counted.settings, forked=True).start()
    second.stop()
    assert "no figures for Prometheus" in second.log()
    assert figure(read(counted), "assistant_database_reached") == 1


def test_all_of_them_are_documented(house: House) -> None:
    told = set(re.findall(r"`((?:assistant|process)_\w+)`", (ROOT / "docs" / "grown.md").read_text("utf-8")))
    there = names(house)
    assert told - there == set()
    assert {name for name in there if name.startswith("assistant_")} - told == set()


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    metrics_port.check(Config(metrics_port=9100))
    monkeypatch.setattr(metrics_port, "find_spec", lambda _name: None)
    metrics_port.check(Config())
    with pytest.raises(ConfigError, match=r"pip install 'assistant\[metrics\]'"):
        metrics_port.check(Config(metrics_port=9100))
