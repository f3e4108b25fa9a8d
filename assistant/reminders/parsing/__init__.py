"""From a sentence in English or German to a reminder; ``parser.parse`` is the way in.

- ``parser``: a sentence in, ``Parsed`` out.
- ``formatter``: a reminder in a sentence that means exactly it.
- ``marks``: tags and priorities among the words.
- ``habits``: what one person means by words that others mean otherwise.
- ``languages``: words by language, feasts, numbers, and zones by the names people give them.
- ``matching``: from a sentence to the expressions about time in it.
- ``model``: tokens, expressions, and what was parsed.
- ``interpreter``: the expressions put together into a draft.
- ``expressions``: what each kind of expression says.
- ``draft``: all that was said about time, each thing once.
- ``times``: times of the day as they were said.
- ``calendar``: a draft put into the calendar: days, feasts, times, rules.
- ``refusals``: why a sentence that speaks of time says none.
- ``leftovers``: warnings about words that were not understood.
"""
