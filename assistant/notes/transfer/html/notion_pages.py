"""What only Notion has in its pages, made of what every page has."""

import re
from typing import Any

EXTRA = "script, style, link, nav.table_of_contents, .page-header-icon, img.icon, .property-icon"
TOGGLES = {"1.875em": "h1", "1.5em": "h2", "1.25em": "h3"}  # how large the words are that fold a part away
SIZE = re.compile(r"font-size: ?([\d.]+em)")
ASIDE = re.compile(r"^<aside>\n(.*?)\n</aside>$", re.MULTILINE | re.DOTALL)


def prepare(soup: Any) -> None:
    """Makes a page that is exported as HTML one of plain HTML."""
    for extra in soup.select(EXTRA):
        extra.decompose()
    for icon in soup.select("span.icon"):
        if icon.find_parent(class_="callout") is None:
            icon.decompose()
    for mark in soup.find_all("mark"):
        # What has another colour is not marked by that.
        if not any(name.endswith("_background") for name in mark.get("class") or []):
            mark.unwrap()
    for summary in soup.find_all("summary"):
        size = SIZE.search(str(summary.get("style") or ""))
        summary.name = TOGGLES.get(size[1] if size else "", "p")
    _shorten_bookmarks(soup)
    _quote_callouts(soup)
    for table in soup.select("table.properties"):
        _write_properties(soup, table)


def quoted(text: str) -> str:
    """A page that is exported as Markdown, with its callouts as quotes."""
    return ASIDE.sub(lambda found: "\n".join(f"> {line}".rstrip() for line in found[1].strip().split("\n")), text)


def _shorten_bookmarks(soup: Any) -> None:
    for bookmark in soup.select("a.bookmark"):
        title = bookmark.select_one(".bookmark-title")
        bookmark.string = (title.get_text() if title else "") or str(bookmark.get("href"))


def _quote_callouts(soup: Any) -> None:
    for callout in soup.select("figure.callout"):
        callout.name = "blockquote"
        icon = callout.select_one("span.icon")
        if icon is not None:
            sign, box = icon.get_text().strip(), icon.find_parent("div")
            (box if box is not None and callout in box.parents else icon).decompose()
            first = callout.find("p") or callout
            first.insert(0, soup.new_string(f"{sign} "))


def _write_properties(soup: Any, table: Any) -> None:
    """Makes lines of the fields of a page, as Notion writes them in Markdown."""
    lines = soup.new_tag("p")
    for row in table.find_all("tr"):
        name, value = row.find("th"), row.find("td")
        if name is None or value is None:
            continue
        for box in value.select(".checkbox"):
            box.replace_with(soup.new_string("Yes" if "checkbox-on" in (box.get("class") or []) else "No"))
        for time in value.find_all("time"):
            time.string = time.get_text().removeprefix("@")
        chosen = [one.get_text() for one in value.select(".selected-value")]
        if not chosen and not value.get_text().strip():
            continue
        if lines.contents:
            lines.append(soup.new_tag("br"))
        lines.append(soup.new_string(f"{name.get_text().strip()}: "))
        for part in [soup.new_string(", ".join(chosen))] if chosen else list(value.contents):
            lines.append(part.extract() if part.parent else part)
    table.replace_with(lines)
