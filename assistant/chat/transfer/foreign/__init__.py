"""Conversations that other programs export, known by their content, never by their names.

- ``sources``: the files that somebody brings, and what is in them
- ``trees``: from what a program keeps to a conversation of ours
- ``profiles``: what they were told about somebody
- ``pictures``: those of a conversation, wherever they are
- ``chatgpt``, ``claude``, ``open_webui``, ``librechat``: what their exports hold
- ``places``: where in a file conversations stand, so that each is read by itself
- ``plain_lists``: what many others export
- ``markdown_chats``: conversations written down as Markdown
"""
