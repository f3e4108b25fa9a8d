"""What each kind of expression says: one function a kind, true when it counts.

- ``days``: days and dates.
- ``periods``: weeks, months, years, their beginnings and ends.
- ``times``: times and repetitions.
"""
