"""A file as it is shown: in the composer, and above a question."""

from markupsafe import Markup

from assistant.chat.acting.given import in_pages
from assistant.chat.models import Document
from assistant.components.icons import svg, use

WHOLE, IN_PART = "fits whole", "passages are looked up"
SCAN = "a scan, without text to read"
REMOVE = Markup(
    '<button type="button" class="icon-button" data-do="{}" data-of="{}" aria-label="{}" title="{}">{}</button>'
)


def picture(image: int) -> Markup:
    """A picture that was not sent yet."""
    return Markup('<img src="/images/{}" alt="Picture to send">{}').format(
        image, _button("remove", str(image), "Remove picture")
    )


def document(row: Document, *, whole: bool, sees: bool) -> Markup:
    """A document that was not sent yet: how long it is, and how the model will read it."""
    about = f"{row.pages:,} page{'s' if row.pages > 1 else ''}" if row.scanned else in_pages(row)
    how = SCAN if row.scanned else (WHOLE if whole else IN_PART) if row.words else "empty"
    show = (
        Markup('<button type="button" class="quiet-button" data-do="show" data-of="{}">Show its pages</button>').format(
            row.id
        )
        if row.scanned and sees
        else ""
    )
    return Markup(
        '{}<span class="chip-words"><a href="/documents/{}" class="chip-name" title="{}">{}</a>'
        '<span class="chip-about">{} · {}</span></span>{}{}'
    ).format(
        svg("notes"), row.id, row.name, row.name, about, how, show,
        _button("discard", str(row.id), f"Remove {row.name}"),
    )  # fmt: skip


def coming(name: str, how: str) -> Markup:
    """A file that is on its way."""
    return Markup(
        '<span class="pulse" aria-hidden="true"></span><span class="chip-words" role="status">'
        '<span class="chip-name">{}</span><span class="chip-about">{}</span></span>{}'
    ).format(name, how, _button("stop", name, f"Cancel {name}"))


def sent(row: Document) -> Markup:
    """A document above its question."""
    return Markup(
        '<a class="doc-chip" href="/documents/{}">{}<span class="chip-words"><span class="chip-name">{}</span>'
        '<span class="chip-about">{}</span></span></a>'
    ).format(row.id, use("notes"), row.name, SCAN.capitalize() if row.scanned else in_pages(row))


def _button(act: str, of: str, label: str) -> Markup:
    return REMOVE.format(act, of, label, label, svg("close"))
