"""Projects in pages of chat.

- ``folders``: projects above the other conversations in the list
- ``choosing``: a conversation is put into one, a new one is begun
- ``project``: the page of one
- ``shelf``: its documents
"""
