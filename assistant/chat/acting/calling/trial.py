"""Whether a model can act: six fixed requests, of which nothing is followed; what it calls is only looked at."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from assistant.chat.acting.calling import reading
from assistant.chat.acting.calling.rounds import Heard
from assistant.chat.acting.calling.schemas import FIND, REMIND, RULES, SAVE, TOOLS
from assistant.chat.acting.rooms import Rooms
from assistant.chat.acting.words.triggers import plain
from assistant.ollama.answers import Call, Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database

CONTEXT, TOKENS = 4096, 300  # of each request, and of what it may answer
WELL, ROUGHLY = 6, 4  # of the six, for the verdicts
FOUND = "r1 [reminder · Tue 8 Dec, 15:30] dentist"


@dataclass(frozen=True, slots=True)
class Tried:
    """One request in words, and whether the model did what it should."""

    words: str
    right: bool


@dataclass(frozen=True, slots=True)
class _Request:
    words: str
    asks: str
    right: Callable[[Heard], bool]
    before: tuple[Turn, ...] = ()  # what was called already


async def tried(
    database: Database, ollama: Ollama, model: str, rooms: Rooms, user: int, now: datetime
) -> AsyncGenerator[Tried, None]:  # fmt: skip
    """The six requests, one after the other as they are answered; raises ModelUnavailable."""
    known = await ollama.known(model)
    think = None if "thinking" not in known.capabilities else "low" if known.levels else False
    options = Options(num_ctx=CONTEXT, num_predict=TOKENS, temperature=0.0, think=think)  # type: ignore[arg-type]
    today = await database.read(rooms.today, user, now)
    for one in await database.read(_requests, rooms, user, now):
        heard = Heard()
        asked = Turn("user", f"{one.asks}\n\n(It is {today}.)")
        turns = [Turn("system", RULES), asked, *one.before]
        async with aclosing(ollama.chat(model, turns, options, tools=TOOLS)) as pieces:
            async for piece in pieces:
                heard.hear(piece)
        yield Tried(one.words, await database.read(one.right, heard))


def verdict(right: int) -> str:
    """What so many right ones of the six mean."""
    if right >= WELL:
        return "Yes: it calls what is meant, uses what it hears, and stops."
    if right >= ROUGHLY:
        return "Mostly: it misses some. What you write yourself (“remind me …”) is understood in any case."
    return "Hardly: leave acting to your own words (“remind me …”, “note: …”), or choose another model."


def _requests(rooms: Rooms, user: int, now: datetime) -> tuple[_Request, ...]:
    def reminds(sentence: str) -> Callable[[Heard], bool]:
        wanted = rooms.understand(user, plain(sentence), "", now).local

        def right(heard: Heard) -> bool:
            said = _called(heard, REMIND).get("sentence", "")
            return bool(said) and rooms.understand(user, plain(said), "", now).local == wanted

        return right

    english, german = "Remind me tomorrow at 9 to call Anna", "Erinnere mich am Freitag um 17 Uhr an den Müll"
    told = Turn("assistant", "", calls=(Call(FIND, {"query": "dentist", "kind": "reminder"}),))
    return (
        _Request("Sets a reminder", english, reminds(english)),
        _Request("Sets one that is asked for in German", german, reminds(german)),
        _Request(
            "Writes a note", "Write down that the key is under the mat",
            lambda heard: "mat" in _called(heard, SAVE).get("text", "").lower(),
        ),
        _Request(
            "Looks things up", "What did I write about tea?",
            lambda heard: "tea" in _called(heard, FIND).get("query", "").lower(),
        ),
        _Request("Leaves ordinary questions alone", "What is the capital of France?", lambda heard: not heard.calls),
        _Request(
            "Uses what it found, and stops", "When do I see the dentist?",
            lambda heard: not heard.calls and any(time in heard.text for time in ("15:30", "3:30", "15.30")),
            (told, Turn("tool", FOUND, tool=FIND)),
        ),
    )  # fmt: skip


def _called(heard: Heard, tool: str) -> dict[str, str]:
    """The arguments of the first call, where it is of this tool."""
    calls = heard.calls
    return reading.arguments(tool, calls[0]) if calls and reading.known(calls[0].name) == tool else {}
