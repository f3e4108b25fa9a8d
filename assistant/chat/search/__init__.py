"""The search of messages.

- ``index``: what is typed, and the messages that have it
- ``meaning``: what messages mean; its ``rows``
- ``fts5``, ``tsvectors``: the index, as SQLite and as PostgreSQL keep it
"""
