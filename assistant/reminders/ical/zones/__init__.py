"""Time zones in calendar files.

- ``written``: the VTIMEZONE that other calendars are given.
- ``names``: the IANA zone that a name means, as any maker writes it.
- ``stated``: a zone as a file states it, told by the IANA zone with the same clocks, or by its own rules.
"""
