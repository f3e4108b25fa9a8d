"""What an import would do or has done, in sentences, with everything named that did not come as it was."""

from collections.abc import Iterable

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import button
from assistant.components.html import Html
from assistant.notes.transfer.importer import Plan, Report
from assistant.notes.transfer.scanner import Remarks

SHOWN = 300  # remarks; the others come when they are asked for
OPEN = 12  # of so many the list is open at once
LINE = Markup("<li><strong>{}</strong> {}</li>")
SENTENCE = Markup("<p>{}</p>")
TITLE = Markup("<li>{}</li>")


def plan(plan: Plan, tags: int) -> Markup:
    """What the import would bring, as HTML; of the tags the first so many."""
    said = [f"From {_listed([f'{app} ({count:,})' for app, count in plan.apps.items()])}."] if plan.apps else []
    if plan.attachments:
        said.append(f"With {_count(plan.attachments, 'attachment')}.")
    if plan.here:
        are = "is" if plan.here == 1 else "are"
        said.append(f"{_count(plan.here, 'note')} from these files {are} here already and left alone.")
    if plan.tags:
        more = f" and {len(plan.tags) - tags:,} more" if len(plan.tags) > tags else ""
        said.append(f"Tags: {', '.join(plan.tags[:tags])}{more}")
    titles = Markup("").join(TITLE.format(title or "Untitled") for title in plan.titles)
    listed = Markup('<ul class="import-titles">{}</ul>').format(titles) if titles else Markup("")
    more_notes = plan.new - len(plan.titles)
    return _sentences(said) + listed + _sentences([f"and {more_notes:,} more"] if more_notes > 0 else [])


def report(report: Report) -> Markup:
    """What the import did, as HTML."""
    said = []
    if report.attachments:
        said.append(f"With {_count(report.attachments, 'attachment')}.")
    if report.unchanged:
        said.append(f"{_count(report.unchanged, 'note')} {_are(report.unchanged)} here already and left alone.")
    if report.cancelled:
        said.append("What came before stays. Import the same files again to go on.")
    return _sentences(said)


def draw(skipped: Remarks, remarks: Remarks, *, done: bool) -> None:
    """Draws the files that do not come, and the notes that come changed, each with the reason."""
    _list(skipped, "not brought in" if done else "will not be brought in", "file")
    _list(remarks, "about what comes" if not done else "about what came", "remark")


def _list(remarks: Remarks, what: str, thing: str) -> None:
    if not remarks:
        return
    with ui.element("details").classes("card-box import-said") as box:
        if len(remarks) <= OPEN:
            box.props["open"] = True
        with ui.element("summary"):
            ui.label(f"{_count(len(remarks), thing)} {what}")
        shown = Html(_lines(remarks[:SHOWN]))
        if len(remarks) > SHOWN:

            def show_all() -> None:
                shown.set_content(_lines(remarks))
                more.delete()

            more = button(f"Show all {len(remarks):,}", show_all)


def _lines(remarks: Iterable[tuple[str, str]]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(LINE.format(name, sentence) for name, sentence in remarks))


def _sentences(said: Iterable[str]) -> Markup:
    return Markup("").join(map(SENTENCE.format, said))


def hashtags(plan: Plan, shown: int) -> str:
    """The choice to make tags of the words with number signs; the first so many are named."""
    more = f" and {len(plan.hashtags) - shown:,} more" if len(plan.hashtags) > shown else ""
    return f"Make tags of the words with a # in the texts: {', '.join(plan.hashtags[:shown])}{more}"


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]


def _are(number: int) -> str:
    return "was" if number == 1 else "were"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
