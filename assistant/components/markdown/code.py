"""Code in its colours, with its language and a button that copies it."""

from html import escape
from typing import Any

LONGEST = 8_000  # characters of a block that are coloured; some lexers are quadratic
NAMES = {"": "text", "mermaid": "Mermaid diagram"}


def block(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    """A block of code."""
    token = tokens[index]
    language = (token.info or "").strip().split(" ")[0][:30]
    return (
        f'<div class="code"><div class="code-bar"><span>{escape(NAMES.get(language.lower(), language))}</span>'
        '<button type="button" class="code-copy">Copy</button></div>'
        f'<pre tabindex="0"><code>{_coloured(token.content, language)}</code></pre></div>'
    )


def _coloured(code: str, language: str) -> str:
    if not language or len(code) > LONGEST:
        return escape(code)
    from pygments import highlight  # noqa: PLC0415 - heavy, and many answers have no code
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
