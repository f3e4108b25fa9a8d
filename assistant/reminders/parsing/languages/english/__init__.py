"""English.

- ``table``: the language, with its small words and commands.
- ``times``: times of the day.
- ``days``: days, weeks and feasts.
- ``lengths``: numbers, lengths of time and what comes again.
"""
