"""The one family of controls: fields with their labels, buttons, how far something is, and where problems are said."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from assistant.components.html import Html
from assistant.components.icons import svg

LONGEST = 10_000  # characters of a field that does not say otherwise; as in form.js


def text_field(name: str, label: str, *, hidden_label: bool = False, **props: Any) -> Element:
    """A line of text with its label; ``props`` are attributes such as ``type``, ``placeholder``.

    ``longest`` is in characters; what is longer is not cut, but told at the field by its form.
    """
    with labelled(label, hidden=hidden_label):
        return _control("input", name, {"type": "text", **_named(label, hidden=hidden_label), **props})


def text_area(name: str, label: str, *, hidden_label: bool = False, grows: bool = False, **props: Any) -> Element:
    """Lines of text with their label; one that ``grows`` is as high as its text."""
    with labelled(label, hidden=hidden_label):
        grown = {"data-grow": ""} if grows else {}
        return _control("textarea", name, {**grown, **_named(label, hidden=hidden_label), **props})


def select(
    name: str, label: str, options: Mapping[str, str], *, hidden_label: bool = False, fixed: bool = False, **props: Any
) -> Element:  # fmt: skip
    """A choice of one of the ``options`` (value: words); ``fixed`` ones stay, which spares an element each."""
    props = {**_named(label, hidden=hidden_label), **props}
    with labelled(label, hidden=hidden_label):
        if fixed:
            drawn = Markup().join(Markup('<option value="{}">{}</option>').format(*one) for one in options.items())
            return _dressed(Html(drawn, tag="select"), name, props)
        box = _control("select", name, props)
    show_options(box, options)
    return box


def show_options(box: Element, options: Mapping[str, str]) -> None:
    """Offers other options in a select."""
    box.clear()
    with box:
        for value, words in options.items():
            option = text_element("option", words)
            option.props["value"] = value


def check_box(name: str, label: str, *, switch: bool = False, **props: Any) -> Element:
    """A box to tick, or a switch, with its words after it; without words where they stand elsewhere."""
    if not label:
        return _control("input", name, {"type": "checkbox", **props}, classes="switch-alone" if switch else "")
    with ui.element("label").classes("switch" if switch else "check"):
        box = _control("input", name, {"type": "checkbox", **props}, classes="")
        ui.label(label)
    return box


@contextmanager
def labelled(label: str, *, hidden: bool = False) -> Iterator[None]:
    """A label above the control that is drawn inside; none where it is empty, for one that stands elsewhere.

    One that is ``hidden`` the control says itself.
    """
    if not label:
        yield
        return
    with ui.element("label").classes("labelled"):
        if not hidden:
            ui.label(label).classes("label")
        yield


def button(
    words: str, on_click: Callable[..., Any] | None = None, *, kind: str = "quiet", icon: str = "", **props: Any
) -> Element:
    """A button of one kind: ``main``, ``quiet``, ``plain`` or ``danger``; without ``on_click`` it sends its form."""
    made = pictured("button", icon, words) if icon else text_element("button", words)
    made.classes(f"{kind}-button").props["type"] = "submit" if on_click is None else "button"
    made.props.update(props)
    return made.on("click", on_click) if on_click else made


def pictured(tag: str, icon: str, words: str) -> Html:
    """An icon and words as one element: each that there is costs every page that has it."""
    return Html(with_icon(icon, words), tag=tag)


def with_icon(icon: str, words: str) -> Markup:
    """What stands in it, for other words."""
    return Markup("{}<span>{}</span>").format(svg(icon), words)


def link_to(words: str, address: str, kind: str = "") -> Element:
    """A link, to a view or out of here; of a ``kind`` of button where it looks like one."""
    made = text_element("a", words).classes(f"{kind}-button" if kind else "")
    made.props["href"] = address
    return made


def icon_button(icon: str, label: str, on_click: Callable[..., Any] | None = None, **props: Any) -> Element:
    """A button that is only an icon, with its name for screen readers and as a tip; it holds nothing else."""
    made = Html(svg(icon), tag="button").classes("icon-button")
    made.props.update({"type": "button", "aria-label": label, "title": label, **props})
    return made.on("click", on_click) if on_click else made


class Problem:
    """The place where a sentence says what is wrong with a field, or with the whole form."""

    def __init__(self, field: Element | None = None) -> None:
        """``field`` is marked while something is wrong with it."""
        self._field = field
        self._label = ui.label().classes("form-error").props('role="alert"')
        self._label.set_visibility(False)
        if field is not None:
            described = field.props.get("aria-describedby")
            field.props["aria-describedby"] = " ".join(filter(None, (described, self._label.html_id)))

    def say(self, sentence: str) -> None:
        """Shows the sentence; an empty one takes it away."""
        self._label.set_text(sentence)
        self._label.set_visibility(bool(sentence))
        if self._field is not None:
            self._field.props["aria-invalid"] = "true" if sentence else "false"
            self._field.update()


def say_problems(problems: Mapping[str, Problem], sentence: str = "", field: str | None = None) -> None:
    """Says the sentence at its field, or at the one called "" where the field is not shown; clears the others."""
    at = field if field in problems else ""
    for name, problem in problems.items():
        problem.say(sentence if name == at else "")


def text_element(tag: str, text: str) -> TextElement:
    """An element that holds its text itself."""
    return TextElement(tag=tag, text=text)


def _named(label: str, *, hidden: bool) -> dict[str, str]:
    return {"aria_label": label} if hidden else {}


def _control(tag: str, name: str, props: Mapping[str, Any], *, classes: str = "field") -> Element:
    control = _dressed(ui.element(tag), name, props, classes=classes)
    if tag != "select":
        control.props["dir"] = "auto"
    return control


def _dressed(control: Element, name: str, props: Mapping[str, Any], *, classes: str = "field") -> Element:
    control.classes(classes).props["name"] = name
    names = {key: "data-longest" if key == "longest" else key.replace("_", "-") for key in props}
    control.props.update({names[key]: value for key, value in props.items()})
    return control


class ProgressBar:
    """A bar with a name for who cannot see it."""

    def __init__(self, label: str) -> None:
        """Draws it, empty."""
        with ui.element("div").classes("bar") as self._bar:
            self._filled = ui.element("div")
        self._bar.props.update(
            {"role": "progressbar", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100"}
        )

    def show(self, share: float) -> None:
        """Fills it by the ``share``, from 0 to 1."""
        percent = round(100 * min(1.0, max(0.0, share)))
        self._bar.props["aria-valuenow"] = str(percent)
        self._bar.update()
        self._filled.style(replace=f"width: {percent}%")
