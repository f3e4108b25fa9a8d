"""What models of other programs reach by the Model Context Protocol, at ``/mcp`` with a key of the person's.

- ``shapes``: what is sent and told
- ``abilities``: what can be done
- ``server``: the protocol; it is loaded for the first who asks
"""
