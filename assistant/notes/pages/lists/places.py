"""All notes, archive, trash and the tree of tags, with how many notes are in each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import Problem, button, text_element, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.notes import queries, tags
from assistant.notes.pages.lists.filters import Filter
from assistant.notes.pages.services import Services
from assistant.notes.queries import ARCHIVE, NOTES, TRASH, Counts
from assistant.notes.tags import Branch
from assistant.notes.validation import tag_key, tag_name
from assistant.users.pages.page import Page

UNFOLDED = 40  # tags; of more only the top of the tree is shown at first
SHOWN = 500  # tags
PLACES = ((NOTES, "All notes", "notes"), (ARCHIVE, "Archive", "archive"), (TRASH, "Trash", "trash"))
PLACE = Markup(
    '<a href="{address}"{current}>{icon}<span class="place-name">{label}</span>'
    '<span class="place-count">{count}</span></a>'
)
RENAME = Markup(
    '<button type="button" class="icon-button" aria-label="Rename the tag {name}" title="Rename" data-do="rename"'
    ' data-of="{name}">{icon}</button>'
)
FOLD = Markup(
    '<button type="button" class="place-fold" aria-label="Tags below {name}" aria-expanded="{open}" data-do="fold"'
    ' data-of="{name}">{icon}</button>'
)


@dataclass(frozen=True)
class Found:
    """What the places show."""

    counts: Counts
    tree: list[Branch]


class Places:
    """The column of places; those that are links to the list show it beside."""

    def __init__(self, page: Page, services: Services, *, importing: bool = False) -> None:
        """Draws the column, empty; ``importing`` marks the import as what is shown."""
        self._page, self._services = page, services
        self._found = Found(Counts(0, 0, 0), [])
        self._filter: Filter | None = None
        self._turned: set[str] = set()  # tags that are folded or unfolded against how the tree is at first
        with ui.element("nav").classes("places").props('aria-label="Places" data-scroll="places"'):
            self._places = Rows()
            self._tags_heading = Html("<h2>Tags</h2>")
            self._tags = Rows().on_act(self._act)
            with ui.element("p").classes("places-foot"):
                Html(_foot(importing=importing))
        page.follow({"notes"}, self._changed)

    async def load(self) -> None:
        """Counts anew."""
        self._found = await self._services.database.read(_read, self._page.user)
        self._draw()

    def mark(self, shown: Filter | None) -> None:
        """Marks the place that is shown; None where none is."""
        if shown != self._filter:
            self._filter = shown
            self._draw()

    async def _changed(self, _topics: set[str]) -> None:
        await self.load()

    def _draw(self) -> None:
        self._places.show({where: self._place(where, label, icon) for where, label, icon in PLACES})
        tree = self._found.tree
        shown = {branch.name: branch for branch in tree if self._visible(branch.name)}
        self._tags.show(
            {name: self._branch(branch) for name, branch in list(shown.items())[:SHOWN]},
            classes={name: f"depth-{min(branch.depth, 6)}" for name, branch in shown.items()},
        )
        self._tags_heading.set_visibility(bool(tree))

    def _place(self, where: str, label: str, icon: str) -> Markup:
        count = getattr(self._found.counts, where)
        here = self._filter is not None and not self._filter.tag and self._filter.where == where
        return PLACE.format(
            address=Filter(where).address, current=_current(here=here), icon=svg(icon), label=label,
            count=f"{count:,}" if count else "",
        )  # fmt: skip

    def _branch(self, branch: Branch) -> Markup:
        here = self._filter is not None and self._filter.tag == branch.name
        fold = FOLD.format(name=branch.name, open="true" if self._open(branch.name) else "false", icon=svg("forward"))
        link = PLACE.format(
            address=f"/notes?{urlencode({'tag': branch.name})}", current=_current(here=here), icon=svg("tag"),
            label=branch.name.rpartition("/")[2], count=f"{branch.count:,}",
        )  # fmt: skip
        return (fold if branch.parent else Markup("")) + link + RENAME.format(name=branch.name, icon=svg("edit"))

    def _open(self, name: str) -> bool:
        return (len(self._found.tree) <= UNFOLDED) != (name in self._turned)

    def _visible(self, name: str) -> bool:
        levels = name.split("/")
        return all(self._open("/".join(levels[:depth])) for depth in range(1, len(levels)))

    def _act(self, what: str, of: str, _more: str) -> None:
        if what == "fold":
            self._turned ^= {of}
            self._draw()
        elif what == "rename":
            self._ask_name(of)

    def _ask_name(self, tag: str) -> None:
        with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
            text_element("h2", "Rename tag")
            with KeptForm(values={"tag": tag}) as form:
                field = text_field("tag", "Name", autofocus=True, longest=100)
                field.on("focus", js_handler="(event) => event.target.select()")
                problem = Problem(field)
                ui.label("Give it another tag's name to join the two.").classes("muted small")
                with ui.element("div").classes("row-end"):
                    button("Cancel", dialog.close)
                    button("Rename", kind="main")

        async def done(sent: Sent) -> None:
            try:
                await self._rename(tag, str(sent.values.get("tag", "")))
            except AssistantError as error:
                form.refused(sent.key)
                problem.say(error.sentence)
            else:
                dialog.close()

        form.on_done(done)
        dialog.on("hide", dialog.delete)

    async def _rename(self, old: str, new: str) -> None:
        if new.strip() == old:
            return
        clock, user = self._services.clock, self._page.user
        await self._services.database.run(tags.rename, user, old, new, clock())
        name = tag_name(new)
        if self._filter and self._filter.tag == old:
            self._page.go(Filter(tag=name).address)

        async def undo() -> None:
            await self._services.database.run(tags.rename, user, name, old, clock())

        joined = tag_key(name) in {tag_key(branch.name) for branch in self._found.tree}
        toast(f"Renamed to “{name}”.", None if joined else undo)


def _read(user: int) -> Found:
    return Found(queries.counts(user), tags.tree(user))


def _current(*, here: bool) -> Markup:
    return Markup(' aria-current="page"') if here else Markup("")


def _foot(*, importing: bool) -> Markup:
    return Markup(
        '<a class="quiet-link" href="/notes/import"{}>{}<span>Import</span></a>'
        '<a class="quiet-link" href="/notes/export" download>{}<span>Export all</span></a>'
    ).format(_current(here=importing), svg("down"), svg("send"))
