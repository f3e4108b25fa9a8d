"""Scripts and styles come in few files that a browser keeps: their names say what is in them."""

import asyncio
import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.components import theme
from assistant.components.served import leaves
from assistant.components.served.bundles import File, script, styles

COUNTING = "// Counts.\nexport const step = 2;\nexport function next(n) {\n  return n;\n}\n"


def bundle(folder: Path, last: str) -> File:
    (folder / "counting.js").write_text(COUNTING)
    (folder / "last.js").write_text(last)
    return script("/static/{}.js", [folder / "counting.js", folder / "last.js"], "export default $last.$default;")


def test_modules_become_one_without_comments_and_indents_and_with_what_others_give_them(tmp_path: Path) -> None:
    text = bundle(
        tmp_path,
        'import { step } from "./counting.js";\nimport { find } from "elsewhere";\n\nexport default {\n  // A reason.\n'
        "  at: step, // why\n  from: 'a // b',\n};\n",
    ).text.decode()
    assert text == (
        'import { find } from "elsewhere";\n'
        "const $counting = (() => {\nconst step = 2;\nfunction next(n) {\nreturn n;\n}\n"
        "return { step, next };\n})();\n"
        "const $last = (() => {\nconst { step } = $counting;\nconst $default = {\nat: step,\nfrom: 'a // b',\n};\n"
        "return { $default };\n})();\nexport default $last.$default;\n"
    )


def test_a_module_that_waits_for_something_is_waited_for(tmp_path: Path) -> None:
    text = bundle(tmp_path, "const one = await import('./x');\nexport default { one };\n").text.decode()
    assert "const $last = await (async () => {" in text
    assert "const $counting = (() => {" in text


def test_another_text_has_another_name(tmp_path: Path) -> None:
    first, again, other = (bundle(tmp_path, f"export default {{ is: {n} }};\n").address for n in (1, 1, 2))
    assert first == again != other


def test_sheets_lose_their_comments(tmp_path: Path) -> None:
    made = styles("/static/{}.css", ["a { color: red; } /* a delay is\nno motion */\n", "b { top: 0; }\n"])
    assert made.text == b"a { color: red; }\nb { top: 0; }\n"


@pytest.mark.parametrize("packs", [True, False])
def test_what_a_page_loads_is_kept_for_a_year(packs: bool) -> None:
    app = FastAPI()
    leaves.register(app)
    theme.register_static(app, {})
    for made in (leaves.frame(), theme.sheet()):
        answer = asyncio.run(got(app, made.address, "gzip" if packs else "identity"))
        assert answer.content == made.text
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers.get("content-encoding") == ("gzip" if packs else None)
        assert gzip.decompress(made.packed) == made.text


async def got(app: FastAPI, address: str, encoding: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as browser:
        return await browser.get(address, headers={"accept-encoding": encoding})
