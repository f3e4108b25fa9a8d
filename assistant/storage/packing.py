"""What leaves and comes as files of an archive: how rooms put files in it, and read JSON from it piece by piece."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import IO, Annotated, Any, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from assistant.errors import Invalid
from assistant.text import LARGEST

DEEPEST = 10_000  # lists and objects in each other; a long conversation may be nested in its messages
UNREADABLE = "{} is not as this version of Assistant writes it."


def _written(instant: AwareDatetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


Instant = Annotated[AwareDatetime, PlainSerializer(_written, when_used="json")]
Number = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
RowId = Annotated[int, Field(ge=0, le=LARGEST)]


class Shape(BaseModel):
    """What stands in an archive; a field that is not known is refused, so that nothing is lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Put(Protocol):
    """Puts a file into an archive: its path, its bytes in pieces, and whether packing them would gain anything."""

    def __call__(self, path: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Raises whatever ends the work: cancelled, disk full."""


class Get(Protocol):
    """Opens a file of an archive by its path; raises Invalid when there is none."""

    def __call__(self, path: str) -> IO[bytes]:
        """The file, to be read once."""


def streamed(source: IO[bytes], field: str) -> tuple[dict[str, Any], Iterator[Any]]:
    """The fields of a JSON object that stand before the list ``field``, and the members of that, one at a time.

    Raises Invalid, also from the iterator, for what is no such JSON.
    """
    # Only who moves in or out needs it.
    import ijson  # noqa: PLC0415

    head = ijson.ObjectBuilder()
    events = _sound(ijson.parse(_Shallow(source), use_float=True))
    for prefix, event, value in events:
        if (prefix, event) == (field, "start_array"):
            break
        head.event(event, value)
    else:
        raise Invalid(UNREADABLE.format(f"A list of {field}"))
    found = head.value if isinstance(getattr(head, "value", None), dict) else {}
    return found, _members(events, f"{field}.item", field)


def members(source: IO[bytes], prefix: str = "item") -> Iterator[Any]:
    """The members of the list at that place of the JSON, or of several in a row, one at a time.

    Raises Invalid for what is no JSON.
    """
    import ijson  # noqa: PLC0415

    yield from _sound(ijson.items(_Shallow(source), prefix, use_float=True, multiple_values=True))


def names(source: IO[bytes]) -> Iterator[str]:
    """The names of the lists and objects in a JSON object, the first of several in a row, as they are met.

    Raises Invalid for what is no JSON.
    """
    import ijson  # noqa: PLC0415

    for prefix, event, _ in _sound(ijson.parse(_Shallow(source), use_float=True, multiple_values=True)):
        if event in {"start_array", "start_map"} and prefix and "." not in prefix:
            yield prefix
        elif event == "end_map" and not prefix:
            return


def _members(events: Iterator[tuple[str, str, Any]], prefix: str, field: str) -> Iterator[Any]:
    import ijson  # noqa: PLC0415

    while True:
        where, event, value = next(events)
        if (where, event) == (field, "end_array"):
            break
        builder = ijson.ObjectBuilder()
        builder.event(event, value)
        if event in {"start_map", "start_array"}:
            ends = {"start_map": "end_map", "start_array": "end_array"}[event]
            for inner, what, value in events:
                builder.event(what, value)
                if (inner, what) == (prefix, ends):
                    break
        yield builder.value
    if next(events)[1] != "end_map":
        raise Invalid(UNREADABLE.format(f"What stands behind the {field}"))


class _Shallow:
    """JSON that is nested as anybody's is: ijson takes the square of the depth."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._depth = 0
        self._quoted = False  # whether what comes next is inside of a text
        self._cut = b""  # the sign that makes of the next one something else

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises Invalid where they nest too deep."""
        piece = self._source.read(size)
        plain = (self._cut + piece).replace(rb"\\", b"")
        self._cut = plain[-1:] if plain.endswith(b"\\") else b""
        parts = plain.replace(b'\\"', b"").split(b'"')
        bare = b"".join(parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0
        begun, ended = (sum(bare.count(sign) for sign in signs) for signs in ((b"[", b"{"), (b"]", b"}")))
        if self._depth + begun > DEEPEST and self._depth + _highest(bare) > DEEPEST:
            raise Invalid("It holds JSON that is nested deeper than anybody's is.")
        self._depth += begun - ended
        return piece


def _highest(bare: bytes) -> int:
    """How much deeper it gets in there."""
    return max(accumulate((sign in b"[{") - (sign in b"]}") for sign in bare), default=0)


def _sound(events: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from events
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - each of ijson's ways of reading fails in its own words
        raise Invalid("It holds JSON that is damaged or cut off.") from None
