"""The search of notes.

- ``index``: the full-text index, and finding in it
- ``query``: what is typed, understood
- ``tokens``: where the index sees words
- ``highlight``: hits in titles and snippets
"""
