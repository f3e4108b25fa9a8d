"""The models in Ollama, and downloads of others."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import LONGEST, Pulls, model_name
from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Details, Model
from assistant.ollama.door import Ollama
from assistant.rest.documented import says
from assistant.rest.shapes import Piece, Sent
from assistant.users.sessions import who

Name = Annotated[str, Path(max_length=LONGEST, min_length=1, examples=["llama3.2:3b"])]


class InstalledModel(BaseModel):
    """A model that is installed."""

    name: str = Field(examples=["llama3.2:3b"])
    size: int = Field(description="Bytes on the disk.", examples=[2_019_393_189])
    family: str = Field(examples=["llama"])
    parameters: str = Field(examples=["3.2B"])
    quantization: str = Field(examples=["Q4_K_M"])
    context: int = Field(description="Tokens that it reads; 0 where that is unknown.", examples=[131_072])
    capabilities: list[str] = Field(examples=[["completion", "tools"]])
    chats: bool = Field(description="Whether one can talk to it.")
    loaded: bool = Field(description="Whether it is in memory.")
    default: bool = Field(description="Whether your new conversations begin with it.")


class Pull(BaseModel):
    """A download."""

    name: str = Field(examples=["llama3.2:3b"])
    status: str = Field(description="In Ollama's words.", examples=["pulling"])
    done: int = Field(description="Bytes.", examples=[1_000_000])
    total: int = Field(description="Bytes, as far as they are known.", examples=[2_019_393_189])
    problem: str = Field(description="Why it failed.", examples=[""])


class NewPull(Sent):
    """A model to get."""

    name: str = Field(min_length=1, max_length=LONGEST, examples=["llama3.2:3b"])


def add(routes: APIRouter, pulls: Pulls, ollama: Ollama, status: ModelsStatus) -> None:
    """Adds the routes."""
    _pulls(routes, pulls)
    _models(routes, ollama, status)


def _pulls(routes: APIRouter, pulls: Pulls) -> None:
    @routes.get("/pulls", **says("read"))
    async def list_pulls(request: Request) -> Piece[Pull]:  # noqa: ARG001 - all routes know who asks
        """Downloads that are under way, and those that failed."""
        running = [
            Pull(name=name, status=far.status, done=far.done, total=far.total, problem="")
            for name, far in pulls.running.items()
        ]
        failed = [
            Pull(name=name, status="failed", done=0, total=0, problem=words) for name, words in pulls.problems.items()
        ]
        return Piece(items=[*running, *failed])

    @routes.post("/pulls", status_code=202, **says("admin", body=True, owners=True))
    async def pull_model(request: Request, new: NewPull) -> Pull:  # noqa: ARG001
        """Get a model, for owners; it goes on by itself. Getting it twice is once."""
        name = model_name(new.name)
        pulls.start(name)
        far = pulls.running.get(name)
        return Pull(
            name=name, status=far.status if far else "", done=far.done if far else 0, total=far.total if far else 0,
            problem="",
        )  # fmt: skip

    @routes.delete("/pulls/{name:path}", status_code=204, **says("admin", 404, owners=True))
    async def cancel_pull(request: Request, name: Name) -> None:  # noqa: ARG001
        """Stop a download, or take a failed one off the list; for owners."""
        pulls.cancel(name)
        pulls.forget(name)


def _models(routes: APIRouter, ollama: Ollama, status: ModelsStatus) -> None:
    @routes.get("/models", **says("read", 503))
    async def list_models(request: Request) -> Piece[InstalledModel]:
        """The models that are installed, the newest first; 503 while Ollama does not answer."""
        if not status.known:
            await status.refresh()
        if status.problem:
            raise ModelUnavailable(status.problem, reason="unreachable", advice=status.advice)
        models, chats = list(status.models), status.chat_names()
        known = await asyncio.gather(*(ollama.known(model.name) for model in models))
        usual = who(request).preferences.model
        default = usual if usual in chats else next(iter(chats), "")
        loaded = await _loaded(ollama)
        return Piece(
            items=[
                _shown(
                    model, can, chats=model.name in chats, loaded=model.name in loaded, default=model.name == default
                )
                for model, can in zip(models, known, strict=True)
            ]
        )

    @routes.delete("/loaded-models/{name:path}", status_code=204, **says("admin", 404, 503, owners=True))
    async def unload_model(request: Request, name: Name) -> None:  # noqa: ARG001
        """Take a model out of memory; for owners."""
        await ollama.unload(name)

    @routes.delete("/models/{name:path}", status_code=204, **says("admin", 404, 503, owners=True))
    async def delete_model(request: Request, name: Name) -> None:  # noqa: ARG001
        """Delete a model from the disk; for owners."""
        await ollama.delete(name)
        await status.refresh()


async def _loaded(ollama: Ollama) -> set[str]:
    try:
        return {model.name for model in await ollama.running()}
    except ModelUnavailable:
        return set()


def _shown(model: Model, can: Details, *, chats: bool, loaded: bool, default: bool) -> InstalledModel:
    return InstalledModel(
        name=model.name, size=model.size, family=model.family, parameters=model.parameters,
        quantization=model.quantization, context=can.context, capabilities=sorted(can.capabilities), chats=chats,
        loaded=loaded, default=default,
    )  # fmt: skip
