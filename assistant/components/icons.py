"""Small line icons of one family: 24 units wide, drawn with the text's own colour."""

from functools import cache

from markupsafe import Markup

PATHS = {
    "chat": "M5 5h14v10H10l-5 4z",
    "notes": "M6 3.500h9l4 4v13H6zM14.500 3.500V8H19M9 12h7M9 16h5",
    "reminders": "M12 4a6 6 0 0 0-6 6v4l-2 3h16l-2-3v-4a6 6 0 0 0-6-6M10 20h4",
    "tag": "M4 4h8l8 8l-8 8l-8-8zM8 8h.1",
    "rows": "M4 6h16M4 12h16M4 18h16",
    "grid": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
    "columns": "M4 5h16v14H4zM12 5v14",
    "eye": "M3 12c3-5 6-7 9-7s6 2 9 7c-3 5-6 7-9 7s-6-2-9-7M12 9.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 0 0 0-5",
    "heading": "M6 5v14M18 5v14M6 12h12",
    "bold": "M7 5h6a3.500 3.500 0 0 1 0 7H7zM7 12h7a3.500 3.500 0 0 1 0 7H7z",
    "italic": "M10 5h8M6 19h8M14 5l-4 14",
    "list": "M9 6h11M9 12h11M9 18h11M4.500 6h.1M4.500 12h.1M4.500 18h.1",
    "task": "M4 5h6v6H4zM5.500 8l1.200 1.200L9 6.800M13 8h7M4 14h6v6H4zM13 17h7",
    "link": "M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1"
    "M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
    "code": "M8 7l-5 5l5 5M16 7l5 5l-5 5",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L20 20",
    "models": "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5l8-4.5M12 12v9",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "close": "M6 6l12 12M18 6L6 18",
    "folder": "M3.500 6h6l2 2.500h9V19h-17z",
    "chevron": "M7 10l5 5l5-5",
    "spark": "M11 4l1.900 5.100L18 11l-5.100 1.900L11 18l-1.900-5.100L4 11l5.100-1.900zM18.500 16v5M16 18.500h5",
    "bulb": "M9 18h6M10 21h4M8.500 14.500a6 6 0 1 1 7 0c-.6.5-1 1.200-1 2h-5c0-.8-.4-1.500-1-2",
    "back": "M14.5 6l-6 6l6 6",
    "forward": "M9.5 6l6 6l-6 6",
    "copy": "M9 9h10v11H9zM5 15V4h10",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "edit": "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
    "again": "M19 12a7 7 0 1 1-2-5M17.5 3v4.5H13",
    "undo": "M4 9h10a5 5 0 0 1 0 10H9M8 5L4 9l4 4",
    "swap": "M5 8h13l-3.5-3.5M19 16H6l3.5 3.5",
    "trash": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
    "down": "M12 5v13M6.5 12.5L12 18l5.5-5.5",
    "send": "M12 19V6M6.5 11L12 5.5l5.5 5.5",
    "stop": "M8 8h8v8H8z",
    "clip": "M19 11.500l-7 7a4.500 4.500 0 0 1-6.400-6.400l7.500-7.500a3 3 0 0 1 4.300 4.300"
    "l-7.300 7.300a1.500 1.500 0 0 1-2.100-2.100"
    "l6.500-6.500",
    "image": "M4 5h16v14H4zM4 16l4.5-4.5l4 4l3-3L20 16M15.5 9.2h.1",
    "sliders": "M4 8h8M16 8h4M14 5.5v5M4 16h3M11 16h9M9 13.5v5",
    "plus": "M12 5v14M5 12h14",
    "circle": "M12 5a7 7 0 1 0 0 14a7 7 0 0 0 0-14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "download": "M12 4v11M7.500 10.500L12 15l4.500-4.500M5 19h14",
    "more": "M5.500 11.300a.7.7 0 1 0 0 1.400a.7.7 0 1 0 0-1.400M12 11.300a.7.7 0 1 0 0 1.400a.7.7 0 1 0 0-1.400"
    "M18.500 11.300a.7.7 0 1 0 0 1.400a.7.7 0 1 0 0-1.400",
    "keyboard": "M3 7h18v10H3zM7 10.500h.1M11 10.500h.1M15 10.500h.1M8 14h8",
    "out": "M10 5H5v14h5M13 8l4 4l-4 4M17 12H9",
    "quote": "M5 5h14v10H10l-5 4zM9 9h6M9 12h4",
    "archive": "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
    "clock": "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M12 8v4.500l3 2",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3.500v4M16 3.500v4",
    "flag": "M6 21V4h11l-2 4l2 4H6",
    "person": "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500",
    "home": "M4 11l8-7l8 7M6 9.500V20h12V9.500M10 20v-6h4v6",
    "data": "M12 4c-4 0-7 1-7 2.500S8 9 12 9s7-1 7-2.500S16 4 12 4"
    "M5 6.500v11C5 19 8 20 12 20s7-1 7-2.500v-11M5 12c0 1.500 3 2.500 7 2.500s7-1 7-2.500",
    "about": "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M12 11v5M12 8h.1",
    "pin": "M9 4h6l-1 6l3 3H7l3-3zM12 13v7",
}


def symbols(*names: str) -> Markup:
    """The icons as hidden symbols, of which ``use`` then shows any number for little."""
    drawn = "".join(
        f'<symbol id="icon-{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        f'stroke-linecap="round" stroke-linejoin="round"><path d="{PATHS[name]}"/></symbol>'
        for name in names
    )
    return Markup(f'<svg width="0" height="0" aria-hidden="true" style="position:absolute">{drawn}</svg>')  # noqa: S704


def use(name: str) -> Markup:
    """The icon, where ``symbols`` has drawn it already."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="#icon-{}"/></svg>').format(name)


@cache
def svg(name: str) -> Markup:
    """The icon as an SVG element that is hidden from screen readers."""
    return Markup(  # noqa: S704 - the paths above
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{PATHS[name]}"/></svg>'
    )
