"""The one door to Ollama; everything that fails behind it comes out as ModelUnavailable."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import httpx
import ollama

from assistant.errors import ModelUnavailable
from assistant.text import mend_surrogates

CONNECT_TIMEOUT = 2.0  # seconds; a person waits for this before the banner says what is wrong
CALL_TIMEOUT = 10.0  # seconds for the short calls; answers and downloads may take for ever
BODY_LIMIT = 16_000_000  # bytes of an answer that is no stream; a list of 10,000 models has 4 MB
WORDS_LIMIT = 500  # characters of Ollama's own words that are shown
NO_MANIFEST = "manifest: file does not exist"  # in Ollama's words, when its library has no such model
LINE_LIMIT = 1_000_000  # bytes; a line of a stream is one token, so this is no answer any more


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is installed; ``size`` in bytes."""

    name: str
    size: int
    digest: str
    family: str
    parameters: str
    quantization: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a model can do; ``context`` in tokens (0: unknown)."""

    name: str
    context: int
    capabilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Running:
    """A model that is in memory; sizes in bytes."""

    name: str
    size: int
    vram: int
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, all layers together, in bytes."""

    status: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the model reads it; ``images`` are the bytes of picture files."""

    role: str
    text: str
    images: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """Ollama's own account of a finished answer; durations in seconds."""

    prompt_tokens: int
    answer_tokens: int
    answer_seconds: float
    load_seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What came next: text, thinking, or the end."""

    text: str = ""
    thinking: str = ""
    end: End | None = None


class Ollama:
    """A client of one Ollama server."""

    def __init__(self, host: str) -> None:
        """``host`` is an http(s) address; nothing is asked yet."""
        self.host = host
        short = httpx.Timeout(CALL_TIMEOUT, connect=CONNECT_TIMEOUT)
        long = httpx.Timeout(None, connect=CONNECT_TIMEOUT)
        # A redirect would carry the conversation to wherever it points, and a packed body can unfold without end.
        self._short, self._long = (
            ollama.AsyncClient(
                host, timeout=timeout, follow_redirects=False, headers={"Accept-Encoding": "identity"},
                event_hooks={"response": [_bound]},
            )
            for timeout in (short, long)
        )  # fmt: skip
        self._details: dict[tuple[str, str], Details] = {}
        self._digests: dict[str, str] = {}

    async def version(self) -> str:
        """The version of the server."""
        with self._unavailable_errors():
            answer = await self._short._client.get("/api/version")  # noqa: SLF001 - it has no method for it
            answer.raise_for_status()
            return str(answer.json().get("version", ""))[:40]

    async def models(self) -> list[Model]:
        """The installed models, the newest first."""
        with self._unavailable_errors():
            found = await self._short.list()
            models = [_model(one) for one in found.models]
        self._digests = {model.name: model.digest for model in models}
        return models

    async def details(self, name: str) -> Details:
        """What the model can do; asked once for each version of it."""
        key = (name, self._digests.get(name, ""))
        if key not in self._details:
            with self._unavailable_errors(name):
                shown = await self._short.show(name)
                info = shown.modelinfo or {}
                context = next((_count(value) for key, value in info.items() if key.endswith(".context_length")), 0)
                self._details[key] = Details(name, context, frozenset(shown.capabilities or ()))
        return self._details[key]

    async def running(self) -> list[Running]:
        """The models that are in memory."""
        with self._unavailable_errors():
            found = await self._short.ps()
            return [Running(m.model or "", _count(m.size), _count(m.size_vram), m.expires_at) for m in found.models]

    async def pull(self, name: str) -> AsyncIterator[Progress]:
        """Downloads a model; yields the progress of all layers together."""
        layers: dict[str, tuple[int, int]] = {}
        status = ""
        with self._unavailable_errors(name):
            async for step in await self._long.pull(name, stream=True):
                status = step.status or ""
                if step.digest:
                    layers[step.digest] = (step.completed or 0, step.total or 0)
                yield Progress(status, sum(d for d, _ in layers.values()), sum(t for _, t in layers.values()))
        if status != "success":
            raise ModelUnavailable(f"The download of {name} was cut off. Try again to resume it.", reason="broken")

    async def delete(self, name: str) -> None:
        """Deletes the model from the disk."""
        with self._unavailable_errors(name):
            await self._short.delete(name)

    async def unload(self, name: str) -> None:
        """Takes the model out of memory."""
        with self._unavailable_errors(name):
            await self._short.generate(name, keep_alive=0)

    async def chat(
        self,
        model: str,
        turns: Sequence[Turn],
        *,
        think: bool | str | None,
        options: dict[str, float | int],
        keep_alive: str | None,
    ) -> AsyncGenerator[Piece, None]:
        """The answer as it comes; closing the generator closes the connection to Ollama."""
        messages = [ollama.Message(role=t.role, content=t.text, images=_images(t)) for t in turns]
        with self._unavailable_errors(model):
            stream = await self._long.chat(
                model,
                messages,
                stream=True,
                think=cast("Any", think),
                options=options,
                keep_alive=keep_alive or None,
            )
            async with aclosing(cast("AsyncGenerator[ollama.ChatResponse, None]", stream)):
                async for part in stream:
                    yield _piece(part)
                    if part.done:
                        return
        raise ModelUnavailable("Ollama's answer was cut off before its end.", reason="broken")

    async def close(self) -> None:
        """Lets go of the connections."""
        await asyncio.gather(self._short._client.aclose(), self._long._client.aclose())  # noqa: SLF001

    @contextmanager
    def _unavailable_errors(self, name: str = "") -> Iterator[None]:
        try:
            yield
        except ollama.ResponseError as error:
            raise _refused(error, name) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError) as error:
            advice = f"Start Ollama at {self.host}, or set OLLAMA_HOST to where it runs."
            sentence = "Ollama cannot be reached right now."
            raise ModelUnavailable(sentence, reason="unreachable", advice=advice) from error
        except httpx.HTTPError as error:
            words = "took too long" if isinstance(error, httpx.TimeoutException) else "broke the connection"
            raise ModelUnavailable(f"Ollama {words}. Try again.", reason="broken") from error
        except (ValueError, TypeError, AttributeError, KeyError, ArithmeticError, RecursionError) as error:
            raise ModelUnavailable("Ollama's answer made no sense and was stopped.", reason="broken") from error


def _refused(error: ollama.ResponseError, name: str) -> ModelUnavailable:
    if error.status_code == httpx.codes.NOT_FOUND:
        return ModelUnavailable(f"The model {name} is not installed. Choose another, or pull it.", reason="missing")
    if httpx.codes.is_redirect(error.status_code):
        told = "Something that leads elsewhere answers at Ollama's address. Check OLLAMA_HOST."
        return ModelUnavailable(told, reason="refused")
    words = mend_surrogates(error.error or "").strip()[:WORDS_LIMIT]
    if not words:
        return ModelUnavailable(f"Ollama refused this without a word (status {error.status_code}).", reason="refused")
    unknown = f"There is no model called {name} to pull. " if NO_MANIFEST in words else ""
    return ModelUnavailable(f"{unknown}Ollama says: {words}", reason="refused")


async def _bound(response: httpx.Response) -> None:
    """Makes a body that never ends fail, instead of filling the memory."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ValueError("a packed answer")
    if isinstance(response.stream, httpx.AsyncByteStream):
        lines = response.is_success and "ndjson" in response.headers.get("content-type", "")
        response.stream = _Bounded(response.stream, by_line=lines)


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, *, by_line: bool) -> None:
        self._inner, self._by_line = inner, by_line

    async def __aiter__(self) -> AsyncIterator[bytes]:
        length = 0
        async for chunk in self._inner:
            end = chunk.rfind(b"\n") if self._by_line else -1
            length = len(chunk) - end - 1 if end >= 0 else length + len(chunk)
            if length > (LINE_LIMIT if self._by_line else BODY_LIMIT):
                raise ValueError("an answer without an end")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


def _count(value: Any) -> int:
    """A number that fits into a column, whatever came."""
    return min(max(int(value or 0), 0), 2**31 - 1)


def _images(turn: Turn) -> list[ollama.Image] | None:
    return [ollama.Image(value=data) for data in turn.images] or None


def _model(found: ollama.ListResponse.Model) -> Model:
    about = found.details
    return Model(
        found.model or "",
        int(found.size or 0),
        found.digest or "",
        (about.family if about else "") or "",
        (about.parameter_size if about else "") or "",
        (about.quantization_level if about else "") or "",
    )


def _piece(part: ollama.ChatResponse) -> Piece:
    end = None
    if part.done:
        end = End(
            _count(part.prompt_eval_count),
            _count(part.eval_count),
            (part.eval_duration or 0) / 1e9,
            (part.load_duration or 0) / 1e9,
            part.done_reason or "",
        )
    return Piece(mend_surrogates(part.message.content or ""), mend_surrogates(part.message.thinking or ""), end)
