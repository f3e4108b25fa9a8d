"""Marks of pages in answers, such as [D1 p. 3]: they lead to the page, or are taken out where there is none."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from assistant.chat.models import Document

SHORT = 24  # characters of a name in a mark
PAGE = r"(?:p(?:p|ages?)?\.?|S(?:eiten?)?\.?|parts?|Teile?)\s*(\d{1,4})(?:\s*[-–]\s*\d{1,4})?"
ONE = r"(?:D(\d{1,2})[\s,:]*)?" + PAGE + r"|D(\d{1,2})"
BRACKETS = re.compile(r"\s?(?:\[|【|\()((?:" + ONE + r")(?:\s*[,;]\s*(?:" + ONE + r"))*)(?:\]|】|\))", re.IGNORECASE)
EACH = re.compile(ONE, re.IGNORECASE)
# In HTML only texts between tags hold marks, and code and links keep theirs.
KEPT = re.compile(r"<(pre|code|a)\b.*?</\1>|<[^>]*>", re.DOTALL)


def linked(html: str, documents: Mapping[int, Document]) -> str:
    """The safe HTML with its marks as links; ``documents`` go by their numbers.

    A mark that names no document or page is taken out; where there are no documents nothing is a mark.
    """
    if not documents:
        return html
    parts, at = [], 0
    for kept in KEPT.finditer(html):
        parts += [_text(html[at : kept.start()], documents), kept[0]]
        at = kept.end()
    return "".join([*parts, _text(html[at:], documents)])


def _text(text: str, documents: Mapping[int, Document]) -> str:
    return BRACKETS.sub(lambda found: _links(found, documents), text)


def _links(found: re.Match[str], documents: Mapping[int, Document]) -> str:
    said = list(EACH.finditer(found[1]))
    several, number, links = len(documents) > 1, 0, []
    for one in said:
        number = int(one[1] or one[3] or number or 1)
        links.append(_link(documents.get(number), int(one[2] or 1), several=several))
    # “(page 3)” is anybody's way to write: only where one document has such a page it is a mark.
    unnamed = not any(one[1] or one[3] for one in said)
    return found[0] if unnamed and (several or "" in links) else "".join(links)


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1].rstrip()}…"


def _link(document: Document | None, page: int, *, several: bool) -> str:
    if document is None or not 1 <= page <= document.pages:
        return ""
    where = f"{'p.' if document.kind == 'pdf' else 'part'} {page}"
    words = f"{_short(document.name)}, {where}" if several else where
    return str(
        Markup(' <a class="page-mark" href="/documents/{}?p={}" title="{}">{}</a>').format(
            document.id, page, f"{document.name}, {where}", words
        )
    )
