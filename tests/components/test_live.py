"""The drawing of text that is still being written: frozen blocks change nothing, HTML stays text."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from assistant.components.theme import STATIC

pytestmark = pytest.mark.browser
TEXT = """# Title <b>x</b>

Some *italic*, **bold** and `code` with <script>alert(1)</script>.

- one
- two
  - inner
1. first

```python
def f(): return "<i>"

# still code
```
> quoted
> more

| a | b |
|---|---|
[link](https://a.example) [bad](javascript:alert(1)) ![out](https://evil.example/x.png) 😀 end
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that can import the script, without the product around it."""
    handler = functools.partial(Quiet, directory=str(STATIC))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened = browser.new_page()
    opened.goto(f"http://127.0.0.1:{server.server_address[1]}/manifest.webmanifest")
    yield opened
    opened.close()
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Says nothing."""


DRAW = """async ([text, step]) => {
  const { LiveText } = await import("/live.js");
  const box = document.createElement("div");
  const live = new LiveText(box);
  for (let at = 0; at < text.length; at += step) live.append(text.slice(at, at + step));
  return box.innerHTML;
}"""


def test_any_pieces_draw_the_same(page: Page) -> None:
    whole = page.evaluate(DRAW, [TEXT, len(TEXT)])
    for step in (1, 3, 7, 50):
        assert page.evaluate(DRAW, [TEXT, step]) == whole


def test_nothing_becomes_html(page: Page) -> None:
    drawn = page.evaluate(DRAW, [TEXT, 5])
    assert "<h1>Title &lt;b&gt;x&lt;/b&gt;</h1>" in drawn
    for sign in ("<script", "<b>", "<i>", "<img", 'href="javascript'):
        assert sign not in drawn
    assert 'href="https://a.example"' in drawn
