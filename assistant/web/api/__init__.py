"""The API: its resources, put together from all rooms.

- ``app``: the app of ``/api/v1``
- ``document``: how it describes itself
"""
