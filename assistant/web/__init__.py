"""Where all rooms come together and the door stands.

- ``app``: the app, put together from all rooms
- ``parts``: what the rooms are given, made once
- ``wiring``: what rooms are handed of each other
- ``lifecycle``: start, stop, hourly purge
- ``finders``: what the search is handed of each room
- ``connections``: how many connections, and how long, before anybody has said who they are
- ``hosts``: which names a browser may call us by
- ``unconnected``: pages that were asked for and never opened their socket
- ``logs``: the log
- ``gate``: what every request and websocket passes
- ``bodies``: how large and how slow a body may be
- ``sockets``: guards on NiceGUI's socket
- ``problems``: what the app says about itself, and how it says that something did not work
"""
