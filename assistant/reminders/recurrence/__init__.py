"""When a repetition comes: local time, zone and rule in, instants out; pure functions.

- ``rule``: an RFC 5545 rule, read and checked.
- ``occurrences``: the times on the wall that a rule names.
- ``timezones``: times on the wall and instants in UTC.
- ``next_times``: the occurrences before, after and between instants.
- ``choices``: a rule as a form offers it, and back.
- ``wording``: a rule in plain English.
"""
