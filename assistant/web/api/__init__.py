"""The API: its resources, put together from all rooms.

- ``app``: the app of ``/api/v1``
- ``document``: how it describes itself
- ``docs_page``: the page that shows it and lets one try it
"""
