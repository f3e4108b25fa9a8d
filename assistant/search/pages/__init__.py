"""The page of the search.

- ``routes``: its address
- ``search``: the page
- ``results``: what was found, as rows
"""
