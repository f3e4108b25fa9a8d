"""The note as it will look."""

import asyncio
import re

from nicegui import ui

from assistant.notes import reading
from assistant.notes.markdown_source import task_lines
from assistant.notes.pages.editor.writing import NoteText
from assistant.storage.database import Database

TASK = re.compile(r'data-task="(\d+)"')
SHOWN = 200_000  # characters; a page of a book has 2,000


class Preview:
    """Shows one text after another; of those that come while one is drawn, the last."""

    def __init__(self, database: Database, user: int, text: NoteText) -> None:
        """Draws the place for it; ``text`` is the box that is told when it was drawn anew."""
        self._database, self._user, self._text = database, user, text
        self._note = 0
        self._next: str | None = None
        self._drawing = False
        self._place = ui.element("div").classes("pane-preview")
        with self._place.props('tabindex="0" role="region" aria-label="Preview" data-preview data-scroll="preview"'):
            self._html = ui.html("", sanitize=False).classes("prose")

    def open(self, note: int) -> None:
        """Says whose text comes: the user's note, or with 0 one that does not exist yet."""
        self._note = note

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
                self._text.drawn()
        finally:
            self._drawing = False

    async def _drawn(self, text: str) -> str:
        html = await reading.as_html(self._database, self._user, self._note, text)
        if "data-task" in html:
            lines = await asyncio.to_thread(task_lines, text)
            html = TASK.sub(lambda task: f'data-task="{lines[int(task[1])]}"', html)
        return html
