"""A document to print, or to keep as a PDF: a page without the frame."""

from markupsafe import Markup

from assistant.components import theme

PAGE = Markup("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{sheet}"><link rel="stylesheet" href="/static/print.css">
<script type="module" src="/static/print.js"></script></head>
<body class="print"><p class="print-bar"><button type="button" class="main-button" data-print>Print</button></p>
<article>{heading}<p class="print-date">{about}</p>
{content}</article></body></html>
""")


def document(title: str, about: str, content: Markup, *, heading: bool = True) -> str:
    """The page; ``about`` stands under the title, which is left out where the content has it already."""
    shown = Markup("<h1>{}</h1>").format(title) if heading else Markup()
    return str(PAGE.format(sheet=theme.sheet().address, title=title, heading=shown, about=about, content=content))
