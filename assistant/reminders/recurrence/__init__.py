"""When a repetition comes: local time, zone and rule in, instants out; pure functions.

- ``rule``: a rule of RFC 5545, or of ours, read and checked.
- ``feasts``: feasts and holidays, and their days in a year.
- ``left_out``, ``left_out_words``: the days that a rule leaves out, and in plain English.
- ``occurrences``: the times on the wall that a rule names.
- ``timezones``: times on the wall and instants in UTC.
- ``next_times``: the occurrences before, after and between instants.
- ``choices``: a rule as a form offers it, and back.
- ``standard``: a rule as other calendars understand it.
- ``wording``: a rule in plain English; ``words``: what that is made of.
"""
