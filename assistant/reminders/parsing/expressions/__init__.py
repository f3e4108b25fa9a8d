"""What each kind of expression says: one function a kind, true when it counts.

- ``days``: weekdays and days of a month.
- ``figures``: dates in figures, in the order that is meant.
- ``dates``: dates and feasts.
- ``periods``: weeks, months, years, their beginnings and ends.
- ``passing``: time that passes: from now on, again and again, so long.
- ``exceptions``: days that are left out.
- ``times``: times of the day.
"""
