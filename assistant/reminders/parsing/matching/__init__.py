"""From a sentence to the expressions about time in it.

- ``tokens``: a sentence cut up, each token with all it can mean.
- ``patterns``, ``day_patterns``: the ways to speak of time, and of days.
- ``grammar``: patterns found in tokens.
- ``filters``: expressions that mean nothing without others.
- ``matcher``: which expressions count; a sentence as one language reads it.
- ``aside_patterns``: the ways to speak of what is over, and words that are a time only alone.
"""
