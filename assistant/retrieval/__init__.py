"""Passages of texts, and which of them answer a question; it knows no rows and no rooms.

- ``passages``: a text cut into passages
- ``questions``: what of a question is looked for
- ``stop_words``: what is not
- ``ranking``: which passages fit best by their words, and several rankings made one
"""
