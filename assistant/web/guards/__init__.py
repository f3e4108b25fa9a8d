"""What requests, sockets and connections pass before they reach a room.

- ``connections``: how many connections, and how long, before anybody has said who they are
- ``requests``: each gets its id, and is told of when it is over
- ``proxies``: whose word counts of those in front of us, and what they say of who asks
- ``hosts``: which names a browser may call us by
- ``unconnected``: pages that were asked for and never opened their socket
- ``gate``: what every request and websocket passes
- ``programs``: what requests to the API pass: keys and tokens, limits, other sites
- ``bodies``: how large and how slow a body may be
- ``sockets``: guards on NiceGUI's socket
"""
