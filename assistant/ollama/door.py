"""The one door to Ollama; everything that fails behind it comes out as ModelUnavailable."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import ollama

from assistant.addresses import ollama_address
from assistant.errors import ModelUnavailable
from assistant.ollama import connection, diagnosis, failures, proxies, streaming
from assistant.ollama.answers import Details, Model, Piece, Progress, Running, Turn
from assistant.ollama.options import Options
from assistant.ollama.streaming import Schema, count
from assistant.ollama.thoughts import Splitter

SHOW_WITHIN = 60.0  # seconds; slow disks need long for what a large model says of itself
KNOWN_WITHIN = 2.0  # seconds that an answer waits for what its model can do
LEVELED = {"gptoss", "gpt-oss"}  # families whose thinking has levels
CALL_TIMEOUT = 10.0  # seconds for the short calls; answers and downloads may take for ever


class Ollama:
    """A client of one Ollama server."""

    def __init__(
        self, host: str, *, key: str = "", authority: Path | None = None, patience: float = CALL_TIMEOUT
    ) -> None:
        """``host`` is an address with its credentials, if any; nothing is asked yet.

        ``key`` is for a proxy that wants a bearer's, ``authority`` the file of one whose certificates are trusted;
        the short calls have ``patience`` seconds.
        """
        address = ollama_address(host)
        self.host = str(address)
        self.route = proxies.route(address)
        self._short, self._long = (
            connection.client(address, self.route, key=key, authority=authority, timeout=timeout)
            for timeout in (patience, None)
        )
        self._details: dict[tuple[str, str], Details] = {}
        self._digests: dict[str, str] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[Details]] = {}

    async def version(self) -> str:
        """The version of the server."""
        with self._unavailable_errors():
            return str((await self._read("/api/version")).get("version", ""))[:40]

    async def models(self) -> list[Model]:
        """The installed models, the newest first."""
        with self._unavailable_errors():
            found = ollama.ListResponse.model_validate(await self._read("/api/tags"))
            models = [_model(one) for one in found.models]
        self._digests = {model.name: model.digest for model in models}
        return models

    async def details(self, name: str) -> Details:
        """What the model can do; asked once for each version of it."""
        key = (name, self._digests.get(name, ""))
        if key not in self._details:
            with self._unavailable_errors(name):
                async with asyncio.timeout(SHOW_WITHIN):
                    self._details[key] = _details(name, await self._long.show(name))
        return self._details[key]

    async def known(self, name: str, *, within: float = KNOWN_WITHIN) -> Details:
        """What the model can do, as far as Ollama says so ``within`` seconds: what is unknown fails nothing.

        A slow answer is heard in the end, and known the next time.
        """
        key = (name, self._digests.get(name, ""))
        if key in self._details:
            return self._details[key]
        if key not in self._asking:
            self._asking[key] = asyncio.create_task(self.details(name), name=f"details of {name}")
            self._asking[key].add_done_callback(partial(self._heard, key))
        asking = self._asking[key]
        await asyncio.wait({asking}, timeout=within)
        if asking.done() and not asking.cancelled() and asking.exception() is None:
            return asking.result()
        return Details(name)

    async def running(self) -> list[Running]:
        """The models that are in memory."""
        with self._unavailable_errors():
            found = ollama.ProcessResponse.model_validate(await self._read("/api/ps"))
            return [Running(m.model or "", count(m.size), count(m.size_vram), m.expires_at) for m in found.models]

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
            raise failures.unavailable("pull cut", model=name)

    async def delete(self, name: str) -> None:
        """Deletes the model from the disk."""
        with self._unavailable_errors(name):
            await self._short.delete(name)

    async def unload(self, name: str) -> None:
        """Takes the model out of memory."""
        with self._unavailable_errors(name):
            await self._short.generate(name, keep_alive=0)

    async def embed(self, model: str, texts: Sequence[str], within: float) -> list[list[float]]:
        """What the texts mean, a vector each, in at most so many seconds."""
        with self._unavailable_errors(model):
            async with asyncio.timeout(within):
                found = await self._long.embed(model, list(texts), truncate=True)
        vectors = [list(vector) for vector in found.embeddings]
        if len(vectors) != len(texts) or not all(vectors):
            raise failures.unavailable("cut", model=model)
        return vectors

    async def chat(
        self, model: str, turns: Sequence[Turn], options: Options, *, tools: Sequence[Schema] = (),
        shape: Schema | None = None,
    ) -> AsyncGenerator[Piece, None]:  # fmt: skip
        """The answer as it comes; closing the generator closes the connection to Ollama.

        The model may call the ``tools``; an answer in a ``shape`` is JSON that a schema describes. A model that
        cannot think as wished is asked again without a wish.
        """
        try:
            async with aclosing(self._chat(model, turns, options, tools, shape)) as pieces:
                async for piece in pieces:
                    yield piece
        except ModelUnavailable as error:
            if error.reason != "thinking" or options.think is None:
                raise
        else:
            return
        async with aclosing(self._chat(model, turns, replace(options, think=None), tools, shape)) as pieces:
            async for piece in pieces:
                yield piece

    async def _chat(
        self, model: str, turns: Sequence[Turn], options: Options, tools: Sequence[Schema], shape: Schema | None
    ) -> AsyncGenerator[Piece, None]:
        wanted = streaming.request(model, turns, options, tools, shape)
        with self._unavailable_errors(model):
            splitter = Splitter()
            async with aclosing(streaming.parts(self._long, wanted)) as stream:
                async for part in stream:
                    for piece in streaming.pieces(part, splitter):
                        yield piece
                    if part.get("done"):
                        return
            rest = splitter.finish()
            yield Piece(rest.text, rest.thinking)
        raise failures.unavailable("cut", model=model)

    async def close(self) -> None:
        """Lets go of the connections."""
        asking = tuple(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await asyncio.gather(self._short._client.aclose(), self._long._client.aclose())  # noqa: SLF001

    def _heard(self, key: tuple[str, str], asking: asyncio.Task[Details]) -> None:
        self._asking.pop(key, None)
        if not asking.cancelled():
            asking.exception()  # whoever waited no longer wants to hear of it

    async def _read(self, path: str) -> dict[str, Any]:
        """What is told at the path; where there is no model, Ollama may say so with a null."""
        answer = await self._short._client.get(path)  # noqa: SLF001 - its own methods refuse the null
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return {**told, "models": []} if "models" in told and told["models"] is None else told

    @contextmanager
    def _unavailable_errors(self, model: str = "") -> Iterator[None]:
        if not self.route.usable:
            raise failures.unavailable("proxy kind", host=self.host)
        try:
            yield
        except diagnosis.FAILED as error:
            raise diagnosis.failed(error, host=self.host, model=model, proxied=bool(self.route.proxy)) from error


def _details(name: str, shown: ollama.ShowResponse) -> Details:
    info = shown.modelinfo or {}
    context = next((count(value) for key, value in info.items() if key.endswith(".context_length")), 0)
    family = (shown.details.family if shown.details else "") or ""
    return Details(name, context, frozenset(shown.capabilities or ()), levels=family in LEVELED)


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
