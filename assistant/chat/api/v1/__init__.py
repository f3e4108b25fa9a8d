"""Conversations, replies and models over the API.

- ``shapes``: conversations and messages as JSON has them
- ``conversations``: listed, begun, changed, deleted and taken back
- ``messages``: asked, edited, read, cut; their versions and pictures
- ``asking``: a question on its way to a model
- ``replies``: answers while they are written: followed, stopped, gone on with
- ``events``: an answer as server-sent events
- ``documents``: files for questions
- ``acts``: what a model offers to do, and what was done
- ``prompts``: prompts that one keeps
- ``routines``: the daily brief, and questions that are asked at set times
- ``memory``: what models are told about a person
- ``projects``: folders of conversations
- ``models``: the models in Ollama, and downloads of others
"""

from fastapi import APIRouter

from assistant.chat.acting.rooms import Rooms
from assistant.chat.api.v1 import (
    acts,
    conversations,
    documents,
    memory,
    messages,
    models,
    projects,
    prompts,
    replies,
)
from assistant.chat.api.v1.asking import Asks
from assistant.chat.api.v1.routines import brief, questions
from assistant.chat.documents.readings import Readings
from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import Pulls
from assistant.chat.routines.runner import Routines
from assistant.ollama.door import Ollama
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute

TAGS = ("conversations", "projects", "documents", "replies", "acts", "prompts", "memory", "routines", "models")


def routers(
    door: Door,
    asks: Asks,
    pulls: Pulls,
    ollama: Ollama,
    status: ModelsStatus,
    rooms: Rooms,
    readings: Readings,
    runner: Routines,
) -> list[APIRouter]:
    """The routes."""
    made = {tag: APIRouter(route_class=StrictRoute, tags=[tag]) for tag in TAGS}
    conversations.add(made["conversations"], door, asks)
    messages.add(made["conversations"], door, asks)
    projects.add(made["projects"], door)
    documents.add(made["documents"], door, readings, rooms)
    replies.add(made["replies"], door, asks)
    acts.add(made["acts"], door, rooms)
    prompts.add(made["prompts"], door)
    memory.add(made["memory"], door)
    questions.add(made["routines"], door, runner)
    brief.add(made["routines"], door, runner)
    models.add(made["models"], pulls, ollama, status)
    return list(made.values())
