"""The search of messages.

- ``index``: what is typed, and the messages that have it
- ``fts5``, ``tsvectors``: the index, as SQLite and as PostgreSQL keep it
"""
