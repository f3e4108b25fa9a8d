"""A form that keeps what is typed in the browser until the server has stored it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nicegui import events
from nicegui.element import Element

from assistant.components.controls import LONGEST, Problem
from assistant.components.served import leaves

Values = dict[str, Any]
MILLION = 1_000_000


@dataclass(frozen=True)
class Sent:
    """What was sent: the ``values`` by the names of their fields, under a ``key`` that makes it count once."""

    values: Values
    key: str


@dataclass(frozen=True)
class Long:
    """A text of ``count`` characters, of which ``most`` fit into its field: it stays in the browser.

    ``size`` is in bytes; what is not ``kept`` is gone with its tab.
    """

    count: int
    size: int
    most: int
    kept: bool

    def sentence(self, rest: str = "there is room for {}") -> str:
        """What is said at the field."""
        said = f"{self.count / MILLION:.1f} million" if self.count >= MILLION else f"{self.count:,}"
        tab = "" if self.kept else " It is only kept in this tab."
        return f"This is {said} characters; {rest.format(f'{self.most:,}')}.{tab}"


# Vue takes a form out of the page with its dialog's last frame still to be seen; it hears of nothing then.
# What waits in its place by then may be something else that was typed since.
END = "const [form, name, about, place] = [getElement({}), ...{}]; if (form) form[name](...about); else if (!about[0]"
END += " || about[0].startsWith(JSON.parse(localStorage.getItem(place))?.key)) localStorage.removeItem(place)"
TAG = leaves.in_frame(Path(__file__).with_name("form.js"))


class KeptForm(Element):
    """A form; the fields drawn inside belong to it by their ``name`` and carry no value of their own.

    Text fields have texts, check boxes true or false (several of one name: the list of those that are on).
    What is longer than its field has room for is said there, and not sent: the values have what was there before.
    """

    def __init__(self, draft: str = "", values: Mapping[str, Any] | None = None, *, pause: int = 60) -> None:
        """``draft`` is where the browser keeps what is typed (empty: nowhere); ``values`` are there at first.

        ``pause`` is in milliseconds after a key, before ``on_change`` hears of it.
        """
        super().__init__(TAG)
        self._props.update({"novalidate": "", "autocomplete": "off"})
        self._props["draft"] = self._place = draft
        self._props["values"] = dict(values or {})
        self._props["pause"] = pause
        self._heard = 0  # the number of the last edit that was heard of
        self._filled: tuple[int, Values] = (0, {})  # the values that were changed last, after that edit
        self._busy, self._stored = set[str](), ""  # the keys of what is being done, and of what was stored last
        self._problems: dict[str, Problem] = {}
        self._on_long: dict[str, Callable[[Long | None], None]] = {}
        self.on("long", self._measured)

    def on_change(self, handler: Callable[[Values, str], Awaitable[None] | None]) -> "KeptForm":
        """Calls ``handler`` with all values and the name of the field that changed (empty: a draft came back)."""

        def heard(event: events.GenericEventArguments) -> Awaitable[None] | None:
            said = self._said(event)
            return handler(_values(said), str(said.get("name", "")))

        self.on("changed", heard)
        return self

    def on_done(self, handler: Callable[[Sent], Awaitable[None]]) -> "KeptForm":
        """Awaits ``handler`` when the form is sent; it answers by ``stored`` or ``refused``.

        What is sent again because no answer came, as over a line that was cut, is not done again. What was sent before
        the values of ``fill`` had come to the browser is sent once more, with these.
        """

        async def once(sent: Sent) -> None:
            at, filled = self._filled
            self._filled = (0, {})
            if at == self._heard and any(sent.values.get(name, value) != value for name, value in filled.items()):
                self.refused(sent.key)
                self.run_method("submit")
            elif sent.key == self._stored:
                self.stored(sent.key)
            elif sent.key not in self._busy:
                self._busy.add(sent.key)
                try:
                    await handler(sent)
                finally:
                    self._busy.discard(sent.key)

        return self._hear("done", once)

    def on_kept(self, handler: Callable[[Sent], Awaitable[None]]) -> "KeptForm":
        """Awaits ``handler`` with what was typed before the page was loaded.

        It may have been stored since, and nobody could say so: then ``stored`` answers.
        """
        return self._hear("kept", handler)

    def on_long(self, name: str, handler: Callable[[Long | None], None]) -> "KeptForm":
        """Calls ``handler``, which says so, when the text of that field is too long, and with None when it fits."""
        self._on_long[name] = handler
        return self

    def stored(self, key: str, *, draft: str | None = None) -> None:
        """What was sent under the key is safe: the form is empty again; ``draft`` is where its next words belong.

        Nothing of it is kept, also if the form is closed right after.
        """
        self._stored = key
        self._end("stored", key, draft)
        self._place = self._place if draft is None else draft

    def begin(self, values: Mapping[str, Any]) -> None:
        """Lets these values be what is there at first, and again once what was sent is stored."""
        self._props["values"] = dict(values)
        self.update()

    def refused(self, key: str) -> None:
        """What was sent under the key was not stored; it stays as it was typed."""
        self.run_method("refused", key)

    def fill(self, values: Mapping[str, Any] | None = None, *, over: bool = False) -> None:
        """Changes values in the browser; without any, all are as at first.

        What was typed there meanwhile stays, unless ``over`` says that the values know it already.
        """
        heard, self._filled = [] if over else [self._heard], (self._heard, dict(values or {}))
        self.run_method("fill", *((None,) if values is None else (dict(values), *heard)))

    def cut(self, name: str, most: int = 0) -> None:
        """Of a text that is too long only ``most`` characters stay, or what was there before."""
        self.run_method("cut", name, most)

    def uncut(self, name: str) -> None:
        """What the last cut took out is there again."""
        back = True
        self.run_method("cut", name, 0, back)

    def hand(self, name: str, zone: Element) -> None:
        """Sends by a dropzone, as a file whose name is a key, what made a text too long."""
        self.run_method("hand", name, zone.id)

    def turn(self, draft: str) -> None:
        """What is typed belongs to another place from now on, or what was kept there comes back."""
        self.run_method("turn", draft)
        self._place = draft

    def forget(self) -> None:
        """Nothing of this form is kept any more; for a form that is closed."""
        self._end("forget")

    def focus(self, name: str, *, all_selected: bool = False) -> None:
        """Puts the cursor into the field of that name, or selects all that is in it."""
        self.run_method("focus", name, all_selected)

    def _end(self, name: str, *arguments: str | None) -> None:
        """Calls a method after which nothing is kept, in the form or, if it is gone by then, in its place."""
        self.client.run_javascript(END.format(self.id, json.dumps([name, arguments, self._place])))

    def _hear(self, name: str, handler: Callable[[Sent], Awaitable[None]]) -> "KeptForm":
        async def heard(event: events.GenericEventArguments) -> None:
            said = self._said(event)
            await handler(Sent(_values(said), str(said.get("key", ""))[:64]))

        self.on(name, heard)
        return self

    def _measured(self, event: events.GenericEventArguments) -> None:
        told = event.args if isinstance(event.args, dict) else {}
        for field in [one for one in self.descendants() if one.props.get("name")]:
            name = str(field.props["name"])
            long = _long(told.get(name), int(field.props.get("data-longest", LONGEST)))
            if name in self._on_long:
                self._on_long[name](long)
            elif long or name in self._problems:
                self._problem(name, field).say(long.sentence() if long else "")

    def _problem(self, name: str, field: Element) -> Problem:
        if name not in self._problems:
            label = field.parent_slot and field.parent_slot.parent
            place = label.parent_slot if label else None
            with place or self:
                self._problems[name] = Problem(field)
        return self._problems[name]

    def _said(self, event: events.GenericEventArguments) -> dict[str, Any]:
        said: dict[str, Any] = event.args if isinstance(event.args, dict) else {}
        at = said.get("at")
        self._heard = at if isinstance(at, int) else self._heard
        return said


def _values(said: dict[str, Any]) -> Values:
    values = said.get("values")
    return values if isinstance(values, dict) else {}


def _long(told: object, most: int) -> Long | None:
    """What a browser says of a text, which may be anything."""
    if not isinstance(told, list) or [type(one) for one in told] != [int, int, bool]:
        return None
    return Long(told[0], told[1], most, told[2])
