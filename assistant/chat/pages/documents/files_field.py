"""The files that go along with a question: dropped, pasted or chosen, and stored before it is sent."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from assistant.chat.documents import library
from assistant.chat.documents.readings import Readings
from assistant.chat.messages import IMAGES_LIMIT
from assistant.chat.models import Document
from assistant.chat.pages.documents import chips
from assistant.components.dropzone import Dropzone
from assistant.components.rows import Rows
from assistant.errors import AssistantError
from assistant.storage.database import Database
from assistant.text import row_number

PICTURES = "image/png,image/jpeg,image/webp,image/gif"
DOCUMENTS = (
    ".pdf,.docx,.odt,.epub,.html,.htm,.txt,.md,.csv,.tsv,.json,.xml,.yaml,.yml,.toml,.ini,.log,.sql,.sh,.py,.js,.ts,"
    ".css,.c,.h,.cpp,.cs,.go,.java,.kt,.lua,.php,.r,.rb,.rs,.swift,.tex,text/*"
)
TOO_LARGE = 413
WAITING = "Waiting"


@dataclass
class Files:
    """What goes along with a question: ids of pictures, and documents."""

    pictures: list[int] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """The same as the form keeps it."""
        return {"images": self.pictures, "documents": [one.id for one in self.documents]}


class FilesField:
    """The files in a form; ``zone`` is the place around it that takes them."""

    def __init__(
        self, database: Database, readings: Readings, user: int, on_change: Callable[[Files], Awaitable[None]],
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        """``on_change`` is called with what is stored, ``say`` with what is wrong with one."""
        self._database, self._readings, self._user = database, readings, user
        self._on_change, self._say = on_change, say
        self.stored = Files()
        self._coming: dict[str, str] = {}  # names, and how far they are
        self._cancelled = set[str]()
        self._warning, self._sees = "", False
        self._whole: Collection[int] = ()
        largest = library.SIZE_LIMIT
        accept = f"{PICTURES},{DOCUMENTS}"
        self.zone = Dropzone("/api/v1/files?name={name}", accept=accept, pictures=True, largest=largest)
        self.zone.on_picked(self._picked).on_sent(self._sent).on_answered(self._answered).on_failed(self._failed)

    def draw(self) -> None:
        """Draws the files, in the slot that is open."""
        self._rows = Rows(tag="div", row="figure").classes("composer-images").on_act(self._act)
        self._rows.set_visibility(False)

    @property
    def busy(self) -> bool:
        """Whether a file is still being sent or read."""
        return bool(self._coming)

    def choose(self) -> None:
        """Opens the browser's dialog to choose files."""
        self.zone.choose()

    def fit(self, whole: Collection[int], *, sees: bool, warning: str) -> None:
        """Shows which documents fit ``whole``, and whether the model ``sees``.

        The ``warning`` is said as soon as there are pictures.
        """
        if warning != self._warning and self.stored.pictures:
            self._say(warning)
        self._warning, self._whole, self._sees = warning, whole, sees
        self._draw_rows()

    def show_reading(self) -> None:
        """Shows how far the files are that are being read."""
        for one in self._readings.of(self._user):
            name = next((name for name in self._coming if library.plain_name(name) == one.name), "")
            if name:
                self._coming[name] = f"Reading page {one.at:,} of {one.of:,}" if one.of else "Reading"
        self._draw_rows()

    async def show(self, images: list[int], documents: list[int]) -> None:
        """Shows these stored files."""
        rows = await self._database.read(library.some, self._user, documents) if documents else []
        self.stored = Files(images, rows)
        self._draw_rows()

    def _draw_rows(self) -> None:
        stored = self.stored
        rows = {str(one): chips.picture(one) for one in stored.pictures}
        rows |= {
            f"document {one.id}": chips.document(one, whole=one.id in self._whole, sees=self._sees)
            for one in stored.documents
        }
        rows |= {f"coming {name}": chips.coming(name, how) for name, how in self._coming.items()}
        self._rows.show(rows, classes={key: "doc-chip" for key in rows if " " in key})
        self._rows.set_visibility(bool(rows))

    def _picked(self, files: list[dict[str, Any]]) -> None:
        self._coming |= {str(file["name"]): WAITING for file in files}
        self._cancelled -= {str(file["name"]) for file in files}
        self._say("")
        self._draw_rows()

    def _sent(self, told: dict[str, Any]) -> None:
        name, loaded, total = told["name"], told["loaded"], told["total"]
        if name in self._coming and total:
            self._coming[name] = f"Sending, {min(loaded / total, 1):.0%}" if loaded < total else "Reading"
            self._draw_rows()

    async def _answered(self, told: dict[str, Any]) -> None:
        unwanted = self._gone(told)
        image = row_number(told["answer"].get("picture"))
        about = told["answer"].get("document")
        document = row_number(about.get("id")) if isinstance(about, dict) else 0
        full = self._full(image, document)
        if document and (unwanted or full):
            await self._discard(document)
        elif document:
            self.stored.documents += await self._database.read(library.some, self._user, [document])
            await self._on_change(self.stored)
        elif image and not unwanted and not full:
            self.stored.pictures = [*self.stored.pictures, image]
            await self._on_change(self.stored)
            self._say(self._warning)
        if full and not unwanted:
            self._say(full)
        self._draw_rows()

    def _full(self, image: int, document: int) -> str:
        if image and len(self.stored.pictures) >= IMAGES_LIMIT:
            return f"At most {IMAGES_LIMIT} pictures fit into one message."
        if document and len(self.stored.documents) >= library.MOST:
            return f"At most {library.MOST} documents fit into one message."
        return ""

    def _failed(self, told: dict[str, Any]) -> None:
        unwanted = self._gone(told)
        if told["status"] == TOO_LARGE:
            self._say(f"{told['name']} is larger than 25 MB.")
        elif not unwanted:
            why = str(told["answer"].get("detail") or "It could not be sent. Try again.")
            self._say(f"{told['name']}: {why}")
        self._draw_rows()

    def _gone(self, told: dict[str, Any]) -> bool:
        """Takes it off those that come; whether it was cancelled."""
        self._coming.pop(told["name"], None)
        cancelled = told["name"] in self._cancelled
        self._cancelled.discard(told["name"])
        return cancelled

    async def _act(self, what: str, of: str, _more: str) -> None:
        stored = self.stored
        if what == "stop":
            self._stop(of)
        elif what == "show":
            await self._show_pages(row_number(of))
        elif what == "discard":
            stored.documents = [one for one in stored.documents if str(one.id) != of]
            await self._on_change(stored)
            await self._discard(row_number(of))
        else:
            stored.pictures = [one for one in stored.pictures if str(one) != of]
            await self._on_change(stored)
        self._draw_rows()

    def _stop(self, name: str) -> None:
        """Gives up the file; the browser sends one after another, and one that waits is thrown away when it comes."""
        current = next(iter(self._coming), "") == name
        self._coming.pop(name, None)
        self._cancelled.add(name)
        if current:
            self.zone.cancel()
        self._readings.cancel(self._user, library.plain_name(name))

    async def _show_pages(self, document: int) -> None:
        name = next((one.name for one in self.stored.documents if one.id == document), "")
        self._coming[name] = "Making pictures"
        self._draw_rows()
        try:
            made = await self._readings.show(self._user, document)
        except AssistantError as error:
            self._say(error.sentence)
            made = []
        self._coming.pop(name, None)
        room = IMAGES_LIMIT - len(self.stored.pictures)
        self.stored.pictures = [*self.stored.pictures, *made[:room]]
        await self._on_change(self.stored)
        pages = next((one.pages for one in self.stored.documents if one.id == document), 0)
        if made and pages > len(made[:room]):
            self._say(f"The model is shown the first {len(made[:room])} of {pages:,} pages.")

    async def _discard(self, document: int) -> None:
        try:
            await self._database.run(library.discard, self._user, document)
        except AssistantError:
            return  # it is gone already, or another tab has sent it
