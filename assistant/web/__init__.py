"""Where all rooms come together and the door stands.

- ``app``: the app, put together from all rooms
- ``parts``: what the rooms are given, made once
- ``wiring``: what rooms are handed of each other
- ``lifecycle``: start, stop, hourly purge
- ``finders``: what the search is handed of each room
- ``api``: the API, put together from all rooms
- ``guards``: what requests, sockets and connections pass before they reach a room
- ``logs``: the log
- ``problems``: what the app says about itself, and how it says that something did not work
"""
