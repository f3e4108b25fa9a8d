"""What this is: its version, how it is doing, and whose work it is made of."""

import asyncio
import re
from importlib import metadata

from markupsafe import Markup
from nicegui import ui

from assistant import __version__
from assistant.components.controls import button
from assistant.components.html import Html
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users.pages.page import Page

OWN = "assistant"
NAME = re.compile(r"[\w.-]+")
LINE = Markup("<li><span class='line-words'><strong>{}</strong><span class='hint'>{}</span></span></li>")


async def about(services: Services, page: Page) -> None:
    """Draws the boxes; how the installation is doing is for owners only."""
    with section("Assistant"):
        ui.label(f"Version {__version__}, under the MIT licence.")
        hint("Your chats, notes and reminders are on the machine that runs it, and nowhere else.")
    if page.asking.owner:
        Health(services)
    with section("Made of"), ui.element("details") as folded:
        with ui.element("summary"):
            ui.label("Free software by others, with its licences")
        made_of = Html("", tag="ul").classes("lines")

    async def show() -> None:
        if made_of.content:
            return
        made_of.set_content(LINE.format("Looking…", ""))
        found = await asyncio.to_thread(licences)
        lines = (LINE.format(f"{name} {version}", licence) for name, version, licence in found)
        made_of.set_content(Markup("").join(lines))

    folded.on("toggle", show)  # it takes a moment to look at all of it, and few do


class Health:
    """What ``assistant doctor`` says, on demand: it takes a few seconds."""

    def __init__(self, services: Services) -> None:
        """Draws the box."""
        self._services = services
        with section("How it is doing"):
            hint("What “assistant doctor” says: what works, and what to do about what does not.")
            self._lines = Html("", tag="ul").classes("lines").props("role=status")
            self._button = button("Examine", self._examine)

    async def _examine(self) -> None:
        self._lines.set_content(LINE.format("Examining…", "This takes a few seconds."))
        self._button.set_visibility(False)
        found = await asyncio.to_thread(self._services.examine)
        lines = (LINE.format(what, f"{said} {f'→ {advice}' if advice else ''}") for what, said, advice in found)
        self._lines.set_content(Markup("").join(lines))
        self._button.set_visibility(True)


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of each package that this needs, by name."""
    found: dict[str, tuple[str, str, str]] = {}
    wanted = [OWN]
    while wanted:
        name = wanted.pop()
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        key = package.name.lower()
        if key in found:
            continue
        found[key] = (package.name, package.version, _licence(package))
        needs = [need for need in package.requires or [] if "extra ==" not in need]
        wanted += [named[0] for need in needs if (named := NAME.match(need))]
    found.pop(OWN, None)
    return [found[key] for key in sorted(found)]


def _licence(package: metadata.Distribution) -> str:
    about = package.metadata
    kinds = [kind.rsplit(" :: ", 1)[-1] for kind in about.get_all("Classifier") or [] if kind.startswith("License")]
    said = [*(about.get_all("License-Expression") or []), ", ".join(kinds), *(about.get_all("License") or [])]
    return next((one.splitlines()[0][:80] for one in said if one.strip()), "See its own page")
