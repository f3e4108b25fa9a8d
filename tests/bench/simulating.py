"""A busy hour of many people, simulated: how full each part of a grown installation is, and which is full first.

Time goes in ticks. In each, work arrives by chance (Poisson) at the processors of the instances and at the one lock
that all units of the database take; what a tick cannot do waits for the next, and the wait is what people feel.
"""

import math
import random
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

TICK = 0.05  # seconds
HOUR = 120.0  # seconds that stand for it
FULL = 0.7  # of a part, above which it is a bottleneck: waits grow without end soon after
CONNECTIONS, OF_ONE = 97, 6  # that PostgreSQL gives if nobody says otherwise, and that an instance takes


@dataclass(frozen=True)
class Costs:
    """What was measured, in seconds of one core, of the lock, and bytes."""

    page: float  # to open one
    looking: float  # a page that is open, each second
    answer: float  # to begin and end one, with the page that shows it
    token: float  # of an answer, until its page has it
    save: float  # of a note
    unit: float  # that a unit of work holds the lock
    ring: float  # that a reminder holds it
    memory: float  # of a process
    memory_page: float  # of an open page


@dataclass(frozen=True)
class Habits:
    """What people do in the busiest hour; taken, not measured."""

    here: float = 0.1  # of all people have a page open
    asks: float = 180.0  # seconds between two questions of one who is here
    speed: float = 30.0  # tokens a second that a model gives to each answer
    writing: float = 0.05  # of those here write a note, which saves itself
    saves: float = 2.0  # seconds between two saves of it
    opens: float = 300.0  # seconds between two pages that one opens anew
    reminders: float = 0.2  # of all people have one at nine sharp


@dataclass(frozen=True)
class Outcome:
    """How full the parts are (1 is all), and what waits."""

    processor: float
    wait: float  # seconds, 95 of 100, for the processor of an instance
    lock: float
    lock_wait: float
    connections: float
    memory: float  # bytes of each instance
    streams: int  # answers at once, which the models must hold
    nine: float  # seconds until all reminders of nine sharp have rung

    @property
    def bottleneck(self) -> str:
        """What is full first."""
        parts = (
            ("processor of the instances", self.processor / FULL),
            ("the one lock of all units", self.lock / FULL),
            ("connections to PostgreSQL", self.connections),
        )
        name, how = max(parts, key=lambda part: part[1])
        return name if how > 1 else ""


def simulate(people: int, tokens: int, instances: int, costs: Costs, habits: Habits | None = None) -> Outcome:
    """The busy hour of so many people whose answers have so many tokens."""
    habits = habits or Habits()
    chance = random.Random(f"{people} {tokens} {instances}")
    here = people * habits.here
    seconds = tokens / habits.speed
    asked = here / habits.asks  # a second
    answering = asked * seconds
    saved = here * habits.writing / habits.saves
    opened = here / habits.opens
    # An answer that is written is kept each second; to ask takes two units, to end one; instances say that they live.
    units = answering + 3 * asked + saved + 0.1 * opened + instances / 2
    each = 1 / instances
    load = [
        (opened * each, costs.page), (asked * each, costs.answer), (saved * each, costs.save),
        (answering * habits.speed * each / 2, 2 * costs.token),
    ]  # fmt: skip
    processor, wait = _busy(chance, load, here * each * costs.looking)
    lock, lock_wait = _busy(chance, [(units, costs.unit)], 0.0)
    left = max(0.02, 1 - lock)
    return Outcome(
        processor, wait, lock, lock_wait, instances * OF_ONE / CONNECTIONS,
        costs.memory + here * each * costs.memory_page, math.ceil(answering),
        people * habits.reminders * costs.ring / left,
    )  # fmt: skip


def _busy(chance: random.Random, load: Iterable[tuple[float, float]], steady: float) -> tuple[float, float]:
    """How much of the time it works, and how long what comes waits, 95 of 100."""
    work, done, waits = 0.0, 0.0, []
    kinds = list(load)
    for _ in range(round(HOUR / TICK)):
        work += steady * TICK + sum(_poisson(chance, rate * TICK) * cost for rate, cost in kinds)
        now = min(work, TICK)
        work -= now
        done += now
        waits.append(work)
    offered = steady + sum(rate * cost for rate, cost in kinds)
    return max(offered, done / HOUR), statistics.quantiles(waits, n=20)[-1]


def _poisson(chance: random.Random, mean: float) -> int:
    if mean > 30:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count
