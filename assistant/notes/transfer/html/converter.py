"""What each element of HTML becomes in Markdown."""

# ruff: noqa: ARG002, D102 - each method is called by the library, with all that it has

import re
from typing import Any
from urllib.parse import unquote

from markdownify import ATX, MarkdownConverter

BOX = re.compile(r"(\[[ x]\])\s+")
MARKS = re.compile(r"^#+ |\n")
SHOWS = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|heic)(?:[?#].*)?\Z", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>]+\Z")
BRACKET = re.compile(r"(?<!\\)[\[\]]")
ROUND = str.maketrans("[]", "()")
UNSAFE = re.compile(r"[\s()<>]")
LANGUAGE = re.compile(r"(?:language-|lang-|--en-codeblockLanguage:)([A-Za-z0-9+#-]{1,30})")


class Converter(MarkdownConverter):
    """What each element becomes; each method is that of its element."""

    def __init__(self, *, lines: bool) -> None:
        super().__init__(
            heading_style=ATX,
            autolinks=False, bullets="-", escape_underscores=False,
            code_language_callback=_language, keep_inline_images_in=["td", "th", "h1", "h2", "h3", "h4", "h5", "h6"],
        )  # fmt: skip
        self._lines = lines

    def convert_div(self, el: Any, text: str, parent_tags: set[str]) -> str:
        classes = el.get("class") or []
        if "checkbox" in classes:  # of Notion
            return "[x] " if "checkbox-on" in classes else "[ ] "
        if not self._lines or "_inline" in parent_tags:
            return str(super().convert_div(el, text, parent_tags))  # type: ignore[misc]
        return f"\n{text.strip()}\n" if text.strip() else "\n\n"

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        numbered = el.parent is not None and el.parent.name == "ol"
        sign = f"{int(el.get('value') or 0) + 1}. " if numbered else "- "
        lines = BOX.sub(r"\1 ", text.strip(), count=1).split("\n")
        return sign + "\n".join([lines[0], *(" " * len(sign) + line if line else "" for line in lines[1:])]) + "\n"

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n"

    def convert_input(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return ("[x] " if el.has_attr("checked") else "[ ] ") if el.get("type") == "checkbox" else ""

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        source = UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", str(el.get("src") or ""))
        words = " ".join(str(el.get("alt") or "").replace("[", "").replace("]", "").split())
        return f"![{words}]({source})" if source and not source.startswith("data:") else ""

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        href = str(el.get("href") or "").strip()
        if SHOWS.fullmatch(text.strip()) and PICTURE.search(href):
            return text
        if "\n" in text.strip():
            text = " ".join(MARKS.sub(" ", text.strip()).split())
        if text.strip() == href and ADDRESS.match(href):
            return f"<{href}>"
        if "[" in text and not SHOWS.search(text):
            # A link to a file or note must be found again by those who look for such.
            text = BRACKET.sub(r"\\\g<0>", text) if ADDRESS.match(href) else text.translate(ROUND)
        el["href"] = UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", href)
        if unquote(href).lower().startswith("javascript:"):
            return text
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: N802 - its name there
        return str(super().convert_hN(n, el, text, parent_tags)) if text.strip() else ""  # type: ignore[misc]

    def convert_figure(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if "_inline" in parent_tags else f"\n\n{text.strip()}\n\n"

    def convert_tex_formula(self, el: Any, text: str, parent_tags: set[str]) -> str:
        tex = str(el.get("tex"))
        return f"\n\n$$\n{tex}\n$$\n\n" if el.get("alone") and "_inline" not in parent_tags else f"${tex}$"

    def convert_note_link(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"[[{el.get('title')}]]"

    def convert_mark(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if {"_noformat", "mark"} & parent_tags:
            return text
        return f"=={text.strip()}==" if text.strip() and "\n" not in text.strip() else text

    def convert_title(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return ""

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, text.replace("|", "\\|"), parent_tags))  # type: ignore[misc]

    convert_th = convert_td


def nest(part: Any) -> None:
    """Puts lists that stand in lists into the items that they belong to, and numbers those that are numbered.

    Lists of one class that follow each other with nothing between become one, as Notion makes one of each item.
    """
    _join(part)
    for inner in part.find_all(["ul", "ol"]):
        place = inner.parent
        lonely = place is not None and place.name == "li" and not _words_beside(inner)
        if lonely or (place is not None and place.name in {"ul", "ol"}):
            before = (place if lonely else inner).find_previous_sibling("li")
            if before is not None:
                before.append(inner.extract())
                if lonely:
                    place.decompose()
    for numbered in part.find_all("ol"):
        for number, one in enumerate(numbered.find_all("li", recursive=False)):
            one["value"] = number


def _join(part: Any) -> None:
    for one in list(part.find_all(["ul", "ol"])):
        before = one.find_previous_sibling()
        between = one.previous_sibling
        while between is not None and between is not before and not str(between).strip():
            between = between.previous_sibling
        alike = before is not None and before is between and before.name == one.name
        if alike and one.get("class") and before.get("class") == one.get("class") and one.get("start") != "1":
            for item in list(one.find_all("li", recursive=False)):
                before.append(item.extract())
            one.decompose()


def _words_beside(inner: Any) -> bool:
    return any(str(one).strip() for one in inner.parent.contents if one is not inner)


def _language(block: Any) -> str:
    code = block.find("code") or block
    found = LANGUAGE.search(
        " ".join([*(code.get("class") or []), *(block.get("class") or []), block.get("style") or ""])
    )
    return found[1] if found else ""
