"""Links from note to note.

- ``written``: the links in a text, and another text in which they lead elsewhere
- ``names``: what notes are called by, and which note a link leads to
"""
