"""What is kept of a person in all rooms.

- ``kinds``: how much there is of each kind, and deleted in pieces
- ``quotas``: how much a person may keep
"""
