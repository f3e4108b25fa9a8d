"""What differs between two texts, for people."""

from collections.abc import Iterable

from markupsafe import Markup

AROUND = 4  # lines that are the same, shown before and after what is not
Piece = tuple[str, str]  # same, added or removed; the lines


def diff(pieces: Iterable[Piece]) -> Markup:
    """The pieces as lines with their colours; what is the same for long is left out in its middle."""
    drawn = (Markup('<span class="diff-{}">{}</span>').format(kind, _short(kind, text)) for kind, text in pieces)
    return Markup('<pre class="diff" tabindex="0">{}</pre>').format(Markup("").join(drawn))


def _short(kind: str, text: str) -> str:
    lines = text.split("\n")
    if kind != "same" or len(lines) <= 2 * AROUND + 1:
        return text
    return "\n".join([*lines[:AROUND], "⋯", *lines[-AROUND:]])
