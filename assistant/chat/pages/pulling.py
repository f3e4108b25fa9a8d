"""Gets models: what is on its way; for owners also the form, and suggestions."""

from markupsafe import Markup
from nicegui import ui

from assistant.chat.pages.services import Services
from assistant.chat.pages.suggestions import SUGGESTED
from assistant.chat.pulls import model_name
from assistant.components.controls import Problem, button, text_element, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.errors import Invalid
from assistant.users.pages.page import Page

WHERE = "All models are listed at "
LIBRARY = "https://ollama.com/library"


class Pulling:
    """The part of the page of models by which owners get others; everybody sees what is on its way."""

    def __init__(self, services: Services, page: Page) -> None:
        """Draws it."""
        self._services, self._owner, self._opened = services, page.asking.owner, False
        with ui.element("section").classes("card-box pulling").props('aria-label="Get a model"') as self._box:
            text_element("h2", "Get a model" if self._owner else "On its way")
            if self._owner:
                self._draw_form(page)
            self._rows = Rows().classes("pulls").on_act(self._acted)
            with ui.element("details").classes("suggestions") as self._more:
                with ui.element("summary"):
                    ui.label("Suggestions")
                self._suggestions = Rows().classes("pulls").on_act(self._acted)
        self._more.set_visibility(False)

    def _draw_form(self, page: Page) -> None:
        with KeptForm(f"draft:{page.user}:pull").on_done(self._pull) as self._form:
            with ui.element("div").classes("pull-line"):
                field = text_field(
                    "name", "Name of a model", hidden_label=True, placeholder="llama3.2:3b", longest=300,
                    autocapitalize="none", spellcheck="false",
                )  # fmt: skip
                button("Pull", kind="main")
            self._problem = Problem(field)
        Html(
            Markup('{}<a href="{}" target="_blank" rel="noopener">ollama.com/library</a>.').format(WHERE, LIBRARY),
            tag="p",
        )  # fmt: skip

    def show(self) -> None:
        """Shows what is on its way, what failed, and which of the suggestions are not there yet."""
        pulls, installed = self._services.pulls, set(self._services.models_status.names())
        rows = {name: self._running(name) for name in pulls.running}
        if not self._owner:
            self._rows.show(rows)
            self._box.set_visibility(bool(rows))
            return
        rows |= {name: _failed(name, words) for name, words in pulls.problems.items()}
        self._rows.show(rows)
        self._rows.set_visibility(bool(rows))
        self._suggest({one for one in SUGGESTED if one[0] not in installed and one[0] not in rows}, installed)

    def _suggest(self, missing: set[tuple[str, str, str]], installed: set[str]) -> None:
        offered = [one for one in SUGGESTED if one in missing]
        self._suggestions.show({name: _suggestion(name, about, size) for name, about, size in offered})
        self._more.set_visibility(bool(offered))
        if not installed and not self._opened and self._services.models_status.known:
            self._opened = True
            self._more.props["open"] = True
            self._more.update()

    async def _pull(self, sent: Sent) -> None:
        try:
            name = model_name(str(sent.values.get("name", "")))
        except Invalid as error:
            self._problem.say(error.sentence)
            self._form.refused(sent.key)
            return
        self._problem.say("")
        self._services.pulls.start(name)
        self._form.stored(sent.key)

    def _acted(self, what: str, name: str, _more: str) -> None:
        if not self._owner:
            return
        pulls = self._services.pulls
        {"pull": pulls.start, "cancel": pulls.cancel, "dismiss": pulls.forget}.get(what, pulls.forget)(name)

    def _running(self, name: str) -> Markup:
        progress, share = self._services.pulls.running[name], self._services.pulls.shares.get(name, 0.0)
        far = f"{progress.done / 1e9:.1f} of {progress.total / 1e9:.1f} GB" if progress.total else "Starting…"
        bar = Markup(
            '<div class="bar" role="progressbar" aria-label="Pulling {}" aria-valuenow="{}">'
            '<div style="width:{}%"></div></div>'
        ).format(name, round(share * 100), round(share * 100, 1))
        acts = _act("cancel", name, "Cancel") if self._owner else Markup("")
        return _line(name, Markup('<span class="hint">{}</span>{}').format(far, bar), acts)


def _failed(name: str, sentence: str) -> Markup:
    words = Markup('<span class="form-error" role="alert">{}</span>').format(sentence)
    return _line(name, words, _act("pull", name, "Try again") + _act("dismiss", name, "Dismiss", kind="plain"))


def _suggestion(name: str, about: str, size: str) -> Markup:
    words = Markup('<span class="hint">{} {}</span>').format(about, size)
    return _line(name, words, _act("pull", name, "Pull", icon="down"))


def _line(name: str, words: Markup, acts: Markup) -> Markup:
    line = '<div class="pull"><div class="line-words"><strong>{}</strong>{}</div><div class="row">{}</div></div>'
    return Markup(line).format(name, words, acts)  # noqa: S704 - the line above


def _act(what: str, name: str, words: str, *, kind: str = "quiet", icon: str = "") -> Markup:
    return Markup(
        '<button type="button" class="{}-button" data-do="{}" data-of="{}" aria-label="{} {}">{}<span>{}</span>'
        "</button>"
    ).format(kind, what, name, words, name, svg(icon) if icon else "", words)
