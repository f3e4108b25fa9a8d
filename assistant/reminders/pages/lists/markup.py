"""What the lines of lists look like."""

from markupsafe import Markup

from assistant.components.icons import svg
from assistant.components.rows import Template
from assistant.reminders.pages.lists.entries import Entry

PRIORITIES = ("None", "Low", "Medium", "High")
NOTHING = Markup("")
DRAGGABLE = Markup(' draggable="true"')
LINE = Template(
    '<div class="reminder priority-{priority}{kind}" data-drop="{group}"{drag} data-of="{id} {at}">{tick}'
    '<button type="button" class="reminder-text" data-row data-do="{act}" data-of="{id}">'
    '<span class="title" dir="auto">{text}</span>{about}</button>{acts}</div>'
)
TITLE = Template('<h2 class="day-title" data-drop="{}">{}{}</h2>')
COUNT = Template(' <span class="muted">{}</span>')
CHOOSE = Template(
    '<button type="button" class="choose" role="checkbox" aria-checked="{on}" data-do="choose" data-of="{id}"'
    ' aria-label="Select {text}">{icon}</button>'
)
TICK = Template(
    '<button type="button" class="tick" data-do="{act}" data-of="{id} {at}" aria-label="{label}">{icon}</button>'
)
NO_TICK = Template('<span class="tick-none">{}</span>')
ABOUT = Template('<span class="about">{}</span>')
PART = Template("<{tag} class='{kind}'>{sign}{words}</{tag}>")
LINK = Template('<a class="icon-button" href="{}" aria-label="Open {}" title="{}">{}</a>')
ACTS = Template('<span class="acts">{}{}{}</span>')
ACT = Template(
    '<button type="button" class="icon-button act-{act}" id="{act}-{place}" data-do="{act}" data-of="{id} {at}"'
    ' aria-label="{label} {text}" title="{tip}">{icon}</button>'
)


def line(entry: Entry, *, selecting: bool, chosen: bool) -> Markup:
    """A reminder with what can be done with it."""
    at = entry.at.isoformat() if entry.at else ""
    return LINE.format(
        priority=entry.priority, kind=" done" if entry.done else " further" if entry.further else "",
        group=entry.group, id=entry.id, at=at,
        drag=NOTHING if entry.done or selecting else DRAGGABLE,
        tick=_choose(entry, chosen=chosen) if selecting else _tick(entry, at),
        act="choose" if selecting else "open", text=entry.text, about=_about(entry),
        acts=NOTHING if selecting else _acts(entry, at),
    )  # fmt: skip


def title(words: str, group: str, count: int | None = None) -> Markup:
    """The heading above the lines of a day."""
    return TITLE.format(group, words, COUNT.format(count) if count else NOTHING)


def _choose(entry: Entry, *, chosen: bool) -> Markup:
    return CHOOSE.format(on="true" if chosen else "false", id=entry.id, text=entry.text, icon=svg("check"))


def _tick(entry: Entry, at: str) -> Markup:
    if entry.further:
        return NO_TICK.format(svg("again"))
    label = f"{'Not done after all' if entry.done else 'Done'}: {entry.text}"
    return TICK.format(act="untick" if entry.done else "tick", id=entry.id, at=at, label=label, icon=svg("check"))


def _about(entry: Entry) -> Markup:
    parts = [
        _part(entry.when, "overdue" if entry.overdue else "", tag="time"),
        _part(entry.snoozed, icon="clock"),
        _part(entry.repeats, icon="" if entry.further else "again"),
        _part(PRIORITIES[entry.priority] if entry.priority else "", f"flag-{entry.priority}", icon="flag"),
        *(_part(f"#{tag}", "tag") for tag in entry.tags),
    ]
    said = Markup("").join(part for part in parts if part)
    return ABOUT.format(said) if said else NOTHING


def _part(words: str, kind: str = "", *, icon: str = "", tag: str = "span") -> Markup:
    if not words:
        return NOTHING
    sign = svg(icon) if icon else NOTHING
    return PART.format(tag=tag, kind=kind, sign=sign, words=words)


def _acts(entry: Entry, at: str) -> Markup:
    link = entry.link
    leads = NOTHING
    if link:
        leads = LINK.format(link.address, link.title, link.title, svg("notes" if link.kind == "note" else "chat"))
    quick = NOTHING
    if not entry.further and not entry.done:
        quick = _act("move", "calendar", "Move", entry, at)
    if not entry.further:
        quick += _act("delete", "trash", "Delete", entry, at)
    return ACTS.format(leads, quick, _act("menu", "more", "More for", entry, at))


def _act(act: str, icon: str, label: str, entry: Entry, at: str) -> Markup:
    return ACT.format(
        act=act, place=place(entry), id=entry.id, at=at, label=label, text=entry.text, icon=svg(icon),
        tip="More" if act == "menu" else label,
    )  # fmt: skip


def place(entry: Entry) -> str:
    """The end of the ids of a line's buttons, at which menus open."""
    return f"{entry.id}-{int(entry.at.timestamp()) if entry.at else 0}"
