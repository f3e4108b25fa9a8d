"""The note as it will look."""

import asyncio
import re

from nicegui import ui

from assistant.components.html import Html
from assistant.components.markdown.titles import HEADING_ID
from assistant.notes.markdown_source import task_lines
from assistant.notes.pages.editor.writing import NoteText
from assistant.notes.reading import rendering
from assistant.storage.database import Database

TASK = re.compile(r'data-task="(\d+)"')
SHOWN = 200_000  # characters; a page of a book has 2,000


class Preview:
    """Shows one text after another; of those that come while one is drawn, the last."""

    def __init__(self, database: Database, user: int, text: NoteText) -> None:
        """Draws the place for it; ``text`` is the box that is told when it was drawn anew."""
        self._database, self._user, self._text = database, user, text
        self._note, self._part = 0, ""
        self._next: str | None = None
        self._drawing = False
        self._place = ui.element("div").classes("pane-preview")
        with self._place.props('tabindex="0" role="region" aria-label="Preview" data-preview data-scroll="preview"'):
            self._html = Html("").classes("prose")

    def open(self, note: int, part: str = "") -> None:
        """Says whose text comes: the user's note, or with 0 one that does not exist yet; it begins at that part."""
        self._note, self._part = note, part

    def go(self, part: str) -> None:
        """Shows that part, at once where it is drawn."""
        self._part = part
        self._drawn_anew(self._html.content)

    async def show(self, text: str) -> None:
        """Shows the text, in which tasks say by ``data-task`` in which line they stand."""
        self._next = text[:SHOWN]
        if self._drawing:
            return
        self._drawing = True
        try:
            while self._next is not None:
                text, self._next = self._next, None
                html = await self._drawn(text) or '<p class="muted">Nothing written yet.</p>'
                self._place.props["data-lines"] = str(text.count("\n") + 1)
                self._html.set_content(html)
                self._drawn_anew(html)
        finally:
            self._drawing = False

    def _drawn_anew(self, html: str) -> None:
        """Tells the box, and the part of the text that one came for, once that is there."""
        heading = HEADING_ID + self._part
        there = bool(self._part) and f'id="{heading}"' in html
        self._text.drawn(heading if there else "")
        self._part = "" if there else self._part

    async def _drawn(self, text: str) -> str:
        html = await rendering.as_html(self._database, self._user, self._note, text)
        if "data-task" in html:
            lines = await asyncio.to_thread(task_lines, text)
            html = TASK.sub(lambda task: f'data-task="{lines[int(task[1])]}"', html)
        return html
