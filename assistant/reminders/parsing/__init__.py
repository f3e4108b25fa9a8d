"""From a sentence in English or German to a reminder; ``parser.parse`` is the way in.

- ``parser``: a sentence in, ``Parsed`` out.
- ``formatter``: a reminder in a sentence that means exactly it.
- ``marks``: tags and priorities among the words.
- ``languages``: words by language, and zones by the names people give them.
- ``matching``: from a sentence to the expressions about time in it.
- ``model``: tokens, expressions, and what was parsed.
- ``interpreter``: the expressions put together into a draft.
- ``expressions``: what each kind of expression says.
- ``draft``: all that was said about time, each thing once.
- ``times``: times of the day as they were said.
- ``times_of_day``: which times of the day are meant.
- ``days``: which days are meant.
- ``repetition``: the rule, or the pause after it is done.
- ``resolver``: a draft put into the calendar.
- ``diagnostics``: warnings in words.
"""
