"""From a draft to the first time and the rule: what was said, put into the calendar.

- ``resolver``: a draft put into the calendar; ``resolve`` is the way in.
- ``moments``: points in time on the wall, and the days between them.
- ``days``: which days are meant.
- ``feasts``: the rules of feasts.
- ``exceptions``: which days are left out.
- ``times_of_day``: which times of the day are meant.
- ``repetition``: the rule, or the pause after it is done.
- ``diagnostics``: warnings in words about days.
"""
