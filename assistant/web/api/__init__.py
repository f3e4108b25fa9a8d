"""The API: its resources, put together from all rooms.

- ``app``: the app of ``/api/v1``
- ``later``: how it is mounted
- ``document``: how it describes itself
- ``docs_page``: the page that shows it and lets one try it
"""
