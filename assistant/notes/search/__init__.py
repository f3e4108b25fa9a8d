"""The search of notes.

- ``index``: the full-text index, and finding in it
- ``query``: what is typed, understood
- ``highlight``: hits in titles and snippets
"""
