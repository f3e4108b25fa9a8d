"""Languages as tables.

- ``language``: what such a table holds.
- ``english``, ``german``: the tables.
- ``zones``: time zones by the names people give them.
"""
