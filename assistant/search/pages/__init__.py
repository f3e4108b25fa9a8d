"""The page of the search.

- ``routes``: its address
- ``search``: the page
- ``results``: what was found, as rows
- ``palette``: everything found and done from anywhere, by keys
- ``choices``: what it offers to choose from
- ``commands``: what rooms hand it to do
"""
