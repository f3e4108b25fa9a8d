"""The sections: what stands in each, and who sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.settings import fields
from assistant.settings.fields import Group
from assistant.settings.finder import Entry
from assistant.settings.pages import about, data
from assistant.settings.pages.account import keys, login, profile
from assistant.settings.pages.household import allowed, people, registration
from assistant.settings.pages.parts import Block
from assistant.settings.pages.services import Services
from assistant.settings.pages.zone_field import ZoneField


@dataclass(frozen=True)
class Section:
    """A section by the name in its address, with its parts in their order; one of the ``owners`` is for them only."""

    name: str
    title: str
    icon: str
    parts: tuple[Group | Block, ...]
    owners: bool = False

    def entries(self) -> Iterable[Entry]:
        """What can be set there."""
        for part in self.parts:
            if isinstance(part, Block):
                yield Entry(self.name, self.title, part.name, part.title, part.words)
            else:
                for field in part.fields:
                    words = f"{part.title} {field.words} {field.hint} {' '.join((field.options or {}).values())}"
                    yield Entry(self.name, self.title, field.name, field.title, words)


def sections(services: Services, *, owner: bool, model: str = "") -> list[Section]:
    """The sections that a person sees, in their order, who has chosen the model; none in which nothing can be set."""
    chat = fields.chat(services.models(), model)
    made = [
        Section("general", "General", "settings", (*fields.GENERAL, *_blocks(services, "general"))),
        Section("chat", "Chat", "chat", (*chat, *_blocks(services, "chat"))),
        Section("assistant", "Assistant", "bulb", (*fields.ASSISTANT, *_blocks(services, "assistant"))),
        Section("prompts", "Prompts", "quote", _blocks(services, "prompts")),
        Section("notes", "Notes", "notes", (*fields.NOTES, *_blocks(services, "notes"))),
        Section("reminders", "Reminders", "reminders", (*fields.REMINDERS, *_blocks(services, "reminders"))),
        Section("account", "Account", "person", (*fields.ACCOUNT, *_blocks(services, "account"))),
        Section("data", "Data", "data", _blocks(services, "data")),
        Section("household", "Household", "home", _blocks(services, "household"), owners=True),
        Section("about", "About", "about", _blocks(services, "about")),
    ]
    return [one for one in made if one.parts and (owner or not one.owners)]


def entries(services: Services, *, owner: bool) -> list[Entry]:
    """All that a person can set."""
    return [entry for one in sections(services, owner=owner) for entry in one.entries()]


def _blocks(services: Services, section: str) -> tuple[Block, ...]:
    return tuple(block for block in (*_own(services), *services.blocks) if block.section == section)


def _own(services: Services) -> tuple[Block, ...]:
    """The parts of the settings themselves that are more than fields."""

    return (
        Block(
            "general", "zone", "Time zone", "clock city region utc travel timezone hour",
            lambda page: ZoneField(services, page).draw(),
        ),
        Block(
            "account", "picture", "Picture", "avatar photo image initials profile face",
            lambda page: profile.Picture(services, page).draw(),
        ),
        Block(
            "account", "password", "Password and recovery codes", "login secret change forgot security log out name",
            lambda page: login.account(page.asking),
        ),
        Block(
            "account", "two-step", "Two-step login", "2fa totp authenticator second factor app code security",
            lambda page: login.two_step(services, page),
        ),
        Block(
            "account", "devices", "Where you are logged in", "sessions browsers devices log out everywhere security",
            lambda page: login.devices(services, page.asking),
        ),
        Block(
            "account", "keys", "Keys for programs", "api token key script automation developer rest curl shortcut",
            lambda page: keys.Keys(services, page).draw(),
        ),
        Block(
            "data", "stored", "What is stored", "delete everything all space size count remove clear privacy",
            lambda page: data.Stored(services, page).draw(),
        ),
        Block(
            "about", "version", "Version, health and licences", "doctor status update open source license software",
            lambda page: about.about(services, page),
        ),
        Block(
            "household", "registration", "Who may register", "invitations invite link accounts register join",
            lambda page: registration.Registration(services, page).draw(),
        ),
        Block(
            "household", "allowed", "What is allowed", "webhook ntfy network addresses two-step login 2fa security",
            lambda page: allowed.allowed(services, page),
        ),
        Block(
            "household", "default-model", "Default model", "llm ollama everybody conversations begin",
            lambda page: allowed.default_model(services, page),
        ),
        Block(
            "household", "people", "People", "accounts users members owner lock out disable admin storage quota room",
            lambda page: people.People(services, page).draw(),
        ),
    )  # fmt: skip
