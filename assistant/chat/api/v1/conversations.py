"""Conversations listed, begun, changed, deleted and taken back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from assistant.chat import conversations, export, messages
from assistant.chat.api.v1.asking import EVENTS, Asks, asked
from assistant.chat.api.v1.events import EVENT
from assistant.chat.api.v1.shapes import Asked, Conversation, ConversationChange, NewConversation, conversation
from assistant.rest import cursors, etags
from assistant.rest.documented import After, Limit, says
from assistant.rest.door import Door
from assistant.rest.shapes import LARGEST_ID, Id, Piece
from assistant.storage.text import clean
from assistant.users.sessions import who

STREAMED = {
    201: {
        "description": "The question and its reply; with `Accept: text/event-stream` the reply as it is written.",
        "content": {EVENTS: {"schema": EVENT, "example": 'event: text\nid: 7.0\ndata: {"text": "Because"}'}},
    }
}

MARKDOWN, JSON = "text/markdown", "application/json"
EXPORTED = {
    200: {
        "description": "The file.",
        "content": {MARKDOWN: {"schema": {"type": "string"}}, JSON: {"schema": {"type": "object"}}},
    }
}


def add(routes: APIRouter, door: Door, asks: Asks) -> None:
    """Adds the routes."""
    _lists(routes, door)
    _begun(routes, door, asks)
    _gone(routes, door, asks)


def _lists(routes: APIRouter, door: Door) -> None:
    @routes.get("/conversations", **says("read", 404))
    async def list_conversations(
        request: Request,
        q: Annotated[str, Query(max_length=1000, description="Only with these words in their titles.")] = "",
        where: Annotated[
            Literal["conversations", "archive"], Query(description="The list or the archive.")
        ] = "conversations",
        project: Annotated[
            int | None, Query(ge=0, le=LARGEST_ID, description="Only those in this project; 0 for those in none.")
        ] = None,
        after: After = None,
        limit: Limit = 50,
    ) -> Piece[Conversation]:
        """Your conversations, pinned first, then the latest first."""
        place = cursors.read(after)
        rows = await door.read(
            conversations.listing,
            who(request).user,
            words=clean(q),
            archived=where == "archive",
            project=project,
            after=place,
            limit=limit + 1,
        )
        following = conversations.place(rows[limit - 1]) if len(rows) > limit else None
        return Piece(items=[conversation(row) for row in rows[:limit]], next=cursors.told(following))


def _begun(routes: APIRouter, door: Door, asks: Asks) -> None:
    @routes.post(
        "/conversations", status_code=201, response_model=Asked,
        **says("chat", 404, body=True, keyed=True, answers=STREAMED),
    )  # fmt: skip
    async def begin_conversation(request: Request, new: NewConversation) -> Response:
        """Begin a conversation with its first question.

        The reply is written from now on, whether or not anybody follows it: see `GET /replies/{reply}/events`. With
        `Accept: text/event-stream` this answer is already that stream.
        """
        asking, now = who(request), door.clock()
        model = await asks.model(asking, new.model)
        await asks.check_room(
            door, asking.user, new.text, model, home=0, system=new.settings.system, project=new.project
        )

        def unit() -> Asked:
            pair = messages.ask(
                asking.user, None, clean(new.text), key=None, now=now, model=model, images=tuple(new.images),
                documents=tuple(new.documents), settings=new.settings.model_dump() | {"project": new.project},
            )  # fmt: skip
            return asked(asking.user, pair.question.id, pair.answer.id)

        return await asks.answer(door, request, unit, 201)

    @routes.get("/conversations/{home:int}", response_model=Conversation, **says("read", 404))
    async def get_conversation(request: Request, home: Id) -> Response:
        """A conversation, and its version as ETag."""
        return etags.answer(request, await door.read(_own, who(request).user, home))

    @routes.get("/conversations/{home:int}/export", response_class=Response, **says("read", 404, answers=EXPORTED))
    async def export_conversation(
        request: Request,
        home: Id,
        kind: Annotated[
            Literal["markdown", "json"],
            Query(alias="format", description="To read, or with every branch, thinking and pictures."),
        ] = "markdown",
    ) -> Response:
        """A conversation as a file: the branch that is read as Markdown, or all of it as JSON."""
        asking = who(request)
        if kind == "json":
            return Response(await door.read(export.all_of, asking.user, home), media_type=JSON)
        text = await door.read(export.markdown, asking.user, home, asking.preferences.zone_info)
        return Response(text, media_type=f"{MARKDOWN}; charset=utf-8")

    @routes.patch(
        "/conversations/{home:int}", response_model=Conversation, **says("write", 404, versioned=True, body=True)
    )
    async def change_conversation(request: Request, home: Id, change: ConversationChange) -> Response:
        """Change title, place, project, model or settings of a conversation, on the version that If-Match names."""
        user = who(request).user
        said = {name: getattr(change, name) for name in change.model_fields_set}

        def unit() -> Conversation:
            etags.check(request, _own(user, home))
            conversations.change(user, home, **{k: clean(v) if isinstance(v, str) else v for k, v in said.items()})
            return _own(user, home)

        return etags.answer(request, await door.run(unit))


def _gone(routes: APIRouter, door: Door, asks: Asks) -> None:
    @routes.delete("/conversations/{home:int}", status_code=204, **says("write", 404))
    async def delete_conversation(request: Request, home: Id) -> None:
        """Delete a conversation, which can be restored for a day; what is being written in it ends."""
        user = who(request).user
        await asks.replies.stop_in(user, home)
        await door.run(conversations.delete, user, home, door.clock())

    @routes.post("/conversations/{home:int}/restore", response_model=Conversation, **says("write", 404, keyed=True))
    async def restore_conversation(request: Request, home: Id) -> Response:
        """Take back a deleted conversation."""
        user = who(request).user

        def unit() -> Conversation:
            conversations.restore(user, home)
            return _own(user, home)

        return await door.once(request, unit, status=200)


def _own(user: int, home: int) -> Conversation:
    return conversation(conversations.get(user, home))
