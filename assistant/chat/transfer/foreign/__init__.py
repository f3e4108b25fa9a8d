"""Conversations that other programs export, known by their content, never by their names.

- ``sources``: the files that somebody brings, and what is in them
- ``trees``: from what a program keeps to a conversation of ours
- ``chatgpt``, ``claude``, ``open_webui``, ``librechat``: what their exports hold
- ``markdown_chats``: conversations written down as Markdown
"""
