"""Where all rooms come together and the door stands.

- ``app``: the app, put together from all rooms
- ``parts``: what the rooms are given, made once
- ``wiring``: what rooms are handed of each other
- ``deeds``: what the assistant finds and does in the rooms, handed to chat
- ``lifecycle``: start, stop, hourly purge
- ``serving``: the server around the app, and how it ends
- ``moving``: what the archive is handed of all rooms
- ``moving_commands``: that as commands
- ``finders``: what the search is handed of each room
- ``palette``: what can be found and done from anywhere beside that
- ``api``: the API, put together from all rooms
- ``mcp``: models of other programs, and what they can do
- ``belongings``: how much is kept of a person, deleted, and limited
- ``blocks``: what the settings are handed of each room
- ``guards``: what requests, sockets and connections pass before they reach a room
- ``offline``: what each browser keeps for when the server is away
- ``watching``: what whoever looks after an installation sees of it
- ``problems``: what the app says about itself, and how it says that something did not work
"""
