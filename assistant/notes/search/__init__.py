"""The search of notes.

- ``index``: the full-text index, and finding in it
- ``fts5``, ``tsvectors``: how it is kept in SQLite, and in PostgreSQL
- ``query``: what is typed, understood
- ``highlight``: hits in titles and snippets
"""
