"""The figures of one instance, as Prometheus reads them; imported only where they are wanted."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from nicegui import Client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant import __version__
from assistant.chat.streaming.live import Live
from assistant.errors import AssistantError
from assistant.reminders.notifications import outbox
from assistant.reminders.scheduling.claims import next_due
from assistant.web.parts import Parts
from assistant.web.watching.asked import SOCKET

LOOK = 0.25  # seconds between two looks at how late the event loop is
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)
LATE = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600)


class Figures:
    """Counts what happens from ``begin`` on."""

    def __init__(self, parts: Parts, instance: str) -> None:
        """Nothing is counted yet; ``instance`` is the name of this one among several."""
        self._parts = parts
        self.registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self.registry)
        us = self.registry
        self._requests = Counter(
            "assistant_requests", "Requests that were answered.", ("method", "route", "status"), registry=us
        )
        self._took = Histogram(
            "assistant_request_seconds", "From a request to its whole answer.", ("route",), buckets=QUICK, registry=us
        )
        self._answers = Counter("assistant_answers", "Answers that came to an end.", ("state",), registry=us)
        self._tokens = Counter("assistant_answer_tokens", "Tokens of answers, as Ollama counts them.", registry=us)
        self._first = Histogram(
            "assistant_first_token_seconds",
            "From a question to the first sign of its answer.",
            buckets=SLOW,
            registry=us,
        )
        self._late = Histogram(
            "assistant_ring_late_seconds", "From when reminders were due until they rang.", buckets=LATE, registry=us
        )
        self._waited = Histogram(
            "assistant_database_wait_seconds", "That work waited for a thread of the database.", ("kind",),
            buckets=QUICK, registry=us,
        )  # fmt: skip
        self._ran = Histogram(
            "assistant_database_run_seconds", "That work of the database took.", ("kind",), buckets=QUICK, registry=us
        )
        self._lag = Histogram(
            "assistant_loop_lag_seconds", "By which the event loop came later than asked.", buckets=QUICK, registry=us
        )
        self._shown = Histogram(
            "assistant_event_delay_seconds", "From a change until an open page showed it.", buckets=QUICK, registry=us
        )
        about = Gauge("assistant_info", "What runs.", ("version", "instance", "database"), registry=us)
        about.labels(__version__, instance, parts.database.peewee.__class__.__name__.strip("_").lower()).set(1)
        self._now = _Now(parts)
        self.registry.register(self._now)

    def begin(self) -> None:
        """Counts from now on."""
        parts = self._parts
        parts.observers.append(self._answered)
        parts.database.observers.append(self._worked)
        parts.replies.observers.append(self._written)
        parts.rings.scheduler.observers.append(self._rang)
        parts.events.observers.append(self._shown.observe)

    async def watch_loop(self) -> None:
        """Measures how late the event loop is, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOK
            await asyncio.sleep(LOOK)
            self._lag.observe(max(0.0, loop.time() - due))

    async def text(self) -> bytes:
        """All figures as they are now, in Prometheus' format."""
        await self._now.look()
        return generate_latest(self.registry)

    def _answered(self, method: str, route: str, status: int, seconds: float) -> None:
        if method == SOCKET:
            return
        route = route or "none"
        self._requests.labels(method, route, status or "lost").inc()
        self._took.labels(route).observe(seconds)

    def _worked(self, kind: str, waited: float, ran: float) -> None:
        self._waited.labels(kind).observe(waited)
        self._ran.labels(kind).observe(ran)

    def _written(self, live: Live, state: str) -> None:
        self._answers.labels(state).inc()
        if live.first_sign is not None:
            self._first.observe(live.first_sign)
        if live.end is not None:
            self._tokens.inc(live.end.answer_tokens)

    def _rang(self, late: timedelta) -> None:
        self._late.observe(max(0.0, late.total_seconds()))


class _Now(Collector):
    """What is not counted but there is at the moment."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._waiting = self._due = self._reached = 0.0

    async def look(self) -> None:
        """Reads what stands in rows."""
        try:
            self._waiting, self._due = await self._parts.database.read(_rows, self._parts.clock())
            self._reached = 1.0
        except AssistantError:
            self._reached = 0.0

    def collect(self) -> Iterator[Metric]:
        """The figures; rows are those of the last look."""
        parts, status, engine = self._parts, self._parts.models_status, self._parts.database.engine
        open_pages = sum(client.has_socket_connection for client in Client.instances.values())
        for name, about, value in (
            ("instances", "Instances that are alive, as this one sees them.", len(parts.house.others) + 1),
            ("open_pages", "Pages whose socket is connected.", open_pages),
            ("answers_writing", "Answers that this instance is writing.", parts.replies.being_written),
            ("deliveries_waiting", "Reminders that wait to be sent to a device or webhook.", self._waiting),
            ("reminders_due_lag_seconds", "How long ago what has not rung yet was due.", self._due),
            ("database_reached", "Whether the database answered just now.", self._reached),
            ("database_connections", "Connections to the database.", engine.connections),
            ("ollama_up", "Whether Ollama answers.", status.known and not status.problem),
        ):
            yield GaugeMetricFamily(f"assistant_{name}", about, float(value))
        lost = "Connections to the database that were lost."
        yield CounterMetricFamily("assistant_database_lost", lost, float(engine.lost))


def _rows(now: datetime) -> tuple[float, float]:
    """How many deliveries wait that are due, and for how many seconds the reminder waits that is due the longest."""
    due = next_due()
    return float(outbox.waiting(now)), max(0.0, (now - due).total_seconds()) if due else 0.0
