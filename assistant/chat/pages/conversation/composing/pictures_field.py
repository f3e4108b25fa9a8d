"""The pictures that go along with a question: dropped, pasted or chosen, and stored before it is sent."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from assistant.chat.messages import IMAGES_LIMIT
from assistant.chat.pictures import SIZE_LIMIT
from assistant.components.dropzone import Dropzone
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.text import row_number

ACCEPT = "image/png,image/jpeg,image/webp,image/gif"
TOO_LARGE = 413


class PicturesField:
    """The pictures in a form; ``zone`` is the place around it that takes files."""

    def __init__(self, on_change: Callable[[list[int]], None], say: Callable[[str], None]) -> None:
        """``on_change`` is called with the ids of the stored pictures, ``say`` with what is wrong with one."""
        self._on_change, self._say = on_change, say
        self._stored: list[int] = []
        self._coming: list[str] = []
        self._warning = ""
        self.zone = Dropzone("/api/v1/images", accept=ACCEPT, pictures=True, largest=SIZE_LIMIT)
        self.zone.on_picked(self._picked).on_answered(self._answered).on_failed(self._failed)

    def draw(self) -> None:
        """Draws the pictures, in the slot that is open."""
        self._rows = Rows(tag="div", row="figure").classes("composer-images").on_act(self._act)
        self._rows.set_visibility(False)

    @property
    def busy(self) -> bool:
        """Whether a picture is still being sent."""
        return bool(self._coming)

    def choose(self) -> None:
        """Opens the browser's dialog to choose pictures."""
        self.zone.choose()

    def warn(self, sentence: str) -> None:
        """What is said as soon as there are pictures, because the model could not see them."""
        if sentence != self._warning and self._stored:
            self._say(sentence)
        self._warning = sentence

    def show(self, images: list[int]) -> None:
        """Shows these stored pictures."""
        self._stored = images
        self._draw_rows()

    def _draw_rows(self) -> None:
        rows = {str(image): _picture(image) for image in self._stored}
        rows |= {f"{place} {name}": _coming(name) for place, name in enumerate(self._coming)}
        self._rows.show(rows)
        self._rows.set_visibility(bool(rows))

    def _picked(self, files: list[dict[str, Any]]) -> None:
        self._coming += [str(file["name"]) for file in files]
        self._say("")
        self._draw_rows()

    def _answered(self, told: dict[str, Any]) -> None:
        self._gone(told)
        image = row_number(told["answer"].get("id"))
        if image and len(self._stored) >= IMAGES_LIMIT:
            self._say(f"At most {IMAGES_LIMIT} pictures fit into one message.")
        elif image:
            self._stored = [*self._stored, image]
            self._on_change(self._stored)
            if self._warning:
                self._say(self._warning)
        self._draw_rows()

    def _failed(self, told: dict[str, Any]) -> None:
        self._gone(told)
        answer = told["answer"]
        if told["status"] == TOO_LARGE:
            self._say(f"{told['name']} is larger than 10 MB.")
        else:
            self._say(str(answer.get("detail") or "The picture could not be sent. Try again."))
        self._draw_rows()

    def _gone(self, told: dict[str, Any]) -> None:
        if told["name"] in self._coming:
            self._coming.remove(told["name"])

    def _act(self, _what: str, of: str, _more: str) -> None:
        self._stored = [image for image in self._stored if str(image) != of]
        self._on_change(self._stored)
        self._draw_rows()


def _picture(image: int) -> Markup:
    return Markup(
        '<img src="/images/{0}" alt="Picture to send">'
        '<button type="button" class="icon-button" data-do="remove" data-of="{0}" aria-label="Remove picture">{1}'
        "</button>"
    ).format(image, svg("close"))


def _coming(name: str) -> Markup:
    return Markup('<span class="composer-coming"><span class="pulse"></span>{}</span>').format(name)
