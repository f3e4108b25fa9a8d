"""Languages as tables.

- ``language``: what such a table holds.
- ``english``, ``german``: the tables.
- ``feasts``: the names of feasts.
- ``numbers``: numbers and places in a row, written out.
- ``zones``: time zones by the names people give them.
"""
