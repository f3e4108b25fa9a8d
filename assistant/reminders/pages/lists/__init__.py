"""The lists and the month of the page of reminders.

- ``where``: which reminders are shown, and the address that says so.
- ``entries``: what lists show, read at once.
- ``markup``: what their lines look like.
- ``list`` and ``month``: both layouts.
- ``head``: the name of the room and its views.
- ``filters``: search and filters.
- ``actions``: what is done with reminders, and its Undo.
- ``menus``: what can be done with one.
- ``bulk``: several at once.
- ``lines``: what is done in a line, handed on.
"""
