"""What the boxes are made of: a box with its title, a bar, what came of an import in words, sizes and days."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.archive.rooms import Report
from assistant.components.controls import ProgressBar, button
from assistant.components.html import Html
from assistant.users.pages.page import Page

SHOWN = 200  # remarks; nobody reads more
REMARK = Markup("<li><strong>{}</strong> {}</li>")
KILO, MEGA, GIGA = 1e3, 1e6, 1e9


@contextmanager
def box(title: str) -> Iterator[Element]:
    """A box with its title; what is drawn inside belongs to it."""
    with ui.element("section").classes("card-box setting").props(f'aria-label="{title}"') as made:
        with ui.element("div").classes("setting-head"), ui.element("h2"):
            ui.label(title)
        yield made


def say(words: str, classes: str = "hint") -> ui.label:
    """A line of words."""
    return ui.label(words).classes(classes)


def problem(sentence: str) -> None:
    """Says what went wrong."""
    ui.label(sentence).classes("form-error").props('role="alert"')


class Bar:
    """How far something is, with a way to cancel it."""

    def __init__(self, title: str, cancel: Callable[[], object]) -> None:
        """Draws it in the slot that is open."""
        say(title, "setting-title")
        self._bar = ProgressBar(title)
        with ui.element("div").classes("row"):
            self._words = ui.label().classes("muted grow")
            button("Cancel", cancel)

    def show(self, done: int, total: int, words: str = "") -> None:
        """Says how far it is; with a ``total`` of 0 only how much is done."""
        self._words.set_text(words or (f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""))
        self._bar.show(done / total if total else 0.0)


def counted(counts: Mapping[str, int]) -> None:
    """A line each of what there is more than none of."""
    with ui.element("ul").classes("lines"):
        for what, count in counts.items():
            if count:
                with ui.element("li"):
                    ui.label(what[:1].upper() + what[1:]).classes("grow")
                    ui.label(f"{count:,}").classes("muted")


def remarks(report: Report) -> None:
    """What is to be said of single ones, folded where it is long."""
    if not report.remarks:
        return
    with ui.element("details").classes("archive-remarks") as folded:
        folded.props["open"] = len(report.remarks) <= 5  # noqa: PLR2004 - a glance
        with ui.element("summary"):
            ui.label(f"{len(report.remarks):,} remark{'s' if len(report.remarks) > 1 else ''}")
        lines = (REMARK.format(title or "Untitled", sentence) for title, sentence in report.remarks[:SHOWN])
        Html(Markup("<ul>{}</ul>").format(Markup("").join(lines)))
        if len(report.remarks) > SHOWN:
            say(f"and {len(report.remarks) - SHOWN:,} more")


def size(count: int) -> str:
    """The bytes as people say them."""
    for unit, name in ((GIGA, "GB"), (MEGA, "MB"), (KILO, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}" if count < 10 * unit else f"{count / unit:.0f} {name}"
    return f"{count} bytes"


def moment(page: Page, at: datetime) -> str:
    """The instant as the person has times written."""
    chosen = page.asking.preferences
    return chosen.formats.moment(at.astimezone(chosen.zone_info))


def day(page: Page, at: datetime) -> str:
    """The day as the person has days written."""
    chosen = page.asking.preferences
    return chosen.formats.day(at.astimezone(chosen.zone_info).date())
