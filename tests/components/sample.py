"""A small app made of the components, with a page for each: ``python -m tests.components.sample PORT FOLDER``.

What its form stored stands in the folder, a line of JSON each, so that it outlives the process.
"""

import json
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from markupsafe import Markup
from nicegui import core, ui

from assistant.components import theme
from assistant.components.controls import Problem, button, check_box, text_area, text_field
from assistant.components.dropzone import Dropzone
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.frame import Dress, Frame, Head, main
from assistant.components.menu import Choice, menu, open_menu
from assistant.components.rows import Rows
from assistant.components.served import leaves

RECONNECT = 2.0  # seconds, instead of the product's thirty: then nobody waits for a page to be forgotten
MANY = 200
ROW = Markup(
    '<button data-row data-do="open" data-of="{n}">{words}</button>'
    '<input type="checkbox" data-do="tick" data-of="{n}" aria-label="Done {n}"{on}>'
    '<button data-do="more" data-of="{n}" id="more-{n}" aria-label="More of {n}">…</button>'
)


def form_page(folder: Path) -> None:
    """A form that stores what it is sent, once for each key, and refuses what is called so."""
    stored = folder / "stored.jsonl"
    heard = ui.label().props('aria-label="Heard"')

    def told(values: Values, name: str) -> None:
        heard.set_text(f"{values.get('sentence')} ({name})")

    async def done(sent: Sent) -> None:
        problem.say("")
        if sent.values.get("sentence") == "refuse":
            problem.say("Say something else.")
            form.refused(sent.key)
            return
        keys = [json.loads(line)["key"] for line in stored.read_text().splitlines()] if stored.exists() else []
        if sent.key not in keys:
            with stored.open("a") as lines:
                lines.write(json.dumps({"key": sent.key, "values": sent.values}) + "\n")
        form.stored(sent.key)

    with (
        KeptForm("draft:1:sample", {"sentence": "", "notes": "", "urgent": False}).on_change(told).on_done(done) as form
    ):
        field = text_field("sentence", "Sentence", data_enter="send", data_focus="")
        problem = Problem(field)
        text_area("notes", "Notes", grows=True, data_enter="send")
        check_box("urgent", "Urgent")
        button("Add")
    with KeptForm("", {"typed": "", "untouched": ""}) as unheard:
        text_field("typed", "Typed")
        text_field("untouched", "Untouched")
    button("Suggest", lambda: unheard.fill({"typed": "suggested", "untouched": "suggested"}))


def rows_page() -> None:
    """A list in which rows are opened, ticked and dragged, and that grows at its end."""
    ticked: set[int] = set()
    shown = MANY
    said = ui.label().props('aria-label="Said"')

    def draw() -> None:
        rows.rest(0, 2 * MANY - shown)
        rows.show({
            n: ROW.format(n=n, words=f"Row {n}", on=Markup(" checked") if n in ticked else "") for n in range(shown)
            if n not in gone
        })  # fmt: skip

    def act(what: str, of: str, more: str) -> None:
        said.set_text(f"{what} {of} {more}".strip())
        if what == "tick":
            ticked.symmetric_difference_update({int(of)})
        elif what == "open":
            gone.add(int(of))
        elif what == "more":
            open_menu([Choice("Delete", lambda: say(f"deleted {of}"), danger=True)], at=f"#more-{of}")
        draw()

    def end(_first: float, _last: float) -> None:
        nonlocal shown
        shown = min(shown + 50, 2 * MANY)
        draw()

    def say(words: str) -> None:
        said.set_text(words)

    gone: set[int] = set()
    with button("Menu"):
        menu([Choice("First", lambda: say("first")), Choice("Second", lambda: say("second"))])
    with ui.element("div").style("height: 300px; overflow: auto").props('id="box" data-scroll="box"'):
        rows = Rows().on_act(act).on_rest(end)
    draw()


def files_page() -> None:
    """A place for files that says what came of them."""
    said = ui.label().props('aria-label="Said"')

    def picked(files: Any) -> None:
        said.set_text(f"{said.text} picked {', '.join(sorted(file['name'] for file in files))};")

    def answered(args: Any) -> None:
        said.set_text(f"{said.text} stored {args['name']} of {args['answer']['size']};")

    def failed(args: Any) -> None:
        said.set_text(f"{said.text} failed {args['name']} with {args['status']};")

    pictures = "pictures" in ui.context.client.request.query_params
    with Dropzone("/files", pictures=pictures, largest=1000) as zone, ui.element("div").props('id="zone"'):
        ui.label("Drop files here")
    zone.on_picked(picked).on_answered(answered).on_failed(failed)


def serve(port: int, folder: Path) -> None:
    """Runs until it is killed."""
    app = FastAPI()
    leaves.register(app)
    theme.register_static(app, {})

    @app.post("/files")
    async def files(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    pages = {"/": lambda: form_page(folder), "/rows": rows_page, "/files": files_page}
    for path, draw in pages.items():

        @ui.page(path)
        def page(draw: Any = draw) -> None:
            frame = Frame(Head("Sample", "chat"), user=1, name="anna", dress=Dress("light"))
            with frame.stage, main():
                ui.element("h1")
                draw()

    async def alive(_sid: str, *_more: Any) -> bool:
        return True

    core.sio.on("alive", alive)
    ui.run_with(app, reconnect_timeout=RECONNECT, tailwind=False, show_welcome_message=False)
    uvicorn.run(app, port=port, log_level="warning")


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]))
