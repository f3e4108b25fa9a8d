"""Elements whose inside is JavaScript, and where their scripts come from: the frame's bundle, or their room's own."""

from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request, Response
from nicegui import Client, __version__, core
from nicegui.dependencies import JsComponent, register_importmap_override
from nicegui.element import Element

from assistant.components.served.bundles import File, compact, script

STATIC = Path(__file__).parent.parent / "static"
OWN = core.app.config.vue_config_script
COMPONENTS = f"/_nicegui/{__version__}/components/"
# NiceGUI loads 13 kB to clean what we never let it show: our HTML is cleaned before it leaves. Should it ever be asked,
# it shows the source.
CLEANER = "export default { sanitize: (html) => new Option(html).innerHTML };"

BASE = (STATIC / "browser.js", STATIC / "page.js", STATIC / "sparing.js")

_framed: dict[str, Path] = {}
_rooms: dict[str, File] = {}
_compacted: set[Path] = set(BASE)


def in_frame(path: Path) -> str:
    """The tag of the element whose script this is; it is in the bundle that every page loads."""
    _framed[path.stem] = path
    _compacted.add(path)
    return f"assistant-{path.stem}"


def in_room(element: type[Element], path: Path, *parts: str) -> None:
    """Gives the element its script, with the ``parts`` of the static files that it imports; pages without it load none.

    NiceGUI knows scripts as files; this one it only names.
    """
    modules = [*(STATIC / name for name in parts), path]
    made = script(f"{COMPONENTS}{{}}/{path.name}", modules, f"export default ${path.stem}.$default;")
    _rooms[made.address] = made
    _compacted.update(modules)
    element.component = JsComponent(key=made.address.removeprefix(COMPONENTS), name=path.stem, path=path)


@cache
def frame() -> File:
    """The bundle of every page: the frame's own scripts, and the elements of ``in_frame``."""
    modules = [*BASE, *_framed.values()]
    named = ", ".join(f'"assistant-{name}": ${name}.$default' for name in _framed)
    exported = f"export const elements = {{ {named} }};\nexport const {{ sparing }} = $sparing;\n{CLEANER}"
    return script("/static/frame-{}.js", modules, exported)


def compacted(path: Path) -> str:
    """The script at ``path`` as browsers get it, for those who serve it within something else."""
    _compacted.add(path)
    return compact(path.read_text("utf-8"))


def as_served(path: Path) -> str:
    """The script at ``path`` as browsers get it: in a bundle, in something else, or as it stands."""
    text = path.read_text("utf-8")
    return compact(text) if path in _compacted else text


def known(client: Client) -> None:
    """Says that the page has the scripts of what was drawn before it went out.

    NiceGUI would name them once more with the first change, which then waits until the browser has seen that it has.
    """
    if client._response_built:  # noqa: SLF001 - what was drawn since then came too late for it
        return
    scripts = {one.component.name for one in client.elements.values() if isinstance(one.component, JsComponent)}
    client.outbox._loaded_components |= scripts  # noqa: SLF001 - it has no other way in


def register(app: FastAPI) -> None:
    """Serves the bundles, and tells NiceGUI of the frame's."""
    served = {made.address: made for made in (frame(), *_rooms.values())}

    for address in served:

        @app.get(address, include_in_schema=False)
        async def answer(request: Request) -> Response:
            """A script; its name says what is in it."""
            return served[request.url.path].answer(request)

    register_importmap_override("dompurify", frame().address)
    core.app.config.vue_config_script = (
        f'{OWN}\nimport {{ elements as ours, sparing }} from "{frame().address}";\n'
        "for (const [tag, one] of Object.entries(ours)) app.component(tag, one);\n"
        "renderRecursively = sparing(renderRecursively);\n"
        # Of Vue itself; NiceGUI's would bring templates to compile.
        'app.component("assistant-teleport", Vue.Teleport);'
    )
