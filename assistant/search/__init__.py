"""One search over all rooms, which it knows only by the finders that it is handed.

- ``finders``: what a finder is and what it finds
- ``pages``: the page
- ``api``: over the API
"""
